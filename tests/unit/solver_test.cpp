// Equations over the curve: which amounts deliver a target, or cost it.
#include "fees/solver.h"

#include <string>

#include "unit/catch.h"
#include "unit/piece_dump.h"

namespace levy {
namespace {

std::string found_text(const fees::Found& found) {
  if (!found.any()) return "none";
  fees::Solutions all = found.solutions(*Currency::of("EUR"));
  std::string text = all.count ? all.count->to_string() : "any number";
  text += ", " + all.smallest.amount.to_string();
  return text + (all.largest ? " to " + all.largest->amount.to_string() : " on");
}

std::string nearest_text(const std::optional<fees::Nearest>& nearest, int side) {
  if (!nearest) return "none";
  Rational value = side > 0 ? nearest->value : -nearest->value;
  return value.to_string() + " at " + nearest->amount.to_string();
}

TEST_CASE("Amounts that reach a target, and the nearest targets where there is none", "[solver]") {
  struct Row {
    std::string fees;
    fees::Target kind;
    std::string target;
    std::string found, below, above;
  };
  const Row rows[] = {
      {R"({"id": "a", "flat": "0.50"})", fees::Target::pay, "10.50", "1, 10 to 10", "10.49 at 9.99",
       "10.51 at 10.01"},
      {R"({"id": "a", "flat": "0.50"})", fees::Target::pay, "0.40", "none", "none", "0.5 at 0"},
      {R"({"id": "a", "percent": "1"})", fees::Target::pay, "10.10", "1, 10 to 10", "10.09 at 9.99",
       "10.11 at 10.01"},
      {R"({"id": "a", "percent": "1", "round": {"mode": "up"}})", fees::Target::pay, "2.02",
       "1, 2 to 2", "2.01 at 1.99", "2.04 at 2.01"},
      {R"({"id": "a", "percent": "1", "collect": "deducted"})", fees::Target::receive, "247.50",
       "1, 250 to 250", "247.49 at 249.99", "247.51 at 250.01"},
      {R"({"id": "a", "percent": "100", "collect": "deducted"})", fees::Target::receive, "0",
       "any number, 0 on", "none", "none"},
      {R"({"id": "a", "slab": [{"up_to": "100", "flat": "1"}, {"flat": "5"}]})", fees::Target::pay,
       "103", "none", "101 at 100", "105.01 at 100.01"},
      {R"({"id": "a", "slab": [{"up_to": "100", "flat": "5"}, {"flat": "1"}]})", fees::Target::pay,
       "103", "2, 98 to 102", "102.99 at 97.99", "103.01 at 98.01"},
      {R"({"id": "a", "percent": "99.9999", "collect": "deducted"})", fees::Target::receive, "5",
       "1000001, 4995000 to 5005000", "4.99 at 4985000.01", "5.01 at 5005000.01"},
  };
  for (const Row& row : rows) {
    INFO(row.fees << " " << row.target);
    fees::Plan plan = plan_with_fees(row.fees);
    facts::Operation operation;
    operation.name = "payment";
    operation.currency = *Currency::of("EUR");
    operation.amount = Rational(0);
    facts::Readings readings;
    fees::EvaluationContext context{operation, nullptr, readings};
    auto solver = [&] {
      return fees::Solver(plan, context, row.kind, Rational(*parse_decimal(row.target)));
    };
    CHECK(found_text(solver().solve()) == row.found);
    CHECK(nearest_text(solver().nearest(1), 1) == row.below);
    CHECK(nearest_text(solver().nearest(-1), -1) == row.above);
  }
}

// x less a rounded share of it: round(share * x) to a cent, from 0 on.
TEST_CASE("Equations with a rounding that repeats only after long, as a lattice", "[solver]") {
  struct Row {
    std::string share;
    RoundingMode mode;
    std::string target;
    std::string found;
  };
  using Mode = RoundingMode;
  const Row rows[] = {
      {"0.01", Mode::half_up, "9.90", "1, 10 to 10"},
      {"0.5", Mode::half_up, "5", "2, 10 to 10.01"},
      {"0.999999", Mode::half_up, "5", "1000000, 4995000.01 to 5005000"},
      {"0.999999", Mode::floor, "5", "1000000, 4990000.01 to 5000000"},
      {"0.123457", Mode::half_even, "7", "1, 7.99 to 7.99"},
      {"0.123457", Mode::ceiling, "7.01", "1, 8 to 8"},
      {"0.999", Mode::up, "-0.01", "none"},
  };
  for (const Row& row : rows) {
    fees::AmountRange amounts(0, std::nullopt, *parse_decimal("0.01"));
    amounts.record();
    fees::Form x = amounts.variable(), share = x * Rational(*parse_decimal(row.share));
    fees::Form value = x - amounts.round(share, *parse_decimal("0.01"), row.mode);
    fees::Piece piece{amounts, value};
    fees::Found found;
    INFO(row.share << " " << to_string(row.mode) << " = " << row.target);
    REQUIRE(fees::solve_by_lattice(piece, Rational(*parse_decimal(row.target)), found));
    CHECK(found_text(found) == row.found);
  }
}

}  // namespace
}  // namespace levy
