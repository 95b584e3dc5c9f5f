// When conditions on the clock (weekday, date, time_of_day) may change their answer.
#pragma once

#include <set>
#include <vector>

#include "limits/ladder.h"

namespace levy {

struct Clock {
  bool ticks = false;              // something depends on the clock at all
  std::set<std::int32_t> seconds;  // of the day, at which a time of day begins or ends
  std::set<Day> days;              // on which a date begins or ends
};

// Of all limits; and of all fees where a limit measures the debit.
Clock clock_of(const Schedule& schedule);

// The first instant after t at which an answer may change. Midnights are among them, and the
// instants at which the zone's clocks are put forward or back.
Instant next_tick(const Clock& clock, Instant t, const TimeZone& zone);

}  // namespace levy
