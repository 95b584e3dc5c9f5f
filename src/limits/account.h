// From what was said of an account to what decisions are made of.
#pragma once

#include <optional>
#include <string>

#include "limits/ladder.h"

namespace levy {

// What was said, from wherever. Of one reading the first counts: used, the profile's usage, the
// history; of the balance the first: used, `balance`, the profile's.
struct AccountWords {
  Profile profile;
  Readings used;                       // --used
  std::optional<std::string> balance;  // --balance: money; bare: in the limit's currency
  std::optional<History> history;
};

// The balance as a reading of every limit that counts it and has none yet. Codes as account_of's.
std::optional<Diagnostics> add_balance(const Ladder& ladder, const std::string& balance,
                                       const Rates* rates, Readings& readings);

// Codes bad_value, missing_rate, unknown_currency: a reading or balance that cannot be taken.
Checked<Account> account_of(const Ladder& ladder, AccountWords words, const Rates* rates);

}  // namespace levy
