#include "formats/json.h"

#include "unit/catch.h"

using namespace levy;
using namespace std::string_literals;

namespace {

Checked<formats::Document> parse(std::string text) {
  return formats::parse_json(Source("x.json", std::move(text)));
}

struct Told {
  Code code;
  std::size_t line, column, width;
  bool operator==(const Told&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
  return out << to_string(told.code) << ' ' << told.line << ':' << told.column << '+' << told.width;
}

std::vector<Told> faults_of(std::string text) {
  Checked<formats::Document> document = parse(std::move(text));
  std::vector<Told> told;
  if (document) return told;
  for (const Diagnostic& fault : document.faults()) {
    told.push_back({fault.code, fault.place.line(), fault.place.column(), fault.place.width()});
  }
  return told;
}

struct Refusal {
  std::string text;
  Told told;
  std::string remedy;  // a part of it
};

void check_each(const std::vector<Refusal>& table) {
  for (const Refusal& row : table) {
    INFO(row.text);
    Checked<formats::Document> document = parse(row.text);
    REQUIRE(!document);
    CHECK(faults_of(row.text) == std::vector<Told>{row.told});
    INFO(document.faults()[0].remedy);
    CHECK(document.faults()[0].remedy.find(row.remedy) != std::string::npos);
  }
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("json: numbers keep the text they were written as") {
  std::vector<std::string> literals = {
      "0",
      "-0",
      "-0.0",
      "1.50",
      "1e400",
      "-1E-400",
      "1e+5",
      "0e0",
      "18446744073709551616",
      "123456789012345678901234567890123456789012345678901234567890",
      "0.1234567890123456789012345678901234567890",
      "-9223372036854775809",
      std::string(400, '9')};
  for (const std::string& literal : literals) {
    for (const std::string& text : {literal, "[" + literal + "]", "{\"n\" : " + literal + "\n}",
                                    "[1," + literal + ",\"2\"]"}) {
      INFO(text);
      Checked<formats::Document> document = parse(text);
      REQUIRE(document);
      const formats::Node& root = document->root;
      const formats::Node& number = root.is(formats::Node::Kind::number) ? root
                                    : root.is(formats::Node::Kind::array)
                                        ? root.items[root.items.size() == 3 ? 1 : 0]
                                        : *root.find("n");
      CHECK(number.is(formats::Node::Kind::number));
      CHECK(number.text == literal);
      CHECK(text.substr(number.begin, number.end - number.begin) == literal);
    }
  }
}

TEST_CASE("json: values and their bytes") {
  std::string text =
      " {\"a\\u0041\": [true, null, \"x\\\"\\\\\", {}], \"b\": false, \"1-2,:\": []} ";
  Checked<formats::Document> document = parse(text);
  REQUIRE(document);
  const formats::Node& root = document->root;
  CHECK(root.begin == 1);
  CHECK(root.end == text.size() - 1);
  REQUIRE(root.members.size() == 3);
  const formats::Member& first = root.members[0];
  CHECK(first.key == "aA");
  CHECK(text.substr(first.key_begin, first.key_end - first.key_begin) == "\"a\\u0041\"");
  std::vector<std::string> pieces;
  for (const formats::Node& item : first.value.items) {
    pieces.push_back(text.substr(item.begin, item.end - item.begin));
  }
  CHECK(pieces == std::vector<std::string>{"true", "null", "\"x\\\"\\\\\"", "{}"});
  CHECK(first.value.items[0].truth);
  CHECK(first.value.items[2].text == "x\"\\");
  CHECK(root.find("b")->is(formats::Node::Kind::boolean));
  CHECK_FALSE(root.find("b")->truth);
  CHECK(root.find("c") == nullptr);
}

TEST_CASE("json: escapes become the text they mean") {
  CHECK(parse(R"("\u20ac\ud83d\ude00\/\b\f\n\r\t\u0000")")->root.text == "€😀/\b\f\n\r\t\0"s);
}

TEST_CASE("json: places count code points, in files of any line end and with a mark") {
  std::string text = "\xEF\xBB\xBF{\"手\": \"费\",\r\n  \"b/~\": [1, \"é\", 22]}\r\n";
  Checked<formats::Document> document = parse(text);
  REQUIRE(document);
  const formats::Node& root = document->root;
  Place han = document->place(*root.find("手"));
  CHECK(to_string(han) == "x.json:1:7");
  CHECK(han.width() == 3);
  CHECK(han.pointer() == "/手");
  CHECK(han.excerpt().text == "{\"手\": \"费\",");
  Place number = document->place(root.find("b/~")->items[2]);
  CHECK(to_string(number) == "x.json:2:19");
  CHECK(number.width() == 2);
  CHECK(number.pointer() == "/b~1~0/2");
  CHECK(number.excerpt().text == "  \"b/~\": [1, \"é\", 22]}");
  Place key = document->place(root.members[1]);
  CHECK(to_string(key) == "x.json:2:3");
  CHECK(key.width() == 5);
  CHECK(key.pointer() == "/b~1~0");
  CHECK(document->place(root).pointer().empty());
  CHECK(to_string(document->place(root)) == "x.json:1:1");
}

TEST_CASE("json: every node of a nested document has its pointer") {
  Checked<formats::Document> document = parse(R"([[], [{"a": [0, {"": 7}], "b": 1}], 3])");
  REQUIRE(document);
  const formats::Node& object = document->root.items[1].items[0];
  CHECK(document->place(object).pointer() == "/1/0");
  CHECK(document->place(object.find("a")->items[1].members[0]).pointer() == "/1/0/a/1/");
  CHECK(document->place(*object.find("b")).pointer() == "/1/0/b");
  CHECK(document->place(document->root.items[2]).pointer() == "/2");
}

TEST_CASE("json: duplicate keys are all told, with their first place") {
  Checked<formats::Document> document =
      parse("{\"a\": 1,\n \"b\": {\"x/\": 1, \"x\\/\": 2},\n \"a\": 3, \"a\": 4}");
  REQUIRE(!document);
  const Diagnostics& faults = document.faults();
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].code == Code::duplicate_key);
  CHECK(to_string(faults[0].place) == "x.json:2:17");
  CHECK(faults[0].place.pointer() == "/b/x~1");
  CHECK(to_string(faults[0].related.at(0)) == "x.json:2:8");
  CHECK(to_string(faults[1].place) == "x.json:3:2");
  CHECK(to_string(faults[2].place) == "x.json:3:10");
  CHECK(to_string(faults[2].related.at(0)) == "x.json:1:2");
}

TEST_CASE("json: depth is bounded, and no depth is dangerous") {
  CHECK(parse(nested(64)));
  CHECK(faults_of(nested(65)) == std::vector<Told>{{Code::too_deep, 1, 65, 1}});
  CHECK(faults_of(nested(1'000'000)).at(0) == Told{Code::too_deep, 1, 65, 1});
  CHECK(faults_of(std::string(1'000'000, '[')).at(0) == Told{Code::too_deep, 1, 65, 1});
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  CHECK(faults_of(objects + "1" + std::string(65, '}')).at(0).code == Code::too_deep);
}

TEST_CASE("json: bytes that are no text") {
  check_each({
      {"\xFF\xFE{\0}\0"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"\xFE\xFF\0{\0}"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"{\0}\0"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"\0{\0}"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"{\0\0\0}\0\0\0"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"\0\0\0{\0\0\0}"s, {Code::utf16, 0, 0, 1}, "iconv"},
      {"{\"a\": 1}\0"s, {Code::nul_byte, 1, 9, 1}, "remove"},
      {"[1,\n 2\0 garbage"s, {Code::nul_byte, 2, 3, 1}, "remove"},
      {"[\"caf\xE9\"]", {Code::bad_utf8, 1, 6, 1}, "WINDOWS-1252"},
      {"[\"\xC0\xAF\"]", {Code::bad_utf8, 1, 3, 1}, "UTF-8"},
      {"[\"\xED\xA0\x80\"]", {Code::bad_utf8, 1, 3, 1}, "UTF-8"},
      {"[\"\xF4\x90\x80\x80\"]", {Code::bad_utf8, 1, 3, 1}, "UTF-8"},
      {"[\"\xE2\x82", {Code::bad_utf8, 1, 3, 1}, "UTF-8"},
      {"\x1F\x8B\x08\0\0"s, {Code::not_json, 0, 0, 1}, "gunzip"},
      {"PK\x03\x04 zip", {Code::not_json, 0, 0, 1}, "unzip"},
      {"%PDF-1.7", {Code::not_json, 0, 0, 1}, "JSON"},
      {"", {Code::not_json, 0, 0, 1}, "{}"},
      {"\xEF\xBB\xBF \r\n", {Code::not_json, 0, 0, 1}, "{}"},
  });
  CHECK(faults_of("[\"\xE9\", \0, \"\xE8\"]"s) == std::vector<Told>{{Code::bad_utf8, 1, 3, 1},
                                                                    {Code::nul_byte, 1, 7, 1},
                                                                    {Code::bad_utf8, 1, 11, 1}});
}

TEST_CASE("json: other formats") {
  check_each({
      {"\n<!DOCTYPE html>\n<p>", {Code::not_json, 2, 1, 15}, "page"},
      {"levy: 1\nid: x\n", {Code::not_json, 1, 1, 7}, "yq"},
      {"# a comment\n\nlevy:\n  - 1", {Code::not_json, 3, 1, 5}, "yq"},
      {"---\n{}", {Code::not_json, 1, 1, 3}, "yq"},
      {"- a\n- b\n", {Code::not_json, 1, 1, 3}, "yq"},
      {"levy = 1\n", {Code::not_json, 1, 1, 8}, "{\"key\": value"},
  });
}

TEST_CASE("json: comments and trailing commas, every one, and what else is wrong") {
  check_each({
      {"{} // end", {Code::comment, 1, 4, 6}, "note"},
      {"[1 /* one\n two */]", {Code::comment, 1, 4, 6}, "note"},
      {"# top\r\n[]", {Code::comment, 1, 1, 5}, "note"},
      {"[] /* never", {Code::comment, 1, 4, 8}, "note"},
      {"[1, 2,]", {Code::trailing_comma, 1, 6, 1}, "remove"},
      {"{\"a\": 1,\n}", {Code::trailing_comma, 1, 8, 1}, "remove"},
      {"[\"// no comment\", \"/*\", \"#\",]", {Code::trailing_comma, 1, 28, 1}, "remove"},
  });
  CHECK(faults_of("{ // one\n \"a\": [1,], // two\n \"a\": 2, /* three */\n}") ==
        std::vector<Told>{{Code::comment, 1, 3, 6},
                          {Code::trailing_comma, 2, 9, 1},
                          {Code::comment, 2, 13, 6},
                          {Code::duplicate_key, 3, 2, 3},
                          {Code::trailing_comma, 3, 8, 1},
                          {Code::comment, 3, 10, 11}});
}

TEST_CASE("json: text after the value") {
  check_each({
      {"{} {}", {Code::trailing_text, 1, 4, 1}, "one value"},
      {"{}\n{\"a\": 1}\n", {Code::trailing_text, 2, 1, 1}, "one value"},
      {"1 2", {Code::trailing_text, 1, 3, 1}, "one value"},
      {"[1]x", {Code::trailing_text, 1, 4, 1}, "one value"},
      {"{}}", {Code::syntax, 1, 3, 1}, "remove it"},
      {"\"a\": 1", {Code::syntax, 1, 4, 1}, "{\"key\": value"},
      {"{}, {}", {Code::syntax, 1, 3, 1}, "{\"key\": value"},
  });
}

TEST_CASE("json: a slip is named where it is, with what to write") {
  check_each({
      {"{\"a\": 1 \"b\": 2}", {Code::syntax, 1, 8, 1}, "write , here"},
      {"[1 2]", {Code::syntax, 1, 3, 1}, "write , here"},
      {"[{} {}]", {Code::syntax, 1, 4, 1}, "write , here"},
      {"{'a': 1}", {Code::syntax, 1, 2, 3}, "write \"a\""},
      {"['say \"x\"']", {Code::syntax, 1, 2, 9}, "\\\" inside"},
      {"[“a b”]", {Code::syntax, 1, 2, 5}, "write \"a b\""},
      {"{a: 1}", {Code::syntax, 1, 2, 1}, "write \"a\""},
      {"{1: 1}", {Code::syntax, 1, 2, 1}, "write \"1\""},
      {"{\"a\" 1}", {Code::syntax, 1, 5, 1}, "write :"},
      {"{\"a\" = 1}", {Code::syntax, 1, 6, 1}, "write :"},
      {"{\"a\"}", {Code::syntax, 1, 2, 3}, "value"},
      {"{\"a\": }", {Code::syntax, 1, 7, 1}, "null"},
      {"{\"a\": , \"b\": 1}", {Code::syntax, 1, 7, 1}, "null"},
      {"[1,, 2]", {Code::syntax, 1, 4, 1}, "commas"},
      {"{\"a\": 1; \"b\": 2}", {Code::syntax, 1, 8, 1}, "write ,"},
      {"[\"a\": 1]", {Code::syntax, 1, 5, 1}, "{ }"},
      {"{\"a\": 12,50}", {Code::syntax, 1, 7, 5}, "write 12.50"},
      {"{\"a\": 12.50 EUR}", {Code::syntax, 1, 7, 9}, "write \"12.50 EUR\""},
      {"{\"a\": 12.50EUR}", {Code::syntax, 1, 7, 8}, "\"12.50EUR\""},
      {"[2026-01-01]", {Code::syntax, 1, 2, 10}, "\"2026-01-01\""},
      {"[EUR]", {Code::syntax, 1, 2, 3}, "\"EUR\""},
      {"[\"a\xC2\xA0\",\xC2\xA0 1]", {Code::syntax, 1, 7, 1}, "plain space"},
  });
}

TEST_CASE("json: words and numbers of other languages") {
  check_each({
      {"[NaN]", {Code::syntax, 1, 2, 3}, "null"},
      {"[-Infinity]", {Code::syntax, 1, 2, 9}, "null"},
      {"[True]", {Code::syntax, 1, 2, 4}, "write true"},
      {"[FALSE]", {Code::syntax, 1, 2, 5}, "write false"},
      {"[None]", {Code::syntax, 1, 2, 4}, "write null"},
      {"[ture]", {Code::syntax, 1, 2, 4}, "write true"},
      {"[+1]", {Code::syntax, 1, 2, 2}, "write 1"},
      {"[01]", {Code::syntax, 1, 2, 2}, "write 1"},
      {"[-007.50]", {Code::syntax, 1, 2, 7}, "write -7.50"},
      {"[.5]", {Code::syntax, 1, 2, 2}, "write 0.5"},
      {"[-.5]", {Code::syntax, 1, 2, 3}, "write -0.5"},
      {"[5.]", {Code::syntax, 1, 2, 2}, "write 5"},
      {"[00]", {Code::syntax, 1, 2, 2}, "write 0"},
      {"[1_000]", {Code::syntax, 1, 2, 5}, "write 1000"},
      {"[0x1F]", {Code::syntax, 1, 2, 4}, "quotes"},
      {"[1.2.3]", {Code::syntax, 1, 2, 5}, "quotes"},
      {"[1e]", {Code::syntax, 1, 2, 2}, "quotes"},
      {"[5e+-3]", {Code::syntax, 1, 2, 5}, "quotes"},
      {"[-]", {Code::syntax, 1, 2, 1}, "quotes"},
      {"[１２]", {Code::syntax, 1, 2, 2}, "quotes"},
  });
}

TEST_CASE("json: strings that are not") {
  check_each({
      {"[\"a]\n", {Code::syntax, 1, 2, 3}, "write \""},
      {"{\"a\": \"x\n\"}", {Code::syntax, 1, 7, 2}, "\\n"},
      {"[\"a\\\"]", {Code::syntax, 1, 2, 5}, "write \""},
      {"[\"a\tb\"]", {Code::syntax, 1, 4, 1}, "write \\t"},
      {"[\"a\x1B\"]", {Code::syntax, 1, 4, 1}, "write \\u001b"},
      {"[\"C:\\dir\"]", {Code::syntax, 1, 5, 2}, "write \\\\"},
      {"[\"\\u12g4\"]", {Code::syntax, 1, 3, 2}, "\\u20ac"},
      {"[\"\\ud83d\"]", {Code::syntax, 1, 3, 6}, "both halves"},
      {"[\"\\ude00x\"]", {Code::syntax, 1, 3, 6}, "both halves"},
  });
}

TEST_CASE("json: brackets tell where they were opened") {
  Checked<formats::Document> unclosed = parse("{\n  \"a\": [1,\n    2\n\n");
  REQUIRE(!unclosed);
  const Diagnostic& fault = unclosed.faults().at(0);
  CHECK(to_string(fault.place) == "x.json:3:6");
  CHECK(to_string(fault.related.at(0)) == "x.json:2:8");
  CHECK(fault.message == "the file ends before the [ of line 2, column 8 is closed");
  CHECK(fault.remedy == "write ]}");

  Checked<formats::Document> crossed = parse("{\"a\": [1, {\"b\": 2]}");
  REQUIRE(!crossed);
  REQUIRE(crossed.faults().size() == 1);
  CHECK(to_string(crossed.faults()[0].place) == "x.json:1:18");
  CHECK(to_string(crossed.faults()[0].related.at(0)) == "x.json:1:11");
  CHECK(crossed.faults()[0].remedy == "write } before it");
}

TEST_CASE("json: all slips in one run, in the order of the file") {
  CHECK(faults_of("{'a': True, b: [01 2],\n \"c\": 1,50, // x\n \"d\": \"\\q\",}") ==
        std::vector<Told>{{Code::syntax, 1, 2, 3},
                          {Code::syntax, 1, 7, 4},
                          {Code::syntax, 1, 13, 1},
                          {Code::syntax, 1, 17, 2},
                          {Code::syntax, 1, 19, 1},
                          {Code::syntax, 2, 7, 4},
                          {Code::comment, 2, 13, 4},
                          {Code::syntax, 3, 8, 2},
                          {Code::trailing_comma, 3, 11, 1}});
}

TEST_CASE("json: faults are not told without end") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "// x\n";
  CHECK(faults_of(text + "{}").size() == 20);
  std::string keys;
  for (int i = 0; i < 1000; ++i) keys += ",\"a\":1";
  CHECK(faults_of("{\"b\":0" + keys + "}").size() == 20);
}

TEST_CASE("json: a long line costs no more than its length") {
  std::string text = "[";
  for (int i = 0; i < 200'000; ++i) text += "\"ab\",";
  CHECK(faults_of(text + "]") == std::vector<Told>{{Code::trailing_comma, 1, text.size(), 1}});
}

TEST_CASE("json: a second mark is no JSON") {
  CHECK(faults_of("\xEF\xBB\xBF\xEF\xBB\xBF{}") == std::vector<Told>{{Code::syntax, 1, 1, 1}});
}

TEST_CASE("json: kinds have names for messages") {
  CHECK(formats::name_of(formats::Node::Kind::object) == "an object");
  CHECK(formats::name_of(formats::Node::Kind::null) == "null");
}
