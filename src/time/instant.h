// Instants, calendar days and time zones. The only sight of the time zone library.
//
// A local time that exists twice is the first one; one that does not exist is the instant after
// the gap (levy-schedule(5), DATES AND TIMES). UTC needs no time zone database and loads none.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/checked.h"

namespace date {
class time_zone;
}

namespace levy {

class ZoneRule;

// A point in time: seconds since 1970-01-01T00:00:00Z (no leap seconds) and nanoseconds in it.
struct Instant {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;  // 0 .. 999 999 999
  auto operator<=>(const Instant&) const = default;
};

// A calendar day: days since 1970-01-01, proleptic Gregorian, years 0000 to 9999.
struct Day {
  std::int32_t number = 0;
  auto operator<=>(const Day&) const = default;
};

class TimeZone {
 public:
  TimeZone() = default;  // UTC
  // An IANA name ("Europe/Berlin", "UTC"). Codes unknown_timezone; unreadable, where its file is
  // there.
  static Checked<TimeZone> find(std::string_view name);
  const std::string& name() const { return name_; }

  // What clocks and calendars in the zone show.
  struct Local {
    Day day;
    std::int32_t second = 0;  // of the day, 0 .. 86399, as the clock shows it
    std::int32_t nanosecond = 0;
  };
  Local local(Instant instant) const;
  std::int32_t offset_seconds(Instant instant) const;  // east of UTC
  Instant instant(Day day, std::int32_t second = 0, std::int32_t nanosecond = 0) const;

 private:
  std::string name_ = "UTC";
  const date::time_zone* zone_ = nullptr;  // null: UTC
  // Of the times after the last transition that the zone's file lists; null: as the last one says.
  std::shared_ptr<const ZoneRule> rule_;
};

int weekday(Day day);                        // 0 Monday .. 6 Sunday
std::string_view weekday_word(int weekday);  // "mon" .. "sun"

// "2026-11-20". A fault's place carries only the column in `text`; its code is bad_time.
Checked<Day> parse_day(std::string_view text);
// A date (its first instant in `zone`), or RFC 3339 with or without an offset ("2026-11-20T15:00",
// "2026-11-20T15:00:00.5+01:00", "2026-11-20 15:00:00Z"). As above.
Checked<Instant> parse_instant(std::string_view text, const TimeZone& zone);
// "HH:MM" or "HH:MM:SS": seconds of the day. As above.
Checked<std::int32_t> parse_time_of_day(std::string_view text);
// "90s", "15m", "24h", "30d" (a day being 24 hours): seconds > 0. As above.
Checked<std::int64_t> parse_duration(std::string_view text);

std::string to_string(Day day);                     // "2026-11-20"
std::string time_of_day_text(std::int32_t second);  // "09:30", "09:30:15"
// RFC 3339 in the zone: "2026-11-20T15:00:00Z", "2026-11-20T16:00:00+01:00"; fractions shortest.
std::string to_string(Instant instant, const TimeZone& zone);
// The system clock, to the second.
Instant now();

}  // namespace levy
