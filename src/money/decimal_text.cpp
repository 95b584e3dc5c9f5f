#include "money/decimal_text.h"

#include <algorithm>

#include "base/text.h"

namespace levy {
namespace {

using std::string_view;

bool take(string_view text, std::size_t& at, char c) {
  if (at == text.size() || text[at] != c) return false;
  ++at;
  return true;
}

string_view take_digits(string_view text, std::size_t& at) {
  std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return text.substr(begin, at - begin);
}

bool take_exponent(string_view text, DecimalText& parts) {
  parts.exponent_negative = take(text, parts.stop, '-');
  if (!parts.exponent_negative) take(text, parts.stop, '+');
  parts.exponent = take_digits(text, parts.stop);
  return !parts.exponent.empty();
}

bool take_all(string_view text, DecimalText::Form form, DecimalText& parts) {
  std::size_t& at = parts.stop;
  parts.negative = take(text, at, '-');
  parts.whole = take_digits(text, at);
  if (parts.whole.empty()) return false;
  if (parts.whole.size() > 1 && parts.whole[0] == '0') {
    at -= parts.whole.size();
    return false;
  }
  if (take(text, at, '.')) {
    parts.fraction = take_digits(text, at);
    if (parts.fraction.empty()) return false;
  }
  if (form == DecimalText::Form::json && (take(text, at, 'e') || take(text, at, 'E'))) {
    if (!take_exponent(text, parts)) return false;
  }
  return at == text.size();
}

constexpr std::size_t small_digits_max = 38;  // what an Int128 holds whatever the digits

// The digits read on to those before; eighteen at a time are a machine word's.
Int128 read_small(string_view digits, Int128 before) {
  constexpr std::size_t step = 18;
  Int128 value = before;
  for (std::size_t at = 0; at < digits.size(); at += step) {
    std::int64_t chunk = 0, power = 1;
    for (char digit : digits.substr(at, step)) {
      chunk = chunk * 10 + (digit - '0');
      power *= 10;
    }
    value = value * power + chunk;
  }
  return value;
}

// An integer from digits, in steps that a machine integer holds.
Decimal read_digits(string_view whole, string_view fraction) {
  constexpr int step = 18;
  Decimal value;
  std::int64_t chunk = 0;
  int count = 0;
  auto flush = [&] {
    value = value.is_zero() ? Decimal(chunk) : value * Decimal::ten_to(count) + Decimal(chunk);
    chunk = 0;
    count = 0;
  };
  for (string_view digits : {whole, fraction}) {
    for (char digit : digits) {
      chunk = chunk * 10 + (digit - '0');
      if (++count == step) flush();
    }
  }
  flush();
  return value;
}

std::ptrdiff_t size_of(string_view text) { return static_cast<std::ptrdiff_t>(text.size()); }

std::size_t count_zeros(string_view digits) {
  return std::min(digits.find_first_not_of('0'), digits.size());
}

}  // namespace

DecimalText DecimalText::scan(string_view text, Form form) {
  DecimalText parts;
  parts.complete = take_all(text, form, parts);
  return parts;
}

std::optional<int> DecimalText::exponent_value() const {
  int value = 0;
  for (char digit : exponent) {
    value = value * 10 + (digit - '0');
    if (value > exponent_max) return std::nullopt;
  }
  return exponent_negative ? -value : value;
}

std::ptrdiff_t DecimalText::count_places(int exponent_value) const {
  return std::max<std::ptrdiff_t>(0, size_of(fraction) - exponent_value);
}

std::ptrdiff_t DecimalText::count_significant(int exponent_value) const {
  std::size_t zeros = count_zeros(whole);
  if (zeros == whole.size()) zeros += count_zeros(fraction);
  std::ptrdiff_t written = size_of(whole) + size_of(fraction) - static_cast<std::ptrdiff_t>(zeros);
  std::ptrdiff_t added = std::max<std::ptrdiff_t>(0, exponent_value - size_of(fraction));
  return written == 0 ? 0 : written + added;
}

bool DecimalText::in_bounds(int exponent_value) const {
  return count_significant(exponent_value) <= digits_max &&
         count_places(exponent_value) <= places_max;
}

Decimal DecimalText::build(int exponent_value) const {
  int exponent_left = exponent_value - static_cast<int>(fraction.size());
  if (whole.size() + fraction.size() <= small_digits_max) {
    Int128 coefficient = read_small(fraction, read_small(whole, 0));
    return Decimal::of(negative ? -coefficient : coefficient, -exponent_left);
  }
  Decimal value = read_digits(whole, fraction);
  if (negative) value = -value;
  return exponent_left == 0 ? value : value * Decimal::ten_to(exponent_left);
}

}  // namespace levy
