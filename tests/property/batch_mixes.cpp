#include "property/batch_mixes.h"

namespace levy {
namespace {

const std::vector<std::string> times = {
    "2026-06-06T20:00:00",       "2026-06-06T20:00:00Z", "2026-06-07T01:00:00",
    "2026-06-07T01:00:00+09:00", "2026-06-07",           "2025-12-31T20:00:00",
    "2025-12-31T20:00:00-05:00", "2024-02-29T12:00:00Z", "2024-02-29 12:00:00.5Z",
    "2028-01-01T00:00:00",       "07.06.2026",           ""};
const std::vector<std::string> amounts = {
    "133", "133 JPY", "133 EUR", "133.00",    "133.0", "",     "133.5",       " 133",   "133 ",
    "0",   "1e3",     "-3",      "133.5 EUR", "00.5",  "1000", "99999999999", "133 XXX"};

std::string version(const std::string& rest) {
  return R"({"levy": 1, "id": "mixed", "currency": "EUR", )" + rest + "}";
}

const std::string sundays =
    R"("fees": [{"id": "f", "operation": "pay", "cases": [)"
    R"({"when": {"weekday": "sun"}, "percent": "5"}, {"when": {"date": {"below": "2026-02-01"}},)"
    R"( "percent": "2"}, {"flat": ["1 EUR", "2 USD", "3 JPY"]}]}])";

Mixed versions_in_zones() {
  return {"versions in several zones",
          {version(R"("version": "1", "timezone": "UTC",)"
                   R"("effective": {"until": "2026-01-01T00:00:00Z"},)" +
                   sundays),
           version(R"("version": "2", "timezone": "Asia/Tokyo",)"
                   R"("effective": {"from": "2026-01-01T00:00:00Z",)"
                   R"("until": "2027-01-01T00:00:00Z"},)" +
                   sundays),
           version(R"("version": "3", "timezone": "America/New_York",)"
                   R"("effective": {"from": "2027-01-01T00:00:00Z"},)" +
                   sundays)},
          {{"time", times},
           {"amount", {"133", "133 JPY", "133.00", "250", ""}},
           {"operation", {"pay", ""}},
           {"to_currency", {"", "", "USD", "EUR", "CHF"}}}};
}

Mixed fine_lines() {
  return {"lines finer than their currency",
          {version(R"("rounding": {"apply": "total"}, "attributes": {"method": ["a", "b"]},)"
                   R"("fees": [{"id": "f", "operation": "pay", "percent": "2.7"},)"
                   R"({"id": "g", "operation": "pay", "when": {"method": "a"},)"
                   R"("percent": "0.125"}])")},
          {{"time", {""}},
           {"amount", amounts},
           {"operation", {"pay"}},
           {"currency", {"", "EUR", "JPY"}},
           {"method", {"a", "b", "", "c"}}}};
}

Mixed by_quantity() {
  return {"an amount that is no column, and a quantity that is",
          {version(R"("quantities": {"units": {"max": "5000", "default": "7"}, "more": {}},)"
                   R"("fees": [{"id": "f", "operation": "pay", "units": "units",)"
                   R"("each": "0.015 EUR"}, {"id": "g", "operation": "pay",)"
                   R"("when": {"more": {"from": "3"}}, "percent": "1"}])")},
          {{"time", {""}},
           {"units", {"133", "133.5", "", "5001", "0", "133.0", "133 EUR"}},
           {"operation", {"pay"}},
           {"more", {"3", "3.0", "2", ""}}},
          {},
          {{"amount", "10"}}};
}

Mixed times_and_texts() {
  return {"times of day, texts that no condition names, readings",
          {version(R"("timezone": "Europe/Berlin", "attributes": {"note": "text",)"
                   R"("shop": "text"}, "fees": [{"id": "f", "operation": "pay", "cases": [)"
                   R"({"when": {"time_of_day": {"from": "22:00", "below": "06:00"}},)"
                   R"("percent": "3"}, {"when": {"time_of_day": {"above": "12:00",)"
                   R"("up_to": "13:30:30"}, "shop": ["a", "b"]}, "percent": "2"},)"
                   R"({"percent": "1"}]}], "limits": [{"id": "day", "operation": "pay",)"
                   R"("window": "day", "max": "500 EUR"}])")},
          {{"time",
            {"2026-06-06T20:00:00Z", "2026-06-06T22:00:00", "2026-06-06T06:00:00",
             "2026-06-06T05:59:59.9", "2026-06-06T12:00:00", "2026-06-06T12:00:00.5",
             "2026-06-06T13:30:30", "2026-06-06T13:30:30.25", "2026-06-06T13:30:31", "2026-06-06",
             "1969-12-31T23:00:00Z"}},
           {"amount", amounts},
           {"operation", {"pay", "pya", ""}},
           {"currency", {"", "EUR", "USD", "EUX"}},
           {"note", {"", "x", "y\\z", "é"}},
           {"shop", {"", "a", "b", "c"}},
           {"used.day", {"", "", "", "5", "-1"}}}};
}

Mixed mapped_and_set() {
  Mixed mixed = versions_in_zones();
  mixed.name = "columns by --map, a time by --set";
  mixed.columns = {{"when", {"", "", "2026-06-07T01:00:00"}},
                   {"value", {"133", "133 JPY", "250"}},
                   {"kind", {"pay", "", "other"}},
                   {"currency", {"", "EUR", "JPY"}}};
  mixed.map = {{"time", "when"}, {"amount", "value"}, {"operation", "kind"}};
  mixed.set = {{"time", "2026-06-07T02:00:00"}, {"to_currency", "USD"}};
  return mixed;
}

Mixed one_column_twice() {
  Mixed mixed = by_quantity();
  mixed.name = "one column that says two fields";
  mixed.columns = {{"time", {""}}, {"amount", {"133", "1", "5001"}}, {"operation", {"pay"}}};
  mixed.map = {{"units", "amount"}, {"more", "amount"}};
  mixed.set = {};
  return mixed;
}

}  // namespace

std::vector<Mixed> mixes() {
  return {versions_in_zones(), mapped_and_set(),  fine_lines(),
          by_quantity(),       times_and_texts(), one_column_twice()};
}

}  // namespace levy
