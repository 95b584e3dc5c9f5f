// One class of operations under two versions; used by diff.cpp.
#pragma once

#include <vector>

#include "analysis/diff.h"

namespace levy {

struct DiffRates {
  const Rates* rates = nullptr;  // null: none
  bool nominal = false;          // every currency at 1: margins are compared, not what arrives
};

// What changes over the amounts, and over each quantity that is charged by, the others being usual.
// Empty: nothing.
std::vector<CellDiff> diff_cell(const Plan& before, const Plan& after, const Cell& cell,
                                const DiffRates& rates);

}  // namespace levy
