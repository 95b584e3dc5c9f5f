// Instants in UTC: just enough for weekday, date, time_of_day and `effective`.
#pragma once

#include "oracle_operation.h"

#include <string>

namespace oracle {

std::string weekday_of(const Rational& day);  // "mon" … "sun"
Rational seconds_of(const Instant& instant);  // since 1970-01-01T00:00:00Z

}  // namespace oracle
