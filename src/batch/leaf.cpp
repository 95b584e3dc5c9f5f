#include "batch/leaf.h"

#include "base/ensure.h"

namespace levy {
namespace {

// What is left after the floored quotient.
enum Beyond : unsigned { nothing, below_half, half, above_half };

// Is the quotient one more, the sum being above zero or not?
bool steps_up(RoundingMode mode, unsigned beyond, bool is_odd, bool above_zero) {
  switch (mode) {
    case RoundingMode::half_even:
      return beyond == above_half || (beyond == half && is_odd);
    case RoundingMode::half_up:
      return beyond == above_half || (beyond == half && above_zero);
    case RoundingMode::half_down:
      return beyond == above_half || (beyond == half && !above_zero);
    case RoundingMode::up:
      return beyond != nothing && above_zero;
    case RoundingMode::down:
      return beyond != nothing && !above_zero;
    case RoundingMode::ceiling:
      return beyond != nothing;
    case RoundingMode::floor:
      return false;
  }
  ensure(false, "every rounding mode rounds");
  return false;
}

}  // namespace

LeafRounding leaf_rounding(const LeafSum& sum, std::uint64_t divisor, RoundingMode mode,
                           bool below_zero) {
  ensure(divisor >= 2, "2^64 / 1 would not fit");
  __extension__ using Wide = unsigned __int128;
  LeafRounding rounding;
  rounding.sum = sum;
  rounding.divisor = divisor;
  rounding.inverse = static_cast<std::uint64_t>((Wide{1} << 64) / divisor);
  if (below_zero) rounding.lift = static_cast<std::int64_t>((std::uint64_t{1} << 62) / divisor + 1);
  rounding.lift_sum = static_cast<std::uint64_t>(rounding.lift) * divisor;
  for (unsigned which = 0; which < 16; ++which) {
    bool up = steps_up(mode, which & 3, (which & 4) != 0, (which & 8) != 0);
    rounding.steps |= unsigned{up} << which;
  }
  return rounding;
}

}  // namespace levy
