// Missing evidence: the smallest sets that would lift an account to a higher tier.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "limits/ladder.h"

namespace levy::limits {

// One piece of evidence that is not there, or not enough.
struct MissingEvidence {
  std::string evidence;
  std::size_t order = 0;  // of the evidence in the schedule
  std::optional<schedule::Figure>
      at_least;                       // of a number or an activity: as the schedule asks for it
  Rational threshold;                 // the same, in the meter's currency
  std::optional<Rational> value;      // of a number or an activity: what is there; none: not known
  Currency currency;                  // of the value; empty: a plain number
  std::optional<Instant> expired_at;  // of a document or approval that was there: until when
};

// In the evidence's order; empty: nothing is missing.
using MissingSet = std::vector<MissingEvidence>;

// Every set of which nothing can be left out, for what the tier and all tiers below it require:
// with any of them the account would stand there by its evidence. Shortest first, then by the
// evidence's order. Nothing missing is one empty set. Of more than 1024 sets as many of the
// shortest; then `complete` is false.
Checked<std::vector<MissingSet>> missing_for(const AccountSnapshot& snapshot, std::size_t tier,
                                             bool* complete = nullptr);

}  // namespace levy::limits
