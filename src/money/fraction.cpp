#include "money/fraction.h"

#include <algorithm>
#include <string>
#include <utility>

namespace levy {
namespace {

Diagnostic bad_fraction(std::size_t column, std::size_t width, FractionOf parts,
                        std::string message) {
  Diagnostic fault;
  fault.code = Code::bad_decimal;
  fault.message = std::move(message);
  fault.remedy = parts == FractionOf::whole_numbers
                     ? "write a decimal, \"1.75\", or a fraction of two whole numbers, \"100/11\""
                     : "write a decimal, \"1.0852\", or a fraction of two, \"100/6.332\"";
  fault.place.column = column;
  fault.place.width = std::max<std::size_t>(1, width);
  return fault;
}

// A number that stands at `column` of a fraction.
Checked<Decimal> parse_part(std::string_view text, std::size_t column, FractionOf parts) {
  Checked<Decimal> value = parse_decimal(text);
  if (!value) {
    Diagnostics faults = std::move(value).faults();
    for (Diagnostic& fault : faults) fault.place.column += column - 1;
    return faults;
  }
  bool allowed = parts == FractionOf::decimals || text.find('.') == std::string_view::npos;
  if (allowed) return value;
  return bad_fraction(column, text.size(), parts,
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
  Checked<Decimal> above = parse_part(text.substr(0, bar), 1, parts);
  if (!above) return std::move(above).faults();
  Checked<Decimal> below = parse_part(text.substr(bar + 1), bar + 2, parts);
  if (!below) return std::move(below).faults();
  if (below->sign() > 0) return Rational(*above) / Rational(*below);
  return bad_fraction(bar + 2, text.size() - bar - 1, parts,
                      "the number below the fraction's bar is not above 0");
}

}  // namespace levy
