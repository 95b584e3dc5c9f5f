#include "batch/leaf.h"

#include "base/ensure.h"

namespace levy {
namespace {

__extension__ typedef unsigned __int128 UnsignedInt128;

struct Quotient {
  std::int64_t whole;      // floored
  std::int64_t remainder;  // 0 <= remainder < divisor
};

// With the inverse a multiplication does: it falls short of the true quotient by one at most.
Quotient divide(std::int64_t sum, const LeafRounding& rounding) {
  bool negative = sum < 0;
  auto size = static_cast<std::uint64_t>(negative ? -sum : sum);
  auto divisor = static_cast<std::uint64_t>(rounding.divisor);
  auto whole =
      static_cast<std::uint64_t>((static_cast<UnsignedInt128>(size) * rounding.inverse) >> 64);
  std::uint64_t rest = size - whole * divisor;
  if (rest >= divisor) {
    ++whole;
    rest -= divisor;
  }
  if (!negative) return {static_cast<std::int64_t>(whole), static_cast<std::int64_t>(rest)};
  if (rest == 0) return {-static_cast<std::int64_t>(whole), 0};
  return {-static_cast<std::int64_t>(whole) - 1, static_cast<std::int64_t>(divisor - rest)};
}

}  // namespace

// As money/rounding.h's round, on floored quotients.
std::int64_t round_sum(std::int64_t sum, const LeafRounding& rounding) {
  Quotient q = divide(sum, rounding);
  if (q.remainder == 0) return q.whole;
  std::int64_t rest = rounding.divisor - q.remainder;  // to the next one up
  switch (rounding.mode) {
    case RoundingMode::half_even:
      return q.whole + (q.remainder > rest || (q.remainder == rest && (q.whole & 1) != 0));
    case RoundingMode::half_up:
      return q.whole + (q.remainder > rest || (q.remainder == rest && sum > 0));
    case RoundingMode::half_down:
      return q.whole + (q.remainder > rest || (q.remainder == rest && sum < 0));
    case RoundingMode::up:
      return q.whole + (sum > 0);
    case RoundingMode::down:
      return q.whole + (sum < 0);
    case RoundingMode::ceiling:
      return q.whole + 1;
    case RoundingMode::floor:
      return q.whole;
  }
  ensure(false, "every rounding mode rounds");
  return 0;
}

}  // namespace levy
