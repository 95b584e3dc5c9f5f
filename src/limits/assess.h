// assess: the verdict on one operation (SPEC section 4).
#pragma once

#include <functional>
#include <optional>

#include "limits/apply.h"
#include "limits/verdict.h"

namespace levy {

// What an operation costs, for limits that measure the debit; limits know nothing of fees.
struct Costs {
  // The debit in the operation's currency, with the fees' meters at these readings.
  std::function<Checked<Rational>(const Operation&, const Readings&)> debit_of;
  // The greatest amount up to `amount_bound` (none: any) that can be quoted and whose debit is at
  // most `debit_bound`; nothing: there is none.
  std::function<Checked<std::optional<Rational>>(const Operation&, const Rational& debit_bound,
                                                 const std::optional<Rational>& amount_bound)>
      greatest_amount;
};

Checked<Verdict> assess(const Ladder& ladder, const Account& account, const Operation& operation,
                        const Rates* rates, bool strict, const Costs& costs);

// Every limit that applies, tested. The operation's `tier` attribute is the tier asked about;
// `present` is where the account stands.
Checked<std::vector<LimitState>> test_limits(const Moment& moment, const Operation& operation,
                                             const std::optional<std::string>& present,
                                             const Costs& costs);
bool all_hold(const std::vector<LimitState>& limits);

}  // namespace levy
