// Dear amounts: those whose fee may be more than that of two parts of them.
//
// Two parts cost at least the whole times the lowest rate (fee / amount) of any part. A whole that
// costs no more than that cannot be split with a gain, and nearly all are of this kind.
//
//   flat 1 EUR up to 100 EUR, 3 EUR above       dear: from 100.01 EUR up to 300 EUR
#pragma once

#include <vector>

#include "analysis/along.h"

namespace levy {

struct ChargedRange {
  Range range;       // from is above 0
  Form fee;          // before rounding, of all currencies added up
  bool any = false;  // what the second part costs depends on the first, or the form only bounds it
};

// Ascending, as the ranges are; `unit` lies between an amount and the next.
std::vector<Range> find_dear(const std::vector<ChargedRange>& charged, const Rational& unit);

}  // namespace levy
