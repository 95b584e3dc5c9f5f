// Profile: what is known of an account, as support or a program writes it down (levy-schedule(5),
// METERS and LIMITS).
//
//   {"account": "a4", "tier": "verified", "country": "DE", "balance": "120 EUR",
//    "evidence": {"id_document": true, "payslip": {"issued": "2026-10-01"}, "age_days": "120"},
//    "usage": {"withdrawal-daily": "11000"},
//    "overrides": [{"limit": "withdrawal-daily", "max": "15000 EUR", "until": "2026-12-31",
//                   "ref": "CS-1042"}]}
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "formats/json.h"
#include "schedule/schedule.h"

namespace levy::limits {

// What the profile says of one document, approval or number.
struct Proof {
  bool given = false;             // a document, an approval: it is there
  std::optional<Instant> until;   // it counts before this time only
  std::optional<Instant> issued;  // with the schedule's max_age: it counts until issued + max_age
  std::optional<Decimal> number;  // of a number
};

// A grant or restriction of one limit's max, by a person who answers for it.
struct Override {
  std::string limit;
  std::optional<Rational> max;   // none: lifted
  Currency currency;             // of the max; empty: the limit's, or a plain number
  std::optional<Instant> until;  // it holds before this time; none: without end
  std::string ref;               // who or what granted it; may be empty
};

struct Profile {
  std::string account;  // empty: not said
  std::optional<std::string> tier;
  std::string country;  // empty: not said
  // By evidence id. None: nothing is said of evidence, so no tier follows from it.
  std::optional<std::map<std::string, Proof, std::less<>>> evidence;
  std::vector<std::pair<std::string, std::string>> usage;  // meter id, reading, as for --used
  std::optional<std::string> balance;                      // money; bare: in the limit's currency
  std::vector<Override> overrides;                         // as written: of two that hold, the last
};

// All faults in one run: form, unknown keys, and what the schedule does not know.
Checked<Profile> decode_profile(const formats::Document& document,
                                const schedule::Schedule& schedule);

// Overrides: what a grant or restriction makes of one limit's max (levy-schedule(5), METERS and
// LIMITS).
//
//   present tier's max 300, override 500      a raise: 500 here, and in a tier of 10000 still 10000
//   present tier's max 300, override 100      a restriction: 100 in every tier

// The one that holds at t: of those that have not expired, the last; null: none.
const Override* override_at(const Profile& profile, const schedule::Limit& limit, Instant t);

// The max in some tier: `base` is that tier's own, `present` the present tier's, `granted` the
// override's; none is no bound. All in one currency.
std::optional<Rational> overridden_max(const std::optional<Rational>& base,
                                       const std::optional<Rational>& present,
                                       const std::optional<Rational>& granted);

}  // namespace levy::limits
