// The one rounding function. Names are those of the General Decimal Arithmetic specification.
//
//                 2.5   3.5   -2.5   2.51  -2.51     (to 1)
//   half-even      2     4     -2     3     -3       ties to the even multiple
//   half-up        3     4     -3     3     -3       ties away from zero
//   half-down      2     3     -2     3     -3       ties towards zero
//   up             3     4     -3     3     -3       away from zero
//   down           2     3     -2     2     -2       towards zero
//   ceiling        3     4     -2     3     -2       towards +infinity
//   floor          2     3     -3     2     -3       towards -infinity
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "money/rational.h"

namespace levy {

enum class RoundingMode { half_even, half_up, half_down, up, down, ceiling, floor };

std::string_view to_string(RoundingMode mode);  // "half-even"
std::optional<RoundingMode> find_rounding_mode(std::string_view word);
std::vector<std::string> rounding_mode_words();

// Modes that treat both signs alike (towards or away from zero) repeat only where the sign stays.
bool depends_on_sign(RoundingMode mode);

// The multiple of `quantum` (> 0) that `mode` picks, directly from the exact value, once.
Decimal round(const Rational& value, const Decimal& quantum, RoundingMode mode);

bool is_multiple(const Rational& value, const Decimal& quantum);

}  // namespace levy
