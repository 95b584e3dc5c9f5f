#include "render/text/diagnostic_text.h"

#include "formats/json.h"
#include "render/text/diagnostic_json.h"
#include "unit/catch.h"

using namespace levy;

namespace {

// A fault over bytes [begin, end) of a one-file source.
Diagnostic fault(const std::string& text, std::size_t begin, std::size_t end) {
  Diagnostic diagnostic;
  diagnostic.code = Code::bad_decimal;
  diagnostic.message = "it is wrong";
  diagnostic.place = Source("f", text).place(begin, end);
  return diagnostic;
}

// The excerpt and the caret line of that fault, without its head.
std::string excerpt(const std::string& text, std::size_t begin, std::size_t end) {
  std::string all = render::text::diagnostic_text(fault(text, begin, end), {});
  return all.substr(all.find('\n') + 1);
}

std::string json_of(const Diagnostics& diagnostics) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  render::text::write_diagnostics(json, diagnostics);
  return json.text();
}

}  // namespace

TEST_CASE("diagnostic_text: place, line, caret, remedy") {
  Diagnostic diagnostic = fault("{\n  \"flat\": \"12,50 EUR\"\n}", 13, 18);
  diagnostic.message = "12,50 is not a decimal";
  diagnostic.remedy = "write 12.50 EUR";
  CHECK(render::text::diagnostic_text(diagnostic, {}) ==
        "f:2:12: error: 12,50 is not a decimal [bad_decimal]\n"
        "    2 |   \"flat\": \"12,50 EUR\"\n"
        "      |            ^~~~~\n"
        "      = write 12.50 EUR\n");
}

TEST_CASE("diagnostic_text: as much as is known") {
  Diagnostic diagnostic;
  diagnostic.code = Code::missing_rate;
  diagnostic.message = "no rate for JPY";
  CHECK(render::text::diagnostic_text(diagnostic, {}) == "error: no rate for JPY [missing_rate]\n");
  diagnostic.place = Place::of_file("r.json");
  diagnostic.severity = Severity::warning;
  CHECK(render::text::diagnostic_text(diagnostic, {}) ==
        "r.json: warning: no rate for JPY [missing_rate]\n");
}

TEST_CASE("diagnostic_text: related places beneath") {
  Checked<formats::Document> document =
      formats::parse_json(Source("x.json", "{\"a\": 1,\n\"a\": 2}"));
  REQUIRE(!document);
  CHECK(render::text::diagnostics_text(document.faults(), {}) ==
        "x.json:2:1: error: the key \"a\" is given twice in one object [duplicate_key]\n"
        "    2 | \"a\": 2}\n"
        "      | ^~~\n"
        "      = remove one of the two, or rename it\n"
        "x.json:1:2: note: first given here\n"
        "    1 | {\"a\": 1,\n"
        "      |  ^~~\n");
}

TEST_CASE("diagnostic_text: the caret stands under what it means") {
  CHECK(excerpt("\t\"a\": x", 6, 7) == "    1 |     \"a\": x\n      |          ^\n");
  CHECK(excerpt("a\tx", 2, 3) == "    1 | a   x\n      |     ^\n");
  CHECK(excerpt("\"手续费\": x", 13, 14) == "    1 | \"手续费\": x\n      |           ^\n");
  CHECK(excerpt("\"手续费\"", 1, 7) == "    1 | \"手续费\"\n      |  ^~~~\n");
  CHECK(excerpt("e\xCC\x81 x", 4, 5) == "    1 | e\xCC\x81 x\n      |   ^\n");
  CHECK(excerpt("ab", 2, 2) == "    1 | ab\n      |   ^\n");
  CHECK(excerpt("\xE9\xE9x", 2, 3) == "    1 | \\xE9\\xE9x\n      |         ^\n");
}

TEST_CASE("diagnostic_text: a terminal obeys nothing of it") {
  CHECK(excerpt("\"\x1B[2J\" x", 7, 8) == "    1 | \"\\x1B[2J\" x\n      |           ^\n");
  Diagnostic diagnostic = fault("x", 0, 1);
  diagnostic.place = Place::of_file("a\x1B[1m");
  diagnostic.message = "the key \"\x1B]0;t\x07\" is unknown";
  diagnostic.remedy = "remove \x9B";
  std::string text = render::text::diagnostic_text(diagnostic, {});
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find('\x9B') == std::string::npos);
}

