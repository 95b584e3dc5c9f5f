// What validate --fix repairs, and what it leaves for its author.
#include "schedule/decode/repair.h"

#include <string>
#include <vector>

#include "money/likely.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

std::string repaired(const std::string& text) {
  return schedule::decode::repair_schedule(Source("x.json", text));
}

// A schedule in euro around one fee's keys.
std::string fee(const std::string& keys) {
  return R"({"levy": 1, "id": "a", "currency": "EUR", "fees": [{"id": "f", )" + keys + "}]}";
}

TEST_CASE("what can only be meant in one way is repaired") {
  struct Row {
    const char *written, *expected;  // of the fee's keys
  };
  const Row rows[] = {
      {R"("percent": "1.5%")", R"("percent": "1.5")"},
      {R"("percent": "1,5")", R"("percent": "1.5")"},
      {R"("percent": "+01.5")", R"("percent": "1.5")"},
      {R"("flat": "1EUR")", R"("flat": "1 EUR")"},
      {R"("flat": "1.50 eur")", R"("flat": "1.50 EUR")"},
      {R"("flat": "€1,50")", R"("flat": "1.50 EUR")"},
      {R"("flat": ["1.50 eur", "2 USD"])", R"("flat": ["1.50 EUR", "2 USD"])"},
      {R"("when": {"currency": "eur"}, "flat": "1")",
       R"("when": {"currency": "EUR"}, "flat": "1")"},
      {R"("percnt": "1")", R"("percent": "1")"},
      {R"("titel": "Card", "percent": "1")", R"("title": "Card", "percent": "1")"},
      {R"("Percent": "1.5%")", R"("percent": "1.5")"},
      {R"("slab": [{"upTo": "5 EUR", "flat": "1EUR"}, {"flat": "2"}])",
       R"("slab": [{"up_to": "5 EUR", "flat": "1 EUR"}, {"flat": "2"}])"},
      {R"("by": {"windw": "month"}, "slab": [{"percent": "1"}])",
       R"("by": {"window": "month"}, "slab": [{"percent": "1"}])"},
      {R"("percent": "1",)", R"("percent": "1")"},
      {R"("flat": ["1 EUR", "2 USD",],)", R"("flat": ["1 EUR", "2 USD"])"},
  };
  for (const Row& row : rows) {
    INFO(row.written);
    CHECK(repaired(fee(row.written)) == fee(row.expected));
    CHECK(schedule::decode::load_schedule(Source("x.json", fee(row.expected))));
  }
}

TEST_CASE("what may be meant in more than one way stays") {
  const char* rows[] = {
      R"("percent": "1,500")",                        // 1500, or 1.5
      R"("flat": "$1")",                              // whose dollar
      R"("bps": "1.5%")",                             // 150, or 1.5
      R"("flat": "1.5%")",                            // no money at all
      R"("flat": "1 EURO")",                          // not a code, and not one with other letters
      R"("percent": "1", "mix": "1 EUR")",            // min, or max
      R"("percent": "1", "percnt": "2")",             // the key is there already
      R"("percent": "1", "frobnicate": true)",        // no key is near
      R"("percent": "abc")",                          // no number is near
      R"("cases": [{"flat": "1", "rond": "none"}])",  // a case takes no round
      R"("percent": "1" "min": "2")",                 // not JSON, and not by a comma behind a value
      R"("percent": "1.5", "note": "1.5%, // EUR")",  // nothing is wrong
  };
  for (const char* row : rows) {
    INFO(row);
    CHECK(repaired(fee(row)) == fee(row));
  }
  CHECK(repaired(R"({"name": "other", "private": true,})") ==
        R"({"name": "other", "private": true,})");  // not a schedule
}

