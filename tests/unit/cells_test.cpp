#include "cells/cells.h"

#include <string>
#include <vector>

#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

fees::Plan plan_of(const std::string& rest) {
  Checked<schedule::Schedule> loaded = schedule::decode::load_schedule(
      Source("x.json", R"({"levy": 1, "id": "x", "currency": "EUR", )" + rest + "}"));
  REQUIRE(bool(loaded));
  return fees::compile(std::move(*loaded));
}

std::vector<std::string> words_of(const fees::Plan& plan, const cells::CellScope& scope = {}) {
  std::vector<std::string> words;
  for (const cells::Cell& cell : cells::find_cells({&plan}, "pay", scope).all)
    words.push_back(cells::to_words(cell));
  return words;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("cells are the choices that conditions tell apart") {
  const char* methods = R"("attributes": {"method": ["bank", "card", "cash"], "note": "text"}, )";
  struct Row {
    std::string fees;
    Lines wanted;
  };
  const std::vector<Row> rows = {
      {R"([{"id": "a", "percent": "1"}])", {"currency EUR"}},
      {R"([{"id": "a", "when": {"method": "bank"}, "percent": "1"}])",
       {"currency EUR, method bank", "currency EUR, method card or cash"}},
      {R"([{"id": "a", "when": {"note": ["x", "y"]}, "percent": "1"}])",
       {"currency EUR, note x or y", "currency EUR, note any other"}},
      {R"([{"id": "a", "when": {"country": {"not": "DE"}}, "percent": "1"}])",
       {"currency EUR, country any other", "currency EUR, country DE"}},
      {R"([{"id": "a", "flat": ["1 EUR", "2 USD"]}])", {"currency EUR", "currency USD"}},
      {R"([{"id": "a", "operation": "other", "when": {"method": "bank"}, "percent": "1"},
           {"id": "b", "operation": "pay", "percent": "1"}])",
       {"currency EUR"}},
      {R"([{"id": "a", "when": {"country": "DE", "to_country": "DE", "cross_border": true},
            "percent": "1"}])",
       {"currency EUR, country any other, to_country any other, cross_border false"}},
      {R"([{"id": "a", "when": {"weekday": ["sat", "sun"]}, "percent": "1"}])",
       {"currency EUR, weekday mon", "currency EUR, weekday sat"}},
      {R"([{"id": "a", "when": {"time_of_day": {"from": "22:00", "below": "06:00"}},
            "percent": "1"}])",
       {"currency EUR, time_of_day before 06:00",
        "currency EUR, time_of_day from 06:00 and before 22:00"}},
      {R"([{"id": "a", "cases": [{"when": {"method": "bank"}, "percent": "1"},
                                 {"percent": "2"}]},
           {"id": "b", "when": {"method": "bank"}, "cases": [
              {"when": {"note": "x"}, "percent": "1"}, {"percent": "2"}]}])",
       {"currency EUR, method bank, note x", "currency EUR, method bank, note any other",
        "currency EUR, method card or cash, note x"}},
  };
  for (const Row& row : rows) {
    INFO(row.fees);
    CHECK(words_of(plan_of(methods + ("\"fees\": " + row.fees))) == row.wanted);
  }
}

TEST_CASE("many attributes of which few matter are few cells") {
  std::string attributes, fees;
  for (int i = 0; i < 20; ++i) {
    std::string name = "a" + std::to_string(i);
    attributes += (i ? ", \"" : "\"") + name + R"(": ["p", "q", "r", "s"])";
  }
  fees = R"({"id": "f", "when": {"a0": "p", "a1": "p", "a2": "p", "a3": "p", "a4": "p", "a5": "p",
             "a6": "p", "a7": "p", "a8": "p", "a9": "p"}, "percent": "1"})";
  fees::Plan plan = plan_of("\"attributes\": {" + attributes + "}, \"fees\": [" + fees + "]");
  CHECK(cells::find_cells({&plan}, "pay").all.size() == 2);
}

TEST_CASE("limits that differ by tier make each tier a cell") {
  fees::Plan plan = plan_of(R"("tiers": [{"id": "low"}, {"id": "high"}],
      "limits": [{"id": "l", "max": {"low": "1 EUR", "high": null}}])");
  cells::CellScope scope;
  CHECK(words_of(plan, scope) == Lines{"currency EUR"});
  scope.limits = true;
  CHECK(words_of(plan, scope) == Lines{"currency EUR, tier low", "currency EUR, tier high"});
}

}  // namespace levy
