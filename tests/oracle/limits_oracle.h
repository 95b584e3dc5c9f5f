// The oracle of limits: a slow, obviously right reading of SPEC.md §4, straight from the JSON, with
// plain loops over the history. Linked only into tests: whatever levy decides must agree with it.
//
// Not for it: validation of form (all documents must be valid), fees that depend on the clock or on
// meters (a debit is asked of the oracle of quotes), fractions of seconds.
//
//   check(schedule, {"operation": "pay", "amount": "120", "tier": "t0"}, nullptr, nullptr, nullptr)
//     -> {"allowed": false, "tier": "t0", "limits": [...], "blocked_by": ["l0"], "allowed_at": ...}
//     or {"error": ["missing_rate", ...]}: every code that could rightly be given
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "oracle_number.h"

namespace limits_oracle {

using Json = nlohmann::ordered_json;
using oracle::Rational;
using Seconds = long long;  // since 1970-01-01T00:00:00Z

// The first instant of every local day from 2008 to 2026, in one zone.
class Calendar {
 public:
  explicit Calendar(const std::string& zone);
  struct DayStart {
    Seconds at;
    int year, month, day, weekday;  // weekday: 0 Monday
  };
  const std::vector<DayStart>& days() const { return days_; }
  // The clock: the local weekday, and seconds of the day.
  std::pair<int, int> clock(Seconds t) const;
  std::string text(Seconds t) const;  // RFC 3339 in the zone

 private:
  std::string zone_;
  std::vector<DayStart> days_;
};

// What the documents say; any but the schedule and the request may be null. The request's "time" is
// UTC, "2026-01-02T03:04:05Z"; rows' times too.
struct Question {
  const Json& schedule;
  const Json& request;  // flat, with "used" and "balance" as objects of their own
  const Json& profile;
  const Json& history;  // an array of rows
  const Json& rates;
  bool strict = false;
};

class Oracle {
 public:
  Oracle(const Question& question, const Calendar& calendar);

  // All of a check's answer but max_amount.
  Json check();
  // Would this amount pass now, everything else equal?
  bool passes(const Rational& amount);
  // Would it pass at this later time?
  bool passes_at(Seconds t);
  std::optional<Seconds> retry_at();
  Seconds time() const { return now_; }

 private:
  struct State {
    const Json* limit;
    Rational used, after;
    std::optional<Rational> min, max;
    bool assumed = false, holds = true;
    const Json* override_ = nullptr;
  };
  // One try: at a time, at a tier, with an amount.
  struct Try {
    Seconds t;
    std::optional<std::string> tier, present;
    Rational amount;
  };

  static std::vector<std::string> per_of(const Json& meter);
  bool agrees(const Json& meter, const Json& row);
  Json operation_at(const Try& one) const;
  int counts_itself(const Json& limit, const Json& operation, const Try& one);
  std::vector<const Json*> applying(const Try& one);
  std::vector<State> states(const Try& one);
  bool all_hold(const Try& one);  // the same, up to the first limit that does not
  State state(const Json& limit, const Try& one);
  void move_max(State& state, const Json& limit, const Try& one);
  std::optional<Rational> bound(const Json& limit, const char* key, const std::string& tier);
  std::optional<Rational> reading(const Json& meter, const std::string& id, Seconds t);
  std::optional<Rational> read(const Json& meter, const std::string& id, Seconds t);
  Rational counted(const Json& meter, const Json& row);
  // The first and last second that count at t; the first is after the last where none does.
  std::pair<Seconds, Seconds> span(const Json& window, Seconds t) const;
  std::pair<Seconds, Seconds> period(const std::string& kind, int month, int day, Seconds t) const;
  // 1 yes, 0 no, -1 unknown.
  int holds(const Json& when, const Json& operation, Seconds t, const Rational& amount);
  int holds_one(const std::string& key, const Json& wanted, const Json& operation, Seconds t,
                const Rational& amount);
  std::string meter_currency(const Json& meter, const std::string& id) const;
  Rational in_currency(const Rational& value, const std::string& from, const std::string& to);
  Rational money(const Json& value, const std::string& currency);
  Rational debit(const Try& one);

  const Json* find_evidence(const std::string& id) const;
  bool met(const Json& requirement, Seconds t, const std::vector<Json>& brought);
  bool met_evidence(const std::string& id, const Json* at_least, Seconds t,
                    const std::vector<Json>& brought);
  std::optional<std::string> tier_at(Seconds t);
  Json missing(std::size_t tier, Seconds t);
  Json allowed_at(const Try& now);
  void collect(const Json& requirement, std::vector<Json>& items) const;
  void read_all_meters();
  void fail(const std::string& code);

  Question q_;
  const Calendar& calendar_;
  Seconds now_ = 0;
  std::string currency_;
  Rational amount_;
  std::vector<std::string> failures_;
  std::map<std::string, std::optional<Rational>> debits_;  // by tier and amount
  struct Known {
    std::optional<Rational> value;
    std::vector<std::string> failures;
  };
  std::map<std::pair<std::string, Seconds>, Known> readings_;  // by meter and time
  std::vector<Seconds> row_times_;
};

Seconds seconds_of(const std::string& utc);
std::string text_of(const Rational& value);
Rational value_of(const std::string& text);  // "12.5", "-1/3"

}  // namespace limits_oracle
