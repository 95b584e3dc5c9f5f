// Weekdays, dates and times of day: the intervals that conditions cut, each with a time in it.
#include <algorithm>
#include <optional>
#include <set>

#include "analysis/cell_axes.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

constexpr std::int32_t day_seconds = 86400;
constexpr int days_tried = 21;  // every weekday, and twice again around a change of the clocks

// Where a new interval begins: the first whole day or second behind each bound.
std::set<std::int32_t> cuts_of(const AxisQuestion& asked, Condition::Subject subject) {
  std::set<std::int32_t> cuts;
  auto add = [&](const std::optional<Figure>& bound, int offset) {
    if (bound) cuts.insert(static_cast<std::int32_t>(*bound->number->minor_units(0)) + offset);
  };
  for (const Watch& watch : asked.watches) {
    if (!watch.when) continue;
    for (const Condition& condition : watch.when->conditions) {
      if (condition.subject != subject) continue;
      for (const Figure& figure : condition.figures) add(figure, 0), add(figure, 1);
      if (!condition.range) continue;
      add(condition.range->from, 0), add(condition.range->below, 0);
      add(condition.range->above, 1), add(condition.range->up_to, 1);
    }
  }
  return cuts;
}

// [begin, end) of days or seconds; either may be open.
struct Interval {
  std::optional<std::int32_t> begin, end;
};

std::vector<Interval> intervals_of(const std::set<std::int32_t>& cuts) {
  std::vector<Interval> intervals = {{}};
  for (std::int32_t cut : cuts) {
    intervals.back().end = cut;
    intervals.push_back({cut, std::nullopt});
  }
  return intervals;
}

bool in_force(const Schedule& schedule, Instant t) {
  return (!schedule.from || t >= *schedule.from) && (!schedule.until || t < *schedule.until);
}

struct Wanted {
  Interval days;
  std::optional<int> weekday;
  std::int32_t second = 0;
};

std::optional<Instant> find_time(const Schedule& schedule, const Wanted& wanted) {
  const TimeZone& zone = schedule.timezone;
  std::int32_t start = zone.local(time_in_force(schedule)).day.number;
  bool backwards = false;
  if (wanted.days.begin) start = std::max(start, *wanted.days.begin);
  if (wanted.days.end && start >= *wanted.days.end) {
    start = *wanted.days.end - 1;
    backwards = true;
  }
  for (int i = 0; i < days_tried; ++i) {
    Day day{backwards ? start - i : start + i};
    bool inside = (!wanted.days.begin || day.number >= *wanted.days.begin) &&
                  (!wanted.days.end || day.number < *wanted.days.end);
    if (!inside || (wanted.weekday && weekday(day) != *wanted.weekday)) continue;
    Instant t = zone.instant(day, wanted.second);
    TimeZone::Local local = zone.local(t);
    if (local.day == day && local.second == wanted.second && in_force(schedule, t)) return t;
  }
  return std::nullopt;
}

// Per watch: does no condition on the clock fail at this time?
std::vector<bool> holds_at(const AxisQuestion& asked, Instant t) {
  TimeZone::Local local = asked.schedule.timezone.local(t);
  std::string word(weekday_word(weekday(local.day)));
  std::vector<bool> result = holds_for_value(asked, "weekday", word);
  for (std::size_t i = 0; i < asked.watches.size(); ++i) {
    if (!asked.watches[i].when) continue;
    for (const Condition& condition : asked.watches[i].when->conditions) {
      bool is_date = condition.subject == Condition::Subject::date;
      if (!is_date && condition.subject != Condition::Subject::time_of_day) continue;
      Rational value(is_date ? local.day.number : local.second);
      result[i] = result[i] && holds_for(condition, value, Currency()).value_or(false);
    }
  }
  return result;
}

std::vector<std::string> interval_words(const Interval& interval, bool is_date) {
  auto word = [&](std::int32_t number) {
    return is_date ? to_string(Day{number}) : time_of_day_text(number);
  };
  std::string text;
  if (interval.begin) text += "from " + word(*interval.begin);
  if (interval.end) text += (text.empty() ? "before " : " and before ") + word(*interval.end);
  return {text.empty() ? "any" : text};
}

}  // namespace

Axis clock_axis(const AxisQuestion& asked) {
  bool by_weekday = is_asked(asked, "weekday"), by_date = is_asked(asked, "date");
  bool by_time = is_asked(asked, "time_of_day");
  Axis none = {AxisOption{{}, std::vector<bool>(asked.watches.size(), true), "", {}}};
  if (!by_weekday && !by_date && !by_time) return none;
  std::vector<std::optional<int>> weekdays = {std::nullopt};
  if (by_weekday) weekdays = {0, 1, 2, 3, 4, 5, 6};
  Axis axis;
  for (const Interval& days : intervals_of(cuts_of(asked, Condition::Subject::date))) {
    for (const Interval& seconds : intervals_of(cuts_of(asked, Condition::Subject::time_of_day))) {
      if ((seconds.end && *seconds.end <= 0) || (seconds.begin && *seconds.begin >= day_seconds))
        continue;
      for (std::optional<int> weekday : weekdays) {
        auto t = find_time(asked.schedule, {days, weekday, seconds.begin.value_or(0)});
        if (!t) continue;
        AxisOption one_class;
        one_class.holds = holds_at(asked, *t);
        std::string at = to_string(*t, asked.schedule.timezone);
        if (weekday) {
          std::string word(weekday_word(*weekday));
          one_class.choices.push_back(Choice{"weekday", word, {word}});
        }
        if (by_date) one_class.choices.push_back(Choice{"date", at, interval_words(days, true)});
        if (by_time)
          one_class.choices.push_back(Choice{"time_of_day", at, interval_words(seconds, false)});
        one_class.apply = [t](Operation& operation) { operation.time = *t; };
        axis.push_back(std::move(one_class));
      }
    }
  }
  if (axis.empty()) return none;
  return merged(std::move(axis));
}

}  // namespace levy
