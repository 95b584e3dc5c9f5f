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

#include "limits/profile.h"
#include "schedule/history.h"
#include "schedule/meters.h"
#include "schedule/schedule.h"

namespace levy {

struct LimitRule {
  const Limit* as_written = nullptr;
  MeterUse use;
};

struct EvidenceRule {
  const Evidence* as_written = nullptr;
  std::size_t order = 0;        // in the schedule
  std::optional<MeterUse> use;  // of an activity
};

struct Ladder {
  const Schedule* schedule = nullptr;
  std::vector<LimitRule> limits;
  std::map<std::string, EvidenceRule, std::less<>> evidence;

  std::optional<std::size_t> find_tier(std::string_view id) const;
};

Ladder compile_ladder(const Schedule& schedule);

// What is known of the account beside the operation.
struct Account {
  Profile profile;    // empty where none was given
  Readings readings;  // by --used, the profile or a history, in this order; none is assumed
  Changes changes;    // of those that come from a history
  std::optional<HistoryCounts> history;  // what became of its rows; none: there is no history
};

// An account at one time.
struct Moment {
  const Ladder& ladder;
  const Account& account;
  const Readings& readings;  // as they are at this time
  Instant time;
  const Rates* rates = nullptr;  // null: none
  bool strict = false;           // a reading that nobody gave is a fault
};

// Nobody's reading is 0, and `assumed`; code missing_reading when that is not allowed.
Checked<Reading> reading_at(const Moment& moment, const MeterUse& use);

// What the profile says of this evidence; null: nothing.
const Proof* find_proof(const Account& account, std::string_view id);

// Does the account meet it? A document that has run out is not met.
Checked<bool> is_met(const Requirement& requirement, const Moment& moment);
// Until when the evidence counts: `until` or issued + max_age, the earlier; none: without end.
std::optional<Instant> runs_out(const Evidence& evidence, const Proof& proof);

// The highest tier whose requirements, and those of all tiers below, the account meets; none: not
// even the lowest one's.
Checked<std::optional<std::size_t>> highest_tier(const Moment& moment);

// Where the account stands: the tier that was given (`given`, else the profile's), else by its
// evidence; none: not known.
Checked<std::optional<std::size_t>> present_tier(const Moment& moment,
                                                 const std::optional<std::string>& given);

}  // namespace levy
