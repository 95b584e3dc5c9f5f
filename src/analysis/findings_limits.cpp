// Limits that can never bind, and limits that shrink as tiers rise.
#include <algorithm>

#include "analysis/findings.h"
#include "analysis/limit_relations.h"
#include "schedule/meters.h"

namespace levy {
namespace {

std::vector<std::string> tiers_of(const Schedule& schedule) {
  std::vector<std::string> tiers;
  for (const Tier& tier : schedule.tiers) tiers.push_back(tier.id);
  if (tiers.empty()) tiers.emplace_back();
  return tiers;
}

// Figures of one limit are in one currency, which is its meter's or must be converted.
bool in_one_currency(const Limit& limit) {
  for (const auto* bounds : {&limit.min, &limit.max}) {
    if (!*bounds) continue;
    for (const auto& [tier, figure] : (*bounds)->figures) {
      if (figure && !figure->number && figure->money.front().currency != limit.meter.currency)
        return false;
    }
  }
  return true;
}

bool same_measure(const Meter& a, const Meter& b) {
  return a.measure == b.measure && a.quantity == b.quantity && a.currency == b.currency;
}

bool is_amount(const Limit& limit) { return limit.meter.measure == Meter::Measure::amount; }

class LimitJudge {
 public:
  LimitJudge(const Schedule& schedule, const Limit& limit)
      : schedule_(schedule), limit_(limit), shifts_(schedule.timezone.name() != "UTC") {}

  // The limits that leave it nothing to refuse, in order; nothing: it may bind.
  std::optional<std::vector<const Limit*>> idle_behind() const {
    std::vector<const Limit*> others;
    auto add = [&](const std::vector<const Limit*>& more) {
      for (const Limit* one : more)
        if (std::find(others.begin(), others.end(), one) == others.end()) others.push_back(one);
    };
    for (const std::string& tier : tiers_of(schedule_)) {
      if (auto max = bound_in(limit_.max, tier)) {
        auto behind = behind_max(tier, *max);
        if (!behind) return std::nullopt;
        add(*behind);
      }
      auto min = bound_in(limit_.min, tier);
      if (min && min->sign() > 0) {
        const Limit* behind = behind_min(tier, *min);
        if (behind == nullptr) return std::nullopt;
        add({behind});
      }
    }
    return others;
  }

 private:
  bool is_earlier(const Limit& other) const { return &other < &limit_; }

  bool covers(const Limit& other) const {
    return &other != &limit_ && in_one_currency(other) &&
           counts_at_least(other.meter, limit_.meter) &&
           is_within(limit_.meter.window, other.meter.window, shifts_);
  }

  std::optional<std::vector<const Limit*>> behind_max(const std::string& tier,
                                                      const Rational& max) const {
    for (const Limit& other : schedule_.limits) {
      if (!covers(other) || !same_measure(other.meter, limit_.meter)) continue;
      std::optional<Rational> bound = bound_in(other.max, tier);
      bool twin = bound == max && other.meter.window == limit_.meter.window &&
                  counts_at_least(limit_.meter, other.meter);
      if (bound && *bound <= max && (!twin || is_earlier(other))) return std::vector{&other};
    }
    return behind_count(tier, max);
  }

  // So many operations, each of at most so much.
  std::optional<std::vector<const Limit*>> behind_count(const std::string& tier,
                                                        const Rational& max) const {
    if (!is_amount(limit_)) return std::nullopt;
    for (const Limit& count : schedule_.limits) {
      auto most = bound_in(count.max, tier);
      if (count.meter.measure != Meter::Measure::count || !covers(count) || !most) continue;
      for (const Limit& single : schedule_.limits) {
        auto each = bound_in(single.max, tier);
        bool one_by_one = single.meter.window.kind == Window::Kind::transaction &&
                          same_measure(single.meter, limit_.meter) && in_one_currency(single) &&
                          counts_at_least(single.meter, limit_.meter);
        if (one_by_one && each && &single != &limit_ && *most * *each <= max)
          return std::vector{&count, &single};
      }
    }
    return std::nullopt;
  }

  const Limit* behind_min(const std::string& tier, const Rational& min) const {
    for (const Limit& other : schedule_.limits) {
      if (!covers(other) || !same_measure(other.meter, limit_.meter)) continue;
      std::optional<Rational> bound = bound_in(other.min, tier);
      bool twin = bound == min && counts_at_least(limit_.meter, other.meter);
      bool same_window = other.meter.window == limit_.meter.window;
      if (bound && same_window && *bound >= min && (!twin || is_earlier(other))) return &other;
    }
    return nullptr;
  }

