// Plot segments: a figure's curve as it is drawn and tabulated, one line between two exact edges
// each.
#pragma once

#include <optional>
#include <vector>

#include "curves/piecewise_figure.h"

namespace levy::curves {

enum class Shown {
  fee,      // what is collected, in the operation's currency; of a conversion with its margin
  percent,  // the same, in percent of the amount
  net,      // what arrives
};

// On the amounts of one plot segment the figure runs along its line, up to what rounding does.
struct PlotSegment {
  Rational from;
  std::optional<Rational> until;      // included; none: without end
  const Diagnostic* fault = nullptr;  // why there is no figure; then all below is nothing
  Rational at_from;                   // exact, rounding included
  std::optional<Rational> at_until;   // none: without end
  fees::Form form;
};

// What is drawn of a series: the fee, or what arrives. A percentage is drawn of the fee.
PiecewiseFigure shown_figure(const Series& series, Shown shown);

// Why there is no figure anywhere; null: somewhere there is one.
const Diagnostic* find_reason(const PiecewiseFigure& figure);

// Neighbouring segments of one line are one plot segment. Faults are borrowed from the piecewise
// figure.
std::vector<PlotSegment> plot_segments_of(const PiecewiseFigure& figure);

// Inside `range`, which has an end. Steps (a fee per started block) that rise by more than
// `tolerance` become plot segments of their own, as far as plot_segments_max allows.
std::vector<PlotSegment> plot_segments_within(const Series& series, const PiecewiseFigure& figure,
                                              Shown shown, const fees::AmountInterval& range,
                                              const Rational& tolerance);

// Does the figure jump from one plot segment to the next, by more than its slope and roundings
// explain?
bool jumps(const PlotSegment& before, const PlotSegment& next, const Rational& unit);

}  // namespace levy::curves
