// Currencies, countries and plain attributes; the clock is in cell_clock.cpp.
#include "cells/cell_axes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "facts/conditions.h"
#include "schedule/attributes.h"

namespace levy::cells {
namespace {

bool is_about(const schedule::Condition& condition, std::string_view name) {
  return condition.subject == schedule::Condition::Subject::attribute && condition.name == name;
}

bool holds_for_value(const schedule::Condition& condition, const std::string& value) {
  bool listed =
      std::find(condition.values.begin(), condition.values.end(), value) != condition.values.end();
  return listed != condition.negated;
}

// A condition on one attribute, for many values to be looked up in it.
struct Listed {
  std::size_t watch = 0;
  bool negated = false;
  std::unordered_set<std::string_view> values;
};

std::vector<Listed> lists_of(const AxisQuestion& asked, std::string_view name) {
  std::vector<Listed> lists;
  for (std::size_t i = 0; i < asked.watches.size(); ++i) {
    if (!asked.watches[i].when) continue;
    for (const schedule::Condition& condition : asked.watches[i].when->conditions) {
      if (is_about(condition, name))
        lists.push_back({i, condition.negated, {condition.values.begin(), condition.values.end()}});
    }
  }
  return lists;
}

// What holds_for_value says, of one of many values.
std::vector<bool> holds_for(const std::string& value, const std::vector<Listed>& lists,
                            const AxisQuestion& asked) {
  std::vector<bool> result(asked.watches.size(), true);
  for (const Listed& list : lists) {
    if (list.values.contains(value) == list.negated) result[list.watch] = false;
  }
  return result;
}

std::vector<bool> both(std::vector<bool> a, const std::vector<bool>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] && b[i];
  return a;
}

Choice choice_of(const std::string& name, const ValueClass& values, const std::string& value) {
  return Choice{name, value, values.named ? values.values : std::vector<std::string>()};
}

std::string unlike(const std::vector<std::string>& named) {
  std::string word = "other";
  while (std::find(named.begin(), named.end(), word) != named.end()) word += "-than-that";
  return word;
}

std::vector<std::string> codes_of(const std::vector<Currency>& currencies) {
  std::vector<std::string> codes;
  for (Currency currency : currencies) codes.emplace_back(currency.code());
  return codes;
}

// What may be converted into: what conditions name, the operation's currencies, and one other.
std::vector<std::string> targets_of(const AxisQuestion& asked) {
  std::vector<std::string> codes = named_values(asked, "to_currency");
  for (const std::string& code : codes_of(currencies_of(asked.schedule, asked.operation)))
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  for (const std::string& code : asked.schedule.currencies.known_codes()) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
    codes.push_back(code);
    break;
  }
  return codes;
}

AxisOption currency_class(const AxisQuestion& asked, const std::string& source,
                          const std::string& target) {
  AxisOption one_class;
  one_class.choices.push_back(Choice{"currency", source, {source}});
  if (target != source) one_class.choices.push_back(Choice{"to_currency", target, {target}});
  one_class.holds = both(holds_for_value(asked, "currency", source),
                         holds_for_value(asked, "to_currency", target));
  one_class.distinct = asked.scope.converts ? "" : source;
  one_class.apply = [source, target](facts::Operation& operation) {
    operation.currency = *Currency::of(source);
    operation.to_currency = source == target ? Currency() : *Currency::of(target);
  };
  return one_class;
}

using Texts = std::vector<std::string>;

// From where to where, and whether a border lies between; nothing where they cannot agree.
struct Route {
  std::string from, to;  // empty: not asked
  bool possible = true;
};

Route route(const Texts& from, const Texts& to, const std::string& crosses) {
  Route route{from.empty() ? "" : from.front(), to.empty() ? "" : to.front()};
  if (from.empty() || to.empty() || crosses.empty()) return route;
  for (const std::string& one : from) {
    for (const std::string& other : to) {
      if ((one != other) == (crosses == "true")) return {one, other};
    }
  }
  route.possible = false;
  return route;
}

