// What a time zone's file says of the times after its last transition. Used by instant.cpp only.
//
// A zone file (TZif, RFC 9636) lists the transitions up to some year, 2037 in most installations,
// and ends with a rule for all later ones, as POSIX writes it in TZ:
//
//   CET-1CEST,M3.5.0,M10.5.0/3     CEST from the last Sunday of March, 02:00, to the last one of
//                                  October, 03:00
//
// The time zone library reads the transitions and not the rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"

namespace levy {

class ZoneRule {
 public:
  // The rule in a zone file's bytes; nothing where it has none.
  static std::optional<ZoneRule> find(std::string_view bytes);
  // A footer as POSIX writes it, in force from the instant `since`; nothing where it is not one.
  static std::optional<ZoneRule> parse(std::string_view footer, std::int64_t since);

  // The last transition that the file lists: the rule holds from then on. Seconds since 1970.
  std::int64_t since() const { return since_; }
  std::int32_t offset_seconds(std::int64_t instant) const;  // east of UTC
  // The instant at which clocks show `shown` (seconds since 1970 as if in UTC): the first of two;
  // where they skip it, the instant of the gap.
  struct Found {
    std::int64_t seconds = 0;
    bool skipped = false;
  };
  Found instant(std::int64_t shown) const;

  // A day of the year and a time of it, by the clock that is then in force.
  struct Date {
    enum class Kind { weekday_of_month, julian, zero_based } kind = Kind::weekday_of_month;
    int month = 1, week = 1, weekday = 0;  // the week 5 is the last; 0 is Sunday
    int day = 0;                           // of the year: 1 .. 365, 02-29 never counted; 0 .. 365
    std::int32_t seconds = 7200;           // after midnight; may be negative or above a day
  };

 private:
  struct Transition {
    std::int64_t at = 0;
    bool to_summer = false;
  };
  // Those of the year that holds `shown` and of the years beside it, ascending.
  std::vector<Transition> transitions_near(std::int64_t shown) const;

  std::int64_t since_ = 0;
  std::int32_t standard_ = 0, summer_ = 0;
  bool has_summer_ = false;
  Date start_, end_;
};

// The file of a zone, where the time zone library looks as well; nothing: there is none of that
// name. Code unreadable.
Checked<std::optional<std::string>> read_zone_file(std::string_view zone);
Diagnostic unreadable_zone(std::string_view zone, int error);  // an errno

}  // namespace levy
