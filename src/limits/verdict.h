// Verdict: may this account do this operation, and if not, what would it take? Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "facts/operation.h"
#include "limits/missing_evidence.h"
#include "limits/profile.h"
#include "money/money.h"

namespace levy::limits {

// One limit that applies to the operation.
struct LimitState {
  const schedule::Limit* limit = nullptr;
  Currency currency;                 // of the figures below; empty: plain numbers
  std::optional<Rational> min, max;  // as they hold at the account's tier; none: no bound
  Rational used;                     // before the operation
  bool assumed = false;              // nobody gave `used`: it is taken as 0
  Rational after;                    // the value that is tested: min <= after <= max
  std::optional<Rational> headroom;  // max(0, max - used); none: without end
  bool holds = true;
  std::optional<Override> override_;    // what moved the max, where an override is in force
  std::optional<Rational> max_without;  // then: the max without it; none: no bound
};

struct Upgrade {
  std::string tier;
  std::vector<MissingSet> missing;  // any one of these sets of evidence would do
  bool all_listed = true;           // false: there are further, longer ones
};

// Borrows from the schedule.
struct Verdict {
  const schedule::Schedule* schedule = nullptr;
  facts::Operation operation;
  bool allowed = true;
  // Where the account stands; none: below the lowest tier, or there are no tiers, or not known.
  std::optional<std::string> tier;
  bool tier_known = false;
  std::vector<LimitState> limits;  // in the schedule's order
  std::vector<std::string> blocked_by;
  // The largest amount that would be allowed now; none: without end.
  std::optional<Money> max_amount;
  // What it must be at least, as the limits that apply say it in its own currency; none: nothing.
  std::optional<Money> minimum_amount;
  bool max_amount_known = true;                 // false: the fees are too irregular to say
  std::optional<Upgrade> allowed_at;            // when declined
  std::optional<facts::HistoryCounts> history;  // none: there is none, and `retry_at` is not known
  std::optional<Instant> retry_at;              // when declined; none: never
};

}  // namespace levy::limits
