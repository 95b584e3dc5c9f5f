#include "money/rational.h"

#include <random>
#include <string>
#include <vector>

#include "base/ensure.h"
#include "unit/catch.h"

namespace levy {
namespace {

Rational over(std::int64_t n, std::int64_t d) { return Rational(n) / Rational(d); }
Decimal dec(const std::string& text) { return *parse_decimal(text); }

void check_canonical(const Rational& value) {
  const Decimal& d = value.denominator();
  REQUIRE(d.is_integer());
  REQUIRE(d.sign() > 0);
  Decimal coefficient = value.numerator() * Decimal::ten_to(value.numerator().scale());
  REQUIRE(greatest_common_divisor(d, 10) == Decimal(1));
  REQUIRE(greatest_common_divisor(coefficient, d) == Decimal(1));
}

TEST_CASE("rational: quotients and their form") {
  struct Row {
    Rational value;
    const char *numerator, *denominator, *text;
  };
  const Row rows[] = {
      {Rational(), "0", "1", "0"},
      {over(0, 7), "0", "1", "0"},
      {over(100, 11), "100", "11", "100/11"},
      {over(-100, 11), "-100", "11", "-100/11"},
      {over(100, -11), "-100", "11", "-100/11"},
      {over(6, 3), "2", "1", "2"},
      {over(1, 4), "0.25", "1", "0.25"},
      {over(1, 8000), "0.000125", "1", "0.000125"},
      {over(1, 6), "0.5", "3", "1/6"},
      {over(7, 30), "0.7", "3", "7/30"},
      {over(5, 15), "1", "3", "1/3"},
      {over(1, 3) * Rational(3), "1", "1", "1"},  // cpp_dec_float: false in some versions
      {over(1, 3) + over(1, 6), "0.5", "1", "0.5"},
      {over(1, 3) - over(1, 3), "0", "1", "0"},
      {over(1, 7) / over(3, 7), "1", "3", "1/3"},
      {Rational(dec("0.3")) / Rational(dec("0.009")), "100", "3", "100/3"},
      {Rational(1) / Rational(Decimal::ten_to(40)), "0.0000000000000000000000000000000000000001",
       "1", "0.0000000000000000000000000000000000000001"},
      {Rational(1) / Rational(Decimal::ten_to(40) * 3),
       "0.0000000000000000000000000000000000000001", "3",
       "1/30000000000000000000000000000000000000000"},
      {Rational(1) / Rational(std::int64_t{1} << 62),
       "0.00000000000000000021684043449710088680149056017398834228515625", "1",
       "0.00000000000000000021684043449710088680149056017398834228515625"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(row.value.numerator().to_string() == row.numerator);
    CHECK(row.value.denominator().to_string() == row.denominator);
    CHECK(row.value.to_string() == row.text);
    check_canonical(row.value);
  }
  CHECK_THROWS_AS(Rational(1) / Rational(0), Fault);
  CHECK_THROWS_AS(over(1, 3).decimal(), Fault);
  CHECK(over(1, 4).to_string(4) == "0.2500");
  CHECK(absolute(over(-1, 3)) == over(1, 3));
}

TEST_CASE("rational: floor and ceiling") {
  struct Row {
    Rational value;
    int floor, ceiling;
  };
  const Row rows[] = {
      {over(7, 2), 3, 4},   {over(-7, 2), -4, -3},  {over(1, 3), 0, 1},
      {over(-1, 3), -1, 0}, {over(6, 3), 2, 2},     {over(-6, 3), -2, -2},
      {Rational(0), 0, 0},  {over(100, 11), 9, 10}, {over(-100, 11), -10, -9},
  };
  for (const Row& row : rows) {
    CHECK(row.value.floor() == Decimal(row.floor));
    CHECK(row.value.ceiling() == Decimal(row.ceiling));
  }
}

TEST_CASE("rational: all small quotients obey the field's laws") {
  std::vector<Rational> values;
  for (int n = -7; n <= 7; ++n) {
    for (int d : {1, 2, 3, 6, 7, 10}) values.push_back(over(n, d));
  }
  for (const Rational& a : values) {
    for (const Rational& b : values) {
      check_canonical(a + b);
      check_canonical(a * b);
      REQUIRE(a + b == b + a);
      REQUIRE(a - b == -(b - a));
      REQUIRE(a + b - b == a);
      REQUIRE((a < b) == ((a - b).sign() < 0));
      REQUIRE((a == b) == ((a - b).is_zero()));
      if (b.is_zero()) continue;
      check_canonical(a / b);
      REQUIRE(a / b * b == a);
      REQUIRE(a / b == a * (Rational(1) / b));
    }
  }
}

TEST_CASE("rational: large random quotients obey them too") {
  std::mt19937_64 random(11);
  auto draw = [&] {
    auto bits = static_cast<Int128>(random()) << (random() % 63);
    Decimal n = Decimal::of(bits + 1, static_cast<int>(random() % 20));
    auto whole = static_cast<std::int64_t>(random() >> (1 + random() % 62)) + 1;
    return Rational(n) * Rational(random() % 2 == 0 ? 1 : -1) / Rational(whole);
  };
  for (int i = 0; i < 3000; ++i) {
    Rational a = draw(), b = draw(), c = draw();
    check_canonical(a * b);
    check_canonical(a / b);
    check_canonical(a + b);
    REQUIRE((a * b) * c == a * (b * c));
    REQUIRE(a * (b + c) == a * b + a * c);
    REQUIRE(a / b * b == a);
    REQUIRE((a < b) == ((a - b).sign() < 0));
    Rational whole(a.floor());
    REQUIRE((whole <= a && a < whole + Rational(1)));
    REQUIRE(a.ceiling() == -(-a).floor());
  }
}

}  // namespace
}  // namespace levy
