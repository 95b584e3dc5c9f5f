#include "validation/split_candidates.h"

#include <algorithm>

namespace levy::validation {
namespace {

// The part of the range where the fee is more than `rate` times the amount.
std::optional<fees::AmountInterval> above_rate(const fees::Form& fee, const Rational& rate,
                                               fees::AmountInterval range) {
  Rational base = fee.base + fee.low(), slope = fee.slope() - rate;
  if (slope.is_zero()) return base.sign() > 0 ? std::optional(range) : std::nullopt;
  Rational crossing = -base / slope;
  if (slope.sign() > 0) {
    range.from = std::max(range.from, crossing);
  } else if (!range.until || crossing < *range.until) {
    range.until = crossing;
  }
  if (range.until && *range.until < range.from) return std::nullopt;
  return range;
}

// Ranges with no amount between them are one.
void add_range(std::vector<fees::AmountInterval>& ranges, const fees::AmountInterval& range,
               const Rational& unit) {
  bool next_to =
      !ranges.empty() && ranges.back().until && range.from <= *ranges.back().until + unit;
  if (next_to) {
    ranges.back().until = range.until;
  } else {
    ranges.push_back(range);
  }
}

}  // namespace

// Along an exact form the rate falls where the base is positive and rises where it is negative, so
// it is lowest at an end. Where it falls, no part of a whole in the same range is cheaper than the
// whole, and only the rates of earlier ranges count.
std::vector<fees::AmountInterval> find_split_candidates(const std::vector<ChargedInterval>& charged,
                                                        const Rational& unit) {
  std::vector<fees::AmountInterval> candidates;
  std::optional<Rational> lowest;  // rate so far
  for (const auto& [range, fee, any] : charged) {
    Rational base = fee.base + fee.low();
    auto add_rate = [&, &fee = fee](const Rational& x) {
      Rational rate = base / x + fee.slope();
      if (!lowest || rate < *lowest) lowest = rate;
    };
    bool whole = any || !fee.is_exact();
    if (!whole && base.sign() < 0) add_rate(range.from);
    std::optional<fees::AmountInterval> found = range;
    if (!whole) found = lowest ? above_rate(fee, *lowest, range) : std::nullopt;
    if (found) add_range(candidates, *found, unit);
    add_rate(range.from);
    if (range.until) add_rate(*range.until);
  }
  return candidates;
}

}  // namespace levy::validation
