// One price: a percentage and what is added; whether it explains a row, and the shortest way to
// write one of many that do.
//
// An amount is in minor units; a fee is in units of which `fee_units` make one minor unit, so that
// fees finer than a minor unit are whole numbers too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "inference/line_region.h"
#include "money/rounding.h"

namespace levy::inference {

inline constexpr std::int64_t fee_units = 10'000;
inline constexpr std::int64_t inferred_amount_max = 10'000'000'000'000;  // minor units

struct FeePoint {
  std::int64_t amount = 0, fee = 0;
  std::uint32_t rows = 1;    // that say so
  std::uint32_t source = 0;  // whoever made the points knows what it is
};

// How the line's value became a fee.
struct FeeRounding {
  RoundingMode mode = RoundingMode::half_even;
  std::int64_t quantum = fee_units;
  bool operator==(const FeeRounding&) const = default;
};
// half-even first, as it need not be written: half-up, half-down, up, down.
const std::vector<RoundingMode>& inferred_modes();
// To the nearest: they differ at ties only.
bool is_to_nearest(RoundingMode mode);

// Percent of the amount, and what is added, in the currency's units.
struct FeeLine {
  Decimal percent, flat;
  bool operator==(const FeeLine&) const = default;
};

// Does the line, rounded so, come to the point's fee?
class LineCheck {
 public:
  LineCheck(const FeeLine& line, int digits, FeeRounding rounding);
  bool explains(const FeePoint& point) const;

 private:
  Int128 slope_ = 0, base_ = 0, denominator_ = 1;
  FeeRounding rounding_;
};

// Cuts off the lines that do not come to the point's fee, but for a hair. False: no line would be
// left, and nothing is cut.
bool clip(LineRegion& region, const FeePoint& point, FeeRounding rounding);
// Percentages and flat prices for slopes and bases of a region.
RationalInterval percents_of(const RationalInterval& slopes);
RationalInterval flats_of(const RationalInterval& bases, int digits);

// The lines of the region that can be written shortest, the shortest first.
std::vector<FeeLine> shortest_lines(const LineRegion& region, int digits);
// Parts, digits, and places that the currency does not have.
int cost_of(const FeeLine& line, int digits);

// The decimals with the fewest digits in the interval, at most three, the middle ones first.
std::vector<Decimal> shortest_decimals(const Rational& low, const Rational& high);
int count_digits(const Decimal& value);  // significant

}  // namespace levy::inference
