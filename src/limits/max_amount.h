// The largest amount that the limits would allow now, all else equal.
#pragma once

#include <optional>

#include "limits/assess.h"

namespace levy::limits {

// A multiple of the minor unit of the operation's currency; 0 where nothing is allowed; none: there
// is no bound. Exact also where limits depend on the amount, are in other currencies or measure the
// debit. The operation's `tier` attribute says where the account stands.
Checked<std::optional<Money>> max_amount(const AccountSnapshot& snapshot,
                                         const facts::Operation& operation, const Costs& costs);

}  // namespace levy::limits
