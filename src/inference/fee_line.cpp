#include "inference/fee_line.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ensure.h"

namespace levy::inference {
namespace {

// Lines are compared in sixteenths of a fee unit, so that half a unit is whole. A strip is wider by
// one of them at an end that belongs to it, so that a region keeps an area where ties pin a line
// from both sides, and narrower at one that does not. What is found is checked exactly afterwards.
constexpr std::int64_t fine = 16;
constexpr std::int64_t slope_of_percent = fine * fee_units / 100;

Decimal base_of_unit(int digits) { return Decimal(fine * fee_units) * Decimal::ten_to(digits); }

Int128 whole(const Decimal& value) {
  constexpr std::int64_t part = 1'000'000'000'000'000;
  Division division = divide_floor(value, Decimal(part));
  std::optional<std::int64_t> high = division.quotient.minor_units(0);
  std::optional<std::int64_t> low = division.remainder.minor_units(0);
  ensure(high && low, "a line's figures are within 128 bits");
  return Int128{*high} * part + *low;
}

struct Strip {
  std::int64_t low = 0, high = 0;
  bool has_low = true, has_high = true;  // the ends belong to it
};

// Half a quantum both ways; which ends are rounded here the mode says.
Strip nearest_strip(const FeePoint& point, FeeRounding rounding) {
  std::int64_t middle = fine * point.fee, half = fine / 2 * rounding.quantum;
  Strip strip{middle - half, middle + half};
  if (rounding.mode == RoundingMode::half_even) {
    strip.has_low = strip.has_high = point.fee / rounding.quantum % 2 == 0;
  } else {
    // Ties go away from 0, or towards it.
    bool away = rounding.mode == RoundingMode::half_up;
    strip.has_low = point.fee == 0 ? !away : (point.fee > 0) == away;
    strip.has_high = point.fee == 0 ? !away : (point.fee < 0) == away;
  }
  return strip;
}

// A whole quantum away from 0, or towards it. Only 0 itself is rounded up to 0.
Strip directed_strip(const FeePoint& point, FeeRounding rounding) {
  std::int64_t middle = fine * point.fee, step = fine * rounding.quantum;
  bool up = rounding.mode == RoundingMode::up;
  if (point.fee == 0 && up) return {middle, middle};
  if (point.fee == 0) return {middle - step, middle + step, false, false};
  bool below = (point.fee > 0) == up;
  return below ? Strip{middle - step, middle, false, true}
               : Strip{middle, middle + step, true, false};
}

// Of the line's value before rounding; nothing: no value is rounded to this fee.
std::optional<Strip> strip_of(const FeePoint& point, FeeRounding rounding) {
  if (point.fee % rounding.quantum != 0) return std::nullopt;
  return is_to_nearest(rounding.mode) ? nearest_strip(point, rounding)
                                      : directed_strip(point, rounding);
}

}  // namespace

const std::vector<RoundingMode>& inferred_modes() {
  static const std::vector<RoundingMode> modes = {RoundingMode::half_even, RoundingMode::half_up,
                                                  RoundingMode::half_down, RoundingMode::up,
                                                  RoundingMode::down};
  return modes;
}

bool is_to_nearest(RoundingMode mode) {
  return mode != RoundingMode::up && mode != RoundingMode::down;
}

bool clip(LineRegion& region, const FeePoint& point, FeeRounding rounding) {
  std::optional<Strip> strip = strip_of(point, rounding);
  return strip && region.clip(point.amount, strip->low + (strip->has_low ? -1 : 1),
                              strip->high + (strip->has_high ? 1 : -1));
}

// ---- short decimals
// ------------------------------------------------------------------------------

int count_digits(const Decimal& value) {
  std::string digits;
  for (char c : value.to_string())
    if (c >= '0' && c <= '9') digits += c;
  std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return 0;
  std::size_t last = value.is_integer() ? digits.find_last_not_of('0') : digits.size() - 1;
  return static_cast<int>(last - first + 1);
}

std::vector<Decimal> shortest_decimals(const Rational& low, const Rational& high) {
  if (low.sign() <= 0 && high.sign() >= 0) return {Decimal(0)};
  for (int exponent = 13; exponent >= -12; --exponent) {
    Decimal step = Decimal::ten_to(exponent);
    Rational scale = Decimal::ten_to(-exponent);
    Decimal first = (low * scale).ceiling(), last = (high * scale).floor();
    if (last < first) continue;
    Decimal middle = ((low + high) * scale / Rational(2)).floor();
    std::vector<Decimal> found;
    for (int offset : {0, 1, -1}) {
      Decimal one = middle + Decimal(offset);
      if (one >= first && one <= last) found.push_back(one * step);
    }
    if (found.empty()) found.push_back(first * step);
    return found;
  }
  return {};
}

// ---- one line
// ------------------------------------------------------------------------------------

LineCheck::LineCheck(const FeeLine& line, int digits, FeeRounding rounding) : rounding_(rounding) {
  Decimal slope = line.percent * Decimal(slope_of_percent);
  Decimal base = line.flat * base_of_unit(digits);
  Decimal scale = Decimal::ten_to(std::max(slope.scale(), base.scale()));
  slope_ = whole(slope * scale);
  base_ = whole(base * scale);
  denominator_ = whole(scale);
}

bool LineCheck::explains(const FeePoint& point) const {
  std::optional<Strip> strip = strip_of(point, rounding_);
  if (!strip) return false;
  Int128 value = slope_ * point.amount + base_;
  Int128 low = denominator_ * strip->low, high = denominator_ * strip->high;
  return (strip->has_low ? value >= low : value > low) &&
         (strip->has_high ? value <= high : value < high);
}

int cost_of(const FeeLine& line, int digits) {
  int cost = count_digits(line.percent) + count_digits(line.flat);
  if (!line.percent.is_zero()) cost += 2;
  if (!line.flat.is_zero()) cost += 2;
  return cost + std::max(0, line.flat.scale() - digits) * 2;
}

namespace {

// ---- the line of a region
// ------------------------------------------------------------------------

struct ShortLine {
  FeeLine line;
  int cost = 0;
};

// The lines of the region that can be written shortest, the shortest first.
class Shortest {
 public:
  Shortest(const LineRegion& region, int digits) : region_(region), digits_(digits) {}

