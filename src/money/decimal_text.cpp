#include "money/decimal_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "money/decimal.h"
#include "money/likely.h"

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

namespace {

using std::string_view;

// --- Outside the grammar ---

struct Mistake {
  string_view starts;  // what stands where the grammar ends
  string_view message;
};
constexpr string_view separators = "a number has no thousands separators";
constexpr string_view spaces = "a number has no spaces";
constexpr string_view other_digits = "a number is written with the digits 0 to 9 of ASCII";
constexpr string_view not_finite = "NaN and Infinity are not decimals";
constexpr std::array mistakes = {
    Mistake{"+", "a number has no plus sign"},
    Mistake{string_view("\0", 1), "a number has no NUL byte"},
    Mistake{" ", spaces},
    Mistake{"\t", spaces},
    Mistake{"\n", spaces},
    Mistake{"\r", spaces},
    Mistake{"\u00a0", spaces},
    Mistake{"\u2009", spaces},
    Mistake{"\u202f", spaces},
    Mistake{"\u3000", spaces},
    Mistake{"_", separators},
    Mistake{"'", separators},
    Mistake{"\u2019", separators},
    Mistake{"%", "a number has no percent sign"},
    Mistake{"\u2212", "the minus sign is the ASCII \"-\""},
    Mistake{"\ufeff", "a number has no byte order mark"},
    Mistake{"\uff0e", "the decimal point is the ASCII \".\""},
    Mistake{"\xef\xbc", other_digits},  // full-width forms
    Mistake{"\xd9", other_digits},      // Arabic-Indic
    Mistake{"\xdb", other_digits},
    Mistake{"nan", not_finite},
    Mistake{"NaN", not_finite},
    Mistake{"NAN", not_finite},
    Mistake{"inf", not_finite},
    Mistake{"Inf", not_finite},
    Mistake{"INF", not_finite},
};

// `readings`: how many numbers the text may mean.
string_view comma_message(string_view text, std::size_t readings) {
  if (readings == 2) return "a comma may be a decimal point or a thousands separator";
  std::size_t point = text.rfind('.');
  bool point_follows = point != string_view::npos && point > text.rfind(',');
  bool many = std::count(text.begin(), text.end(), ',') > 1;
  return many || point_follows ? separators : "the decimal point is a point, not a comma";
}

string_view mistake_at(string_view text, std::size_t at, std::size_t readings) {
  string_view rest = text.substr(at);
  if (text.empty()) return "a number is missing";
  bool after_point = at > 0 && text[at - 1] == '.';
  if (rest.empty() && after_point) return "a number has a digit after its point";
  if (rest.starts_with('0')) return "a number has no leading zeros";
  if (rest.starts_with('.') && (at == 0 || text[at - 1] == '-')) {
    return "a number has a digit before its point";
  }
  if (rest.starts_with('.')) return readings > 0 ? separators : "a number has one point";
  if (rest.starts_with(',')) return comma_message(text, readings);
  bool after_digit = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
  if (after_digit && (rest.starts_with('e') || rest.starts_with('E'))) {
    return "a number has no exponent here";
  }
  for (const Mistake& mistake : mistakes) {
    if (rest.starts_with(mistake.starts)) return mistake.message;
  }
  return "a number has digits, at most one point and perhaps a minus sign before them";
}

Diagnostic grammar_fault(string_view text, std::size_t at) {
  auto is_tail = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t end = at + 1;
  while (end < text.size() && is_tail(text[end])) ++end;
  auto readings = likely_decimals(text);
  return text_fault(text, at, end, Code::bad_decimal, mistake_at(text, at, readings.size()),
                    "write " + (readings.empty() ? "a decimal, such as 12.50" : join_or(readings)));
}

// --- Bounds ---

Diagnostic bounds_fault(string_view text, const std::string& message, std::string remedy) {
  return text_fault(text, 0, text.size(), Code::precision, message, std::move(remedy));
}

std::string at_most(int count, string_view what) {
  return "write at most " + std::to_string(count) + " " + std::string(what);
}

Checked<Decimal> build_checked(string_view text, const DecimalText& parts, int exponent) {
  if (parts.in_bounds(exponent)) return parts.build(exponent);
  if (auto significant = parts.count_significant(exponent); significant > digits_max) {
    return bounds_fault(text, "the number has " + std::to_string(significant) + " digits",
                        at_most(digits_max, "significant digits"));
  }
  auto places = std::to_string(parts.count_places(exponent));
  return bounds_fault(text, "the number has " + places + " digits after its point",
                      at_most(places_max, "digits after the point"));
}

Diagnostic exponent_fault(string_view text) {
  std::string bound = std::to_string(exponent_max);
  return bounds_fault(text, "the number's exponent is beyond " + bound,
                      "write an exponent from -" + bound + " to " + bound);
}

}  // namespace

Checked<Decimal> parse_decimal(string_view text) {
  auto parts = DecimalText::scan(text, DecimalText::Form::plain);
  if (!parts.complete) return grammar_fault(text, parts.stop);
  return build_checked(text, parts, 0);
}

Checked<Decimal> parse_json_number(string_view literal) {
  auto parts = DecimalText::scan(literal, DecimalText::Form::json);
  if (!parts.complete) return grammar_fault(literal, parts.stop);
  auto exponent = parts.exponent_value();
  if (!exponent) return exponent_fault(literal);
  return build_checked(literal, parts, *exponent);
}

}  // namespace levy
