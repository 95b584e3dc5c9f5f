// Rational: an exact quotient of decimals; every figure between input and rounding is one.
//
// Kept so that the common case costs little: while the value has a finite decimal form (nearly
// always) it is a Decimal over 1. Only a quotient that has none (100/11, a triangulated rate) keeps
// a denominator. The form is canonical, so equal values are equal representations.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/checked.h"
#include "money/decimal.h"

namespace levy {

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t whole) : numerator_(whole) {}
  Rational(Decimal value) : numerator_(std::move(value)) {}
  Rational(const Rational& other)
      : numerator_(other.numerator_), denominator_(copy(other.denominator_)) {}
  Rational(Rational&& other) noexcept = default;
  Rational& operator=(const Rational& other) { return *this = Rational(other); }
  Rational& operator=(Rational&& other) noexcept = default;
  ~Rational() = default;

  bool is_decimal() const { return !denominator_; }
  const Decimal& decimal() const;  // a Fault unless is_decimal()
  // value = numerator / denominator; the numerator may have places, the denominator is a whole
  // number >= 1 that shares no factor with it and has no factor 2 or 5.
  const Decimal& numerator() const { return numerator_; }
  const Decimal& denominator() const { return denominator_ ? *denominator_ : one; }

  int sign() const { return numerator_.sign(); }
  bool is_zero() const { return numerator_.is_zero(); }
  bool is_integer() const { return is_decimal() && numerator_.is_integer(); }

  Rational operator-() const;
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);  // b != 0, otherwise a Fault
  Rational& operator+=(const Rational& b) { return *this = *this + b; }
  Rational& operator-=(const Rational& b) { return *this = *this - b; }
  friend bool operator==(const Rational& a, const Rational& b) {
    return a.numerator_ == b.numerator_ &&
           (a.is_decimal() ? b.is_decimal()
                           : !b.is_decimal() && *a.denominator_ == *b.denominator_);
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    if (a.is_decimal() && b.is_decimal()) return a.numerator_ <=> b.numerator_;
    return compare_quotients(a, b);
  }

  Decimal floor() const;    // the greatest integer <= value
  Decimal ceiling() const;  // the smallest integer >= value

  // 64-bit words that its two numbers take beyond 128 bits: what arithmetic with it costs.
  std::size_t words() const {
    return numerator_.words() + (denominator_ ? denominator_->words() : 0);
  }

  // The decimal, with at least `places` digits after the point; or "n/d" in lowest terms.
  std::string to_string(int places = 0) const;

 private:
  using Denominator = std::unique_ptr<Decimal>;
  static const Decimal one;

  static Denominator copy(const Denominator& other) {
    return other ? std::make_unique<Decimal>(*other) : nullptr;
  }
  static std::strong_ordering compare_quotients(const Rational& a, const Rational& b);
  // Cancels what the two share; the denominator is a whole number >= 1 without factors 2 and 5.
  static Rational reduce(Decimal numerator, Decimal denominator);

  Decimal numerator_;
  Denominator denominator_;  // null: 1, nearly always, so that a copy is a Decimal's
};

Rational absolute(const Rational& value);

// A share or rate as people write it: a decimal, or a fraction of two numbers.
//
//   "1.75"                       1.75
//   "100/11"                     9.0909..., exactly
//   "100/6.332"                  15.79..., where decimals are allowed

enum class FractionOf { whole_numbers, decimals };

// The number below the bar is above 0. A fault's place carries only the column and width in `text`;
// its code is bad_decimal, or what parse_decimal says.
Checked<Rational> parse_fraction(std::string_view text, FractionOf parts);

}  // namespace levy