  const Schedule& schedule_;
  const Limit& limit_;
  bool shifts_;
};

// An operation that the other limit refuses, and this one would still allow.
CommandWords check_command(const Plan& plan, const Limit& limit, const Limit& other) {
  const Schedule& schedule = plan.schedule;
  std::string tier = schedule.tiers.empty() ? "" : schedule.tiers.front().id;
  std::optional<Rational> bound = bound_in(other.max, tier);
  bool shown = bound && is_amount(limit) && is_amount(other) && !limit.meter.when &&
               !other.meter.when && limit.meter.operations && !limit.meter.operations->empty();
  if (!shown) return {};
  Operation operation;
  operation.name = limit.meter.operations->front();
  operation.currency = other.meter.currency;
  operation.amount = *bound + Rational(schedule.currencies.minor_unit(operation.currency));
  operation.time = time_in_force(schedule);
  for (const Quantity& quantity : schedule.quantities)
    operation.quantities[quantity.name] = usual_value(quantity);
  std::vector<Choice> choices;
  if (!tier.empty()) {
    operation.attributes["tier"] = tier;
    choices.push_back(Choice{"tier", tier, {tier}});
  }
  return command_of("check", schedule, operation, choices, false);
}

std::string names_of(const std::vector<const Limit*>& limits) {
  std::string names;
  for (const Limit* limit : limits) names += (names.empty() ? "" : " and ") + limit->id;
  return names;
}

}  // namespace

void find_idle_limits(const Plan& plan, Report& report) {
  for (const Limit& limit : plan.schedule.limits) {
    if (!in_one_currency(limit)) continue;
    auto behind = LimitJudge(plan.schedule, limit).idle_behind();
    if (!behind) continue;
    Finding finding = make_finding(
        Code::limit_never_binds, Severity::warning, limit.place,
        "the limit " + limit.id + " can never bind: " +
            (behind->empty() ? "it has no bound in any tier"
                             : "what it would refuse, " + names_of(*behind) + " refuses first"),
        behind->empty() ? "give it a bound, or remove it"
                        : "remove it, or correct the bounds of the two");
    for (const Limit* other : *behind) finding.what.related.push_back(other->place);
    for (const std::string& tier : tiers_of(plan.schedule)) {
      std::string in_tier = tier.empty() ? "" : " (" + tier + ")";
      if (auto max = bound_in(limit.max, tier))
        add_figure(finding, limit.id + in_tier, bound_words(*max, limit.meter, plan.schedule));
      for (const Limit* other : *behind) {
        if (auto max = bound_in(other->max, tier))
          add_figure(finding, other->id + in_tier, bound_words(*max, other->meter, plan.schedule));
      }
    }
    if (!behind->empty()) {
      CommandWords command = check_command(plan, limit, *behind->front());
      if (!command.empty()) finding.reproduce.push_back(std::move(command));
    }
    report.findings.push_back(std::move(finding));
  }
}

void find_shrinking_limits(const Plan& plan, Report& report) {
  const Schedule& schedule = plan.schedule;
  for (const Limit& limit : schedule.limits) {
    if (!in_one_currency(limit)) continue;
    for (bool is_max : {true, false}) {
      const auto& bounds = is_max ? limit.max : limit.min;
      if (!bounds || !bounds->by_tier) continue;
      for (std::size_t i = 1; i < schedule.tiers.size(); ++i) {
        const std::string &low = schedule.tiers[i - 1].id, &high = schedule.tiers[i].id;
        auto before = bound_in(bounds, low), now = bound_in(bounds, high);
        bool shrinks =
            is_max ? now && (!before || *now < *before) : now && (!before || *now > *before);
        if (!shrinks) continue;
        auto words = [&](const std::optional<Rational>& bound) {
          return bound ? bound_words(*bound, limit.meter, schedule) : std::string("no bound");
        };
        Finding finding = make_finding(
            Code::limit_shrinks, Severity::warning, bounds->place,
            "the limit " + limit.id +
                " allows less in the higher tier: " + (is_max ? "at most " : "at least ") +
                words(now) + " in " + high + ", " + words(before) + " in " + low,
            "swap the two, or correct one");
        add_figure(finding, low, words(before));
        add_figure(finding, high, words(now));
        finding.key = high;
        report.findings.push_back(std::move(finding));
      }
    }
  }
}

}  // namespace levy
