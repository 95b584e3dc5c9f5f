#include "money/decimal.h"

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "base/ensure.h"
#include "unit/catch.h"

namespace levy {
namespace {

Decimal dec(const std::string& text) {
  auto value = parse_json_number(text);
  REQUIRE(value);
  return *value;
}

// Integers around the places where a representation ends, and ordinary ones.
std::vector<Decimal> edges() {
  std::vector<Decimal> values;
  for (int bits : {31, 62, 63, 64, 95, 126, 127, 128, 200}) {
    Decimal power = 1;
    for (int i = 0; i < bits; ++i) power = power * 2;
    for (int offset : {-2, -1, 0, 1, 2}) {
      values.push_back(power + offset);
      values.push_back(-power + offset);
    }
  }
  for (int exponent : {-40, -20, -18, -2, -1, 0, 1, 17, 18, 19, 37, 38, 39, 60}) {
    for (int factor : {-7, -1, 1, 3, 25}) values.push_back(Decimal::ten_to(exponent) * factor);
  }
  values.push_back(0);
  return values;
}

TEST_CASE("decimal: sums, differences, products") {
  struct Row {
    const char *a, *b, *sum, *difference, *product;
  };
  const Row rows[] = {
      {"0", "0", "0", "0", "0"},
      {"12.5", "3", "15.5", "9.5", "37.5"},
      {"0.1", "0.2", "0.3", "-0.1", "0.02"},
      {"1.25", "0.75", "2", "0.5", "0.9375"},
      {"0.5", "0.2", "0.7", "0.3", "0.1"},
      {"1e20", "1e-20", "100000000000000000000.00000000000000000001",
       "99999999999999999999.99999999999999999999", "1"},
      {"9223372036854775807", "1", "9223372036854775808", "9223372036854775806",
       "9223372036854775807"},
      {"-9223372036854775808", "-1", "-9223372036854775809", "-9223372036854775807",
       "9223372036854775808"},
      {"170141183460469231731687303715884105727", "1", "170141183460469231731687303715884105728",
       "170141183460469231731687303715884105726", "170141183460469231731687303715884105727"},
      {"-170141183460469231731687303715884105728", "1", "-170141183460469231731687303715884105727",
       "-170141183460469231731687303715884105729", "-170141183460469231731687303715884105728"},
      {"-170141183460469231731687303715884105728", "-1", "-170141183460469231731687303715884105729",
       "-170141183460469231731687303715884105727", "170141183460469231731687303715884105728"},
      {"999999999999999999999999999999999999999999999999999999999999",
       "999999999999999999999999999999999999999999999999999999999999",
       "1999999999999999999999999999999999999999999999999999999999998", "0",
       "9999999999999999999999999999999999999999999999999999999999980000000000000000000000000000000"
       "00000000000000000000000000001"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    CHECK((dec(row.a) + dec(row.b)).to_string() == row.sum);
    CHECK((dec(row.a) - dec(row.b)).to_string() == row.difference);
    CHECK((dec(row.a) * dec(row.b)).to_string() == row.product);
  }
}

TEST_CASE("decimal: the form is canonical") {
  struct Row {
    Int128 coefficient;
    int scale;
    const char* text;
    int canonical_scale;
  };
  const Row rows[] = {
      {0, 0, "0", 0},
      {0, 7, "0", 0},
      {0, -7, "0", 0},
      {1250, 2, "12.5", 1},
      {1200, 2, "12", 0},
      {1200, 1, "120", 0},
      {-5, 3, "-0.005", 3},
      {12, -3, "12000", 0},
      {100, 0, "100", 0},
      {10, 2, "0.1", 1},
      {1, 40, "0.0000000000000000000000000000000000000001", 40},
      {Int128{1} << 100, 2, "12676506002282294014967032053.76", 2},
      {(Int128{1} << 90) * 1000, 5, "12379400392853802748991242.24", 2},
  };
  for (const Row& row : rows) {
    Decimal value = Decimal::of(row.coefficient, row.scale);
    CHECK(value.to_string() == row.text);
    CHECK(value.scale() == row.canonical_scale);
  }
  CHECK(Decimal().scale() == 0);
  CHECK((dec("0.5") - dec("0.5")).scale() == 0);
}

TEST_CASE("decimal: a wide value comes back to the narrow form") {
  Decimal wide = Decimal::ten_to(60);
  Decimal seven = 7;
  Decimal back = wide + seven - wide;
  CHECK(back == seven);
  CHECK(back.minor_units(0) == 7);
  CHECK(Decimal::ten_to(60) * Decimal::ten_to(-60) == Decimal(1));
  Decimal least = -(Decimal::of(Int128{1} << 126, 0) + Decimal::of(Int128{1} << 126, 0));
  CHECK(least ==
        Decimal::of(std::numeric_limits<std::int64_t>::min(), 0) * Decimal::of(Int128{1} << 64, 0));
  CHECK(-(-least) == least);
  CHECK(least < -least);
}

TEST_CASE("decimal: copies and moves of both representations") {
  for (const Decimal& value : edges()) {
    Decimal copy = value;
    CHECK(copy == value);
    Decimal moved = std::move(copy);
    CHECK(moved == value);
    Decimal other = Decimal::ten_to(50);
    other = moved;
    CHECK(other == value);
    const Decimal& self = other;
    other = self;
    CHECK(other == value);
    other = std::move(moved);
    CHECK(other == value);
  }
}

TEST_CASE("decimal: order") {
  const char* ascending[] = {"-1e59",
                             "-170141183460469231731687303715884105729",
                             "-170141183460469231731687303715884105728",
                             "-1e19",
                             "-1",
                             "-0.5",
                             "-1e-40",
                             "0",
                             "1e-40",
                             "0.4999999999999999999999999999",
                             "0.5",
                             "0.50000000000000000000000000001",
                             "1",
                             "1.1",
                             "9223372036854775807",
                             "9223372036854775808",
                             "170141183460469231731687303715884105727",
                             "170141183460469231731687303715884105727.1",
                             "170141183460469231731687303715884105728",
                             "1e59"};
  std::vector<Decimal> values;
  for (const char* text : ascending) values.push_back(dec(text));
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      CAPTURE(ascending[i], ascending[j]);
      CHECK((values[i] < values[j]) == (i < j));
      CHECK((values[i] == values[j]) == (i == j));
      CHECK((values[i] - values[j]).sign() == (i > j) - (i < j));
    }
  }
}

TEST_CASE("decimal: text with a least number of places") {
  struct Row {
    const char* value;
    int places;
    const char* text;
  };
  const Row rows[] = {
      {"0", 0, "0"},
      {"0", 2, "0.00"},
      {"12.5", 2, "12.50"},
      {"12.5", 0, "12.5"},
      {"12.345", 2, "12.345"},
      {"-0.5", 1, "-0.5"},
      {"-7", 3, "-7.000"},
      {"0.001", 2, "0.001"},
      {"1e40", 1, "10000000000000000000000000000000000000000.0"},
      {"18446744073709551616", 0, "18446744073709551616"},
      {"10000000000000000000", 0, "10000000000000000000"},
      {"100000000000000000000000000000000000005", 0, "100000000000000000000000000000000000005"}};
  for (const Row& row : rows) CHECK(dec(row.value).to_string(row.places) == row.text);
}

TEST_CASE("decimal: minor units, or nothing") {
  struct Row {
    const char* value;
    int scale;
    std::optional<std::int64_t> units;
  };
  const Row rows[] = {
      {"12.5", 2, 1250},
      {"12.345", 2, {}},
      {"0", 2, 0},
      {"-0.01", 2, -1},
      {"7", 0, 7},
      {"9223372036854775807", 0, 9223372036854775807},
      {"9223372036854775808", 0, {}},  // Boost would saturate here, or wrap
      {"-9223372036854775808", 0, std::numeric_limits<std::int64_t>::min()},
      {"-9223372036854775809", 0, {}},
      {"92233720368547758.07", 2, 9223372036854775807},
      {"92233720368547758.08", 2, {}},
      {"1e59", 0, {}},
      {"1", 60, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value, row.scale);
    CHECK((dec(row.value).minor_units(row.scale) == row.units));
  }
}

TEST_CASE("decimal: floored division") {
  struct Row {
    const char *a, *b, *quotient, *remainder;
  };
  const Row rows[] = {
      {"7", "2", "3", "1"},
      {"-7", "2", "-4", "1"},  // Boost truncates to -3
      {"-6", "2", "-3", "0"},
      {"7.5", "0.7", "10", "0.5"},
      {"-7.5", "0.7", "-11", "0.2"},
      {"0.001", "5", "0", "0.001"},
      {"-0.001", "5", "-1", "4.999"},
      {"0", "3", "0", "0"},
      {"1e59", "3", "33333333333333333333333333333333333333333333333333333333333", "1"},
      {"-1e59", "3", "-33333333333333333333333333333333333333333333333333333333334", "2"},
      {"-170141183460469231731687303715884105728", "1", "-170141183460469231731687303715884105728",
       "0"},
      {"-9223372036854775808", "9223372036854775807", "-2", "9223372036854775806"},
      {"1", "1e-40", "10000000000000000000000000000000000000000", "0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    Division division = divide_floor(dec(row.a), dec(row.b));
    CHECK(division.quotient.to_string() == row.quotient);
    CHECK(division.remainder.to_string() == row.remainder);
  }
  CHECK_THROWS_AS(divide_floor(1, 0), Fault);
  CHECK_THROWS_AS(divide_floor(1, -1), Fault);
}

TEST_CASE("decimal: greatest common divisor") {
  struct Row {
    const char *a, *b, *divisor;
  };
  const Row rows[] = {
      {"12", "18", "6"},
      {"-12", "18", "6"},
      {"0", "5", "5"},
      {"7", "0", "7"},
      {"1e59", "1e40", "10000000000000000000000000000000000000000"},
      {"-170141183460469231731687303715884105728", "0", "170141183460469231731687303715884105728"},
      {"-170141183460469231731687303715884105728", "6", "2"},
      {"36893488147419103232", "18446744073709551616", "18446744073709551616"},
      {"0.01", "0.015", "0.005"},
      {"-2.5", "10", "2.5"},
      {"1e40", "0.3", "0.1"},
  };
  for (const Row& row : rows) {
    CHECK(greatest_common_divisor(dec(row.a), dec(row.b)).to_string() == row.divisor);
  }
  CHECK_THROWS_AS(greatest_common_divisor(0, 0), Fault);
}

TEST_CASE("decimal: identities hold across both representations") {
  std::vector<Decimal> values = edges();
  std::mt19937_64 random(20260101);
  std::uniform_int_distribution<std::size_t> pick(0, values.size() - 1);
  for (int i = 0; i < 20000; ++i) {
    const Decimal &a = values[pick(random)], &b = values[pick(random)], &c = values[pick(random)];
    REQUIRE((a * b) * c == a * (b * c));
    REQUIRE((a + b) + c == a + (b + c));
    REQUIRE(a * (b + c) == a * b + a * c);
    REQUIRE(a + b - b == a);
    REQUIRE((a < b) == ((a - b).sign() < 0));
    if (b.sign() > 0) {
      Division division = divide_floor(a, b);
      REQUIRE(division.quotient.is_integer());
      REQUIRE(division.quotient * b + division.remainder == a);
      REQUIRE(division.remainder.sign() >= 0);
      REQUIRE(division.remainder < b);
    }
  }
}

TEST_CASE("decimal: random 128-bit sums and products agree with a shift into the wide path") {
  std::mt19937_64 random(4217);
  const Decimal shift = Decimal::ten_to(80);
  for (int i = 0; i < 20000; ++i) {
    auto draw = [&] {
      auto bits = static_cast<Int128>(random()) << 63 | static_cast<Int128>(random() >> 1);
      return Decimal::of(bits >> (random() % 126), static_cast<int>(random() % 12)) *
             (random() % 2 == 0 ? 1 : -1);
    };
    Decimal a = draw(), b = draw();
    REQUIRE(a + b == (a + shift) + (b - shift));
    REQUIRE(a * b == (a + shift) * b - shift * b);
    REQUIRE((a < b) == (a + shift < b + shift));
    REQUIRE(*parse_decimal(a.to_string()) == a);
    if (b.sign() <= 0) continue;
    Division narrow = divide_floor(a, b), wide = divide_floor(a + shift * b, b);
    REQUIRE(wide.quotient == narrow.quotient + shift);
    REQUIRE(wide.remainder == narrow.remainder);
  }
}

}  // namespace
}  // namespace levy