  std::vector<ShortLine> run() {
    add_flats(Decimal(0));
    if (std::optional<RationalInterval> slopes = region_.slopes_at(Rational(0)))
      for (const Decimal& percent :
           shortest_decimals(percent_of(slopes->low), percent_of(slopes->high)))
        add({percent, Decimal(0)});
    RationalInterval slopes = region_.slopes();
    Rational low = percent_of(slopes.low), high = percent_of(slopes.high);
    int levels = 0;
    for (int places = 0; places <= 10 && levels < 2; ++places)
      levels += add_percents(low, high, places) ? 1 : 0;
    std::stable_sort(found_.begin(), found_.end(),
                     [](const ShortLine& a, const ShortLine& b) { return a.cost < b.cost; });
    return std::move(found_);
  }

 private:
  static Rational percent_of(const Rational& slope) { return slope / Rational(slope_of_percent); }

  void add(FeeLine line) {
    int cost = cost_of(line, digits_);
    found_.push_back({std::move(line), cost});
  }

  void add_flats(const Decimal& percent) {
    std::optional<RationalInterval> bases =
        region_.bases_at(Rational(percent * Decimal(slope_of_percent)));
    if (!bases) return;
    Rational unit = base_of_unit(digits_);
    for (const Decimal& flat : shortest_decimals(bases->low / unit, bases->high / unit))
      add({percent, flat});
  }

  // Of so many places; where there are many, some in the middle.
  bool add_percents(const Rational& low, const Rational& high, int places) {
    constexpr int tried_max = 24;
    Rational scale = Decimal::ten_to(places);
    Decimal first = (low * scale).ceiling(), last = (high * scale).floor();
    if (last < first) return false;
    Decimal middle = ((low + high) * scale / Rational(2)).floor();
    first = std::max(first, middle - Decimal(tried_max / 2));
    last = std::min(last, middle + Decimal(tried_max / 2));
    for (Decimal one = first; one <= last; one += Decimal(1))
      if (!one.is_zero()) add_flats(one * Decimal::ten_to(-places));
    return true;
  }

  const LineRegion& region_;
  int digits_;
  std::vector<ShortLine> found_;
};

}  // namespace

RationalInterval percents_of(const RationalInterval& slopes) {
  Rational percent(slope_of_percent);
  return {slopes.low / percent, slopes.high / percent};
}

RationalInterval flats_of(const RationalInterval& bases, int digits) {
  Rational unit = base_of_unit(digits);
  return {bases.low / unit, bases.high / unit};
}

std::vector<FeeLine> shortest_lines(const LineRegion& region, int digits) {
  std::vector<FeeLine> lines;
  for (ShortLine& candidate : Shortest(region, digits).run())
    lines.push_back(std::move(candidate.line));
  return lines;
}

}  // namespace levy::inference
