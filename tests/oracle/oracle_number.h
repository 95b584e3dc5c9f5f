// Exact numbers of the oracle: built only from digits, rounded in one place, written in full.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace oracle {

// Expression templates are off: every operator yields a number, so `auto` cannot dangle.
using Integer = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                              boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<
    boost::multiprecision::rational_adaptor<boost::multiprecision::cpp_int_backend<>>,
    boost::multiprecision::et_off>;

// A lawful "no answer": one of SPEC's codes.
struct Failure {
  std::string code;
};

// SPEC §1's grammar; nothing where the text is not a decimal.
std::optional<Rational> parse_decimal(std::string_view text);

// As above, for text that a valid schedule holds; throws std::logic_error.
Rational decimal_of(std::string_view text);

// "1.25", or "100/11": a fraction of two whole numbers.
Rational rate_of(std::string_view text);

Rational power_of_ten(int exponent);
Integer floor_of(const Rational& value);
Integer ceiling_of(const Rational& value);
bool is_multiple(const Rational& value, const Rational& quantum);

// The multiple of quantum (> 0) that mode (General Decimal Arithmetic's names) names.
// (2.5, 1, "half-even") -> 2; (-2.5, 1, "half-up") -> -3; (-2.5, 1, "half-down") -> -2
Rational round_to(const Rational& value, const Rational& quantum, const std::string& mode);

// At least digits_min places after the point; "n/d" in lowest terms where no decimal ends.
std::string text_of(const Rational& value, int digits_min = 0);

}  // namespace oracle
