// PiecewiseFigure: one figure of a series, such as its cost, along all amounts.
//
//   1 %, at least 0.50 EUR, of withdrawals       segment [0.00, 50.00]: 0.50
//                                                segment [50.01, ...]: 0.01 * x, rounded
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "curves/series.h"

namespace levy::curves {

// A settled range with the figure's form on it; or why there is no figure (the code is
// undecidable where the rules cannot be settled for so many amounts).
struct Segment {
  fees::AmountRange amounts;
  Checked<fees::Form> form;
};

struct PiecewiseFigure {
  std::vector<Segment> segments;  // ascending, without gap or overlap
  // The figure at one amount; none where there is none.
  std::function<std::optional<Rational>(const Rational& amount)> at;
};

// Which figure of an evaluation; a fault where it cannot be said (a rate is missing).
using FigureOf = std::function<Checked<fees::Form>(const fees::Evaluation&)>;

// Borrows the series.
PiecewiseFigure piecewise_figure(const Series& series, const FigureOf& figure);

// What the operation costs altogether, in `currency`: all that is debited less what arrives, so
// that a margin inside the rate counts. Amounts in other currencies are valued at the mid rate;
// code missing_rate.
Checked<fees::Form> cost_in(const fees::Evaluation& result, Currency currency,
                            const facts::Rates* rates);
// The fees collected, in `currency`, valued in the same way; a margin is no fee.
Checked<fees::Form> fees_in(const fees::Evaluation& result, Currency currency,
                            const facts::Rates* rates);

// The nearer of two ends; none: without end.
std::optional<Rational> earlier(const std::optional<Rational>& a, const std::optional<Rational>& b);

}  // namespace levy::curves
