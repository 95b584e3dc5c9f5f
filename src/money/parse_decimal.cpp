#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/suggest.h"
#include "money/decimal.h"
#include "money/decimal_text.h"
#include "money/likely_decimal.h"

namespace levy {
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