TEST_CASE("comments become notes") {
  struct Row {
    const char *what, *written, *expected;
  };
  const Row rows[] = {
      {"above the document", "// Prices of May\n{\"levy\": 1, \"id\": \"a\", \"fees\": []}\n",
       "{\"levy\": 1, \"id\": \"a\", \"note\": \"Prices of May\", \"fees\": []}\n"},
      {"at the end of a line, in a fee",
       "{\"levy\": 1, \"id\": \"a\",\n \"fees\": [\n  {\"id\": \"f\", // as agreed\n   "
       "\"flat\": \"1 EUR\"}]}",
       "{\"levy\": 1, \"id\": \"a\",\n \"fees\": [\n  {\"id\": \"f\", \"note\": \"as agreed\",\n   "
       "\"flat\": \"1 EUR\"}]}"},
      {"above a fee, and behind one",
       "{\"levy\": 1, \"id\": \"a\", \"fees\": [\n  # the first\n  {\"id\": \"f\", \"flat\": "
       "\"1 EUR\"}, // and more\n  /* the\n   * second */\n  {\"id\": \"g\", \"flat\": "
       "\"1 EUR\"}\n]}",
       "{\"levy\": 1, \"id\": \"a\", \"fees\": [\n  {\"id\": \"f\", \"note\": \"the first; and "
       "more\", \"flat\": \"1 EUR\"},\n  {\"id\": \"g\", \"note\": \"the second\", \"flat\": "
       "\"1 EUR\"}\n]}"},
      {"in a band, which has no note: its fee's",
       R"({"levy": 1, "id": "a", "fees": [{"id": "f", "slab": [{"flat": "1 EUR" /* cheap */}]}]})",
       R"({"levy": 1, "id": "a", "fees": [{"id": "f", "note": "cheap", "slab": )"
       R"([{"flat": "1 EUR"}]}]})"},
      {"beside a note", R"({"levy": 1, "id": "a", "note": "Old.", /* new */ "fees": []})",
       R"({"levy": 1, "id": "a", "note": "Old. new", "fees": []})"},
      {"beside a note in languages",
       R"({"levy": 1, "id": "a", "note": {"zh": "x"}, /* new */ "fees": []})",
       R"({"levy": 1, "id": "a", "note": {"en": "new", "zh": "x"}, "fees": []})"},
      {"on lines of its own, where keys have theirs",
       "{\n  \"levy\": 1,\n  // say \"why\"\n  \"id\": \"a\",\n  \"fees\": []\n}\n",
       "{\n  \"levy\": 1,\n  \"id\": \"a\",\n  \"note\": \"say \\\"why\\\"\",\n  \"fees\": "
       "[]\n}\n"},
      {"without words", "{\"levy\": 1, /**/ \"id\": \"a\", //\n \"fees\": []}",
       "{\"levy\": 1, \"id\": \"a\",\n \"fees\": []}"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(repaired(row.written) == row.expected);
  }
}

TEST_CASE("more faults than one run reports are all repaired") {
  std::string written = R"({"levy": 1, "id": "a", "fees": [)", expected = written;
  for (int i = 0; i < 60; ++i) {
    std::string id = "{\"id\": \"f" + std::to_string(i) + "\"";
    written += id + ", // n\n \"flat\": \"1EUR\",}" + (i == 59 ? "," : ",\n");
    expected += id + ", \"note\": \"n\",\n \"flat\": \"1 EUR\"}" + (i == 59 ? "" : ",\n");
  }
  CHECK(repaired(written + "]}") == expected + "]}");
}

TEST_CASE("money that can only mean one thing") {
  struct Row {
    const char *text, *money;
  };
  const Row rows[] = {
      {"1EUR", "1 EUR"}, {"EUR 1", "1 EUR"}, {"1 eur", "1 EUR"}, {"1.234,50€", "1234.50 EUR"},
      {"$1", ""},        {"1,500 EUR", ""},  {"1 XYZ", ""},      {"12", ""},
      {"EUR", ""},       {"", ""},           {"1 EUR EUR", ""}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(likely_money(row.text, Currencies()) == row.money);
  }
}

}  // namespace
}  // namespace levy
