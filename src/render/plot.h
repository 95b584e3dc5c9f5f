// Plot: curves ready to be drawn, on a terminal or as SVG.
#pragma once

#include <string>
#include <vector>

#include "analysis/strokes.h"
#include "render/scale.h"

namespace levy {

struct PlotLine {
  std::string label;
  std::vector<Stroke> strokes;      // inside the plot's range, where there is a figure
  std::vector<std::string> joined;  // the labels of lines that are the same, in the label too
  std::string missing;              // where there are no strokes: why there is no figure
};

struct Plot {
  std::string title;        // "Fees of withdrawal"
  std::string description;  // what a reader who does not see it is told: every exact edge
  std::string x_name, y_name;
  Shown shown = Shown::fee;
  bool logarithmic = false;
  AmountRange range;   // with an end
  Rational unit;       // of amounts
  Rational low, high;  // of the figure
  std::vector<PlotLine> lines;
};

struct PlotWords {
  std::string operation;
  std::vector<std::string> labels;  // one a series
  bool logarithmic = false;
  AmountRange range;  // asked; without an end: as far as there is something to see
};

// One line a series, and one for all that are the same; without a figure it has no strokes. Where
// no series has a curve: no lines.
Plot plot_of(const std::vector<const Series*>& series, Shown shown, const PlotWords& words);

// What the figure is at an amount (> 0 for a percentage), given the fee or what arrives.
Rational shown_value(Shown shown, const Rational& amount, const Rational& value);
// On the straight line between the stroke's ends.
Rational value_on(const Stroke& stroke, const Rational& amount);
std::string shown_name(Shown shown);  // "Fees", "Fees in percent of the amount", "Arrives"

// A point in dots, from the left and from the bottom.
struct Dot {
  int x = 0, y = 0;
};
Dot dot_of(const Plot& plot, const Scale& x, const Scale& y, const Rational& amount,
           const Rational& value);
// The stroke as a chain of points, no two of which are further apart than the curve is straight.
std::vector<Dot> chain_of(const Plot& plot, const Stroke& stroke, const Scale& x, const Scale& y);

// Where the curve jumps: the end that belongs to it, and the one that does not.
struct Jump {
  Dot closed, open;
};
std::vector<Jump> jumps_of(const Plot& plot, const PlotLine& line, const Scale& x, const Scale& y);

}  // namespace levy
