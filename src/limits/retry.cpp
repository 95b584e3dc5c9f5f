#include "limits/retry.h"

#include <set>

#include "base/ensure.h"
#include "limits/clock.h"

namespace levy {
namespace {

// After the last event the clock's conditions repeat every week; a day on which clocks are put
// forward may skip one, so two weeks are looked at, and a day for good measure.
constexpr std::int64_t clock_seconds = 15 * 86400;

class Retry {
 public:
  Retry(const Moment& now, const Operation& operation, bool tier_given, const Costs& costs)
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
      for (const Change& change : changes) add_event(change.at);
    }
    const Profile& profile = now_.account.profile;
    for (const Override& one : profile.overrides) add_event(one.until);
    for (Day day : clock_.days) add_event(schedule_.timezone.instant(day));
    if (!profile.evidence || tier_given_) return;
    for (const auto& [id, proof] : *profile.evidence)
      add_event(runs_out(*now_.ladder.evidence.find(id)->second.as_written, proof));
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
    Moment then{now_.ladder, now_.account, readings_, at, now_.rates, now_.strict};
    Operation operation = operation_;
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

  const Moment& now_;
  const Operation& operation_;
  bool tier_given_;
  const Costs& costs_;
  const Schedule& schedule_;
  Clock clock_;
  Readings readings_;
  std::set<Instant> events_;
  std::map<std::string, std::size_t> done_;
};

}  // namespace

std::optional<Instant> retry_at(const Moment& now, const Operation& operation, bool tier_given,
                                const Costs& costs) {
  return Retry(now, operation, tier_given, costs).find();
}

}  // namespace levy
