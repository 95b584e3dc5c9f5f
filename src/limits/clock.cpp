#include "limits/clock.h"

#include <algorithm>

namespace levy {
namespace {

constexpr std::int64_t day_seconds = 86400;

void add_days(Clock& clock, const Figure& figure) {
  Day day{static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0))};
  clock.days.insert(day);
  clock.days.insert(Day{day.number + 1});
}

void add_figure(Clock& clock, const Condition& condition, const Figure& figure) {
  if (!figure.number) return;
  if (condition.subject == Condition::Subject::date) return add_days(clock, figure);
  clock.seconds.insert(static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0)));
}

void add_condition(Clock& clock, const Condition& condition) {
  bool clocked = condition.subject == Condition::Subject::date ||
                 condition.subject == Condition::Subject::time_of_day;
  if (!clocked && condition.name != "weekday") return;
  clock.ticks = true;
  for (const Figure& figure : condition.figures) add_figure(clock, condition, figure);
  if (!condition.range) return;
  for (const auto* bound : {&condition.range->from, &condition.range->above,
                            &condition.range->up_to, &condition.range->below}) {
    if (*bound) add_figure(clock, condition, **bound);
  }
}

void add_when(Clock& clock, const std::optional<When>& when) {
  if (!when) return;
  for (const Condition& condition : when->conditions) add_condition(clock, condition);
}

// The instant at which the zone's offset changes between a and b, where it does once.
Instant transition_between(Instant a, Instant b, const TimeZone& zone) {
  std::int32_t before = zone.offset_seconds(a);
  while (b.seconds - a.seconds > 1) {
    Instant middle{a.seconds + (b.seconds - a.seconds) / 2, 0};
    (zone.offset_seconds(middle) == before ? a : b) = middle;
  }
  return b;
}

// The ticks around one local day. A clock time may come twice, or not at all: it is looked for
// under both offsets of the day; one tick too many does no harm.
void add_ticks(const Clock& clock, Day day, const TimeZone& zone, std::set<Instant>& ticks) {
  std::int64_t start = day.number * day_seconds;
  Instant early{start - day_seconds / 2, 0}, late{start + day_seconds * 3 / 2, 0};
  std::int32_t offsets[] = {zone.offset_seconds(early), zone.offset_seconds(late)};
  if (offsets[0] != offsets[1]) ticks.insert(transition_between(early, late, zone));
  for (std::int32_t offset : offsets) {
    ticks.insert(Instant{start - offset, 0});
    for (std::int32_t second : clock.seconds) {
      ticks.insert(Instant{start + second - offset, 0});
      ticks.insert(Instant{start + second - offset, 1});  // just after: `above`, `up_to`
    }
  }
}

}  // namespace

Clock clock_of(const Schedule& schedule) {
  Clock clock;
  bool costs = false;
  for (const Limit& limit : schedule.limits) {
    add_when(clock, limit.meter.when);
    if (limit.meter.counts) add_when(clock, limit.meter.counts->when);
    costs = costs || limit.meter.measure == Meter::Measure::debit;
  }
  if (!costs) return clock;
  for (const Fee& fee : schedule.fees) {
    add_when(clock, fee.when);
    for (const Case& one : fee.cases) add_when(clock, one.when);
  }
  return clock;
}

Instant next_tick(const Clock& clock, Instant t, const TimeZone& zone) {
  std::int32_t today = zone.local(t).day.number;
  std::set<Instant> ticks;
  for (std::int32_t day = today - 1; day <= today + 2; ++day)
    add_ticks(clock, Day{day}, zone, ticks);
  return *ticks.upper_bound(t);
}

}  // namespace levy
