// The compiled plan, as it prints itself.
#include "fees/plan.h"

#include <string>

#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

std::string dump_of(const std::string& members) {
  const std::string before = R"({"levy": 1, "id": "t", "currency": "EUR",
    "attributes": {"method": ["bank", "card"]}, "quantities": {"gas": {}, "price": {}}, )";
  Checked<schedule::Schedule> schedule =
      schedule::decode::load_schedule(Source("t.json", before + members + "}"));
  INFO(members);
  if (!schedule) FAIL(to_string(schedule.faults()[0].place) << " " << schedule.faults()[0].message);
  return fees::dump(fees::compile(std::move(*schedule)));
}

std::string dump_of_fee(const std::string& fee) {
  return dump_of(R"("fees": [{"id": "a", "percent": "1"}, {"id": "f", )" + fee + "}]")
      .substr(
          std::string("a#0 *: percent 1/100 of amount; round half-even to minor; on_top\n").size());
}

TEST_CASE("a plan prints what was left open: rounding, collecting, the order of cases") {
  CHECK(dump_of(R"("rounding": {"mode": "up"}, "collect": "deducted", "fees": [
      {"id": "withdrawal", "operation": ["withdrawal", "payout"],
        "when": {"amount": {"above": "1"}}, "cases": [
        {"when": {"method": "bank"}, "percent": "1", "min": "0.50", "max": "25"},
        {"when": {"method": {"not": "bank"}}, "flat": ["0.30 EUR", "0.35 USD"],
        "collect": "on_top"},
        {"waived": true}]},
      {"id": "info", "percent": "0.5", "collect": "none", "round": "none"},
      {"id": "rate", "margin": "2"},
      {"id": "own", "flat": "1", "round": {"mode": "floor", "to": "0.05"}}])") ==
        "withdrawal#0 withdrawal,payout when amount in (1.00 EUR, ) & method in {bank}: percent "
        "1/100 of amount; min 0.50 EUR; max 25.00 EUR; round up to minor; deducted\n"
        "withdrawal#1 withdrawal,payout when amount in (1.00 EUR, ) & method not in {bank}: flat "
        "0.30 EUR|0.35 USD; round up to minor; on_top\n"
        "withdrawal#2 withdrawal,payout when amount in (1.00 EUR, ): waived; deducted\n"
        "info#0 *: percent 1/200 of amount; exact; none\n"
        "rate#0 *: margin 1/50\n"
        "own#0 *: flat 1.00 EUR; round floor to 0.05; deducted\n");
}

TEST_CASE("a plan prints every kind of charge") {
  struct Row {
    const char *fee, *charge;
  };
  const Row rows[] = {
      {R"("percent": "100/11")", "percent 1/11 of amount"},
      {R"("percent": "-25", "of": ["a"])", "percent -1/4 of a"},
      {R"("bps": "5", "of": ["amount", "-a"])", "bps 1/2000 of amount-a"},
      {R"("flat": ["2 EUR"])", "flat list 2.00 EUR"},
      {R"("percent": "0", "convert": true)", "percent 0 of amount; convert"},
      {R"("units": ["gas", "price"], "each": "0.001", "flat": "1")",
       "each 0.001 EUR of gas*price; flat 1.00 EUR"},
      {R"("per": {"every": "100", "charge": "1", "count": "complete"})",
       "per 100.00 EUR of amount complete 1.00 EUR"},
      {R"("graduated": [{"up_to": "10", "percent": "1"}, {"below": "20", "percent": "2",
        "flat": "1"}, {"percent": "0"}])",
       "graduated {(0, 10.00 EUR]: percent 1/100 of amount; (10.00 EUR, 20.00 EUR): percent 1/50 "
       "of amount + flat 1.00 EUR; [20.00 EUR, ): percent 0 of amount}"},
      {R"("slab": [{"up_to": "3", "percent": "1", "min": "1"}], "by": {"measure": "count",
        "window": "month", "operation": "x"})",
       "by count per month of x; slab {[0, 3]: percent 1/100 of amount + min 1.00 EUR}"},
      {R"("percent": "1", "free": {"count": 3, "window": {"rolling": "24h"}, "whole": true})",
       "free 3 whole by count per rolling 24h; percent 1/100 of amount"},
      {R"("percent": "1", "max": "5", "cap": {"max": "9", "window": {"previous": "month"},
        "when": {"method": "bank"}})",
       "percent 1/100 of amount; max 5.00 EUR; cap 9.00 EUR by fee per previous month when method "
       "in {bank} as EUR"},
      {R"("least": [{"units": "gas", "each": "1", "min": "1"}, {"percent": "1"}], "max": "9")",
       "least [each 1.00 EUR of gas; min 1.00 EUR] [percent 1/100 of amount]; max 9.00 EUR"},
  };
  for (const Row& row : rows) {
    INFO(row.fee);
    CHECK(dump_of_fee(row.fee) ==
          "f#0 *: " + std::string(row.charge) + "; round half-even to minor; on_top\n");
  }
}

TEST_CASE("a plan prints dates, times and numbers as they are written") {
  CHECK(dump_of_fee(R"("flat": "1", "when": {"date": {"from": "2026-01-01", "below": "2026-02-01"},
      "time_of_day": {"above": "17:00", "up_to": "08:00:30"}, "gas": ["1", "2.5"],
        "weekday": ["sat", "sun"]})") ==
        "f#0 * when date in [2026-01-01, 2026-02-01) & time_of_day in (17:00, 08:00:30] & gas in "
        "{1, 2.5} & weekday in {sat, sun}: flat 1.00 EUR; round half-even to minor; on_top\n");
}

}  // namespace
}  // namespace levy
