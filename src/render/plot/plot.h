// Scale: where a value lies on an axis, in whole dots. Exact: linear positions are rationals until
// the last moment, and a logarithm is taken in integers, to more places than a screen has dots.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "curves/plot_segments.h"
#include "money/rational.h"

namespace levy::render::plot {

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

// Plot: curves ready to be drawn, on a terminal or as SVG.

struct PlotLine {
  std::string label;
  std::vector<curves::PlotSegment>
      plot_segments;                // inside the plot's range, where there is a figure
  std::vector<std::string> joined;  // the labels of lines that are the same, in the label too
  std::string missing;              // where there are no plot segments: why there is no figure
};

struct Plot {
  std::string title;        // "Fees of withdrawal"
  std::string description;  // what a reader who does not see it is told: every exact edge
  std::string x_name, y_name;
  curves::Shown shown = curves::Shown::fee;
  bool logarithmic = false;
  fees::AmountInterval range;  // with an end
  Rational unit;               // of amounts
  Rational low, high;          // of the figure
  std::vector<PlotLine> lines;
};

struct PlotWords {
  std::string operation;
  std::vector<std::string> labels;  // one a series
  bool logarithmic = false;
  fees::AmountInterval range;  // asked; without an end: as far as there is something to see
};

// One line a series, and one for all that are the same; without a figure it has no plot segments.
// Where no series has a curve: no lines.
Plot plot_of(const std::vector<const curves::Series*>& series, curves::Shown shown,
             const PlotWords& words);

// What the figure is at an amount (> 0 for a percentage), given the fee or what arrives.
Rational shown_value(curves::Shown shown, const Rational& amount, const Rational& value);
// On the straight line between the plot segment's ends.
Rational value_on(const curves::PlotSegment& plotted, const Rational& amount);
std::string shown_name(curves::Shown shown);  // "Fees", "Fees in percent of the amount", "Arrives"

// A point in dots, from the left and from the bottom.
struct Dot {
  int x = 0, y = 0;
};
Dot dot_of(const Plot& plot, const Scale& x, const Scale& y, const Rational& amount,
           const Rational& value);
// The plot segment as a chain of points, no two of which are further apart than the curve is
// straight.
std::vector<Dot> chain_of(const Plot& plot, const curves::PlotSegment& plotted, const Scale& x,
                          const Scale& y);

// Where the curve jumps: the end that belongs to it, and the one that does not.
struct Jump {
  Dot closed, open;
};
std::vector<Jump> jumps_of(const Plot& plot, const PlotLine& line, const Scale& x, const Scale& y);

}  // namespace levy::render::plot