void add_routes(const AxisQuestion& asked, const ValueClass& from, const ValueClass& to,
                const std::string& crosses, Axis& axis) {
  Route found = route(from.values, to.values, crosses);
  if (!found.possible) return;
  AxisOption one_class;
  one_class.holds = std::vector<bool>(asked.watches.size(), true);
  auto choose = [&](const std::string& name, const ValueClass& values, const std::string& value) {
    if (value.empty()) return;
    one_class.choices.push_back(choice_of(name, values, value));
    one_class.holds = both(one_class.holds, holds_for_value(asked, name, value));
  };
  choose("country", from, found.from);
  choose("to_country", to, found.to);
  choose("cross_border", {{crosses}, true}, crosses);
  one_class.apply = [choices = one_class.choices](facts::Operation& operation) {
    for (const Choice& choice : choices) operation.attributes[choice.name] = choice.value;
  };
  axis.push_back(std::move(one_class));
}

}  // namespace

std::vector<bool> holds_for_value(const AxisQuestion& asked, std::string_view name,
                                  const std::string& value) {
  std::vector<bool> result;
  for (const Watch& watch : asked.watches) {
    bool all = true;
    if (watch.when) {
      for (const schedule::Condition& condition : watch.when->conditions)
        all = all && (!is_about(condition, name) || holds_for_value(condition, value));
    }
    result.push_back(all);
  }
  return result;
}

std::vector<std::string> named_values(const AxisQuestion& asked, std::string_view name) {
  std::vector<std::string> values;
  std::unordered_set<std::string_view> seen;
  for (const Watch& watch : asked.watches) {
    if (!watch.when) continue;
    for (const schedule::Condition& condition : watch.when->conditions) {
      if (!is_about(condition, name)) continue;
      for (const std::string& value : condition.values)
        if (seen.insert(value).second) values.push_back(value);
    }
  }
  return values;
}

bool is_asked(const AxisQuestion& asked, std::string_view name) {
  return std::any_of(asked.watches.begin(), asked.watches.end(), [&](const Watch& watch) {
    if (!watch.when) return false;
    const auto& conditions = watch.when->conditions;
    return std::any_of(
        conditions.begin(), conditions.end(),
        [&](const schedule::Condition& condition) { return condition.name == name; });
  });
}

std::vector<ValueClass> classes_of(const AxisQuestion& asked, const std::string& name,
                                   const std::vector<std::string>& domain) {
  std::vector<std::string> named_list = named_values(asked, name);
  std::unordered_set<std::string_view> named(named_list.begin(), named_list.end());
  std::vector<Listed> lists = lists_of(asked, name);
  std::map<std::vector<bool>, std::size_t> seen;
  std::vector<ValueClass> classes;
  for (const std::string& value : domain) {
    auto [at, is_new] = seen.emplace(holds_for(value, lists, asked), classes.size());
    if (is_new) classes.emplace_back();
    ValueClass& one = classes[at->second];
    one.values.push_back(value);
    one.named = one.named || named.contains(value);
  }
  return classes;
}

// Of options in which the same conditions hold, the first.
Axis merged(Axis axis) {
  Axis kept;
  std::unordered_map<std::vector<bool>, std::set<std::string>> known;
  for (AxisOption& one_class : axis) {
    bool is_new = known[one_class.holds].insert(one_class.distinct).second;
    if (is_new) kept.push_back(std::move(one_class));
  }
  return kept;
}

Axis currency_axis(const AxisQuestion& asked) {
  Axis axis;
  Texts sources = codes_of(currencies_of(asked.schedule, asked.operation));
  if (asked.scope.any_currency) sources = targets_of(asked);
  for (const std::string& source : sources) {
    if (!asked.scope.converts) {
      axis.push_back(currency_class(asked, source, source));
      continue;
    }
    for (const std::string& target : targets_of(asked))
      if (target != source) axis.push_back(currency_class(asked, source, target));
  }
  return merged(std::move(axis));
}

