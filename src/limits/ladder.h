// Ladder: a schedule's tiers, evidence and limits made ready to be asked about.
//
// compile_ladder cannot fail: load_schedule has checked the references. It borrows the schedule.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/meters.h"
#include "limits/profile.h"
#include "schedule/schedule.h"

namespace levy::limits {

struct LimitRule {
  const schedule::Limit* as_written = nullptr;
  facts::MeterUse use;
};

struct EvidenceRule {
  const schedule::Evidence* as_written = nullptr;
  std::size_t order = 0;               // in the schedule
  std::optional<facts::MeterUse> use;  // of an activity
};

struct Ladder {
  const schedule::Schedule* schedule = nullptr;
  std::vector<LimitRule> limits;
  std::map<std::string, EvidenceRule, std::less<>> evidence;

  std::optional<std::size_t> find_tier(std::string_view id) const;
};

Ladder compile_ladder(const schedule::Schedule& schedule);

// What is known of the account beside the operation.
struct Account {
  Profile profile;           // empty where none was given
  facts::Readings readings;  // by --used, the profile or a history, in this order; none is assumed
  facts::Changes changes;    // of those that come from a history
  std::optional<facts::HistoryCounts>
      history;  // what became of its rows; none: there is no history
};

// An account at one time.
struct AccountSnapshot {
  const Ladder& ladder;
  const Account& account;
  const facts::Readings& readings;  // as they are at this time
  Instant time;
  const facts::Rates* rates = nullptr;  // null: none
  bool strict = false;                  // a reading that nobody gave is a fault
};

// Nobody's reading is 0, and `assumed`; code missing_reading when that is not allowed.
Checked<facts::Reading> reading_at(const AccountSnapshot& snapshot, const facts::MeterUse& use);

// What the profile says of this evidence; null: nothing.
const Proof* find_proof(const Account& account, std::string_view id);

// Does the account meet it? A document that has expired is not met.
Checked<bool> is_met(const schedule::Requirement& requirement, const AccountSnapshot& snapshot);
// Until when the evidence counts: `until` or issued + max_age, the earlier; none: without end.
std::optional<Instant> expires_at(const schedule::Evidence& evidence, const Proof& proof);

// The highest tier whose requirements, and those of all tiers below, the account meets; none: not
// even the lowest one's.
Checked<std::optional<std::size_t>> highest_tier(const AccountSnapshot& snapshot);

// Where the account stands: the tier that was given (`given`, else the profile's), else by its
// evidence; none: not known.
Checked<std::optional<std::size_t>> present_tier(const AccountSnapshot& snapshot,
                                                 const std::optional<std::string>& given);

// From what was said of an account to what decisions are made of.

// What was said, from wherever. Of one reading the first counts: used, the profile's usage, the
// history; of the balance the first: used, `balance`, the profile's.
struct AccountWords {
  Profile profile;
  facts::Readings used;                // --used
  std::optional<std::string> balance;  // --balance: money; bare: in the limit's currency
  std::optional<facts::History> history;
};

// The balance as a reading of every limit that counts it and has none yet. Codes as account_of's.
std::optional<Diagnostics> add_balance(const Ladder& ladder, const std::string& balance,
                                       const facts::Rates* rates, facts::Readings& readings);

// Codes bad_value, missing_rate, unknown_currency: a reading or balance that cannot be taken.
Checked<Account> account_of(const Ladder& ladder, AccountWords words, const facts::Rates* rates);

}  // namespace levy::limits
