// Between levy's days and those of the date library; for this folder only.
#pragma once

#include <cstdint>
#include <string>

#include <date/date.h>

#include "time/instant.h"

namespace levy {

inline date::sys_days sys_days_of(Day day) { return date::sys_days(date::days(day.number)); }

// Of a calendar date as well, which becomes its day.
inline Day day_of(date::sys_days days) {
  return Day{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

// 0 .. 99
inline std::string two_digits(int value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace levy
