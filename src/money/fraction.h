// A share or rate as people write it: a decimal, or a fraction of two numbers.
//
//   "1.75"                       1.75
//   "100/11"                     9.0909..., exactly
//   "100/6.332"                  15.79..., where decimals are allowed
#pragma once

#include <string_view>

#include "base/checked.h"
#include "money/rational.h"

namespace levy {

enum class FractionOf { whole_numbers, decimals };

// The number below the bar is above 0. A fault's place carries only the column and width in `text`;
// its code is bad_decimal, or what parse_decimal says.
Checked<Rational> parse_fraction(std::string_view text, FractionOf parts);

}  // namespace levy
