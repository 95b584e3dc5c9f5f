// One class of operations under two versions; used by diff.cpp.
#pragma once

#include <vector>

#include "analysis/diff.h"
#include "analysis/diff_points.h"

namespace levy {

struct DiffRates {
  const Rates* rates = nullptr;  // null: none
  bool nominal = false;          // every currency at 1: margins are compared, not what arrives
};

// What of an operation is held against each other, the same for all of its cells.
struct DiffScope {
  const Plan& before;
  const Plan& after;
  const DiffRates& rates;
  const std::vector<Dimension>& dimensions;
  const Trials& trials;
};

// Whether all that this operation's cost depends on reads the same in both.
bool same_rules(const Plan& before, const Plan& after, const std::string& operation);

bool same_figure(const FigureDiff& a, const FigureDiff& b);
bool same_figures(const std::vector<FigureDiff>& a, const std::vector<FigureDiff>& b);

// What changes over the amounts; over each quantity, the others being as usual; and over the
// amounts at each of the trials, where that is not said by it. Empty: nothing.
std::vector<CellDiff> diff_cell(const DiffScope& scope, const Cell& cell);

}  // namespace levy
