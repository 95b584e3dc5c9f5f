// Forms and ranges: figures along many amounts at once.
#include "fees/form.h"

#include <string>
#include <vector>

#include "money/decimal.h"
#include "unit/catch.h"
#include "unit/piece_dump.h"

namespace levy {
namespace {

Decimal decimal(const std::string& text) { return *parse_decimal(text); }

// "0 99.99 0.01": from, until ("-": without end), unit.
struct On {
  std::string from, until, unit = "0.01";
  fees::AmountRange amounts() const {
    std::optional<Rational> end;
    if (until != "-") end = decimal(until);
    return fees::AmountRange(decimal(from), end, decimal(unit));
  }
};

// value_at_0 + slope * x
struct Line {
  std::string base, slope;
  fees::Form form() const { return fees::Form::line(decimal(base), decimal(slope)); }
};

TEST_CASE("Forms add, subtract and scale; a constant stays plain", "[form]") {
  fees::AmountRange amounts(0, std::nullopt, decimal("0.01"));
  fees::Form x = amounts.variable(), percent = x * decimal("0.01"),
             flat = Rational(decimal("0.25"));
  fees::Form rounded = amounts.round(percent, decimal("0.01"), RoundingMode::half_even);
  struct Row {
    fees::Form form;
    std::string wanted;
  };
  const Row rows[] = {
      {fees::Form(), "0"},
      {flat, "0.25"},
      {flat + flat, "0.5"},
      {flat - flat, "0"},
      {-flat, "-0.25"},
      {x, "x"},
      {percent, "0.01x"},
      {percent + flat, "0.25 + 0.01x"},
      {x - percent, "0.99x"},
      {x - x, "0"},
      {percent * Rational(0), "0"},
      {rounded, "0.01x + e[-0.005, 0.005] every 200 on 0.01"},
      {rounded + flat, "0.25 + 0.01x + e[-0.005, 0.005] every 200 on 0.01"},
      {rounded * Rational(2), "0.02x + e[-0.01, 0.01] every 200 on 0.02"},
      {-rounded, "-0.01x + e[-0.005, 0.005] every 200 on 0.01"},
      {x - rounded, "0.99x + e[-0.005, 0.005] every 200 on 0.01"},
      {rounded + rounded, "0.02x + e[-0.01, 0.01] every 200 on 0.01"},
  };
  for (const Row& row : rows) CHECK(dump(row.form) == row.wanted);
  CHECK((flat + flat).is_plain());
  CHECK_FALSE(rounded.is_exact());
}

TEST_CASE("What a rounding may add, and after how many steps it adds the same", "[form]") {
  struct Row {
    On on;
    Line argument;
    std::string quantum;
    RoundingMode mode;
    std::string wanted;
  };
  using Mode = RoundingMode;
  const Row rows[] = {
      {{"0", "-"},
       {"0", "0.01"},
       "0.01",
       Mode::half_even,
       "0.01x + e[-0.005, 0.005] every 200 on 0.01"},
      {{"0", "-"},
       {"0", "0.01"},
       "0.01",
       Mode::half_up,
       "0.01x + e[-0.005, 0.005] every 100 on 0.01"},
      {{"0", "-"},
       {"0", "0.01"},
       "0.01",
       Mode::half_down,
       "0.01x + e[-0.005, 0.005] every 100 on 0.01"},
      {{"0", "-"}, {"0", "0.01"}, "0.01", Mode::up, "0.01x + e[0, 0.01] every 100 on 0.01"},
      {{"0", "-"}, {"0", "0.01"}, "0.01", Mode::down, "0.01x + e[-0.01, 0] every 100 on 0.01"},
      {{"0", "-"}, {"0", "0.01"}, "0.01", Mode::ceiling, "0.01x + e[0, 0.01] every 100 on 0.01"},
      {{"0", "-"}, {"0", "0.01"}, "0.01", Mode::floor, "0.01x + e[-0.01, 0] every 100 on 0.01"},
      // Of negative figures the modes that treat both signs alike turn round.
      {{"0", "-"}, {"0", "-0.01"}, "0.01", Mode::up, "-0.01x + e[-0.01, 0] every 100 on 0.01"},
      {{"0", "-"}, {"0", "-0.01"}, "0.01", Mode::ceiling, "-0.01x + e[0, 0.01] every 100 on 0.01"},
      // Multiples of the quantum stay as they are, which every 1 says: e is the same throughout.
      {{"0", "-", "1"}, {"0", "0.01"}, "0.01", Mode::up, "0.01x + e[0, 0.01] every 1 on 0.01"},
      {{"0", "-"}, {"0", "1"}, "0.01", Mode::half_even, "x + e[-0.005, 0.005] every 2 on 0.01"},
      {{"5", "5"}, {"0", "0.0011"}, "0.01", Mode::half_even, "0.01"},
      {{"0", "9"}, {"0.128", "0"}, "0.01", Mode::half_even, "0.13"},
      // A slope whose multiples never come back to the quantum soon.
      {{"0", "-"},
       {"0", "0.0123"},
       "0.01",
       Mode::floor,
       "0.0123x + e[-0.01, 0] every 10000 on 0.01"},
      {{"0", "-"}, {"0", "0.029"}, "1", Mode::ceiling, "0.029x + e[0, 1] every 100000 on 1"},
  };
  for (const Row& row : rows) {
    fees::AmountRange amounts = row.on.amounts();
    INFO(dump(amounts) << ", " << dump(row.argument.form()) << " to " << row.quantum << " "
                       << to_string(row.mode));
    fees::Form rounded = amounts.round(row.argument.form(), decimal(row.quantum), row.mode);
    CHECK(amounts.is_settled());
    CHECK(dump(rounded) == row.wanted);
  }
}

TEST_CASE("A question that a stretch does not answer alike throughout asks for a cut", "[form]") {
  struct Row {
    On on;
    Line form;
    std::string positive, not_negative;  // "yes", "no" or where the first part ends
  };
  const Row rows[] = {
      {{"0", "-"}, {"1", "0"}, "yes", "yes"},       {{"0", "-"}, {"0", "0"}, "no", "yes"},
      {{"0", "-"}, {"-1", "0"}, "no", "no"},        {{"0", "-"}, {"0", "1"}, "0", "yes"},
      {{"0.01", "-"}, {"0", "1"}, "yes", "yes"},    {{"0", "-"}, {"-50", "1"}, "49.99", "49.99"},
      {{"0", "-"}, {"-50.005", "1"}, "50", "50"},   {{"0", "50"}, {"-50", "1"}, "no", "49.99"},
      {{"0", "-"}, {"50", "-1"}, "49.99", "49.99"}, {{"0", "-", "7"}, {"50", "-1"}, "49", "49"},
      {{"3", "-", "7"}, {"52", "-1"}, "45", "45"},  {{"60", "-"}, {"50", "-1"}, "no", "no"},
  };
  // One cut at a time: a part may ask again.
  auto answer = [](fees::AmountRange amounts, const fees::Form& form,
                   bool or_equal) -> std::string {
    bool yes = or_equal ? amounts.is_not_negative(form) : amounts.is_positive(form);
    if (amounts.split_point()) return amounts.split_point()->to_string();
    return yes ? "yes" : "no";
  };
  for (const Row& row : rows) {
    INFO(dump(row.on.amounts()) << ", " << dump(row.form.form()));
    CHECK(answer(row.on.amounts(), row.form.form(), false) == row.positive);
    CHECK(answer(row.on.amounts(), row.form.form(), true) == row.not_negative);
  }
}

TEST_CASE("The parts of a stretch that is cut meet without gap or overlap", "[form]") {
  struct Row {
    On on;
    std::string at;
    std::string wanted;
  };
  const Row rows[] = {
      {{"0", "99.99"}, "49.99", "0 to 49.99 | 50 to 99.99"},
      {{"0", "-"}, "49.99", "0 to 49.99 | 50 on"},
      {{"0", "99.99"}, "0", "0 | 0.01 to 99.99"},
      {{"0", "99.99"}, "99.98", "0 to 99.98 | 99.99"},
      {{"1", "-", "5"}, "11", "1 to 11 | 16 on"},
  };
  for (const Row& row : rows) {
    fees::AmountRange amounts = row.on.amounts();
    INFO(dump(amounts) << " at " << row.at);
    amounts.ask_split_at(decimal(row.at));
    CHECK(dump(amounts.first_part()) + " | " + dump(amounts.second_part()) == row.wanted);
  }
}

TEST_CASE("Sizes, grids and bounds of a stretch", "[form]") {
  fees::AmountRange cents(decimal("1.50"), Rational(decimal("2.50")), decimal("0.01"));
  CHECK(cents.size()->to_string() == "101");
  CHECK_FALSE(fees::AmountRange(0, std::nullopt, 1).size());
  CHECK(fees::AmountRange::at(decimal("0.123")).size()->to_string() == "1");
  CHECK(cents.grid_floor(decimal("1.777")) == Rational(decimal("1.77")));
  CHECK(cents.grid_ceiling(decimal("1.777")) == Rational(decimal("1.78")));
  CHECK(cents.grid_floor(decimal("1.77")) == Rational(decimal("1.77")));
  fees::Form falling = fees::Form::line(Rational(10), Rational(-2));
  CHECK(*cents.lowest(falling) == Rational(5));
  CHECK(*cents.highest(falling) == Rational(7));
  fees::AmountRange endless(0, std::nullopt, 1);
  CHECK_FALSE(endless.lowest(falling));
  CHECK(*endless.highest(falling) == Rational(10));
}

TEST_CASE("A product of two figures that vary is bounded, not said", "[form]") {
  fees::AmountRange amounts(1, Rational(100), 1);
  amounts.record();
  fees::Form x = amounts.variable();
  CHECK(dump(amounts.multiply(x, Rational(3))) == "3x");
  CHECK_FALSE(amounts.is_product());
  amounts.multiply(x, x);
  CHECK((amounts.is_product() || !amounts.is_settled()));
}

// Against single amounts: what a form says of a range holds at every amount of it.
TEST_CASE("The bounds of a rounded form hold at every amount", "[form]") {
  using Mode = RoundingMode;
  const Mode modes[] = {Mode::half_even, Mode::half_up, Mode::half_down, Mode::up,
                        Mode::down,      Mode::ceiling, Mode::floor};
  for (const char* slope : {"0.01", "-0.01", "0.0123", "0.333", "-2.5"}) {
    for (Mode mode : modes) {
      fees::AmountRange amounts(0, Rational(5), decimal("0.01"));
      fees::Form argument = fees::Form::line(decimal("0.003"), decimal(slope));
      if (decimal(slope).sign() < 0) argument = argument - Rational(1);  // of one sign
      fees::Form form = amounts.round(argument, decimal("0.01"), mode);
      REQUIRE(amounts.is_settled());
      INFO(slope << " " << to_string(mode) << ": " << dump(form));
      std::vector<Rational> added;
      for (Rational x = 0; x <= Rational(5); x += Rational(decimal("0.01"))) {
        Rational exact = argument.base + argument.slope() * x;
        added.push_back(Rational(round(exact, decimal("0.01"), mode)) - form.base -
                        form.slope() * x);
        CHECK((form.low() <= added.back() && added.back() <= form.high()));
      }
      auto period = static_cast<std::size_t>(std::stoul(form.period().to_string()));
      for (std::size_t i = 0; period > 0 && i + period < added.size(); ++i)
        CHECK(added[i] == added[i + period]);
    }
  }
}

}  // namespace
}  // namespace levy
