// Two tariffs held against each other at every amount at once.
#include "curves/difference.h"

#include <string>

#include "curves/series.h"
#include "unit/catch.h"
#include "unit/piece_dump.h"

namespace levy {
namespace {

// The series of a payment in euros over all amounts. It borrows the tariff.
std::vector<curves::Series> series_of(const fees::Tariff& tariff) {
  fees::Question question;
  question.request.operation = "payment";
  question.request.currency = "EUR";
  question.now = tariff.versions.front().schedule.from.value_or(Instant{});
  return curves::find_series(tariff, question, fees::AmountInterval{0, std::nullopt});
}

Checked<fees::Form> fees_in_euros(const fees::Evaluation& result) {
  return curves::fees_in(result, *Currency::of("EUR"), nullptr);
}

Dump difference_of(const std::string& first, const std::string& second) {
  fees::Tariff one, other;
  one.versions.push_back(plan_with_fees(first));
  other.versions.push_back(plan_with_fees(second));
  std::vector<curves::Series> a = series_of(one), b = series_of(other);
  REQUIRE(a.size() == 1);
  REQUIRE(b.size() == 1);
  return dump(curves::difference(curves::piecewise_figure(a.front(), fees_in_euros),
                                 curves::piecewise_figure(b.front(), fees_in_euros)));
}

TEST_CASE("Who charges less, where, and by how much", "[difference]") {
  struct Row {
    std::string first, second;
    Dump wanted;
  };
  const Row rows[] = {
      {R"({"id": "a", "flat": "1"})",
       R"({"id": "a", "flat": "1"})",
       {"0 on: same, 0 at 0 to 0 at 0"}},
      {R"({"id": "a", "flat": "1"})",
       R"({"id": "a", "flat": "1.50"})",
       {"0 on: more, 0.5 at 0 to 0.5 at 0"}},
      {R"({"id": "a", "flat": "2.50"})",
       R"({"id": "a", "percent": "1"})",
       {"0 to 249.49: less, -2.5 at 0 to -0.01 at 248.51",
        "249.5 to 250.5: same, 0 at 249.5 to 0 at 249.5",
        "250.51 on: more, 0.01 at 250.51 to without end"}},
      {R"({"id": "a", "percent": "1"})",
       R"({"id": "a", "percent": "1", "flat": "0.25"})",
       {"0 on: more, 0.24 at 1.5 to 0.26 at 0.5"}},
      {R"({"id": "a", "percent": "1"})",
       R"({"id": "a", "percent": "2"})",
       {"0 to 0.25: same, 0 at 0 to 0 at 0", "0.26 to 0.5: more, 0.01 at 0.26 to 0.01 at 0.26",
        "0.51 to 0.74: same, 0 at 0.51 to 0 at 0.51",
        "0.75 on: more, 0.01 at 0.75 to without end"}},
      {R"({"id": "a", "percent": "1"})",
       R"({"id": "a", "percent": "1", "min": "0.50"})",
       {"0 to 49.49: more, 0.01 at 48.51 to 0.5 at 0", "49.5 on: same, 0 at 49.5 to 0 at 49.5"}},
      {R"({"id": "a", "percent": "1"})",
       R"({"id": "a", "percent": "1", "round": {"mode": "up"}})",
       {"0 on: same or more, 0 at 0 to 0.01 at 0.01"}},
      {R"({"id": "a", "slab": [{"up_to": "100", "flat": "1"}]})",
       R"({"id": "a", "flat": "1"})",
       {"0 to 100: same, 0 at 0 to 0 at 0", "100.01 on: above_last_band against a figure"}},
      {R"({"id": "a", "slab": [{"up_to": "100", "flat": "1"}, {"flat": "2"}]})",
       R"({"id": "a", "slab": [{"below": "100", "flat": "1"}, {"flat": "2"}]})",
       {"0 to 99.99: same, 0 at 0 to 0 at 0", "100: more, 1 at 100 to 1 at 100",
        "100.01 on: same, 0 at 100.01 to 0 at 100.01"}},
  };
  for (const Row& row : rows) {
    INFO(row.first << " against " << row.second);
    CHECK(difference_of(row.first, row.second) == row.wanted);
  }
}

// Of two roundings, each of slope * x + flat on the cents from 0 on.
TEST_CASE("A rounding that two figures share cancels", "[subtract]") {
  struct Rounded {
    std::string flat, slope;
    RoundingMode mode = RoundingMode::half_up;
  };
  using Mode = RoundingMode;
  struct Row {
    Rounded first, second;
    std::string wanted;  // second - first
  };
  const Row rows[] = {
      {{"0.25", "0.01"}, {"0.50", "0.01"}, "0.25"},
      {{"0", "0.01"}, {"0", "0.01"}, "0"},
      {{"0", "0.01", Mode::floor}, {"0.07", "0.01", Mode::floor}, "0.07"},
      {{"0", "0.01", Mode::half_even}, {"0.02", "0.01", Mode::half_even}, "0.02"},
      {{"0", "0.01", Mode::half_even},
       {"0.01", "0.01", Mode::half_even},
       "0.01 + e[-0.01, 0.01] every 200 on 0.01"},
      {{"0", "0.01"}, {"0.255", "0.01"}, "0.255 + e[-0.01, 0.01] every 100 on 0.01"},
      {{"0", "0.01"}, {"0", "0.02"}, "0.01x + e[-0.01, 0.01] every 100 on 0.01"},
      {{"0", "0.01", Mode::up}, {"0", "0.01", Mode::down}, "0 + e[-0.02, 0] every 100 on 0.01"},
      {{"-0.253", "-0.01", Mode::up},
       {"0", "0.01", Mode::up},
       "0.253 + 0.02x + e[0, 0.02] every 100 on 0.01"},
  };
  for (const Row& row : rows) {
    auto figure = [](fees::AmountRange& amounts, const Rounded& one) {
      amounts.record();
      fees::Form argument = fees::Form::line(*parse_decimal(one.flat), *parse_decimal(one.slope));
      return amounts.round(argument, *parse_decimal("0.01"), one.mode);
    };
    fees::AmountRange on_first(0, std::nullopt, *parse_decimal("0.01")), on_second = on_first;
    fees::Form first = figure(on_first, row.first), second = figure(on_second, row.second);
    curves::FormDifference difference(second, on_second, first, on_first);
    const fees::Form& change = difference.form();
    INFO(dump(second) << " less " << dump(first));
    CHECK(dump(change) == row.wanted);
    for (int cents = 0; cents < 400; ++cents) {
      Rational x = Decimal::of(cents, 2);
      auto at = [&](const Rounded& one) {
        Rational exact =
            Rational(*parse_decimal(one.flat)) + Rational(*parse_decimal(one.slope)) * x;
        return Rational(round(exact, *parse_decimal("0.01"), one.mode));
      };
      CHECK(difference.at(x) == at(row.second) - at(row.first));
      Rational added = at(row.second) - at(row.first) - change.base - change.slope() * x;
      CHECK((change.low() <= added && added <= change.high()));
    }
  }
}

}  // namespace
}  // namespace levy
