// Curves: fees go in, pieces come out.
#include "fees/curve.h"

#include <string>
#include <vector>

#include "unit/catch.h"
#include "unit/piece_dump.h"

namespace levy {
namespace {

struct CurveRow {
  std::string fees;
  Dump wanted;
};

facts::Operation payment_in_euros() {
  facts::Operation operation;
  operation.name = "payment";
  operation.currency = *Currency::of("EUR");
  operation.amount = Rational(0);
  return operation;
}

fees::Curve curve_with(const std::string& fees, std::size_t pieces_max = 10'000) {
  fees::Plan plan = plan_with_fees(fees);
  facts::Operation operation = payment_in_euros();
  facts::Readings readings;
  fees::AmountRange whole(0, std::nullopt, plan.schedule.currencies.minor_unit(operation.currency));
  return fees::find_curve(plan, fees::EvaluationContext{operation, nullptr, readings}, whole,
                          pieces_max);
}

const CurveRow curve_rows[] = {
    {R"({"id": "a", "flat": "0.50"})", {"0 on: 0.5"}},
    {R"({"id": "a", "percent": "1"})", {"0 on: 0.01x + e[-0.005, 0.005] every 200 on 0.01"}},
    {R"({"id": "a", "percent": "1", "min": "0.50"})",
     {"0 to 49.99: 0.5", "50 on: 0.01x + e[-0.005, 0.005] every 200 on 0.01"}},
    {R"({"id": "a", "percent": "1", "max": "2.00"})",
     {"0 to 199.99: 0.01x + e[-0.005, 0.005] every 200 on 0.01", "200: 2", "200.01 on: 2"}},
    {R"({"id": "a", "percent": "100"})", {"0 on: x"}},
    {R"({"id": "a", "slab": [{"up_to": "100", "flat": "1"}, {"flat": "2"}]})",
     {"0 to 99.99: 1", "100: 1", "100.01 on: 2"}},
    {R"({"id": "a", "slab": [{"below": "100", "flat": "1"}, {"flat": "2"}]})",
     {"0 to 99.99: 1", "100 on: 2"}},
    {R"({"id": "a", "slab": [{"up_to": "100", "flat": "1"}]})",
     {"0 to 99.99: 1", "100: 1", "100.01 on: above_last_band"}},
    {R"({"id": "a", "graduated": [{"up_to": "100", "percent": "10"}, {"percent": "1"}]})",
     {"0: 0", "0.01 to 99.99: 0.1x + e[-0.005, 0.005] every 20 on 0.01", "100: 10",
      "100.01 on: 9 + 0.01x + e[-0.005, 0.005] every 200 on 0.01"}},
    {R"({"id": "a", "when": {"amount": {"from": "10", "below": "20"}}, "flat": "1"})",
     {"0 to 9.99: 0", "10 to 19.99: 1", "20 on: 0"}},
    {R"({"id": "a", "per": {"every": "10", "charge": "0.10"}})",
     {"0 on: 0.01x + e[0, 0.1] every 1000 on 0.1"}},
    {R"({"id": "a", "flat": "0.50"}, {"id": "b", "of": ["a"], "percent": "20"})", {"0 on: 0.6"}},
    {R"({"id": "a", "percent": "1"}, {"id": "b", "of": ["a"], "percent": "-25"})",
     {"0 to 0.01: 0", "0.02 on: 0.0075x + e[-0.01125, 0.01125] every 800 on 0.01"}},
};

TEST_CASE("The pieces of a curve", "[curve]") {
  for (const CurveRow& row : curve_rows) {
    INFO(row.fees);
    CHECK(dump(curve_with(row.fees), *Currency::of("EUR")) == row.wanted);
  }
}

// Every piece says of each of its amounts what a quote of that amount alone says.
TEST_CASE("A piece says what a quote says", "[curve]") {
  for (const CurveRow& row : curve_rows) {
    INFO(row.fees);
    fees::Plan plan = plan_with_fees(row.fees);
    for (const fees::CurvePiece& piece : curve_with(row.fees)) {
      REQUIRE(piece.is_settled());
      for (int step = 0; step < 300; ++step) {
        Rational x = piece.amounts.from() + Rational(piece.amounts.unit()) * Rational(step);
        if (piece.amounts.until() && x > *piece.amounts.until()) break;
        facts::Operation operation = payment_in_euros();
        operation.amount = x;
        facts::Readings readings;
        Checked<fees::Quote> quoted =
            fees::quote(plan, fees::EvaluationContext{operation, nullptr, readings});
        REQUIRE(bool(quoted) == bool(*piece.result));
        if (!quoted) continue;
        Checked<fees::Form> form = curves::fees_in(**piece.result, operation.currency, nullptr);
        Rational added = quoted->fees.at(operation.currency) - form->base - form->slope() * x;
        INFO(x.to_string());
        CHECK((form->low() <= added && added <= form->high()));
      }
    }
  }
}

TEST_CASE("A curve ends where its pieces are too many", "[curve]") {
  std::string bands;
  for (int i = 1; i < 50; ++i) {
    bands += R"({"up_to": ")" + std::to_string(i) + R"(", "flat": ")" + std::to_string(i) + "\"}, ";
  }
  std::string fees = R"({"id": "a", "slab": [)" + bands + R"({"flat": "99"}]})";
  CHECK(curve_with(fees).size() == 99);  // each edge is a piece of its own
  fees::Curve cut_short = curve_with(fees, 20);
  CHECK(std::any_of(cut_short.begin(), cut_short.end(),
                    [](const fees::CurvePiece& piece) { return !piece.is_settled(); }));
  CHECK_FALSE(cut_short.back().amounts.until());
}

}  // namespace
}  // namespace levy