TEST_CASE("diagnostic_text: long lines are cut around the caret") {
  std::string line = std::string(500, 'a') + "X" + std::string(500, 'b');
  std::string start = std::string(10, ' ') + "X" + std::string(500, 'b');
  CHECK(excerpt(line, 500, 501) == "    1 | …" + std::string(29, 'a') + "X" + std::string(58, 'b') +
                                       "…\n      | " + std::string(30, ' ') + "^\n");
  CHECK(excerpt(start, 10, 11) ==
        "    1 |           X" + std::string(77, 'b') + "…\n      |           ^\n");
  CHECK(excerpt(std::string(500, 'a'), 499, 500) ==
        "    1 | …" + std::string(88, 'a') + "\n      | " + std::string(88, ' ') + "^\n");
  CHECK(excerpt(std::string(500, 'a'), 0, 500) ==
        "    1 | " + std::string(88, 'a') + "…\n      | ^" + std::string(87, '~') + "\n");
}

TEST_CASE("diagnostic_text: folded in a window of 40 columns") {
  Diagnostic diagnostic =
      fault("{\n  \"a\": \"手续费手续费手续费手续费\", \"flat\": \"12,50 EUR\"\n}", 57, 62);
  diagnostic.message = "12,50 is not a decimal, as its comma might mean two things";
  diagnostic.remedy = "write 12.50 EUR, with a point before the cents";
  CHECK(render::text::diagnostic_text(diagnostic, {.columns = 40}) ==
        "f:2:32: error: 12,50 is not a decimal,\n"
        "    as its comma might mean two things\n"
        "    [bad_decimal]\n"
        "    2 | …费手续费\", \"flat\": \"12,50 EUR\"\n"
        "      |                     ^~~~~\n"
        "      = write 12.50 EUR, with a point\n"
        "        before the cents\n");
}

TEST_CASE("command_text: folded between its words only") {
  CHECK(render::text::command_text("levy quote 'my fee.json' pay 'it'\\''s 5' --a b", 2,
                                   {.columns = 24}) ==
        "  $ levy quote \\\n"
        "    'my fee.json' pay \\\n"
        "    'it'\\''s 5' --a b\n");
  CHECK(render::text::command_text("levy quote x", 0, {}) == "$ levy quote x\n");
}

TEST_CASE("diagnostic_text: a line of megabytes is shown like any other") {
  std::string many;
  for (int i = 0; i < 1'000'000; ++i) many += "é";
  CHECK(excerpt(many + "X" + many, many.size(), many.size() + 1) ==
        excerpt(many.substr(0, 1000) + "X" + many.substr(0, 1000), 1000, 1001));
}

TEST_CASE("diagnostic_text: color wraps the words, and only when asked") {
  std::string text = render::text::diagnostic_text(fault("x", 0, 1), {.color = true});
  CHECK(text ==
        "\x1B[1mf:1:1:\x1B[0m \x1B[1;31merror:\x1B[0m it is wrong [bad_decimal]\n"
        "    1 | x\n      | \x1B[1;31m^\x1B[0m\n");
}

TEST_CASE("diagnostic_json: what is unknown is left out") {
  Diagnostic plain;
  plain.code = Code::missing_rate;
  plain.message = "no rate";
  CHECK(json_of({plain}) == R"({"code":"missing_rate","message":"no rate"})");

  Checked<formats::Document> document = formats::parse_json(Source("f", R"({"a/b": 1})"));
  REQUIRE(document);
  Diagnostic placed = plain;
  placed.code = Code::bad_decimal;
  placed.message = "it is wrong";
  placed.place = document->place(document->root.members[0].value);
  placed.remedy = "mend it";
  CHECK(json_of({placed, plain}) ==
        R"({"code":"bad_decimal","message":"it is wrong","remedy":"mend it","file":"f","line":1,)"
        R"("column":9,"pointer":"/a~1b","others":[{"code":"missing_rate","message":"no rate"}]})");
}

TEST_CASE("diagnostic_json: missing attributes and neighbours") {
  Diagnostic missing;
  missing.code = Code::missing_attributes;
  missing.message = "m";
  missing.missing = {{"method", {"bank", "card"}, true}, {"gas_used", {"decimal"}, false}};
  CHECK(json_of({missing}) ==
        R"({"code":"missing_attributes","message":"m","missing":[{"name":"method",)"
        R"("domain":["bank","card"]},{"name":"gas_used","domain":["decimal"]}]})");

  Diagnostic unattainable;
  unattainable.code = Code::unattainable;
  unattainable.message = "m";
  unattainable.above = {"10.00 EUR", "10.50 EUR"};
  CHECK(json_of({unattainable}) == R"({"code":"unattainable","message":"m","below":null,)"
                                   R"("above":{"target":"10.00 EUR","amount":"10.50 EUR"}})");
}
