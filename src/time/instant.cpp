#include "time/instant.h"

// The library's classes differ with this setting, so it must be the one the library was built with.
// Its CMake target says which; Debian's, for whoever compiles without it, is 1.
#ifndef USE_OS_TZDB
#define USE_OS_TZDB 1
#endif
#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <exception>
#include <utility>

#include "base/text.h"
#include "time/calendar.h"
#include "time/time_repairs.h"
#include "time/zone_rule.h"

namespace levy {
namespace {

constexpr std::int64_t day_seconds = 86400;
constexpr std::int32_t nanoseconds_per_second = 1'000'000'000;
constexpr Day day_first{-719528};             // 0000-01-01
constexpr Day day_last{2932896};              // 9999-12-31
constexpr std::int64_t days_max = 3'660'000;  // of a duration: ten thousand years

// Text being read from left to right; a step that fails stays where it is.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at == text.size(); }
  char peek() const { return done() ? '\0' : text[at]; }
  std::string_view rest() const { return text.substr(at); }

  bool take(char wanted) {
    if (done() || text[at] != wanted) return false;
    ++at;
    return true;
  }

  bool take_any(std::string_view wanted) {
    if (done() || wanted.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
  }

  // Exactly `count` digits; -1: they are not there.
  int digits(std::size_t count) {
    if (text.size() - at < count) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    at += count;
    return value;
  }
};

Diagnostic bad_time(std::string_view text, std::size_t begin, std::size_t end,
                    std::string_view message, std::string remedy) {
  return text_fault(text, begin, end, Code::bad_time, message, std::move(remedy));
}

// The same fault, said for a form that people commonly write instead.
Diagnostics explained(Diagnostics faults, const std::optional<TimeRepair>& repair) {
  Diagnostic& fault = faults.front();
  bool of_form = fault.message.find(" is not a ") != std::string::npos;
  if (!repair || !of_form) return faults;
  if (!repair->message.empty()) fault.message += ": " + repair->message;
  fault.remedy = repair->remedy;
  return faults;
}

// What was just read, the last `width` bytes, is well formed but does not exist.
Diagnostic no_such(const Cursor& in, std::size_t width, std::string message, std::string remedy) {
  return bad_time(in.text, in.at - width, in.at, std::move(message), std::move(remedy));
}

// Reading stopped: the rest is not what it should be.
Diagnostic stopped(const Cursor& in, std::string_view what, std::string remedy) {
  constexpr std::size_t shown_max = 60;
  std::string message = "this is not " + std::string(what);
  if (in.text.empty()) message = std::string(what) + " is expected here, and the text is empty";
  if (!in.text.empty() && in.text.size() <= shown_max) {
    message = in_quotes(in.text) + " is not " + std::string(what);
  }
  return bad_time(in.text, in.at, in.text.size(), std::move(message), std::move(remedy));
}

date::year_month_day ymd_of(int year, int month, int day) {
  return date::year(year) / date::month(static_cast<unsigned>(month)) /
         date::day(static_cast<unsigned>(day));
}

int month_days(int year, int month) {
  auto last = date::year(year) / date::month(static_cast<unsigned>(month)) / date::last;
  return static_cast<int>(static_cast<unsigned>(date::year_month_day(last).day()));
}

Checked<Day> read_day(Cursor& in, std::string_view what, std::string_view form) {
  int year = in.digits(4);
  if (year < 0 || !in.take('-')) return stopped(in, what, std::string(form));
  int month = in.digits(2);
  if (month < 0) return stopped(in, what, std::string(form));
  if (month < 1 || month > 12) {
    return no_such(in, 2, "there is no month " + two_digits(month), "months are 01 to 12");
  }
  if (!in.take('-')) return stopped(in, what, std::string(form));
  int day = in.digits(2);
  if (day < 0) return stopped(in, what, std::string(form));
  int last = month_days(year, month);
  if (day < 1 || day > last) {
    std::string of_month(in.text.substr(0, 7));
    return no_such(in, 2, of_month + " has no day " + two_digits(day),
                   "its days are 01 to " + std::to_string(last));
  }
  return day_of(ymd_of(year, month, day));
}

constexpr std::string_view clock_form = "write a time of day as HH:MM or HH:MM:SS, such as 09:30";
constexpr std::string_view instant_form =
    "write a date, such as 2026-11-20, or a date and time, such as 2026-11-20T15:00:00Z";
constexpr std::string_view offset_form = "write the offset from UTC as Z, or as +01:00";

// What is being read, for messages.
struct Wanted {
  std::string_view what;
  std::string_view form;
};

// Two digits, 00 to `max`.
Checked<std::int32_t> read_field(Cursor& in, int max, const char* noun, const Wanted& wanted,
                                 std::string_view remedy = "") {
  int value = in.digits(2);
  if (value < 0) return stopped(in, wanted.what, std::string(wanted.form));
  if (value <= max) return std::int32_t{value};
  std::string range = std::string(noun) + "s are 00 to " + std::to_string(max);
  return no_such(in, 2, "there is no " + std::string(noun) + " " + two_digits(value),
                 value == max + 1 && !remedy.empty() ? std::string(remedy) : range);
}

Checked<std::int32_t> read_hour(Cursor& in, const Wanted& wanted) {
  bool short_hour = in.rest().find_first_not_of("0123456789") == 1 && in.rest()[1] == ':';
  if (!short_hour) {
    return read_field(in, 23, "hour", wanted, "write the end of a day as 00:00 of the next");
  }
  return stopped(in, wanted.what, "write the hour with two digits, as 0" + std::string(in.rest()));
}

// "HH:MM" or "HH:MM:SS": seconds of the day.
Checked<std::int32_t> read_clock(Cursor& in, const Wanted& wanted) {
  Checked<std::int32_t> hour = read_hour(in, wanted);
  if (!hour) return hour;
  if (!in.take(':')) return stopped(in, wanted.what, std::string(wanted.form));
  Checked<std::int32_t> minute = read_field(in, 59, "minute", wanted);
  if (!minute) return minute;
  std::int32_t second_of_day = *hour * 3600 + *minute * 60;
  if (!in.take(':')) return second_of_day;
  Checked<std::int32_t> second =
      read_field(in, 59, "second", wanted,
                 "leap seconds are not counted: write second 59, or 00 of the next minute");
  if (!second) return second;
  return second_of_day + *second;
}

// ".5" or nothing: nanoseconds.
Checked<std::int32_t> read_fraction(Cursor& in, bool after_seconds) {
  if (!in.take('.')) return std::int32_t{0};
  if (!after_seconds) {
    return no_such(in, 1, "a fraction needs seconds before it", "write the time as HH:MM:SS.5");
  }
  std::size_t begin = in.at;
  std::int32_t value = 0;
  std::int32_t unit = nanoseconds_per_second;
  for (int digit = in.digits(1); digit >= 0; digit = in.digits(1)) {
    unit /= 10;
    if (unit == 0) {
      return no_such(in, 1, "a second has at most 9 digits after the point",
                     "leave out what is finer than a nanosecond");
    }
    value += digit * unit;
  }
  if (in.at == begin) return stopped(in, "a time", "write digits after the point, or no point");
  return value;
}

// "Z" or "+01:00": seconds east of UTC.
Checked<std::int32_t> read_offset(Cursor& in) {
  constexpr Wanted wanted{"a time", offset_form};
  if (in.take_any("Zz")) return std::int32_t{0};
  std::int32_t sign = in.peek() == '-' ? -1 : 1;
  if (!in.take_any("+-")) return stopped(in, "a time", std::string(instant_form));
  Checked<std::int32_t> hour = read_field(in, 23, "hour", wanted);
  if (!hour) return hour;
  if (!in.take(':')) return stopped(in, wanted.what, std::string(wanted.form));
  Checked<std::int32_t> minute = read_field(in, 59, "minute", wanted);
  if (!minute) return minute;
  return sign * (*hour * 3600 + *minute * 60);
}

Checked<Instant> in_range(Instant instant, std::string_view text) {
  std::int64_t first = day_first.number * day_seconds;
  std::int64_t end = (day_last.number + 1) * day_seconds;
  if (instant.seconds >= first && instant.seconds < end) return instant;
  return bad_time(text, 0, text.size(), "this lies outside the years 0000 to 9999 of UTC",
                  "give a time within them");
}

Instant utc_instant(Day day, std::int32_t second, std::int32_t nanosecond) {
  return {day.number * day_seconds + second, nanosecond};
}

bool is_utc(std::string_view name) { return name == "UTC" || name == "Etc/UTC"; }

}  // namespace

namespace {

Diagnostic unknown_zone(std::string_view name) {
  return Diagnostic{Code::unknown_timezone, in_quotes(name) + " is not a known time zone",
                    "write an IANA name, for example \"Europe/Berlin\" or \"UTC\""};
}

// By the library, which passes over a few files of the folder. Where its list cannot be made, any.
bool is_listed(const std::string& name) {
  try {
    const std::vector<date::time_zone>& zones = date::get_tzdb().zones;
    return std::any_of(zones.begin(), zones.end(),
                       [&](const date::time_zone& zone) { return zone.name() == name; });
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace

Checked<TimeZone> TimeZone::find(std::string_view name) {
  TimeZone found;
  found.name_ = std::string(name);
  if (is_utc(name)) return found;
  // Not a zone but whatever this machine is set to: answers must not depend on that.
  if (name == "localtime") return unknown_zone(name);
  Checked<std::optional<std::string>> file = read_zone_file(name);
  if (!file) return std::move(file).faults();
  if (!*file) return unknown_zone(name);
  if (auto rule = ZoneRule::find(**file)) found.rule_ = std::make_shared<const ZoneRule>(*rule);
  try {
    found.zone_ = date::locate_zone(found.name_);
    // The library reads a zone's file at its first use: a broken one must show itself here.
    (void)found.zone_->get_info(date::sys_seconds());
    return found;
  } catch (const std::exception&) {
    return is_listed(found.name_) ? unreadable_zone(name, EIO) : unknown_zone(name);
  }
}

std::int32_t TimeZone::offset_seconds(Instant instant) const {
  if (zone_ == nullptr) return 0;
  if (rule_ && instant.seconds >= rule_->since()) return rule_->offset_seconds(instant.seconds);
  date::sys_seconds at(std::chrono::seconds(instant.seconds));
  return static_cast<std::int32_t>(zone_->get_info(at).offset.count());
}

TimeZone::Local TimeZone::local(Instant instant) const {
  std::int64_t shown = instant.seconds + offset_seconds(instant);
  std::int64_t second = ((shown % day_seconds) + day_seconds) % day_seconds;
  std::int64_t day = (shown - second) / day_seconds;
  return {Day{static_cast<std::int32_t>(day)}, static_cast<std::int32_t>(second),
          instant.nanoseconds};
}

Instant TimeZone::instant(Day day, std::int32_t second, std::int32_t nanosecond) const {
  Instant shown = utc_instant(day, second, nanosecond);
  if (zone_ == nullptr) return shown;
  // No clock is off by more than this, and no two transitions are as near as that.
  constexpr std::int64_t offset_max = 26 * 3600;
  if (rule_ && shown.seconds - offset_max >= rule_->since()) {
    ZoneRule::Found found = rule_->instant(shown.seconds);
    return {found.seconds, found.skipped ? 0 : nanosecond};
  }
  auto info = zone_->get_info(date::local_seconds(std::chrono::seconds(shown.seconds)));
  if (info.result == date::local_info::nonexistent) {
    return {info.first.end.time_since_epoch().count(), 0};
  }
  return {shown.seconds - info.first.offset.count(), nanosecond};
}

int weekday(Day day) {
  return static_cast<int>(date::weekday(sys_days_of(day)).iso_encoding()) - 1;
}

std::string_view weekday_word(int weekday) {
  constexpr std::string_view words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  ensure(weekday >= 0 && weekday < 7, "a weekday is 0 to 6");
  return words[weekday];
}

namespace {

Checked<Day> parse_plain_day(std::string_view text) {
  constexpr std::string_view form = "write a date as YYYY-MM-DD, such as 2026-11-20";
  Cursor in{text};
  Checked<Day> day = read_day(in, "a date", form);
  if (day && !in.done()) return stopped(in, "a date", std::string(form));
  return day;
}

Checked<Instant> parse_plain_instant(std::string_view text, const TimeZone& zone) {
  Cursor in{text};
  Checked<Day> day = read_day(in, "a time", instant_form);
  if (!day) return std::move(day).faults();
  if (in.done()) return in_range(zone.instant(*day), text);
  if (!in.take_any("Tt ")) return stopped(in, "a time", std::string(instant_form));
  Checked<std::int32_t> second = read_clock(in, {"a time", instant_form});
  if (!second) return std::move(second).faults();
  constexpr std::size_t with_seconds = 19;  // "2026-11-20T15:00:00"
  Checked<std::int32_t> nanosecond = read_fraction(in, in.at == with_seconds);
  if (!nanosecond) return std::move(nanosecond).faults();
  if (in.done()) return in_range(zone.instant(*day, *second, *nanosecond), text);
  Checked<std::int32_t> offset = read_offset(in);
  if (!offset) return std::move(offset).faults();
  if (!in.done()) return stopped(in, "a time", std::string(instant_form));
  Instant instant = utc_instant(*day, *second, *nanosecond);
  instant.seconds -= *offset;
  return in_range(instant, text);
}

}  // namespace

Checked<Day> parse_day(std::string_view text) {
  Checked<Day> day = parse_plain_day(text);
  if (!day) return explained(std::move(day).faults(), repair_time(text));
  return day;
}

Checked<Instant> parse_instant(std::string_view text, const TimeZone& zone) {
  Checked<Instant> instant = parse_plain_instant(text, zone);
  if (!instant) return explained(std::move(instant).faults(), repair_time(text));
  return instant;
}

Checked<std::int32_t> parse_time_of_day(std::string_view text) {
  Cursor in{text};
  Checked<std::int32_t> second = read_clock(in, {"a time of day", clock_form});
  if (second && !in.done())
    second = Diagnostics{stopped(in, "a time of day", std::string(clock_form))};
  if (!second) return explained(std::move(second).faults(), repair_time_of_day(text));
  return second;
}

Checked<std::int64_t> parse_duration(std::string_view text) {
  constexpr std::string_view form =
      "write a whole number and s, m, h or d: 90s, 15m, 24h, 30d (a week is 7d)";
  constexpr std::string_view letters = "smhd";
  constexpr std::int64_t lengths[] = {1, 60, 3600, day_seconds};
  Cursor in{text};
  std::int64_t count = 0;
  for (int digit = in.digits(1); digit >= 0; digit = in.digits(1)) {
    count = std::min(count * 10 + digit, days_max * day_seconds + 1);
  }
  std::size_t unit = letters.find(in.peek());
  if (in.at == 0 || in.rest().size() != 1 || unit == std::string_view::npos) {
    return stopped(in, "a length of time", std::string(form));
  }
  std::string_view number = text.substr(0, in.at);
  if (count == 0)
    return no_such(in, number.size(), "a length of time is more than 0", std::string(form));
  if (count > days_max * day_seconds / lengths[unit]) {
    return no_such(in, number.size(), "this is longer than ten thousand years", std::string(form));
  }
  return count * lengths[unit];
}

std::string to_string(Day day) {
  date::year_month_day ymd(sys_days_of(day));
  int year = static_cast<int>(ymd.year());
  std::string digits = std::to_string(year < 0 ? -year : year);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return (year < 0 ? "-" : "") + digits + "-" +
         two_digits(static_cast<int>(static_cast<unsigned>(ymd.month()))) + "-" +
         two_digits(static_cast<int>(static_cast<unsigned>(ymd.day())));
}

std::string time_of_day_text(std::int32_t second) {
  std::string text = two_digits(second / 3600) + ":" + two_digits(second / 60 % 60);
  if (second % 60 != 0) text += ":" + two_digits(second % 60);
  return text;
}

std::string to_string(Instant instant, const TimeZone& zone) {
  TimeZone::Local local = zone.local(instant);
  std::int32_t offset = zone.offset_seconds(instant);
  // RFC 3339 can write neither local mean time's odd seconds nor years beyond its four digits.
  bool writable = offset % 60 == 0 && local.day >= day_first && local.day <= day_last;
  if (!writable && !is_utc(zone.name())) return to_string(instant, TimeZone());
  std::string text = to_string(local.day) + "T" + time_of_day_text(local.second);
  if (local.second % 60 == 0) text += ":00";
  if (instant.nanoseconds != 0) {
    std::string digits = std::to_string(nanoseconds_per_second + instant.nanoseconds);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits.substr(1);
  }
  if (is_utc(zone.name())) return text + "Z";
  int size = offset < 0 ? -offset : offset;
  return text + (offset < 0 ? "-" : "+") + time_of_day_text(size);
}

Instant now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::floor<std::chrono::seconds>(since).count(), 0};
}

}  // namespace levy
