// Times and windows of the limits' oracle: a table of days, looked through from its end.
#include <date/tz.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "limits_oracle.h"

namespace limits_oracle {
namespace {

using date::local_days;
using std::chrono::seconds;

// A local midnight: the first of two, or the instant after a gap.
Seconds instant_of(const date::time_zone& zone, date::local_seconds local) {
  date::local_info info = zone.get_info(local);
  if (info.result == date::local_info::nonexistent)
    return info.first.end.time_since_epoch().count();
  return (local.time_since_epoch() - info.first.offset).count();
}

}  // namespace

Calendar::Calendar(const std::string& zone) : zone_(zone) {
  const date::time_zone& found = *date::locate_zone(zone);
  const local_days last{date::year{2026} / 12 / 31};
  for (local_days day{date::year{2008} / 1 / 1}; day <= last; day += date::days{1}) {
    date::year_month_day ymd{day};
    date::weekday weekday{day};
    days_.push_back({instant_of(found, date::local_seconds{day}), int(ymd.year()),
                     int(unsigned(ymd.month())), int(unsigned(ymd.day())),
                     int(weekday.iso_encoding()) - 1});
  }
}

std::pair<int, int> Calendar::clock(Seconds t) const {
  date::zoned_time<seconds> zoned{date::locate_zone(zone_), date::sys_seconds{seconds{t}}};
  date::local_seconds local = zoned.get_local_time();
  local_days day = date::floor<date::days>(local);
  return {int(date::weekday{day}.iso_encoding()) - 1, int((local - day).count())};
}

std::string Calendar::text(Seconds t) const {
  date::zoned_time<seconds> zoned{date::locate_zone(zone_), date::sys_seconds{seconds{t}}};
  std::ostringstream out;
  out << date::format("%FT%T", zoned.get_local_time());
  auto offset = zoned.get_info().offset.count();
  if (offset == 0) return out.str() + "Z";
  char text[40];
  long long minutes = offset < 0 ? -offset / 60 : offset / 60;
  std::snprintf(text, sizeof text, "%c%02d:%02d", offset < 0 ? '-' : '+', int(minutes / 60 % 100),
                int(minutes % 60));
  return out.str() + text;
}

// The calendar period that holds t: from the last first-of-period day that has begun, to the next.
// kind "year" begins on month-day, "month_from" on day, "week_from" on that weekday (0 Monday); the
// others ignore these.
std::pair<Seconds, Seconds> Oracle::period(const std::string& kind, int month, int day,
                                           Seconds t) const {
  const auto& days = calendar_.days();
  const bool daily = kind == "day", weekly = kind == "week", monthly = kind == "month",
             quarterly = kind == "quarter";
  auto begins = [&](std::size_t i) {
    const Calendar::DayStart& one = days[i];
    if (daily) return true;
    if (kind == "week_from") return one.weekday == day;
    if (kind == "month_from") return one.day == day;
    if (weekly) return one.weekday == 0;
    if (monthly) return one.day == 1;
    if (quarterly) return one.day == 1 && one.month % 3 == 1;
    if (month == 2 && day == 29) {  // in a common year, March 1st
      return (one.month == 2 && one.day == 29) ||
             (one.month == 3 && one.day == 1 && days[i - 1].day == 28);
    }
    return one.month == month && one.day == day;
  };
  auto after = std::upper_bound(days.begin(), days.end(), t,
                                [](Seconds at, const auto& one) { return at < one.at; });
  std::size_t next = std::max<std::size_t>(1, std::size_t(after - days.begin()));
  std::size_t i = next - 1;
  while (!begins(i)) --i;
  while (!begins(next)) ++next;
  return {days[i].at, days[next].at};
}

std::pair<Seconds, Seconds> Oracle::span(const Json& window, Seconds t) const {
  if (window.is_string()) {
    std::string kind = window;
    if (kind == "transaction") return {t + 1, t};  // nothing
    if (kind == "lifetime") return {std::numeric_limits<Seconds>::min(), t};
    return {period(kind, 1, 1, t).first, t};
  }
  if (window.contains("rolling")) {
    std::string text = window["rolling"];
    Seconds unit = text.back() == 'd' ? 86400 : text.back() == 'h' ? 3600 : 60;
    return {t - std::stoll(text) * unit + 1, t};
  }
  if (window.contains("year_from")) {
    std::string text = window["year_from"];
    return {period("year", std::stoi(text.substr(0, 2)), std::stoi(text.substr(3)), t).first, t};
  }
  if (window.contains("month_from")) {
    return {period("month_from", 1, window["month_from"], t).first, t};
  }
  if (window.contains("week_from")) {
    static const std::vector<std::string> words = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    auto at = std::find(words.begin(), words.end(), window["week_from"].get<std::string>());
    return {period("week_from", 1, int(at - words.begin()), t).first, t};
  }
  std::string kind = window["previous"];
  Seconds start = period(kind, 1, 1, t).first;
  return {period(kind, 1, 1, start - 1).first, start - 1};
}

}  // namespace limits_oracle
