// When to try again: the earliest later time at which the same operation would pass.
#pragma once

#include <optional>

#include "limits/assess.h"

namespace levy {

// With this history and nothing new, in this version of the tariff; none: never. `tier_given`: the
// operation itself names the tier; else it follows from the profile at each time. Between two
// candidates (a row leaves a window, evidence or an override runs out, a condition on the clock
// changes its answer) nothing changes, so only these are looked at.
std::optional<Instant> retry_at(const Moment& now, const Operation& operation, bool tier_given,
                                const Costs& costs);

}  // namespace levy
