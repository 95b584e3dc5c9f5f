#include "money/fraction.h"

#include <string>
#include <utility>

namespace levy {
namespace {

Diagnostic bad_fraction(std::size_t begin, std::size_t end, FractionOf parts,
                        std::string message) {
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
