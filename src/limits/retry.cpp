#include "limits/retry.h"

#include <algorithm>
#include <set>

#include "base/ensure.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

constexpr std::int64_t day_seconds = 86400;

void add_days(Clock& clock, const schedule::Figure& figure) {
  Day day{static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0))};
  clock.days.insert(day);
  clock.days.insert(Day{day.number + 1});
}

void add_figure(Clock& clock, const schedule::Condition& condition,
                const schedule::Figure& figure) {
  if (!figure.number) return;
  if (condition.subject == schedule::Condition::Subject::date) return add_days(clock, figure);
  clock.seconds.insert(static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0)));
}

void add_condition(Clock& clock, const schedule::Condition& condition) {
  bool clocked = condition.subject == schedule::Condition::Subject::date ||
                 condition.subject == schedule::Condition::Subject::time_of_day;
  if (!clocked && condition.name != "weekday") return;
  clock.ticks = true;
  schedule::each_figure(
      condition, [&](const schedule::Figure& figure) { add_figure(clock, condition, figure); });
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

Clock clock_of(const schedule::Schedule& schedule) {
  Clock clock;
  bool costs = false;
  for (const schedule::Limit& limit : schedule.limits) {
    schedule::each_when(limit.meter, [&](const schedule::When& when) {
      for (const schedule::Condition& condition : when.conditions) add_condition(clock, condition);
    });
    costs = costs || limit.meter.measure == schedule::Meter::Measure::debit;
  }
  if (!costs) return clock;
  schedule::each_condition(
      schedule, [&](const schedule::Condition& condition) { add_condition(clock, condition); });
  return clock;
}

Instant next_tick(const Clock& clock, Instant t, const TimeZone& zone) {
  std::int32_t today = zone.local(t).day.number;
  std::set<Instant> ticks;
  for (std::int32_t day = today - 1; day <= today + 2; ++day)
    add_ticks(clock, Day{day}, zone, ticks);
  return *ticks.upper_bound(t);
}

namespace {

// After the last event the clock's conditions repeat every week; a day on which clocks are put
// forward may skip one, so two weeks are looked at, and a day for good measure.
constexpr std::int64_t clock_seconds = 15 * 86400;

class Retry {
 public:
  Retry(const AccountSnapshot& now, const facts::Operation& operation, bool tier_given,
        const Costs& costs)
      : now_(now),
        operation_(operation),
        tier_given_(tier_given),
        costs_(costs),
        schedule_(*now.ladder.schedule),
        clock_(clock_of(schedule_)),
        readings_(now.readings) {}

  std::optional<Instant> find() {
    collect_events();
    Instant at = now_.time;
    Instant quiet_since = now_.time;  // the last event so far
    while (std::optional<Instant> next = next_candidate(at, quiet_since)) {
      at = *next;
      if (schedule_.until && at >= *schedule_.until) return std::nullopt;
      if (events_.contains(at)) quiet_since = at;
      move_readings(at);
      if (passes(at)) return at;
    }
    return std::nullopt;
  }

 private:
  void add_event(const std::optional<Instant>& at) {
    if (at && *at > now_.time) events_.insert(*at);
  }

  void collect_events() {
    for (const auto& [id, changes] : now_.account.changes) {
      for (const facts::Change& change : changes) add_event(change.at);
    }
    const Profile& profile = now_.account.profile;
    for (const Override& one : profile.overrides) add_event(one.until);
    for (Day day : clock_.days) add_event(schedule_.timezone.instant(day));
    if (!profile.evidence || tier_given_) return;
    for (const auto& [id, proof] : *profile.evidence)
      add_event(expires_at(*now_.ladder.evidence.find(id)->second.as_written, proof));
  }

  std::optional<Instant> next_candidate(Instant at, Instant quiet_since) const {
    auto event = events_.upper_bound(at);
    std::optional<Instant> next;
    if (event != events_.end()) next = *event;
    bool repeats = at.seconds - quiet_since.seconds > clock_seconds;
    if (!clock_.ticks || repeats) return next;
    Instant tick = next_tick(clock_, at, schedule_.timezone);
    return next && *next < tick ? next : tick;
  }

  void move_readings(Instant at) {
    for (const auto& [id, changes] : now_.account.changes) {
      std::size_t& done = done_[id];
      auto reading = readings_.find(id);
      ensure(reading != readings_.end(), "what changes was read");
      for (; done < changes.size() && changes[done].at <= at; ++done)
        reading->second.value += changes[done].by;
    }
  }

  // A time at which the question has no answer is none at which it passes.
  bool passes(Instant at) const {
    AccountSnapshot then{now_.ladder, now_.account, readings_, at, now_.rates, now_.strict};
    facts::Operation operation = operation_;
    operation.time = at;
    std::optional<std::string> given;
    if (tier_given_) given = operation_.attributes.find("tier")->second;
    auto tier = present_tier(then, given);
    if (!tier) return false;
    operation.attributes.erase("tier");
    std::optional<std::string> present;
    if (*tier) present = schedule_.tiers[**tier].id;
    if (present) operation.attributes["tier"] = *present;
    auto limits = test_limits(then, operation, present, costs_);
    return limits && all_hold(*limits);
  }

  const AccountSnapshot& now_;
  const facts::Operation& operation_;
  bool tier_given_;
  const Costs& costs_;
  const schedule::Schedule& schedule_;
  Clock clock_;
  facts::Readings readings_;
  std::set<Instant> events_;
  std::map<std::string, std::size_t> done_;
};

}  // namespace

std::optional<Instant> retry_at(const AccountSnapshot& now, const facts::Operation& operation,
                                bool tier_given, const Costs& costs) {
  return Retry(now, operation, tier_given, costs).find();
}

}  // namespace levy::limits
