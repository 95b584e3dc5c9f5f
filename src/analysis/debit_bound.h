// The greatest amount that a limit on the debit allows.
#pragma once

#include <optional>

#include "fees/evaluation.h"

namespace levy {

// The greatest multiple of the minor unit up to `amount_bound` that can be quoted and whose debit
// in the source currency is at most `debit_bound`; nothing: none. Exact, whatever the fees: found
// on the curve's pieces, never amount by amount. Code undecidable: the fees are so irregular that a
// million cuts do not settle it.
Checked<std::optional<Rational>> greatest_amount_up_to(const Plan& plan, const Scene& scene,
                                                       const Rational& debit_bound,
                                                       const Rational& amount_bound);

}  // namespace levy
