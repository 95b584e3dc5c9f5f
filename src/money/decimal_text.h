// The grammar of decimals, below parse_decimal and the remedies of its faults.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "money/decimal.h"

namespace levy {

// A number's text, taken apart.
struct DecimalText {
  enum class Form { plain, json };  // json: an exponent may follow

  bool negative = false;
  std::string_view whole, fraction;  // digits, as written
  bool exponent_negative = false;
  std::string_view exponent;  // digits, as written; empty: none
  std::size_t stop = 0;       // bytes that keep the grammar
  bool complete = false;      // ... which is all of the text; otherwise the rest is not meaningful

  static DecimalText scan(std::string_view text, Form form);

  std::optional<int> exponent_value() const;  // 0 without one; nothing beyond exponent_max
  // Both as expanded by the exponent; significant digits count from the first that is not 0.
  std::ptrdiff_t count_places(int exponent_value) const;
  std::ptrdiff_t count_significant(int exponent_value) const;
  // Within digits_max and places_max.
  bool in_bounds(int exponent_value) const;
  Decimal build(int exponent_value) const;
};

}  // namespace levy
