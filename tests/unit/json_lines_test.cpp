#include "formats/json_lines.h"

#include "formats/read_rows.h"
#include "unit/catch.h"

namespace levy {
namespace {

std::string joined(const formats::Row& row) {
  if (row.fault) return "!" + row.fault->message;
  std::string all;
  for (std::size_t i = 0; i < row.texts.size(); ++i)
    all += (i > 0 ? "|" : "") + std::string(row.names[i]) + "=" + std::string(row.texts[i]);
  return all;
}

using List = std::vector<std::string>;

List read_all(const std::string& text) {
  formats::JsonLinesReader reader("t.jsonl", formats::ByteWindow(formats::read_from(text)));
  List seen;
  formats::Row row;
  while (reader.next(row)) seen.push_back(joined(row));
  return seen;
}

TEST_CASE("One object a line", "[json_lines]") {
  struct Case {
    const char* text;
    List rows;
  };
  const Case cases[] = {
      {"", {}},
      {"{}\n", {""}},
      {"{\"a\": \"1\", \"b\": \"2\"}\n{\"a\":\"3\"}", {"a=1|b=2", "a=3"}},
      {"{\"a\":1}\r\n\r\n  \n{\"a\":2}\r\n", {"a=1", "a=2"}},
      {"\xEF\xBB\xBF{\"a\":1}\n", {"a=1"}},
      {" {\"a\" : 1 } \n", {"a=1"}},
      // Numbers are their text, whatever their size; only an exponent is written out.
      {"{\"a\":1.50,\"b\":-0,\"c\":0.10}", {"a=1.50|b=-0|c=0.10"}},
      {"{\"a\":123456789012345678901234567890.000000000000000000001}",
       {"a=123456789012345678901234567890.000000000000000000001"}},
      {"{\"a\":1.5e3,\"b\":25E-1}", {"a=1500|b=2.5"}},
      // One that is then out of bounds is no fault of the line: who asks for it says what it is.
      {"{\"a\":1e9999,\"b\":1.2345e-38}", {"a=1e9999|b=1.2345e-38"}},
      {"{\"a\":true,\"b\":false,\"c\":null}", {"a=true|b=false|c="}},
      {"{\"a\":\"x\\n\\u00e9\\\"\"}", {"a=x\né\""}},
      {"{\"k\\u0065y\":\"v\"}", {"key=v"}},
      {"{\"a\":[1, {\"b\":2}],\"c\":{\"d\":[]}}", {"a=[1, {\"b\":2}]|c={\"d\":[]}"}},
  };
  for (const Case& one : cases) {
    INFO(one.text);
    CHECK(read_all(one.text) == one.rows);
  }
}

TEST_CASE("A bad line is one fault, and reading goes on", "[json_lines]") {
  const char* bad[] = {
      "[1]",
      "1",
      "\"a\"",
      "null",
      "{",
      "}",
      "{\"a\":}",
      "{\"a\" 1}",
      "{\"a\":1 \"b\":2}",
      "{\"a\":1,}",
      "{,}",
      "{a:1}",
      "{'a':1}",
      "{\"a\":01}",
      "{\"a\":1.}",
      "{\"a\":.5}",
      "{\"a\":+1}",
      "{\"a\":1e}",
      "{\"a\":NaN}",
      "{\"a\":tru}",
      "{\"a\":nul}",
      "{\"a\":truex}",
      "{\"a\":\"x}",
      "{\"a\":\"\\x\"}",
      "{\"a\":\"\xFF\"}",
      "{\"a\":\"\t\"}",
      "{\"a\":1}{\"b\":2}",
      "{\"a\":1} x",
      "{\"a\":1}}",
      "{\"a\":[1,]}",
      "{\"a\":[1}",
      "{\"a\":{]}",
      "{\"a\":1,\"a\":2}",
      "{\"a\":1,\"\\u0061\":2}",
      "// no",
      "{\"a\":1//x\n}",
      "{\"a\":\"\\ud800\"}",
      "{\"a\":{\"b\":01}}",
      "{\"a\":[tru]}",
      "{\"a\":1 2}",
      "{\"a\":\"b\" \"c\"}",
      "{\"a\":\"b\"c}",
  };
  for (const char* line : bad) {
    INFO(line);
    List rows = read_all("{\"x\":1}\n" + std::string(line) + "\n{\"x\":2}\n");
    REQUIRE(rows.size() >= 3);
    CHECK(rows.front() == "x=1");
    CHECK(rows[1].substr(0, 1) == "!");
    CHECK(rows.back() == "x=2");
  }
}

TEST_CASE("Duplicate keys and NUL bytes have their own words", "[json_lines]") {
  CHECK(read_all("{\"a\":1,\"a\":2}\n") == List{"!the key \"a\" stands twice"});
  CHECK(read_all(std::string("{\"a\":\0}\n", 8)) == List{"!the line has a NUL byte"});
}

TEST_CASE("A line knows where it stands", "[json_lines]") {
  formats::JsonLinesReader reader(
      "t.jsonl", formats::ByteWindow(formats::read_from("\n{\"a\":1}\n{\"a\":}\n")));
  formats::Row row;
  REQUIRE(reader.next(row));
  CHECK(row.line == 2);
  CHECK(row.byte_offset == 1);
  CHECK(row.raw == "{\"a\":1}");
  REQUIRE(reader.next(row));
  CHECK(row.line == 3);
  REQUIRE(row.fault);
  CHECK(row.fault->place.line() == 3);
  CHECK(row.fault->place.file() == "t.jsonl");
  CHECK_FALSE(reader.next(row));
}

TEST_CASE("No line is longer than a mebibyte", "[json_lines]") {
  std::string filler(record_bytes_max - 8, 'x');
  std::string fits = "{\"a\":\"" + filler + "\"}";
  REQUIRE(fits.size() == record_bytes_max);
  List rows = read_all(fits + "\n{\"b\":1}\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].size() == filler.size() + 2);
  List too_long = {"!the line is longer than 1 MiB", "b=1"};
  CHECK(read_all("{\"a\":\"x" + filler + "\"}\n{\"b\":1}\n") == too_long);
  CHECK(read_all(std::string(3 * record_bytes_max, 'x') + "\n{\"b\":1}") == too_long);
}

TEST_CASE("A table's form is told by its first byte", "[json_lines]") {
  for (const char* text : {"a,b\n1,2\n",
                           "\xEF\xBB\xBF"
                           "a,b\n1,2\n",
                           "{\"a\":1,\"b\":2}\n", "\n{\"a\":\"1\",\"b\":\"2\"}"}) {
    INFO(text);
    formats::NextRow next = formats::read_table("t", formats::read_from(text));
    formats::Row row;
    REQUIRE(next(row));
    CHECK(row.text_of("a") == "1");
    CHECK(row.text_of("b") == "2");
    CHECK_FALSE(next(row));
  }
}

TEST_CASE("An array in a document is a table too", "[json_lines]") {
  auto document =
      formats::parse_json(Source("d.json", R"([{"a": "x", "n": 1.5e1, "t": true, "z": null}, 3])"));
  REQUIRE(document);
  formats::NextRow next = formats::read_items(*document, document->root);
  formats::Row row;
  REQUIRE(next(row));
  CHECK(joined(row) == "a=x|n=15|t=true|z=");
  REQUIRE(next(row));
  CHECK(row.fault);
  CHECK_FALSE(next(row));
}

}  // namespace
}  // namespace levy
