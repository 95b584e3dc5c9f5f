#include "time/zone_rule.h"

#include <string>
#include <vector>

#include "unit/catch.h"

namespace levy {
namespace {

// Seconds since 1970 of a day and time in UTC.
constexpr std::int64_t utc(std::int64_t day, std::int64_t hour, std::int64_t minute = 0) {
  return day * 86400 + hour * 3600 + minute * 60;
}

constexpr std::int64_t day_2045 = 27394;  // 2045-01-01, a Sunday

}  // namespace

TEST_CASE("what follows the last transition of a zone's file") {
  struct Row {
    std::string footer;
    std::int64_t at;
    std::int32_t offset;
  };
  const std::int64_t march_26 = day_2045 + 84, october_29 = day_2045 + 301;
  const std::vector<Row> table = {
      {"<+0530>-5:30", day_2045 * 86400, 19800},
      {"CET-1CEST,M3.5.0,M10.5.0/3", utc(march_26, 0, 59), 3600},
      {"CET-1CEST,M3.5.0,M10.5.0/3", utc(march_26, 1), 7200},
      {"CET-1CEST,M3.5.0,M10.5.0/3", utc(october_29, 0, 59), 7200},
      {"CET-1CEST,M3.5.0,M10.5.0/3", utc(october_29, 1), 3600},
      // In Ireland summer is the standard time, and winter is set back.
      {"IST-1GMT0,M10.5.0,M3.5.0/1", utc(march_26, 0, 59), 0},
      {"IST-1GMT0,M10.5.0,M3.5.0/1", utc(march_26, 1), 3600},
      // South of the equator summer runs over the new year.
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", utc(day_2045, 0), 39600},
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", utc(day_2045 + 180, 0), 36000},
      // Times before midnight and after the end of the day.
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(march_26, 0, 59), -7200},
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(march_26, 1), -3600},
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", utc(day_2045 + 82 + 2, 0), 10800},  // Saturday 02:00
      // Days by number: 60 is March 1 in every year, and 0 January 1.
      {"XST-1XDT,J60/0,J300/0", utc(day_2045 + 58, 22, 59), 3600},
      {"XST-1XDT,J60/0,J300/0", utc(day_2045 + 58, 23), 7200},
      {"EST5EDT,0/0,J365/25", utc(day_2045 + 10, 0), -14400},  // summer all the year
      {"EST5EDT,0/0,J365/25", utc(day_2045, 5), -14400},
  };
  for (const Row& row : table) {
    INFO(row.footer << " at " << row.at);
    std::optional<ZoneRule> rule = ZoneRule::parse(row.footer, 0);
    REQUIRE(rule);
    CHECK(rule->offset_seconds(row.at) == row.offset);
  }
}

TEST_CASE("clocks that skip an hour or show it twice") {
  ZoneRule rule = *ZoneRule::parse("CET-1CEST,M3.5.0,M10.5.0/3", 0);
  ZoneRule::Found gap = rule.instant(utc(day_2045 + 84, 2, 30));
  CHECK(gap.skipped);
  CHECK(gap.seconds == utc(day_2045 + 84, 1));
  ZoneRule::Found twice = rule.instant(utc(day_2045 + 301, 2, 30));
  CHECK_FALSE(twice.skipped);
  CHECK(twice.seconds == utc(day_2045 + 301, 0, 30));  // the first
}

TEST_CASE("what is no rule") {
  for (const char* footer : {"", "CET", "CET-1CEST", "-1", "CET-1CEST,M3.5.0",
                             "CET-1CEST,M13.5.0,J1", "CET-1CEST,M3.0.0,J1", "CET-1CEST,J0,J1",
                             "CET-1 ", "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-200"}) {
    INFO(footer);
    CHECK_FALSE(ZoneRule::parse(footer, 0));
  }
}

}  // namespace levy
