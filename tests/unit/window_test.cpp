#include "time/window.h"

#include <random>
#include <string>
#include <vector>

#include "unit/catch.h"

namespace levy {
namespace {

using Kind = Window::Kind;

TimeZone zone(const std::string& name) {
  Checked<TimeZone> found = TimeZone::find(name);
  REQUIRE(found);
  return *found;
}

Instant at(const std::string& text, const TimeZone& in) {
  Checked<Instant> instant = parse_instant(text, in);
  INFO(text);
  REQUIRE(instant);
  return *instant;
}

Instant later(Instant instant, std::int64_t nanoseconds) {
  std::int64_t sum = instant.nanoseconds + nanoseconds;
  std::int64_t rest = ((sum % 1'000'000'000) + 1'000'000'000) % 1'000'000'000;
  return {instant.seconds + (sum - rest) / 1'000'000'000, static_cast<std::int32_t>(rest)};
}

Window rolling(std::int64_t seconds) { return Window{Kind::rolling, Kind::month, seconds}; }
Window previous(Kind period) { return Window{Kind::previous, period}; }
Window day_from(int hour, int minute) {
  return Window{Kind::day_from, Kind::month, hour * 3600 + minute * 60};
}
Window week_from(int weekday) { return Window{Kind::week_from, Kind::month, 0, 1, weekday}; }
Window month_from(int day) { return Window{Kind::month_from, Kind::month, 0, 1, day}; }
Window year_from(int month, int day) { return Window{Kind::year_from, Kind::month, 0, month, day}; }

TEST_CASE("windows in words") {
  CHECK(to_string(Window{}) == "transaction");
  CHECK(to_string(Window{Kind::day}) == "day");
  CHECK(to_string(Window{Kind::week}) == "week");
  CHECK(to_string(Window{Kind::month}) == "month");
  CHECK(to_string(Window{Kind::quarter}) == "quarter");
  CHECK(to_string(Window{Kind::year}) == "year");
  CHECK(to_string(Window{Kind::lifetime}) == "lifetime");
  CHECK(to_string(year_from(4, 1)) == "year from 04-01");
  CHECK(to_string(day_from(16, 30)) == "day from 16:30");
  CHECK(to_string(week_from(6)) == "week from sun");
  CHECK(to_string(month_from(15)) == "month from 15");
  CHECK(to_string(previous(Kind::month)) == "previous month");
  CHECK(to_string(rolling(86400)) == "rolling 24h");
  CHECK(to_string(rolling(30 * 86400)) == "rolling 30d");
  CHECK(to_string(rolling(900)) == "rolling 15m");
  CHECK(to_string(rolling(90)) == "rolling 90s");
}

// Calendar windows: where the window at t starts, and when everything in it leaves.
struct Row {
  std::string zone;
  Window window;
  std::string t, from, leaves;
};

const std::vector<Row> calendar = {
    // Plain.
    {"UTC", {Kind::day}, "2026-11-20T15:00", "2026-11-20", "2026-11-21"},
    {"UTC", {Kind::day}, "2026-11-20", "2026-11-20", "2026-11-21"},
    {"UTC", {Kind::day}, "2026-11-20T23:59:59.999999999", "2026-11-20", "2026-11-21"},
    {"UTC", {Kind::week}, "2026-11-20T15:00", "2026-11-16", "2026-11-23"},
    {"UTC", {Kind::week}, "2026-11-16", "2026-11-16", "2026-11-23"},
    {"UTC", {Kind::week}, "2026-11-22T23:59", "2026-11-16", "2026-11-23"},
    {"UTC", {Kind::week}, "2027-01-01", "2026-12-28", "2027-01-04"},
    {"UTC", {Kind::month}, "2026-11-20T15:00", "2026-11-01", "2026-12-01"},
    {"UTC", {Kind::month}, "2026-12-31T23:59", "2026-12-01", "2027-01-01"},
    {"UTC", {Kind::month}, "2024-02-29", "2024-02-01", "2024-03-01"},
    {"UTC", {Kind::quarter}, "2026-11-20T15:00", "2026-10-01", "2027-01-01"},
    {"UTC", {Kind::quarter}, "2026-03-31", "2026-01-01", "2026-04-01"},
    {"UTC", {Kind::quarter}, "2026-04-01", "2026-04-01", "2026-07-01"},
    {"UTC", {Kind::year}, "2026-11-20T15:00", "2026-01-01", "2027-01-01"},
    {"UTC", {Kind::year}, "1969-12-31T23:59", "1969-01-01", "1970-01-01"},
    {"UTC", {Kind::year}, "0000-06-01", "0000-01-01", "0001-01-01"},
    // Years that start elsewhere; 02-29 begins on 03-01 in common years.
    {"UTC", year_from(4, 1), "2026-11-20", "2026-04-01", "2027-04-01"},
    {"UTC", year_from(4, 1), "2026-03-31T23:59:59", "2025-04-01", "2026-04-01"},
    {"UTC", year_from(4, 1), "2026-04-01", "2026-04-01", "2027-04-01"},
    {"UTC", year_from(4, 6), "2026-04-05", "2025-04-06", "2026-04-06"},
    {"UTC", year_from(2, 29), "2024-02-28T23:59", "2023-03-01", "2024-02-29"},
    {"UTC", year_from(2, 29), "2024-02-29", "2024-02-29", "2025-03-01"},
    {"UTC", year_from(2, 29), "2025-02-28T23:59", "2024-02-29", "2025-03-01"},
    {"UTC", year_from(2, 29), "2025-03-01", "2025-03-01", "2026-03-01"},
    {"UTC", year_from(2, 29), "2028-02-29", "2028-02-29", "2029-03-01"},
    {"UTC", year_from(12, 31), "2026-12-31", "2026-12-31", "2027-12-31"},
    {"UTC", year_from(1, 1), "2026-06-01", "2026-01-01", "2027-01-01"},
    // Days, weeks and months that start elsewhere.
    {"UTC", day_from(16, 30), "2026-11-20T16:29:59", "2026-11-19T16:30", "2026-11-20T16:30"},
    {"UTC", day_from(16, 30), "2026-11-20T16:30", "2026-11-20T16:30", "2026-11-21T16:30"},
    {"UTC", day_from(0, 0), "2026-11-20T15:00", "2026-11-20", "2026-11-21"},
    {"UTC", week_from(6), "2026-11-21T23:59", "2026-11-15", "2026-11-22"},
    {"UTC", week_from(6), "2026-11-22", "2026-11-22", "2026-11-29"},
    {"UTC", week_from(0), "2026-11-20", "2026-11-16", "2026-11-23"},
    {"UTC", month_from(15), "2026-11-14T23:59:59", "2026-10-15", "2026-11-15"},
    {"UTC", month_from(15), "2026-11-15", "2026-11-15", "2026-12-15"},
    {"UTC", month_from(28), "2027-01-03", "2026-12-28", "2027-01-28"},
    {"UTC", month_from(1), "2024-02-29", "2024-02-01", "2024-03-01"},
    {"Europe/Berlin", day_from(16, 30), "2026-03-29T12:00", "2026-03-28T15:30Z",
     "2026-03-29T14:30Z"},
    {"Europe/Berlin", day_from(2, 30), "2026-03-29T12:00", "2026-03-29T01:00Z",
     "2026-03-30T00:30Z"},  // 02:30 is skipped: the day starts after the gap
    {"Europe/Berlin", day_from(2, 30), "2026-10-25T01:00Z", "2026-10-25T00:30Z",
     "2026-10-26T01:30Z"},  // and comes twice: the first is meant
    {"Europe/Berlin", month_from(15), "2026-04-01", "2026-03-14T23:00Z", "2026-04-14T22:00Z"},
    // Days of 23 and 25 hours, and periods that hold one.
    {"Europe/Berlin", {Kind::day}, "2026-03-29T12:00", "2026-03-28T23:00Z", "2026-03-29T22:00Z"},
    {"Europe/Berlin", {Kind::day}, "2026-10-25T12:00", "2026-10-24T22:00Z", "2026-10-25T23:00Z"},
    {"Europe/Berlin", {Kind::week}, "2026-10-25T12:00", "2026-10-18T22:00Z", "2026-10-25T23:00Z"},
    {"Europe/Berlin", {Kind::month}, "2026-03-29T12:00", "2026-02-28T23:00Z", "2026-03-31T22:00Z"},
    {"Europe/Berlin", {Kind::quarter}, "2026-10-25", "2026-09-30T22:00Z", "2026-12-31T23:00Z"},
    {"Europe/Berlin", year_from(4, 1), "2026-11-20", "2026-03-31T22:00Z", "2027-03-31T22:00Z"},
    {"Europe/Berlin", {Kind::month}, "2026-10-31T23:30Z", "2026-10-31T23:00Z", "2026-11-30T23:00Z"},
    {"America/New_York", {Kind::day}, "2026-03-08T12:00", "2026-03-08T05:00Z", "2026-03-09T04:00Z"},
    {"America/New_York", {Kind::day}, "2026-11-01T12:00", "2026-11-01T04:00Z", "2026-11-02T05:00Z"},
    {"America/New_York",
     {Kind::year},
     "2027-01-01T04:59:59Z",
     "2026-01-01T05:00Z",
     "2027-01-01T05:00Z"},
    // Midnights that do not exist: the day starts after the gap.
    {"America/Sao_Paulo",
     {Kind::day},
     "2018-11-04T12:00",
     "2018-11-04T03:00Z",
     "2018-11-05T02:00Z"},
    {"America/Sao_Paulo",
     {Kind::day},
     "2018-11-03T12:00",
     "2018-11-03T03:00Z",
     "2018-11-04T03:00Z"},
    {"Asia/Beirut", {Kind::day}, "2022-03-27T12:00", "2022-03-26T22:00Z", "2022-03-27T21:00Z"},
    {"Asia/Beirut", {Kind::week}, "2022-03-27T12:00", "2022-03-20T22:00Z", "2022-03-27T21:00Z"},
    {"Africa/Cairo", {Kind::day}, "2024-04-26T12:00", "2024-04-25T22:00Z", "2024-04-26T21:00Z"},
    // Clocks back at midnight: 23:00 to 24:00 comes twice, in one day of 25 hours.
    {"America/Sao_Paulo",
     {Kind::day},
     "2018-02-18T02:30Z",
     "2018-02-17T02:00Z",
     "2018-02-18T03:00Z"},
    // Midnight comes twice: the day starts with the first.
    {"America/Havana", {Kind::day}, "2025-11-02T12:00", "2025-11-02T04:00Z", "2025-11-03T05:00Z"},
    // Back over midnight, from 00:01 to 23:01: the first midnight has begun the new day already.
    {"America/St_Johns",
     {Kind::day},
     "2010-11-07T02:30:30Z",
     "2010-11-07T02:30Z",
     "2010-11-08T03:30Z"},
    {"America/St_Johns",
     {Kind::day},
     "2010-11-07T03:00Z",
     "2010-11-07T02:30Z",
     "2010-11-08T03:30Z"},
    {"America/St_Johns",
     {Kind::day},
     "2010-11-07T02:29:59Z",
     "2010-11-06T02:30Z",
     "2010-11-07T02:30Z"},
    // Offsets that are no whole hours.
    {"Asia/Kolkata", {Kind::day}, "2026-11-20T12:00", "2026-11-19T18:30Z", "2026-11-20T18:30Z"},
    {"Asia/Kolkata", year_from(4, 1), "2026-03-31T18:30Z", "2026-03-31T18:30Z",
     "2027-03-31T18:30Z"},
    {"Australia/Lord_Howe",
     {Kind::day},
     "2026-04-05T12:00",
     "2026-04-04T13:00Z",
     "2026-04-05T13:30Z"},
    {"Australia/Lord_Howe",
     {Kind::day},
     "2026-10-04T12:00",
     "2026-10-03T13:30Z",
     "2026-10-04T13:00Z"},
    // A day that was left out: the one before it ends where the one after it starts.
    {"Pacific/Apia", {Kind::day}, "2011-12-29T12:00", "2011-12-29T10:00Z", "2011-12-30T10:00Z"},
    {"Pacific/Apia", {Kind::day}, "2011-12-31T12:00", "2011-12-30T10:00Z", "2011-12-31T10:00Z"},
};

TEST_CASE("calendar windows run from their start to t") {
  for (const Row& row : calendar) {
    INFO(row.zone << " " << to_string(row.window) << " " << row.t);
    TimeZone in = zone(row.zone);
    Instant t = at(row.t, in);
    std::optional<Span> span = span_of(row.window, t, in);
    REQUIRE(span);
    REQUIRE(span->from);
    CHECK(to_string(*span->from, TimeZone()) == to_string(at(row.from, in), TimeZone()));
    CHECK(span->from_included);
    CHECK(span->until == t);
    CHECK(span->until_included);
    CHECK(span->contains(t));
    CHECK(span->contains(*span->from));
    CHECK_FALSE(span->contains(later(*span->from, -1)));
    CHECK_FALSE(span->contains(later(t, 1)));
    std::optional<Instant> leaves = leaves_window(row.window, t, t, in);
    REQUIRE(leaves);
    CHECK(to_string(*leaves, TimeZone()) == to_string(at(row.leaves, in), TimeZone()));
  }
}

TEST_CASE("the previous period is whole, its end excluded") {
  struct Previous {
    std::string zone;
    Kind period;
    std::string t, from, until, leaves;
  };
  const std::vector<Previous> table = {
      {"UTC", Kind::day, "2026-11-20T15:00", "2026-11-19", "2026-11-20", "2026-11-21"},
      {"UTC", Kind::week, "2026-11-20T15:00", "2026-11-09", "2026-11-16", "2026-11-23"},
      {"UTC", Kind::month, "2026-01-31", "2025-12-01", "2026-01-01", "2026-02-01"},
      {"UTC", Kind::month, "2024-03-31", "2024-02-01", "2024-03-01", "2024-04-01"},
      {"UTC", Kind::quarter, "2026-02-01", "2025-10-01", "2026-01-01", "2026-04-01"},
      {"UTC", Kind::year, "2026-01-01", "2025-01-01", "2026-01-01", "2027-01-01"},
      {"Europe/Berlin", Kind::day, "2026-03-30T12:00", "2026-03-28T23:00Z", "2026-03-29T22:00Z",
       "2026-03-30T22:00Z"},
      {"Europe/Berlin", Kind::month, "2026-04-01", "2026-02-28T23:00Z", "2026-03-31T22:00Z",
       "2026-04-30T22:00Z"},
      {"Pacific/Apia", Kind::day, "2011-12-31T12:00", "2011-12-30T10:00Z", "2011-12-30T10:00Z",
       "2011-12-31T10:00Z"},  // the day left out holds nothing
  };
  for (const Previous& row : table) {
    INFO(row.zone << " " << row.t);
    TimeZone in = zone(row.zone);
    Instant t = at(row.t, in);
    Span span = *span_of(previous(row.period), t, in);
    CHECK(to_string(*span.from, TimeZone()) == to_string(at(row.from, in), TimeZone()));
    CHECK(to_string(span.until, TimeZone()) == to_string(at(row.until, in), TimeZone()));
    CHECK(span.from_included);
    CHECK_FALSE(span.until_included);
    CHECK_FALSE(span.contains(t));
    CHECK_FALSE(span.contains(span.until));
    CHECK(*leaves_window(previous(row.period), *span.from, t, in) == at(row.leaves, in));
  }
}

TEST_CASE("rolling windows leave their start out and take t in") {
  TimeZone berlin = zone("Europe/Berlin");
  Instant t = at("2026-03-29T12:00", berlin);  // a day is 24 hours even when clocks change
  Window window = rolling(86400);
  Span span = *span_of(window, t, berlin);
  Instant start = at("2026-03-28T10:00Z", berlin);
  CHECK(*span.from == start);
  CHECK_FALSE(span.contains(start));
  CHECK(span.contains(later(start, 1)));
  CHECK(span.contains(t));
  CHECK_FALSE(span.contains(later(t, 1)));
  Instant row = later(start, 1);
  CHECK(*leaves_window(window, row, t, berlin) == later(t, 1));
  CHECK(*leaves_window(window, t, t, berlin) == at("2026-03-30T10:00Z", berlin));
}

TEST_CASE("a transaction's window holds nothing, a lifetime everything up to t") {
  Instant t = at("2026-11-20T15:00", TimeZone());
  CHECK_FALSE(span_of(Window{}, t, TimeZone()));
  CHECK_FALSE(leaves_window(Window{}, t, t, TimeZone()));
  Span span = *span_of(Window{Kind::lifetime}, t, TimeZone());
  CHECK_FALSE(span.from);
  CHECK(span.contains(t));
  CHECK(span.contains(Instant{INT64_MIN, 0}));
  CHECK_FALSE(span.contains(later(t, 1)));
  CHECK_FALSE(leaves_window(Window{Kind::lifetime}, t, t, TimeZone()));
}

// Whatever is in the window at t is in it until just before it leaves, and out from then on.
TEST_CASE("what leaves a window was in it until then") {
  const std::vector<Window> windows = {{Kind::day},
                                       {Kind::week},
                                       {Kind::month},
                                       {Kind::quarter},
                                       {Kind::year},
                                       year_from(4, 1),
                                       year_from(2, 29),
                                       rolling(86400),
                                       rolling(1),
                                       rolling(2592000),
                                       previous(Kind::day),
                                       previous(Kind::week),
                                       previous(Kind::month),
                                       previous(Kind::quarter),
                                       previous(Kind::year)};
  std::mt19937_64 random(20261120);
  for (const char* name : {"UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo",
                           "Asia/Beirut", "Africa/Cairo", "Asia/Kolkata", "Australia/Lord_Howe",
                           "America/St_Johns", "America/Havana", "Pacific/Apia"}) {
    TimeZone in = zone(name);
    for (const Window& window : windows) {
      for (int round = 0; round < 200; ++round) {
        // 2008 to 2028, often near a full local hour, where periods begin and clocks change.
        Instant t{1199145600 + static_cast<std::int64_t>(random() % 631152000),
                  static_cast<std::int32_t>(random() % 1'000'000'000)};
        if (round % 2 == 0) t = later({t.seconds / 3600 * 3600, 0}, round % 3 - 1);
        Span span = *span_of(window, t, in);
        std::int64_t width = span.until.seconds - span.from->seconds;
        if (!span.contains(*span.from) && !span.contains(later(*span.from, 1))) continue;
        Instant i = width == 0 ? span.until
                               : later(*span.from, 1 + static_cast<std::int64_t>(
                                                           random() % static_cast<std::uint64_t>(
                                                                          width * 1'000'000'000)));
        if (round % 5 == 0 && span.from_included) i = *span.from;
        if (!span.contains(i)) continue;
        Instant leaves = *leaves_window(window, i, t, in);
        bool right = leaves > t && span_of(window, later(leaves, -1), in)->contains(i) &&
                     !span_of(window, leaves, in)->contains(i);
        if (!right) {
          FAIL(name << " " << to_string(window) << " t " << to_string(t, TimeZone()) << " i "
                    << to_string(i, TimeZone()) << " leaves " << to_string(leaves, TimeZone()));
        }
      }
    }
  }
}

}  // namespace
}  // namespace levy
