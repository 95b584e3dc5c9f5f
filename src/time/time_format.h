// Times as others write them, by a pattern in the manner of strftime (levy-mapping(5), TIMES).
//
//   %d.%m.%Y %H:%M        "20.11.2026 16:05"
//   %s                    "1763650800", seconds since 1970 in UTC
//
// %Y %y %m %d %e %b %B %H %I %M %S %p %z %Z %s and %%. A month's name is English, in any case; a
// day, a month, an hour may have one digit; seconds may have a fraction; a blank in the pattern is
// one or more in the text. A year of two digits is one from 1969 to 2068.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "time/instant.h"

namespace levy {

class TimeFormat {
 public:
  // `zones`: what %Z takes, and its seconds east of UTC. Faults carry the column in the pattern:
  // bad_value.
  static Checked<TimeFormat> of(std::string_view pattern,
                                std::map<std::string, std::int32_t, std::less<>> zones);

  // What a text says.
  struct Reading {
    Day day;
    std::int32_t second = 0, nanosecond = 0;  // of the day
    std::optional<std::int32_t> offset;       // seconds east of UTC; none: local time
  };
  // Nothing: it is not of the pattern, or there is no such day or time.
  std::optional<Reading> read(std::string_view text) const;

  const std::string& pattern() const { return pattern_; }
  bool has_clock() const { return has('H') || has('I') || has('s'); }
  bool takes_zones() const { return has('Z'); }

 private:
  bool has(char field) const { return fields_.find(field) != std::string::npos; }

  std::string pattern_;
  std::vector<std::string> literals_;  // before each field, and after the last
  std::string fields_;                 // their letters
  std::map<std::string, std::int32_t, std::less<>> zones_;
};

// "+01:00", "-0430", "Z": seconds east of UTC; nothing: it is none.
std::optional<std::int32_t> read_utc_offset(std::string_view text);

// Appends it as 2026-11-20T15:04:05Z, with a fraction where it has one. False: its year is none of
// 0000 to 9999.
bool append_utc(std::string& out, Instant instant);

}  // namespace levy
