// Split candidates: amounts whose fee may be more than that of two parts of them.
//
// Two parts cost at least the whole times the lowest rate (fee / amount) of any part. A whole that
// costs no more than that cannot be split with a gain, and nearly all are of this kind.
//
//   flat 1 EUR up to 100 EUR, 3 EUR above       candidates: from 100.01 EUR up to 300 EUR
#pragma once

#include <vector>

#include "curves/piece_query.h"

namespace levy::validation {

struct ChargedInterval {
  fees::AmountInterval range;  // from is above 0
  fees::Form fee;              // before rounding, of all currencies added up
  bool any = false;  // what the second part costs depends on the first, or the form only bounds it
};

// Ascending, as the ranges are; `unit` lies between an amount and the next.
std::vector<fees::AmountInterval> find_split_candidates(const std::vector<ChargedInterval>& charged,
                                                        const Rational& unit);

}  // namespace levy::validation
