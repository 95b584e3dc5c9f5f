// Equations with roundings in them, solved by arithmetic instead of by visiting amounts.
//
//   x - round(0.999999 x) = 5.00        has a million solutions, found as one run of them
#pragma once

#include "fees/solver.h"

namespace levy {

// Adds every amount of the piece at which its value is `target`. False, with nothing added, where
// the value depends on its roundings in a way that this does not follow: two that repeat only after
// long, one inside another, or a product of two figures.
//
// The piece's stretch has recorded its roundings (Stretch::record).
bool solve_by_lattice(const Piece& piece, const Rational& target, Found& found);

}  // namespace levy
