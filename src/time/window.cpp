#include "time/window.h"

#include "base/ensure.h"
#include "time/calendar.h"

namespace levy {
namespace {

using Kind = Window::Kind;

// The day whose range, from `second` on to the next day's, holds t. Not always what the clock
// shows: where clocks go back over midnight the old date returns for a while, but the new day has
// begun with the first of the two midnights.
Day day_holding(Instant t, const TimeZone& zone, std::int32_t second = 0) {
  Day day = zone.local(t).day;
  while (zone.instant(Day{day.number + 1}, second) <= t) ++day.number;
  while (zone.instant(day, second) > t) --day.number;
  return day;
}

// Of the calendar period of `length` months, which divides 12.
Day first_of_months(const date::year_month_day& at, int length, int count) {
  auto month = static_cast<int>(static_cast<unsigned>(at.month())) - 1;
  date::year_month first = at.year() / date::January;
  first += date::months(month / length * length + count * length);
  return day_of(date::sys_days(first / 1));
}

// In a common year 02-29 begins on 03-01: the day after 02-28 in either case.
date::sys_days anniversary(date::year year, int month, int day) {
  auto first = date::sys_days(year / date::month(static_cast<unsigned>(month)) / 1);
  return first + date::days(day - 1);
}

Day first_of_year_from(Day at, int count, int month, int day) {
  date::sys_days when = sys_days_of(at);
  date::year year = date::year_month_day(when).year();
  if (anniversary(year, month, day) > when) --year;
  return day_of(anniversary(year + date::years(count), month, day));
}

// Of the month that begins on its `day`.
Day first_of_month_from(const date::year_month_day& at, int count, int day) {
  date::year_month month = at.year() / at.month();
  if (static_cast<int>(static_cast<unsigned>(at.day())) < day) month -= date::months(1);
  month += date::months(count);
  return day_of(date::sys_days(month / static_cast<unsigned>(day)));
}

// The first day of the calendar period `count` periods after the one that holds `at`.
Day first_day(const Window& window, Day at, int count) {
  date::year_month_day ymd(sys_days_of(at));
  switch (window.kind == Kind::previous ? window.period : window.kind) {
    case Kind::day:
      return Day{at.number + count};
    case Kind::week:
      return Day{at.number - weekday(at) + 7 * count};
    case Kind::month:
      return first_of_months(ymd, 1, count);
    case Kind::quarter:
      return first_of_months(ymd, 3, count);
    case Kind::year:
      return first_of_months(ymd, 12, count);
    case Kind::year_from:
      return first_of_year_from(at, count, window.month, window.day);
    case Kind::day_from:
      return Day{at.number + count};
    case Kind::week_from:
      return Day{at.number - (weekday(at) - window.day + 7) % 7 + 7 * count};
    case Kind::month_from:
      return first_of_month_from(ymd, count, window.day);
    case Kind::transaction:
    case Kind::lifetime:
    case Kind::previous:
    case Kind::rolling:
      break;
  }
  ensure(false, "only a calendar window has a first day");
  return at;
}

// The first instant of the calendar period `count` periods after the one that holds t.
Instant period_start(const Window& window, Instant t, int count, const TimeZone& zone) {
  auto second = static_cast<std::int32_t>(window.kind == Kind::day_from ? window.seconds : 0);
  return zone.instant(first_day(window, day_holding(t, zone, second), count), second);
}

}  // namespace

std::string duration_text(std::int64_t seconds) {
  if (seconds % 86400 == 0 && seconds != 86400) return std::to_string(seconds / 86400) + "d";
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + "h";
  if (seconds % 60 == 0) return std::to_string(seconds / 60) + "m";
  return std::to_string(seconds) + "s";
}

std::string to_string(const Window& window) {
  switch (window.kind) {
    case Kind::transaction:
      return "transaction";
    case Kind::day:
      return "day";
    case Kind::week:
      return "week";
    case Kind::month:
      return "month";
    case Kind::quarter:
      return "quarter";
    case Kind::year:
      return "year";
    case Kind::year_from:
      return "year from " + two_digits(window.month) + "-" + two_digits(window.day);
    case Kind::day_from:
      return "day from " + time_of_day_text(static_cast<std::int32_t>(window.seconds));
    case Kind::week_from:
      return "week from " + std::string(weekday_word(window.day));
    case Kind::month_from:
      return "month from " + std::to_string(window.day);
    case Kind::lifetime:
      return "lifetime";
    case Kind::previous:
      return "previous " + to_string(Window{window.period});
    case Kind::rolling:
      return "rolling " + duration_text(window.seconds);
  }
  ensure(false, "a window has one of the kinds above");
  return "";
}

bool Span::contains(Instant instant) const {
  if (from && (from_included ? instant < *from : instant <= *from)) return false;
  return until_included ? instant <= until : instant < until;
}

Window::Extent Window::extent() const {
  switch (kind) {
    case Kind::transaction:
      return Extent::operation;
    case Kind::lifetime:
      return Extent::everything;
    case Kind::rolling:
      return Extent::rolling;
    case Kind::previous:
      return Extent::previous_period;
    case Kind::day:
    case Kind::week:
    case Kind::month:
    case Kind::quarter:
    case Kind::year:
    case Kind::year_from:
    case Kind::day_from:
    case Kind::week_from:
    case Kind::month_from:
      return Extent::period;
  }
  ensure(false, "a window has one of the kinds above");
  return Extent::operation;
}

std::optional<Span> span_of(const Window& window, Instant t, const TimeZone& zone) {
  switch (window.extent()) {
    case Window::Extent::operation:
      return std::nullopt;
    case Window::Extent::everything:
      return Span{std::nullopt, true, t, true};
    case Window::Extent::rolling:
      return Span{Instant{t.seconds - window.seconds, t.nanoseconds}, false, t, true};
    case Window::Extent::previous_period:
      return Span{period_start(window, t, -1, zone), true, period_start(window, t, 0, zone), false};
    case Window::Extent::period:
      return Span{period_start(window, t, 0, zone), true, t, true};
  }
  ensure(false, "a window has one of the extents above");
  return std::nullopt;
}

std::optional<Instant> leaves_window(const Window& window, Instant i, Instant t,
                                     const TimeZone& zone) {
  Window::Extent extent = window.extent();
  if (extent == Window::Extent::operation || extent == Window::Extent::everything)
    return std::nullopt;
  if (extent == Window::Extent::rolling) return Instant{i.seconds + window.seconds, i.nanoseconds};
  return period_start(window, t, 1, zone);
}

}  // namespace levy
