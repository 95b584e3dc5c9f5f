// AccountStatus: the ladder with an account on it, for `levy tiers`. Plain values; no operation is
// asked about, and nothing is allowed or declined.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "limits/ladder.h"
#include "limits/missing_evidence.h"

namespace levy::limits {

struct TierView {
  const schedule::Tier* tier = nullptr;
  bool reached = false;             // the account stands here, or higher
  std::vector<MissingSet> missing;  // of a tier above: any one of these sets would do
  bool all_listed = true;           // false: there are further, longer ones
};

struct EvidenceView {
  const schedule::Evidence* evidence = nullptr;
  bool given = false;             // something is known of it
  bool in_force = false;          // a document or approval that is there and has not expired
  std::optional<Instant> until;   // when it expires, or expired
  std::optional<Rational> value;  // of a number or an activity
  Currency currency;              // of the value; empty: a plain number
};

// What a limit allows in one tier, overrides included.
struct BoundView {
  std::optional<Rational> min, max;
};

struct LimitView {
  const schedule::Limit* limit = nullptr;
  Currency currency;
  std::vector<BoundView> by_tier;    // as many as there are tiers, or one for all
  std::optional<Rational> used;      // none: not known
  std::optional<Rational> headroom;  // where the account stands; none: not known or without end
  std::optional<Override> override_;
  // Where the account stands, or everywhere: the max if there were no override; none: no bound.
  std::optional<Rational> max_without;
};

// Evidence or an override that runs out soon.
struct Expiry {
  std::string id;
  bool is_override = false;
  Instant at;
  // Where the account stands from then on, if that is lower; none: as now.
  bool falls = false;
  std::optional<std::string> tier_after;  // when it falls; none: below the lowest
};

struct AccountStatus {
  const schedule::Schedule* schedule = nullptr;
  Instant time;
  bool known = false;               // a tier was given, or evidence was shown
  bool tier_given = false;          // the tier was said, it does not follow from evidence
  std::optional<std::size_t> tier;  // none: not known, or below the lowest
  std::vector<TierView> tiers;
  std::vector<EvidenceView> evidence;
  std::vector<LimitView> limits;
  std::vector<Expiry> expiring;                 // by time
  std::optional<facts::HistoryCounts> history;  // what became of its rows; none: there is none
};

// `horizon_seconds`: how far ahead what expires is told.
Checked<AccountStatus> find_account_status(const AccountSnapshot& snapshot,
                                           const std::optional<std::string>& tier,
                                           std::int64_t horizon_seconds);

}  // namespace levy::limits
