#include "money/rounding.h"

#include <cstdlib>
#include <string>

#include "base/ensure.h"
#include "unit/catch.h"

namespace levy {
namespace {

using enum RoundingMode;

constexpr RoundingMode modes[] = {half_even, half_up, half_down, up, down, ceiling, floor};

Rational over(std::int64_t n, std::int64_t d) { return Rational(n) / Rational(d); }
Decimal dec(const std::string& text) { return *parse_decimal(text); }

// By the definition: of all whole numbers, in machine integers.
std::int64_t round_naively(std::int64_t n, std::int64_t d, RoundingMode mode) {
  std::int64_t size = std::abs(n), whole = size / d, rest = size % d, sign = n < 0 ? -1 : 1;
  bool away = false;
  if (rest != 0) {
    switch (mode) {
      case half_even:
        away = 2 * rest > d || (2 * rest == d && whole % 2 == 1);
        break;
      case half_up:
        away = 2 * rest >= d;
        break;
      case half_down:
        away = 2 * rest > d;
        break;
      case up:
        away = true;
        break;
      case down:
        away = false;
        break;
      case ceiling:
        away = sign > 0;
        break;
      case floor:
        away = sign < 0;
        break;
    }
  }
  return sign * (whole + (away ? 1 : 0));
}

TEST_CASE("rounding: the worked values of the header") {
  struct Row {
    const char* word;
    int values[5];
  };
  const Row rows[] = {
      {"half-even", {2, 4, -2, 3, -3}}, {"half-up", {3, 4, -3, 3, -3}},
      {"half-down", {2, 3, -2, 3, -3}}, {"up", {3, 4, -3, 3, -3}},
      {"down", {2, 3, -2, 2, -2}},      {"ceiling", {3, 4, -2, 3, -2}},
      {"floor", {2, 3, -3, 2, -3}},
  };
  const char* inputs[] = {"2.5", "3.5", "-2.5", "2.51", "-2.51"};
  for (const Row& row : rows) {
    auto mode = find_rounding_mode(row.word);
    REQUIRE(mode);
    CHECK(to_string(*mode) == row.word);
    for (std::size_t i = 0; i < 5; ++i) {
      CAPTURE(row.word, inputs[i]);
      CHECK(round(dec(inputs[i]), 1, *mode) == Decimal(row.values[i]));
    }
  }
  CHECK(rounding_mode_words().size() == 7);
  CHECK_FALSE(find_rounding_mode("half_even"));
  CHECK_FALSE(find_rounding_mode("bankers"));
}

TEST_CASE("rounding: to a quantum") {
  struct Row {
    Rational value;
    const char* quantum;
    RoundingMode mode;
    const char* rounded;
  };
  const Row rows[] = {
      {dec("3.785"), "0.01", half_even, "3.78"},
      {dec("3.775"), "0.01", half_even, "3.78"},
      {dec("1.005"), "0.01", half_up, "1.01"},  // a binary float says 1
      {dec("2.675"), "0.01", half_up, "2.68"},
      {dec("1.0249999999999999999999999999999999999999"), "0.05", half_up, "1"},
      {dec("1.025"), "0.05", half_up, "1.05"},
      {dec("1.025"), "0.05", half_down, "1"},
      {dec("1.025"), "0.05", half_even, "1"},
      {dec("1.075"), "0.05", half_even, "1.1"},
      {dec("-1.025"), "0.05", half_up, "-1.05"},
      {dec("149"), "100", half_up, "100"},
      {dec("-0.004"), "0.01", ceiling, "0"},
      {dec("-0.004"), "0.01", floor, "-0.01"},
      {over(1, 3), "0.01", up, "0.34"},
      {over(-1, 3), "0.01", floor, "-0.34"},
      {over(1, 6), "0.5", half_even, "0"},
      {over(2, 3), "0.25", half_even, "0.75"},
      {over(3, 7), "0.000000000000000000000000000001", down, "0.428571428571428571428571428571"},
      {Rational(0), "0.05", up, "0"},
      // 0.5 - 1/(3 x 10^39) lies below the half, however close.
      {Rational(dec("0.5")) - Rational(1) / Rational(Decimal::ten_to(39) * 3), "1", half_up, "0"},
      {Rational(dec("0.5")) + Rational(1) / Rational(Decimal::ten_to(39) * 3), "1", half_down, "1"},
      {Rational(Decimal::ten_to(59) + 5), "10", half_even,
       "100000000000000000000000000000000000000000000000000000000000"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value.to_string(), row.quantum, to_string(row.mode));
    CHECK(round(row.value, dec(row.quantum), row.mode).to_string() == row.rounded);
  }
  CHECK_THROWS_AS(round(1, 0, half_even), Fault);
  CHECK_THROWS_AS(round(1, -1, half_even), Fault);
}

TEST_CASE("rounding: every mode agrees with its definition on all small quotients") {
  for (std::int64_t n = -60; n <= 60; ++n) {
    for (std::int64_t d = 1; d <= 24; ++d) {
      Rational value = over(n, d);
      for (RoundingMode mode : modes) {
        std::int64_t naive = round_naively(n, d, mode);
        REQUIRE(round(value, 1, mode) == Decimal(naive));
        // The same in another unit, and far away on the wide path.
        REQUIRE(round(value * Rational(dec("0.05")), dec("0.05"), mode) == dec("0.05") * naive);
        Decimal far = Decimal::ten_to(50);
        bool same_side =
            n >= 0 || (mode != up && mode != down && mode != half_up && mode != half_down);
        if (same_side) {
          REQUIRE(round(value + Rational(far), 1, mode) == far + naive);
        }
      }
    }
  }
}

TEST_CASE("rounding: what is rounded is a multiple, and stays") {
  for (int n = -40; n <= 40; ++n) {
    for (const char* quantum : {"0.01", "0.05", "1", "2.5", "3"}) {
      Rational value = over(n, 7);
      for (RoundingMode mode : modes) {
        Decimal rounded = round(value, dec(quantum), mode);
        REQUIRE(is_multiple(rounded, dec(quantum)));
        REQUIRE(round(rounded, dec(quantum), mode) == rounded);
        REQUIRE(absolute(value - Rational(rounded)) < Rational(dec(quantum)));
      }
      REQUIRE(is_multiple(value, dec(quantum)) == (round(value, dec(quantum), down) == value));
    }
  }
  CHECK(is_multiple(Rational(0), dec("0.01")));
  CHECK_FALSE(is_multiple(over(1, 3), dec("0.01")));
  CHECK_FALSE(is_multiple(dec("12.345"), dec("0.01")));
}

}  // namespace
}  // namespace levy
