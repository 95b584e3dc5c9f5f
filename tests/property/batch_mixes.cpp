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

// ---- fees that ask what an account did before ---------------------------------------------------

class ReadingFees {
 public:
  explicit ReadingFees(std::mt19937_64& dice) : dice_(dice) {}

  std::string version(const std::string& head) {
    std::string fees;
    std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) fees += (i > 0 ? ", " : "") + fee(i);
    const std::string method = R"("attributes": {"method": ["a", "b"]}, )";
    return R"({"levy": 1, "id": "read", "currency": "EUR", )" + method + head +
           R"("rounding": {"mode": ")" +
           one_of({"half-even", "half-up", "up", "down", "floor", "ceiling", "half-down"}) +
           R"(", "apply": ")" + one_of({"line", "line", "total"}) + R"("}, "collect": ")" +
           one_of({"on_top", "deducted"}) + R"(", "fees": [)" + fees + R"(], "limits": [)" +
           R"({"id": "day", "window": "day", "max": "900 EUR"},)" +
           R"({"id": "paid", "window": "month", "measure": "debit", "max": "2500 EUR"}]})";
  }

 private:
  std::size_t below(std::size_t count) { return dice_() % count; }
  std::string one_of(const std::vector<std::string>& texts) { return texts[below(texts.size())]; }
  std::string percent() {
    return R"("percent": ")" + one_of({"1", "2.75", "0.333", "12.5"}) + "\"";
  }
  std::string money(std::size_t most) {
    return "\"" + std::to_string(below(most)) + "." + std::to_string(10 + below(90)) + " EUR\"";
  }
  std::string window() {
    return R"("window": )" +
           one_of({R"("day")", R"("week")", R"("month")", R"("lifetime")", R"({"previous": "day"})",
                   R"({"rolling": "24h"})", R"({"rolling": "30d"})", R"({"month_from": 15})",
                   R"("transaction")"});
  }
  std::string bands(std::size_t most) {
    std::size_t first = 1 + below(most), second = first + 1 + below(most);
    std::string end = one_of({"up_to", "below"});
    auto band = [&](std::size_t at) {
      return "{\"" + end + "\": \"" + std::to_string(at) + (most > 10 ? " EUR" : "") + "\", " +
             percent() + "}, ";
    };
    return "[" + band(first) + band(second) + R"({"percent": "0.5"}])";
  }

  std::string charge() {
    std::string free = R"("free": {"amount": )" + money(300) + ", " + window();
    switch (below(8)) {
      case 0:
        return percent() + ", " + free + "}";
      case 1:
        return percent() + ", " + free + R"(, "whole": true})";
      case 2:
        return percent() + R"(, "flat": "0.35 EUR", "free": {"count": )" +
               std::to_string(1 + below(4)) + ", " + window() + "}";
      case 3:
        return R"("slab": )" + bands(400) + R"(, "by": {)" + window() + "}";
      case 4:
        return R"("slab": )" + bands(4) + R"(, "by": {"measure": "count", )" + window() + "}";
      case 5:
        return R"("graduated": )" + bands(300) + R"(, "by": {)" + window() + "}";
      case 6:
        return R"("per": {"every": )" + money(90) + R"(, "charge": "0.70 EUR", "count": ")" +
               one_of({"started", "complete"}) + R"("}, "by": {)" + window() + "}";
      default:
        return percent() + R"(, "min": "0.10 EUR", "cap": {"max": )" + money(9) + ", " + window() +
               "}";
    }
  }

  std::string fee(std::size_t index) {
    std::string text = R"({"id": "f)" + std::to_string(index) + "\", ";
    if (below(3) == 0) text += R"("operation": "pay", )";
    if (below(3) == 0) text += R"("when": {"method": "a"}, )";
    if (below(3) == 0) text += R"("round": {"mode": "up", "to": "0.05"}, )";
    if (index > 0 && below(4) == 0)
      return text + R"("of": ["f)" + std::to_string(below(index)) + R"("], )" + percent() + "}";
    if (below(4) == 0) return text + percent() + R"(, "min": "0.20 EUR", "max": "4 EUR"})";
    return text + charge() + "}";
  }

  std::mt19937_64& dice_;
};

}  // namespace

Mixed random_readings(std::mt19937_64& dice) {
  ReadingFees fees(dice);
  Mixed mixed{"random readings", {}, {}};
  if (dice() % 3 == 0) {
    mixed.versions = {
        fees.version(R"("version": "1", "effective": {"until": "2026-06-20T00:00:00Z"}, )"),
        fees.version(R"("version": "2", "effective": {"from": "2026-06-20T00:00:00Z"}, )")};
  } else {
    mixed.versions = {fees.version(R"("timezone": "Asia/Tokyo", )")};
  }
  mixed.columns = {{"time", {}},
                   {"amount", {}},
                   {"operation", {"pay", "pay", "pay", "draw"}},
                   {"currency", {"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "USD"}},
                   {"method", {"a", "b"}},
                   {"account", {"anna", "anna", "ben", "cem", "cem", "cem", "dora", "dora", ""}}};
  if (dice() % 4 == 0) mixed.columns.push_back({"used.day", {"", "", "", "", "50"}});
  return mixed;
}

std::vector<Mixed> mixes() {
  return {versions_in_zones(), mapped_and_set(),  fine_lines(),
          by_quantity(),       times_and_texts(), one_column_twice()};
}

}  // namespace levy
