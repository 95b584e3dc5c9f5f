// Overrides: what a grant or restriction makes of one limit's max (SPEC section 4).
//
//   present tier's max 300, override 500      a raise: 500 here, and in a tier of 10000 still 10000
//   present tier's max 300, override 100      a restriction: 100 in every tier
#pragma once

#include <optional>

#include "limits/profile.h"

namespace levy {

// The one that holds at t: of those that have not expired, the last; null: none.
const Override* override_at(const Profile& profile, const Limit& limit, Instant t);

// The max in some tier: `base` is that tier's own, `present` the present tier's, `granted` the
// override's; none is no bound. All in one currency.
std::optional<Rational> overridden_max(const std::optional<Rational>& base,
                                       const std::optional<Rational>& present,
                                       const std::optional<Rational>& granted);

}  // namespace levy
