#include "oracle_number.h"

#include <stdexcept>

namespace oracle {

namespace {

bool is_digit(char symbol) { return symbol >= '0' && symbol <= '9'; }

bool all_digits(std::string_view text) {
  if (text.empty()) {
    return false;
  }
  for (const char symbol : text) {
    if (!is_digit(symbol)) {
      return false;
    }
  }
  return true;
}

Integer integer_of_digits(std::string_view digits) {
  Integer value = 0;
  for (const char symbol : digits) {
    value = value * 10 + Integer(symbol - '0');
  }
  return value;
}

std::size_t significant_digits(std::string_view whole, std::string_view places) {
  const std::string digits = std::string(whole) + std::string(places);
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? 0 : digits.size() - first;
}

Integer numerator_of(const Rational& value) { return boost::multiprecision::numerator(value); }

Integer denominator_of(const Rational& value) { return boost::multiprecision::denominator(value); }

// How many times the prime divides the number, which is left without it.
int take_out(Integer& number, int prime) {
  int times = 0;
  while (number % prime == 0) {
    number /= prime;
    ++times;
  }
  return times;
}

}  // namespace

std::optional<Rational> parse_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  std::string_view rest = negative ? text.substr(1) : text;
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const bool has_point = point != std::string_view::npos;
  const std::string_view places = has_point ? rest.substr(point + 1) : std::string_view();
  if (!all_digits(whole) || (whole.size() > 1 && whole.front() == '0')) {
    return std::nullopt;
  }
  if (has_point && !all_digits(places)) {
    return std::nullopt;
  }
  if (places.size() > 40 || significant_digits(whole, places) > 60) {
    return std::nullopt;
  }
  Rational value = Rational(integer_of_digits(whole));
  if (has_point) {
    const Rational scale = power_of_ten(static_cast<int>(places.size()));
    value += Rational(integer_of_digits(places)) / scale;
  }
  return negative ? Rational(-value) : value;
}

Rational decimal_of(std::string_view text) {
  const std::optional<Rational> value = parse_decimal(text);
  if (!value) {
    throw std::logic_error("not a decimal: " + std::string(text));
  }
  return *value;
}

Rational rate_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return decimal_of(text);
  }
  return decimal_of(text.substr(0, slash)) / decimal_of(text.substr(slash + 1));
}

Rational power_of_ten(int exponent) {
  Integer power = 1;
  for (int count = exponent < 0 ? -exponent : exponent; count > 0; --count) {
    power *= 10;
  }
  return exponent < 0 ? Rational(Rational(1) / Rational(power)) : Rational(power);
}

Integer floor_of(const Rational& value) {
  const Integer above = numerator_of(value);
  const Integer below = denominator_of(value);
  Integer quotient = above / below;  // towards zero
  if (above < 0 && quotient * below != above) {
    quotient -= 1;
  }
  return quotient;
}

Integer ceiling_of(const Rational& value) { return -floor_of(-value); }

bool is_multiple(const Rational& value, const Rational& quantum) {
  const Rational quotient = value / quantum;
  return Rational(floor_of(quotient)) == quotient;
}

Rational round_to(const Rational& value, const Rational& quantum, const std::string& mode) {
  const Rational steps = value / quantum;
  const Integer lower = floor_of(steps);
  const Integer upper = lower + 1;
  const Rational past_lower = steps - Rational(lower);
  if (past_lower == 0) {
    return value;
  }
  const Integer towards_zero = value > 0 ? lower : upper;
  const Integer away_from_zero = value > 0 ? upper : lower;
  const Rational half = Rational(1) / Rational(2);
  Integer chosen = past_lower < half ? lower : upper;  // the nearest, unless changed below
  if (mode == "floor") {
    chosen = lower;
  } else if (mode == "ceiling") {
    chosen = upper;
  } else if (mode == "down") {
    chosen = towards_zero;
  } else if (mode == "up") {
    chosen = away_from_zero;
  } else if (mode != "half-even" && mode != "half-up" && mode != "half-down") {
    throw std::logic_error("no such rounding mode: " + mode);
  } else if (past_lower == half) {
    const Integer even = lower % 2 == 0 ? lower : upper;
    chosen = mode == "half-even" ? even : mode == "half-up" ? away_from_zero : towards_zero;
  }
  return Rational(chosen) * quantum;
}

std::string text_of(const Rational& value, int digits_min) {
  Integer rest = denominator_of(value);
  const int twos = take_out(rest, 2);
  const int fives = take_out(rest, 5);
  if (rest != 1) {
    return numerator_of(value).str() + "/" + denominator_of(value).str();
  }
  int places = twos > fives ? twos : fives;
  if (places < digits_min) {
    places = digits_min;
  }
  const Rational size = value < 0 ? Rational(-value) : value;
  std::string digits = floor_of(size * power_of_ten(places)).str();
  const std::size_t width = static_cast<std::size_t>(places) + 1;
  if (digits.size() < width) {
    digits.insert(0, width - digits.size(), '0');
  }
  if (places > 0) {
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  }
  return value < 0 ? "-" + digits : digits;
}

}  // namespace oracle
