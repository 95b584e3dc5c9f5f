// When conditions on the clock (weekday, date, time_of_day) may change their answer.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "limits/assess.h"
#include "limits/ladder.h"

namespace levy::limits {

struct Clock {
  bool ticks = false;              // something depends on the clock at all
  std::set<std::int32_t> seconds;  // of the day, at which a time of day begins or ends
  std::set<Day> days;              // on which a date begins or ends
};

// Of all limits; and of all fees where a limit measures the debit.
Clock clock_of(const schedule::Schedule& schedule);

// The first instant after t at which an answer may change. Midnights are among them, and the
// instants at which the zone's clocks are put forward or back.
Instant next_tick(const Clock& clock, Instant t, const TimeZone& zone);

// When to try again: the earliest later time at which the same operation would pass.

// With this history and nothing new, in this version of the tariff; none: never. `tier_given`: the
// operation itself names the tier; else it follows from the profile at each time. Between two
// candidates (a row leaves a window, evidence or an override expires, a condition on the clock
// changes its answer) nothing changes, so only these are looked at.
std::optional<Instant> retry_at(const AccountSnapshot& now, const facts::Operation& operation,
                                bool tier_given, const Costs& costs);

}  // namespace levy::limits
