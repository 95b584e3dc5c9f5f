#include "time/instant.h"

#include <string>
#include <vector>

#include "unit/catch.h"

namespace levy {
namespace {

TimeZone zone(const std::string& name) {
  Checked<TimeZone> found = TimeZone::find(name);
  REQUIRE(found);
  return *found;
}

Instant at(const std::string& text, const TimeZone& in = TimeZone()) {
  Checked<Instant> instant = parse_instant(text, in);
  INFO(text);
  REQUIRE(instant);
  return *instant;
}

// A bad text, where its fault stands, and a part of what the message and the remedy say.
struct Bad {
  std::string text;
  std::size_t column;
  std::size_t width;
  std::string message;
  std::string remedy;
};

template <class T>
void check_bad(const Checked<T>& result, const Bad& bad) {
  INFO("\"" << bad.text << "\"");
  REQUIRE_FALSE(result);
  REQUIRE(result.faults().size() == 1);
  const Diagnostic& fault = result.faults().front();
  INFO(fault.message << " -> " << fault.remedy);
  CHECK(fault.code == Code::bad_time);
  CHECK(!fault.place.known());
  Place inside = Source("", bad.text).place(fault.place.begin(), fault.place.end());
  CHECK(inside.column() == bad.column);
  CHECK(inside.width() == bad.width);
  CHECK(fault.message.find(bad.message) != std::string::npos);
  CHECK(fault.remedy.find(bad.remedy) != std::string::npos);
}

TEST_CASE("days are read and written") {
  const std::vector<std::pair<std::string, std::int32_t>> table = {
      {"1970-01-01", 0},       {"1969-12-31", -1},      {"2000-02-29", 11016},
      {"2024-02-29", 19782},   {"2026-11-20", 20777},   {"1900-02-28", -25509},
      {"1900-03-01", -25508},  {"0000-01-01", -719528}, {"0000-02-29", -719469},
      {"9999-12-31", 2932896},
  };
  for (const auto& [text, number] : table) {
    INFO(text);
    Checked<Day> day = parse_day(text);
    REQUIRE(day);
    CHECK(day->number == number);
    CHECK(to_string(Day{number}) == text);
  }
}

TEST_CASE("weekdays") {
  CHECK(weekday_word(weekday(Day{0})) == "thu");
  CHECK(weekday_word(weekday(*parse_day("2026-11-20"))) == "fri");
  CHECK(weekday_word(weekday(*parse_day("2024-02-29"))) == "thu");
  CHECK(weekday(*parse_day("2026-11-16")) == 0);
  CHECK(weekday(*parse_day("2026-11-22")) == 6);
  CHECK(weekday_word(weekday(*parse_day("0000-01-01"))) == "sat");
}

TEST_CASE("bad days") {
  const std::vector<Bad> table = {
      {"", 1, 1, "empty", "2026-11-20"},
      {"tomorrow", 1, 8, "\"tomorrow\" is not a date", "YYYY-MM-DD"},
      {"2026-02-30", 9, 2, "2026-02 has no day 30", "01 to 28"},
      {"2024-02-30", 9, 2, "2024-02 has no day 30", "01 to 29"},
      {"1900-02-29", 9, 2, "1900-02 has no day 29", "01 to 28"},
      {"2026-04-31", 9, 2, "no day 31", "01 to 30"},
      {"2026-01-00", 9, 2, "no day 00", "01 to 31"},
      {"2026-13-01", 6, 2, "no month 13", "01 to 12"},
      {"2026-00-01", 6, 2, "no month 00", "01 to 12"},
      {"2026-1-5", 6, 3, "not a date", "write 2026-01-05"},
      {"2026-01-5", 9, 1, "not a date", "write 2026-01-05"},
      {"2026/01/05", 5, 6, "not a date", "write 2026-01-05"},
      {"2026.1.5", 5, 4, "not a date", "write 2026-01-05"},
      {"20260105", 5, 4, "not a date: it has no marks", "write 2026-01-05"},
      {"05.01.2026", 1, 10, "it may begin with the day or", "2026-01-05 or 2026-05-01"},
      {"20.11.2026", 1, 10, "not a date: it begins with the day", "write 2026-11-20"},
      {"11/20/2026", 1, 10, "it begins with the month", "write 2026-11-20"},
      {"31.02.2026", 1, 10, "not a date", "YYYY-MM-DD"},
      {"20 Nov 2026", 1, 11, "it has the month as a word", "write 2026-11-20"},
      {"November 20, 2026", 1, 17, "it has the month as a word", "write 2026-11-20"},
      {"20.11.26", 1, 8, "a year of two digits", "YYYY-MM-DD"},
      {"26-01-05", 1, 8, "a year of two digits", "YYYY-MM-DD"},
      {"-001-01-01", 1, 10, "not a date", "YYYY-MM-DD"},
      {"12026-01-01", 5, 7, "not a date", "YYYY-MM-DD"},
      {"2026-11-20 ", 11, 1, "not a date", "YYYY-MM-DD"},
      {" 2026-11-20", 1, 11, "not a date", "write 2026-11-20"},
      {"2026-11-20T00:00", 11, 6, "not a date", "YYYY-MM-DD"},
      {"2026-11", 8, 1, "not a date", "YYYY-MM-DD"},
      {"2026-11-\xC3\xA9\xC3\xA9", 9, 2, "not a date", "YYYY-MM-DD"},
      {"\xEF\xBC\x92"
       "026-11-20",
       1, 10, "not a date", "YYYY-MM-DD"},
      {std::string("2026-11-20\0", 11), 11, 1, "not a date", "YYYY-MM-DD"},
      {std::string(100, 'x'), 1, 100, "this is not a date", "YYYY-MM-DD"},
  };
  for (const Bad& bad : table) check_bad(parse_day(bad.text), bad);
}

TEST_CASE("instants in UTC") {
  struct Row {
    std::string text;
    std::int64_t seconds;
    std::int32_t nanoseconds;
    std::string written;
  };
  const std::vector<Row> table = {
      {"1970-01-01", 0, 0, "1970-01-01T00:00:00Z"},
      {"2026-11-20", 1795132800, 0, "2026-11-20T00:00:00Z"},
      {"2026-11-20T15:00", 1795186800, 0, "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:00:07", 1795186807, 0, "2026-11-20T15:00:07Z"},
      {"2026-11-20t15:00:00z", 1795186800, 0, "2026-11-20T15:00:00Z"},
      {"2026-11-20 15:00:00Z", 1795186800, 0, "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:00:00-00:00", 1795186800, 0, "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:00:00.5+01:00", 1795183200, 500000000, "2026-11-20T14:00:00.5Z"},
      {"2026-11-20T15:00+05:30", 1795167000, 0, "2026-11-20T09:30:00Z"},
      {"2026-11-20T15:00:00-23:59", 1795273140, 0, "2026-11-21T14:59:00Z"},
      {"1969-12-31T23:59:59.000000001", -1, 1, "1969-12-31T23:59:59.000000001Z"},
      {"2026-11-20T15:00:00.123456789Z", 1795186800, 123456789, "2026-11-20T15:00:00.123456789Z"},
      {"2026-11-20T15:00:00.120Z", 1795186800, 120000000, "2026-11-20T15:00:00.12Z"},
      {"0000-01-01T00:00:00Z", -62167219200, 0, "0000-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", 253402300799, 0, "9999-12-31T23:59:59Z"},
  };
  for (const Row& row : table) {
    INFO(row.text);
    Instant instant = at(row.text);
    CHECK(instant == Instant{row.seconds, row.nanoseconds});
    CHECK(to_string(instant, TimeZone()) == row.written);
    CHECK(at(row.written) == instant);
  }
}

TEST_CASE("bad instants") {
  const std::vector<Bad> table = {
      {"", 1, 1, "empty", "2026-11-20T15:00:00Z"},
      {"now", 1, 3, "\"now\" is not a time", "2026-11-20T15:00:00Z"},
      {"2026-02-30T10:00", 9, 2, "no day 30", "01 to 28"},
      {"2026-1-5T10:00", 6, 9, "not a time", "write 2026-01-05"},
      {"2026-11-20T", 12, 1, "not a time", "2026-11-20T15:00:00Z"},
      {"2026-11-20x15:00", 11, 6, "not a time", "2026-11-20T15:00:00Z"},
      {"2026-11-20T24:00", 12, 2, "no hour 24", "00:00 of the next"},
      {"2026-11-20T25:00", 12, 2, "no hour 25", "00 to 23"},
      {"2026-11-20T9:00", 12, 4, "not a time", "two digits, as 09:00"},
      {"2026-11-20T15", 14, 1, "not a time", "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:60", 15, 2, "no minute 60", "00 to 59"},
      {"2026-11-20T15:5", 15, 1, "not a time", "2026-11-20T15:00:00Z"},
      {"2016-12-31T23:59:60Z", 18, 2, "no second 60", "leap seconds are not counted"},
      {"2026-11-20T15:00:61Z", 18, 2, "no second 61", "00 to 59"},
      {"2026-11-20T15:00:00.Z", 21, 1, "not a time", "digits after the point"},
      {"2026-11-20T15:00.5", 17, 1, "needs seconds", "HH:MM:SS.5"},
      {"2026-11-20T15:00:00.0000000001Z", 30, 1, "at most 9 digits", "nanosecond"},
      {"2026-11-20T15:00:00,5Z", 20, 3, "not a time", "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:00:00+0100", 23, 2, "not a time", "+01:00"},
      {"2026-11-20T15:00:00+1:00", 21, 4, "not a time", "+01:00"},
      {"2026-11-20T15:00:00+24:00", 21, 2, "no hour 24", "00 to 23"},
      {"2026-11-20T15:00:00+01:60", 24, 2, "no minute 60", "00 to 59"},
      {"2026-11-20T15:00:00ZZ", 21, 1, "not a time", "2026-11-20T15:00:00Z"},
      {"2026-11-20T15:00:00 Europe/Berlin", 20, 14, "it ends with a zone's name",
       "such as 2026-11-20T15:00:00+01:00"},
      {"2026-11-20 15:00 UTC", 17, 4, "it ends with a zone's name", "write 2026-11-20T15:00:00Z"},
      {"2026-11-20 3:00 PM", 12, 7, "it counts hours to twelve", "write 2026-11-20T15:00"},
      {"2026-11-20 4 pm", 12, 4, "it counts hours to twelve", "write 2026-11-20T16:00"},
      {"4:30 pm", 1, 7, "it has no date", "write the date before it: 2026-11-20T16:30"},
      {"16:30", 1, 5, "it has no date", "write the date before it: 2026-11-20T16:30"},
      {"11/20/2026 12:30 AM", 1, 19, "it begins with the month", "write 2026-11-20T00:30"},
      {"1795186800", 5, 6, "a count of seconds since 1970", "write 2026-11-20T15:00:00Z"},
      {"1795186800000", 5, 9, "a count of milliseconds", "write 2026-11-20T15:00:00Z"},
      {"0000-01-01T00:00:00+00:01", 1, 25, "years 0000 to 9999", ""},
      {"9999-12-31T23:59:59-00:01", 1, 25, "years 0000 to 9999", ""},
  };
  for (const Bad& bad : table) check_bad(parse_instant(bad.text, TimeZone()), bad);
}

TEST_CASE("times of day") {
  CHECK(*parse_time_of_day("00:00") == 0);
  CHECK(*parse_time_of_day("09:30") == 34200);
  CHECK(*parse_time_of_day("23:59:59") == 86399);
  CHECK(time_of_day_text(34200) == "09:30");
  CHECK(time_of_day_text(34215) == "09:30:15");
  CHECK(time_of_day_text(0) == "00:00");
  const std::vector<Bad> table = {
      {"", 1, 1, "empty", "HH:MM"},
      {"24:00", 1, 2, "no hour 24", "00:00 of the next"},
      {"9:30", 1, 4, "not a time of day", "write 09:30"},
      {"0930", 3, 2, "not a time of day", "HH:MM"},
      {"09:30:60", 7, 2, "no second 60", "leap seconds"},
      {"09:30Z", 6, 1, "not a time of day", "HH:MM"},
      {"09:30:15.5", 9, 2, "not a time of day", "HH:MM"},
      {"9am", 1, 3, "it counts hours to twelve", "write 09:00"},
      {"4:30 pm", 1, 7, "it counts hours to twelve", "write 16:30"},
      {"12:15:30 AM", 9, 3, "it counts hours to twelve", "write 00:15:30"},
  };
  for (const Bad& bad : table) check_bad(parse_time_of_day(bad.text), bad);
}

TEST_CASE("lengths of time") {
  CHECK(*parse_duration("90s") == 90);
  CHECK(*parse_duration("15m") == 900);
  CHECK(*parse_duration("24h") == 86400);
  CHECK(*parse_duration("30d") == 2592000);
  CHECK(*parse_duration("3660000d") == 316224000000);
  const std::vector<Bad> table = {
      {"", 1, 1, "empty", "24h"},
      {"0d", 1, 1, "more than 0", "24h"},
      {"-1d", 1, 3, "not a length", "24h"},
      {"1.5h", 2, 3, "not a length", "24h"},
      {"24", 3, 1, "not a length", "24h"},
      {"24H", 3, 1, "not a length", "24h"},
      {"h", 1, 1, "not a length", "24h"},
      {"1w", 2, 1, "not a length", "a week is 7d"},
      {"24 h", 3, 2, "not a length", "24h"},
      {"P1D", 1, 3, "not a length", "24h"},
      {"1d12h", 2, 4, "not a length", "24h"},
      {"3660001d", 1, 7, "ten thousand years", ""},
      {"99999999999999999999999999s", 1, 26, "ten thousand years", ""},
  };
  for (const Bad& bad : table) check_bad(parse_duration(bad.text), bad);
}

TEST_CASE("zones are IANA names and nothing else") {
  CHECK(zone("Europe/Berlin").name() == "Europe/Berlin");
  CHECK(zone("Asia/Calcutta").name() == "Asia/Calcutta");  // an old name still serves
  CHECK(zone("UTC").name() == "UTC");
  CHECK(TimeZone().name() == "UTC");
  for (const char* name : {"", "CEST", "Europe", "europe/berlin", "Europe/Berlin ", "localtime",
                           "Factory", "posix/Europe/Berlin", "../../../etc/passwd", "+01:00",
                           "Europe/../Europe/Berlin", "tzdata.zi"}) {
    INFO(name);
    CHECK_FALSE(TimeZone::find(name));
  }
}

// Local text without an offset, and the same instant as the zone writes it.
TEST_CASE("local times: gaps, repeats, odd offsets") {
  struct Row {
    std::string zone, local, written;
  };
  const std::vector<Row> table = {
      {"Europe/Berlin", "2026-11-20T16:00", "2026-11-20T16:00:00+01:00"},
      {"Europe/Berlin", "2026-07-01", "2026-07-01T00:00:00+02:00"},
      {"Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"},
      {"Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00:00+02:00"},
      {"Europe/Berlin", "2026-03-29T02:30:00.75", "2026-03-29T03:00:00+02:00"},
      {"Europe/Berlin", "2026-03-29T03:00", "2026-03-29T03:00:00+02:00"},
      {"Europe/Berlin", "2026-10-25T02:00", "2026-10-25T02:00:00+02:00"},
      {"Europe/Berlin", "2026-10-25T02:59:59.999999999", "2026-10-25T02:59:59.999999999+02:00"},
      {"Europe/Berlin", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00"},
      {"Europe/London", "2026-01-01", "2026-01-01T00:00:00+00:00"},
      {"America/New_York", "2026-03-08T02:30", "2026-03-08T03:00:00-04:00"},
      {"America/New_York", "2026-11-01T01:30", "2026-11-01T01:30:00-04:00"},
      {"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
      {"Asia/Beirut", "2022-03-27", "2022-03-27T01:00:00+03:00"},
      {"Africa/Cairo", "2024-04-26", "2024-04-26T01:00:00+03:00"},
      {"America/Havana", "2025-11-02", "2025-11-02T00:00:00-04:00"},
      {"Asia/Kolkata", "2026-01-01", "2026-01-01T00:00:00+05:30"},
      {"Asia/Kathmandu", "2026-01-01", "2026-01-01T00:00:00+05:45"},
      {"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45:00+11:00"},
      {"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:30:00+11:00"},
      {"Pacific/Apia", "2011-12-30T12:00", "2011-12-31T00:00:00+14:00"},
      {"Europe/Berlin", "1890-01-01", "1889-12-31T23:06:32Z"},  // local mean time
      // Beyond the transitions that zone files list.
      {"Europe/Berlin", "2045-07-01T14:30", "2045-07-01T14:30:00+02:00"},
      {"Europe/Berlin", "2045-03-26T02:30", "2045-03-26T03:00:00+02:00"},
      {"Europe/Berlin", "2045-10-29T02:30", "2045-10-29T02:30:00+02:00"},
      {"Europe/Berlin", "2045-12-31", "2045-12-31T00:00:00+01:00"},
      {"America/New_York", "2100-07-04T09:00", "2100-07-04T09:00:00-04:00"},
      {"Australia/Sydney", "2050-01-15T12:00", "2050-01-15T12:00:00+11:00"},
      {"Australia/Lord_Howe", "2060-10-03T02:15", "2060-10-03T02:30:00+11:00"},
      {"Europe/Dublin", "2045-07-01T12:00", "2045-07-01T12:00:00+01:00"},
      {"Europe/Dublin", "2045-12-01T12:00", "2045-12-01T12:00:00+00:00"},
      {"America/Nuuk", "2045-07-01T12:00", "2045-07-01T12:00:00-01:00"},
      {"America/Santiago", "2045-12-31T23:59", "2045-12-31T23:59:00-03:00"},
      {"Asia/Beirut", "2045-03-26T00:30", "2045-03-26T01:00:00+03:00"},
      {"Asia/Kolkata", "2200-01-01", "2200-01-01T00:00:00+05:30"},
      {"Africa/Casablanca", "2095-06-01", "2095-06-01T00:00:00+01:00"},
      {"Etc/GMT+5", "2045-07-01", "2045-07-01T00:00:00-05:00"},
  };
  for (const Row& row : table) {
    INFO(row.zone << " " << row.local);
    Instant instant = at(row.local, zone(row.zone));
    CHECK(to_string(instant, zone(row.zone)) == row.written);
    CHECK(at(row.written, zone(row.zone)) == instant);
  }
}

TEST_CASE("an offset in the text outweighs the zone") {
  CHECK(at("2026-11-20T15:00:00Z", zone("Asia/Kolkata")) == at("2026-11-20T15:00"));
}

TEST_CASE("what clocks show") {
  TimeZone berlin = zone("Europe/Berlin");
  TimeZone::Local local = berlin.local(at("2026-11-20T23:30:00.25Z"));
  CHECK(local.day == *parse_day("2026-11-21"));
  CHECK(local.second == 1800);
  CHECK(local.nanosecond == 250000000);
  CHECK(berlin.offset_seconds(at("2026-07-01")) == 7200);
  local = TimeZone().local(Instant{-1, 0});
  CHECK(local.day == Day{-1});
  CHECK(local.second == 86399);
}

TEST_CASE("times that RFC 3339 cannot write in the zone are written in UTC") {
  CHECK(to_string(at("9999-12-31T23:30:00Z"), zone("Europe/Berlin")) == "9999-12-31T23:30:00Z");
  CHECK(to_string(at("0000-01-01T00:30:00Z"), zone("America/New_York")) == "0000-01-01T00:30:00Z");
  CHECK(to_string(Instant{253402300800, 0}, TimeZone()) == "10000-01-01T00:00:00Z");
}

// Every local hour of the years in which most rules changed, there and back: an hour that exists
// reads back as itself, and hours never run backwards.
TEST_CASE("local hours go there and back") {
  for (const char* name : {"Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Beirut",
                           "Africa/Cairo", "Australia/Lord_Howe", "Africa/Casablanca",
                           "America/St_Johns", "Pacific/Apia", "Europe/Dublin"}) {
    INFO(name);
    TimeZone in = zone(name);
    Instant before{INT64_MIN, 0};
    for (Day day = *parse_day("2006-01-01"); day < *parse_day("2047-01-01"); ++day.number) {
      if (day == *parse_day("2027-01-01")) day = *parse_day("2036-12-01");  // alike till then
      for (std::int32_t second = 0; second < 86400; second += 1800) {
        Instant instant = in.instant(day, second);
        TimeZone::Local local = in.local(instant);
        bool same = local.day == day && local.second == second;
        bool in_gap = in.local(Instant{instant.seconds - 1, 0}).day < day ||
                      in.local(Instant{instant.seconds - 1, 0}).second < second;
        if (!same && !in_gap) FAIL(to_string(day) << " " << second);
        if (instant < before) FAIL("backwards at " << to_string(day) << " " << second);
        before = instant;
      }
    }
  }
}

TEST_CASE("now is a time of this century") {
  CHECK(now() > at("2026-01-01"));
  CHECK(now() < at("2101-01-01"));
  CHECK(now().nanoseconds == 0);
}

}  // namespace
}  // namespace levy
