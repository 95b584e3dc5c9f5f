#include "money/rational.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/ensure.h"

namespace levy {
namespace {

Decimal divide_exactly(const Decimal& a, const Decimal& b) { return divide_floor(a, b).quotient; }

Decimal coefficient_of(const Decimal& a) { return a * Decimal::ten_to(a.scale()); }

// Takes the factor out of `value` for as long as it divides; how often it did.
int take_out(std::int64_t& value, std::int64_t factor) {
  int times = 0;
  for (; value % factor == 0; ++times) value /= factor;
  return times;
}

// 1 / (2^twos x 5^fives) as a decimal: the missing factors of 10^places, over 10^places.
Decimal inverse(int twos, int fives) {
  int places = std::max(twos, fives);
  Decimal product = Decimal::ten_to(-places);
  for (; twos < places; ++twos) product = product * 2;
  for (; fives < places; ++fives) product = product * 5;
  return product;
}

// Moves the factors 2 and 5 of the denominator, a whole number >= 1, into the numerator's places.
void move_tens(Decimal& numerator, Decimal& denominator) {
  if (auto small = denominator.minor_units(0)) {
    int twos = take_out(*small, 2), fives = take_out(*small, 5);
    if (twos + fives > 0) numerator = numerator * inverse(twos, fives);
    denominator = *small;
    return;
  }
  constexpr int digits = 18;  // many factors at once
  const Decimal tens = Decimal::ten_to(digits);
  while (true) {
    Decimal factor = greatest_common_divisor(denominator, tens);
    if (factor == Decimal(1)) return;
    denominator = divide_exactly(denominator, factor);
    numerator = numerator * divide_exactly(tens, factor) * Decimal::ten_to(-digits);
  }
}

void cancel(Decimal& numerator, Decimal& denominator) {
  if (denominator == Decimal(1)) return;
  Decimal coefficient = coefficient_of(numerator);
  Decimal factor = greatest_common_divisor(coefficient, denominator);
  if (factor == Decimal(1)) return;
  denominator = divide_exactly(denominator, factor);
  numerator = divide_exactly(coefficient, factor) * Decimal::ten_to(-numerator.scale());
}

}  // namespace

constinit const Decimal Rational::one = 1;

const Decimal& Rational::decimal() const {
  ensure(is_decimal(), "the value has a finite decimal form");
  return numerator_;
}

Rational Rational::reduce(Decimal numerator, Decimal denominator) {
  cancel(numerator, denominator);
  Rational result(std::move(numerator));
  if (denominator != one) result.denominator_ = std::make_unique<Decimal>(std::move(denominator));
  return result;
}

Rational Rational::operator-() const {
  Rational result(-numerator_);
  result.denominator_ = copy(denominator_);
  return result;
}

Rational operator+(const Rational& a, const Rational& b) {
  if (a.is_decimal() && b.is_decimal()) return a.numerator_ + b.numerator_;
  const Decimal &under_a = a.denominator(), &under_b = b.denominator();
  if (under_a == under_b) return Rational::reduce(a.numerator_ + b.numerator_, under_a);
  return Rational::reduce(a.numerator_ * under_b + b.numerator_ * under_a, under_a * under_b);
}

Rational operator-(const Rational& a, const Rational& b) {
  if (a.is_decimal() && b.is_decimal()) return a.numerator_ - b.numerator_;
  return a + -b;
}

Rational operator*(const Rational& a, const Rational& b) {
  if (a.is_decimal() && b.is_decimal()) return a.numerator_ * b.numerator_;
  return Rational::reduce(a.numerator_ * b.numerator_, a.denominator() * b.denominator());
}

Rational operator/(const Rational& a, const Rational& b) {
  ensure(!b.is_zero(), "a divisor is not 0");
  Decimal numerator = a.numerator_ * b.denominator();
  Decimal denominator = a.denominator() * b.numerator_;
  if (denominator.sign() < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  numerator = numerator * Decimal::ten_to(denominator.scale());
  denominator = coefficient_of(denominator);
  move_tens(numerator, denominator);
  return Rational::reduce(std::move(numerator), std::move(denominator));
}

std::strong_ordering Rational::compare_quotients(const Rational& a, const Rational& b) {
  if (a.denominator() == b.denominator()) return a.numerator_ <=> b.numerator_;
  return a.numerator_ * b.denominator() <=> b.numerator_ * a.denominator();
}

Decimal Rational::floor() const {
  if (is_integer()) return numerator_;
  return divide_floor(numerator_, denominator()).quotient;
}

Decimal Rational::ceiling() const { return -(-*this).floor(); }

std::string Rational::to_string(int places) const {
  if (is_decimal()) return numerator_.to_string(places);
  Decimal tens = Decimal::ten_to(numerator_.scale());
  Decimal whole = numerator_ * tens;
  Decimal factor = greatest_common_divisor(whole, tens);
  return divide_exactly(whole, factor).to_string() + "/" +
         (denominator() * divide_exactly(tens, factor)).to_string();
}

Rational absolute(const Rational& value) { return value.sign() < 0 ? -value : value; }

namespace {

Diagnostic bad_fraction(std::size_t begin, std::size_t end, FractionOf parts, std::string message) {
  Diagnostic fault;
  fault.code = Code::bad_decimal;
  fault.message = std::move(message);
  fault.remedy = parts == FractionOf::whole_numbers
                     ? "write a decimal, \"1.75\", or a fraction of two whole numbers, \"100/11\""
                     : "write a decimal, \"1.0852\", or a fraction of two, \"100/6.332\"";
  fault.place = Place::within(begin, end);
  return fault;
}

// A number that stands at byte `begin` of a fraction.
Checked<Decimal> parse_part(std::string_view text, std::size_t begin, FractionOf parts) {
  Checked<Decimal> value = parse_decimal(text);
  if (!value) {
    Diagnostics faults = std::move(value).faults();
    for (Diagnostic& fault : faults)
      fault.place = Place::within(begin + fault.place.begin(), begin + fault.place.end());
    return faults;
  }
  bool allowed = parts == FractionOf::decimals || text.find('.') == std::string_view::npos;
  if (allowed) return value;
  return bad_fraction(begin, begin + text.size(), parts,
                      "\"" + std::string(text) + "\" is not a whole number");
}

}  // namespace

Checked<Rational> parse_fraction(std::string_view text, FractionOf parts) {
  std::size_t bar = text.find('/');
  if (bar == std::string_view::npos) {
    Checked<Decimal> value = parse_decimal(text);
    if (!value) return std::move(value).faults();
    return Rational(*value);
  }
  Checked<Decimal> above = parse_part(text.substr(0, bar), 0, parts);
  if (!above) return std::move(above).faults();
  Checked<Decimal> below = parse_part(text.substr(bar + 1), bar + 1, parts);
  if (!below) return std::move(below).faults();
  if (below->sign() > 0) return Rational(*above) / Rational(*below);
  return bad_fraction(bar + 1, text.size(), parts,
                      "the number below the fraction's bar is not above 0");
}

}  // namespace levy