Axis country_axis(const AxisQuestion& asked) {
  auto classes = [&](const std::string& name) {
    if (!is_asked(asked, name)) return std::vector<ValueClass>(1);
    return classes_of(asked, name, schedule::country_codes());
  };
  Texts borders = {""};
  if (is_asked(asked, "cross_border")) borders = {"false", "true"};
  Axis axis;
  std::vector<ValueClass> to = classes("to_country");
  for (const ValueClass& one : classes("country")) {
    for (const ValueClass& other : to) {
      for (const std::string& crosses : borders) add_routes(asked, one, other, crosses, axis);
    }
  }
  return merged(std::move(axis));
}

Axis attribute_axis(const AxisQuestion& asked, const std::string& name) {
  Missing described = schedule::describe_attribute(asked.schedule, name);
  std::vector<std::string> domain = described.domain;
  if (!described.closed) {
    domain = named_values(asked, name);
    domain.push_back(unlike(domain));
  }
  bool each = name == "tier" && asked.each_tier;
  Axis axis;
  std::vector<ValueClass> classes;
  if (each) {
    for (const std::string& value : domain) classes.push_back({{value}, true});
  } else {
    classes = classes_of(asked, name, domain);
  }
  for (const ValueClass& values : classes) {
    AxisOption one_class;
    std::string value = values.values.front();
    bool all_known = values.named || described.closed;
    one_class.choices.push_back(choice_of(name, {values.values, all_known}, value));
    one_class.holds = holds_for_value(asked, name, value);
    one_class.distinct = each ? value : "";
    one_class.apply = [name, value](facts::Operation& operation) {
      operation.attributes[name] = value;
    };
    axis.push_back(std::move(one_class));
  }
  if (axis.empty())
    axis.push_back(AxisOption{{}, std::vector<bool>(asked.watches.size(), true), "", {}});
  return merged(std::move(axis));
}

// Weekdays, dates and times of day: the intervals that conditions cut, each with a time in it.

namespace {

constexpr std::int32_t day_seconds = 86400;
constexpr int days_tried = 21;  // every weekday, and twice again around a change of the clocks

// Where a new interval begins: the first whole day or second behind each bound.
std::set<std::int32_t> cuts_of(const AxisQuestion& asked, schedule::Condition::Subject subject) {
  std::set<std::int32_t> cuts;
  auto add = [&](const std::optional<schedule::Figure>& bound, int offset) {
    if (bound) cuts.insert(static_cast<std::int32_t>(*bound->number->minor_units(0)) + offset);
  };
  for (const Watch& watch : asked.watches) {
    if (!watch.when) continue;
    for (const schedule::Condition& condition : watch.when->conditions) {
      if (condition.subject != subject) continue;
      for (const schedule::Figure& figure : condition.figures) add(figure, 0), add(figure, 1);
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

bool in_force(const schedule::Schedule& schedule, Instant t) {
  return (!schedule.from || t >= *schedule.from) && (!schedule.until || t < *schedule.until);
}

struct Wanted {
  Interval days;
  std::optional<int> weekday;
  std::int32_t second = 0;
};

std::optional<Instant> find_time(const schedule::Schedule& schedule, const Wanted& wanted) {
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
    for (const schedule::Condition& condition : asked.watches[i].when->conditions) {
      bool is_date = condition.subject == schedule::Condition::Subject::date;
      if (!is_date && condition.subject != schedule::Condition::Subject::time_of_day) continue;
      Rational value(is_date ? local.day.number : local.second);
      result[i] = result[i] && facts::holds_for(condition, value, Currency()).value_or(false);
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
  for (const Interval& days : intervals_of(cuts_of(asked, schedule::Condition::Subject::date))) {
    for (const Interval& seconds :
         intervals_of(cuts_of(asked, schedule::Condition::Subject::time_of_day))) {
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
        one_class.apply = [t](facts::Operation& operation) { operation.time = *t; };
        axis.push_back(std::move(one_class));
      }
    }
  }
  if (axis.empty()) return none;
  return merged(std::move(axis));
}

}  // namespace levy::cells
