// Scale: where a value lies on an axis, in whole dots. Exact: linear positions are rationals until
// the last moment, and a logarithm is taken in integers, to more places than a screen has dots.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "money/rational.h"

namespace levy {

struct Tick {
  Rational value;
  std::string label;  // "0.5", "20000"
};

class Scale {
 public:
  // Values low to high lie on dots 0 to dots - 1; low < high, and 0 < low where it is logarithmic.
  Scale(Rational low, Rational high, int dots, bool logarithmic = false);

  const Rational& low() const { return low_; }
  const Rational& high() const { return high_; }
  int dots() const { return dots_; }
  bool is_logarithmic() const { return logarithmic_; }
  int position(const Rational& value) const;  // beyond the ends: below 0, above dots - 1
  // Round values, at most `count` of them or a few more.
  std::vector<Tick> ticks(int count) const;

 private:
  std::vector<Tick> decades(int count) const;
  Rational low_, high_;
  int dots_;
  bool logarithmic_;
  std::int64_t log_low_ = 0, log_range_ = 0;
};

// The binary logarithm of a positive value, times 2^24, rounded down to within one unit.
std::int64_t log2_scaled(Rational value);

// The smallest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is >= value > 0.
Rational round_up_nicely(const Rational& value);

}  // namespace levy
