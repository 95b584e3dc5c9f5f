// Which limits apply to an operation, and with which figures: all of a decision that does not
// depend on the amount itself, save for conditions on it.
#pragma once

#include <optional>
#include <vector>

#include "limits/ladder.h"
#include "limits/verdict.h"

namespace levy {

// A limit with its bounds as they hold, in its meter's currency.
struct Applied {
  const LimitRule* rule = nullptr;
  std::optional<Rational> min, max;
  Reading used;
  bool counts_itself = true;            // is the operation one of those that its meter counts?
  const Override* override_ = nullptr;  // the profile's; null: none is in force
  std::optional<Rational> max_without;  // of the tier asked about, without the override
};

// In the schedule's order. The operation's `tier` attribute is the tier asked about; overrides are
// weighed against the `present` one. Code missing_attributes names everything that was not given,
// the tier included, for all limits at once.
Checked<std::vector<Applied>> apply_limits(const Moment& moment, const Operation& operation,
                                           const std::optional<std::string>& present);

}  // namespace levy
