#include "render/scale.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy {
namespace {

constexpr int log_bits = 24, mantissa_bits = 30;
constexpr int beyond = 1'000'000;  // as far outside as a position is told

int to_int(const Decimal& whole) {
  if (whole > Decimal(beyond)) return beyond;
  if (whole < Decimal(-beyond)) return -beyond;
  return static_cast<int>(*whole.minor_units(0));
}

// The exponent of the power of ten at or below `value`.
int decade_of(const Rational& value) {
  int exponent = 0;
  while (Rational(Decimal::ten_to(exponent)) > value) --exponent;
  while (Rational(Decimal::ten_to(exponent + 1)) <= value) ++exponent;
  return exponent;
}

}  // namespace

// Squaring doubles the logarithm: each time the value passes 2 one more bit is set.
std::int64_t log2_scaled(Rational value) {
  ensure(value.sign() > 0, "only positive values have a logarithm");
  std::int64_t whole = 0;
  const Rational two = 2, much = Rational(std::int64_t{1} << 32);
  while (value >= much) value = value / much, whole += 32;
  while (value >= two) value = value / two, ++whole;
  while (value < Rational(1)) value = value * two, --whole;
  std::uint64_t mantissa = static_cast<std::uint64_t>(
      *(value * Rational(std::int64_t{1} << mantissa_bits)).floor().minor_units(0));
  std::int64_t result = whole;
  for (int bit = 0; bit < log_bits; ++bit) {
    mantissa = (mantissa * mantissa) >> mantissa_bits;
    result *= 2;
    if (mantissa < (std::uint64_t{2} << mantissa_bits)) continue;
    mantissa >>= 1;
    ++result;
  }
  return result;
}

Rational round_up_nicely(const Rational& value) {
  Rational power = Decimal::ten_to(decade_of(value));
  for (int tenths : {10, 15, 20, 25, 30, 40, 50, 60, 80}) {
    Rational nice = power * Rational(Decimal::of(tenths, 1));
    if (nice >= value) return nice;
  }
  return power * Rational(10);
}

Scale::Scale(Rational low, Rational high, int dots, bool logarithmic)
    : low_(std::move(low)), high_(std::move(high)), dots_(dots), logarithmic_(logarithmic) {
  ensure(low_ < high_ && dots_ > 1, "an axis has a length");
  if (!logarithmic_) return;
  log_low_ = log2_scaled(low_);
  log_range_ = std::max<std::int64_t>(1, log2_scaled(high_) - log_low_);
}

int Scale::position(const Rational& value) const {
  const Rational half = Rational(Decimal::of(5, 1));
  if (!logarithmic_)
    return to_int(((value - low_) / (high_ - low_) * Rational(dots_ - 1) + half).floor());
  if (value.sign() <= 0) return -beyond;
  Rational along(log2_scaled(value) - log_low_);
  return to_int((along / Rational(log_range_) * Rational(dots_ - 1) + half).floor());
}

std::vector<Tick> Scale::decades(int count) const {
  std::vector<Tick> ticks;
  int first = decade_of(low_), last = decade_of(high_);
  int every = std::max(1, (last - first + count - 1) / std::max(1, count));
  bool between = (last - first + 1) * 3 <= count;
  for (int exponent = first; exponent <= last; exponent += every) {
    for (int digit : {1, 2, 5}) {
      if (digit > 1 && !between) break;
      Decimal value = Decimal::ten_to(exponent) * Decimal(digit);
      if (Rational(value) >= low_ && Rational(value) <= high_)
        ticks.push_back({value, value.to_string()});
    }
  }
  return ticks;
}

std::vector<Tick> Scale::ticks(int count) const {
  if (logarithmic_) return decades(count);
  Rational wanted = (high_ - low_) / Rational(std::max(1, count));
  Rational step = Decimal::ten_to(decade_of(wanted));
  for (int factor : {1, 2, 5, 10}) {
    if (step * Rational(factor) < wanted) continue;
    step = step * Rational(factor);
    break;
  }
  std::vector<Tick> ticks;
  for (Rational value = Rational((low_ / step).ceiling()) * step; value <= high_; value += step)
    ticks.push_back({value, value.to_string()});
  std::size_t places = 0;  // one width for all: 0.0, 0.5, 1.0
  for (const Tick& tick : ticks) {
    std::size_t point = tick.label.find('.');
    if (point != std::string::npos) places = std::max(places, tick.label.size() - point - 1);
  }
  for (Tick& tick : ticks) tick.label = tick.value.to_string(static_cast<int>(places));
  return ticks;
}

}  // namespace levy
