// The windows in which meters count (levy-schedule(5), METERS and LIMITS).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "time/instant.h"

namespace levy {

struct Window {
  enum class Kind {
    transaction,  // nothing but the operation itself
    day,
    week,
    month,
    quarter,
    year,        // calendar, in the schedule's zone; weeks from Monday
    year_from,   // a year that starts on `month`-`day`
    day_from,    // a day that starts at `seconds` after midnight, as clocks show it
    week_from,   // a week that starts on the weekday `day`, 0 Monday .. 6 Sunday
    month_from,  // a month that starts on its `day`, 1 .. 28
    lifetime,
    previous,  // the whole calendar period `period` before the present one
    rolling,   // (t - seconds, t]
  };
  Kind kind = Kind::transaction;
  Kind period = Kind::month;  // of previous: day .. year
  std::int64_t seconds = 0;   // of rolling, > 0; of day_from
  int month = 1, day = 1;     // of year_from; 02-29 begins on 03-01 in common years

  // What it holds, whichever calendar it goes by: what only counts asks for this.
  enum class Extent {
    operation,        // nothing but the operation itself
    everything,       // lifetime
    rolling,          // what is not older than `seconds`
    period,           // the present period
    previous_period,  // the whole one before it
  };
  Extent extent() const;
  bool operator==(const Window&) const = default;
};

// "transaction", "day", "previous month", "rolling 24h", "year from 04-01": for people.
std::string duration_text(std::int64_t seconds);  // "90s", "15m", "24h", "30d"
std::string to_string(const Window& window);

// The instants that count at time t: from < i or from <= i (as `from_included`), and i <= until, or
// i < until (as `until_included`). Absent ends are open. Nothing at all for `transaction`.
struct Span {
  std::optional<Instant> from;
  bool from_included = true;
  Instant until;
  bool until_included = true;
  bool contains(Instant instant) const;
};
std::optional<Span> span_of(const Window& window, Instant t, const TimeZone& zone);

// The first instant after t at which an instant i in the window at t is no longer in it: a rolling
// row's expiry, the start of the next calendar period. Nothing: it never leaves (lifetime).
std::optional<Instant> leaves_window(const Window& window, Instant i, Instant t,
                                     const TimeZone& zone);

}  // namespace levy
