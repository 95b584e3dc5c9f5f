// Which limits apply to an operation, and with which figures: all of a decision that does not
// depend on the amount itself, save for conditions on it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "limits/ladder.h"
#include "limits/verdict.h"

namespace levy::limits {

// A limit with its bounds as they hold, in its meter's currency.
struct Applied {
  const LimitRule* rule = nullptr;
  std::optional<Rational> min, max;
  facts::Reading used;
  bool counts_itself = true;            // is the operation one of those that its meter counts?
  const Override* override_ = nullptr;  // the profile's; null: none is in force
  std::optional<Rational> max_without;  // of the tier asked about, without the override
};

// In the schedule's order. The operation's `tier` attribute is the tier asked about; overrides are
// weighed against the `present` one. Code missing_attributes names everything that was not given,
// the tier included, for all limits at once.
Checked<std::vector<Applied>> apply_limits(const AccountSnapshot& snapshot,
                                           const facts::Operation& operation,
                                           const std::optional<std::string>& present);

// assess: the verdict on one operation (levy-schedule(5), METERS and LIMITS).

// What an operation costs, for limits that measure the debit; limits know nothing of fees.
struct Costs {
  // The debit in the operation's currency, with the fees' meters at these readings.
  std::function<Checked<Rational>(const facts::Operation&, const facts::Readings&)> debit_of;
  // The greatest amount up to `amount_bound` (none: any) that can be quoted and whose debit is at
  // most `debit_bound`; nothing: there is none.
  std::function<Checked<std::optional<Rational>>(const facts::Operation&,
                                                 const Rational& debit_bound,
                                                 const std::optional<Rational>& amount_bound)>
      greatest_amount;
};

Checked<Verdict> assess(const Ladder& ladder, const Account& account,
                        const facts::Operation& operation, const facts::Rates* rates, bool strict,
                        const Costs& costs);

// Every limit that applies, tested. The operation's `tier` attribute is the tier asked about;
// `present` is where the account stands.
Checked<std::vector<LimitState>> test_limits(const AccountSnapshot& snapshot,
                                             const facts::Operation& operation,
                                             const std::optional<std::string>& present,
                                             const Costs& costs);
bool all_hold(const std::vector<LimitState>& limits);

}  // namespace levy::limits
