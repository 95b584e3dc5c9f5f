// How limits stand to each other: what one counts at least as much of as another. Used by the
// findings about limits and tiers.
#include <algorithm>
#include <optional>
#include <string>

#include "facts/conditions.h"
#include "facts/meters.h"
#include "schedule/schedule.h"
#include "schedule/walk.h"
#include "validation/findings.h"

namespace levy::validation {

// Every operation that `narrow` counts (or applies to) is counted by `wide` too, for all that
// their conditions say; false also where that does not show.
bool counts_at_least(const schedule::Meter& wide, const schedule::Meter& narrow);

// At every time the window of `wide` holds that of `narrow`. `zone_shifts`: days may have 25 hours.
bool is_within(const Window& narrow, const Window& wide, bool zone_shifts);

// Into how many windows of the limit an evidence's window can fall apart at most; nothing: without
// bound.
std::optional<Decimal> windows_in(const Window& whole, const Window& part, bool zone_shifts);

// The value of the bound that holds in a tier ("" where there are none); nothing: none.
std::optional<Rational> bound_value(const std::optional<schedule::Bounds>& bounds,
                                    const std::string& tier);

// "300.00 EUR", "5".
std::string bound_words(const Rational& value, const schedule::Meter& meter,
                        const schedule::Schedule& schedule);

namespace {

using WindowKind = Window::Kind;

constexpr std::int64_t hour = 3600, day = 24 * hour;

// Does `known` make sure that `wanted` holds?
bool implies(const schedule::Condition& known, const schedule::Condition& wanted) {
  if (known.subject != wanted.subject || known.name != wanted.name) return false;
  if (known.subject == schedule::Condition::Subject::attribute) {
    auto among = [](const std::vector<std::string>& values, const std::string& value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (known.negated) {
      return wanted.negated && std::all_of(wanted.values.begin(), wanted.values.end(),
                                           [&](const auto& v) { return among(known.values, v); });
    }
    return std::all_of(known.values.begin(), known.values.end(), [&](const auto& value) {
      return among(wanted.values, value) != wanted.negated;
    });
  }
  if (known.negated || known.range || known.figures.size() != 1 || !known.figures.front().number)
    return false;
  return facts::holds_for(wanted, Rational(*known.figures.front().number), Currency())
      .value_or(false);
}

bool implies(const std::optional<schedule::When>& known,
             const std::optional<schedule::When>& wanted) {
  if (!wanted) return true;
  return std::all_of(wanted->conditions.begin(), wanted->conditions.end(), [&](const auto& one) {
    return known &&
           std::any_of(known->conditions.begin(), known->conditions.end(),
                       [&](const schedule::Condition& other) { return implies(other, one); });
  });
}

// In seconds; 0: without bound.
std::int64_t longest(const Window& window) {
  switch (window.kind) {
    case WindowKind::transaction:
      return 1;
    case WindowKind::day:
    case WindowKind::day_from:
      return day + hour;
    case WindowKind::week:
    case WindowKind::week_from:
      return 7 * day + hour;
    case WindowKind::month:
    case WindowKind::month_from:
      return 31 * day + hour;
    case WindowKind::quarter:
      return 92 * day + hour;
    case WindowKind::year:
    case WindowKind::year_from:
      return 366 * day + hour;
    case WindowKind::lifetime:
      return 0;
    case WindowKind::previous:
      return longest(Window{window.period});
    case WindowKind::rolling:
      return window.seconds;
  }
  return 0;
}

std::int64_t shortest(const Window& window) {
  switch (window.kind) {
    case WindowKind::day:
    case WindowKind::day_from:
      return day - hour;
    case WindowKind::week:
    case WindowKind::week_from:
      return 7 * day - hour;
    case WindowKind::month:
    case WindowKind::month_from:
      return 28 * day - hour;
    case WindowKind::quarter:
      return 90 * day - hour;
    case WindowKind::year:
    case WindowKind::year_from:
      return 365 * day - hour;
    case WindowKind::rolling:
      return window.seconds;
    case WindowKind::transaction:
    case WindowKind::lifetime:
    case WindowKind::previous:
      return 0;
  }
  return 0;
}

int window_rank(WindowKind kind) {
  const WindowKind order[] = {WindowKind::day, WindowKind::month, WindowKind::quarter,
                              WindowKind::year};
  auto found = std::find(std::begin(order), std::end(order), kind);
  return found == std::end(order) ? -1 : static_cast<int>(found - std::begin(order));
}

// Of calendar periods that nest: how many of the one make up the other.
std::optional<int> nested(WindowKind whole, WindowKind part) {
  if (whole == WindowKind::week && part == WindowKind::day) return 7;
  constexpr int parts[4][4] = {{1, 0, 0, 0}, {31, 1, 0, 0}, {92, 3, 1, 0}, {366, 12, 4, 1}};
  if (window_rank(whole) < 0 || window_rank(part) < 0 || window_rank(part) > window_rank(whole))
    return std::nullopt;
  return parts[window_rank(whole)][window_rank(part)];
}

}  // namespace

bool counts_at_least(const schedule::Meter& wide, const schedule::Meter& narrow) {
  if (wide.counts || narrow.counts) return false;  // what they apply to is not what they count
  bool parts = std::all_of(wide.per.begin(), wide.per.end(), [&](const std::string& name) {
    return std::find(narrow.per.begin(), narrow.per.end(), name) != narrow.per.end();
  });
  if (!parts) return false;
  bool all = !wide.operations || wide.operations->empty();
  if (!all) {
    if (!narrow.operations || narrow.operations->empty()) return false;
    all = std::all_of(
        narrow.operations->begin(), narrow.operations->end(),
        [&](const std::string& name) { return facts::concerns(*wide.operations, name); });
  }
  return all && implies(narrow.when, wide.when);
}

bool is_within(const Window& narrow, const Window& wide, bool zone_shifts) {
  if (narrow == wide || wide.kind == WindowKind::lifetime) return true;
  if (narrow.kind == WindowKind::lifetime || narrow.kind == WindowKind::previous) return false;
  if (wide.kind == WindowKind::previous || wide.kind == WindowKind::transaction) return false;
  if (narrow.kind == WindowKind::transaction) return true;
  if (narrow.kind == WindowKind::rolling)
    return wide.kind == WindowKind::rolling && narrow.seconds <= wide.seconds;
  if (wide.kind == WindowKind::rolling)
    return longest(narrow) - (zone_shifts ? 0 : hour) <= wide.seconds;
  if (wide.kind == WindowKind::year_from)
    return narrow.kind == WindowKind::day || (narrow.kind == WindowKind::month && wide.day == 1);
  return nested(wide.kind, narrow.kind).has_value();
}

std::optional<Decimal> windows_in(const Window& whole, const Window& part, bool zone_shifts) {
  if (is_within(whole, part, zone_shifts)) return Decimal(1);
  Window plain = whole.kind == WindowKind::previous ? Window{whole.period} : whole;
  if (is_within(plain, part, zone_shifts)) return Decimal(1);
  if (std::optional<int> count = nested(plain.kind, part.kind)) return Decimal(*count);
  std::int64_t all = longest(plain), each = shortest(part);
  if (all == 0 || each == 0) return std::nullopt;
  std::int64_t count = (all + each - 1) / each;
  return Decimal(part.kind == WindowKind::rolling ? count : count + 1);
}

std::optional<Rational> bound_value(const std::optional<schedule::Bounds>& bounds,
                                    const std::string& tier) {
  const schedule::Figure* figure = schedule::bound_in(bounds, tier);
  return figure == nullptr ? std::nullopt : std::optional(schedule::value_of(*figure));
}

std::string bound_words(const Rational& value, const schedule::Meter& meter,
                        const schedule::Schedule& schedule) {
  return meter.currency.empty() ? value.to_string()
                                : to_string(Money{value, meter.currency}, schedule.currencies);
}

// Limits that can never bind, and limits that shrink as tiers rise.

namespace {

std::vector<std::string> tiers_of(const schedule::Schedule& schedule) {
  std::vector<std::string> tiers;
  for (const schedule::Tier& tier : schedule.tiers) tiers.push_back(tier.id);
  if (tiers.empty()) tiers.emplace_back();
  return tiers;
}

// Figures of one limit are in one currency, which is its meter's or must be converted.
bool in_one_currency(const schedule::Limit& limit) {
  for (const auto* bounds : {&limit.min, &limit.max}) {
    if (!*bounds) continue;
    for (const auto& [tier, figure] : (*bounds)->figures) {
      if (figure && !figure->number && figure->money.front().currency != limit.meter.currency)
        return false;
    }
  }
  return true;
}

bool same_measure(const schedule::Meter& a, const schedule::Meter& b) {
  return a.measure == b.measure && a.quantity == b.quantity && a.currency == b.currency;
}

bool is_amount(const schedule::Limit& limit) {
  return limit.meter.measure == schedule::Meter::Measure::amount;
}

class LimitJudge {
 public:
  LimitJudge(const schedule::Schedule& schedule, const schedule::Limit& limit)
      : schedule_(schedule), limit_(limit), shifts_(schedule.timezone.name() != "UTC") {}

  // The limits that leave it nothing to refuse, in order; nothing: it may bind.
  std::optional<std::vector<const schedule::Limit*>> idle_behind() const {
    std::vector<const schedule::Limit*> others;
    auto add = [&](const std::vector<const schedule::Limit*>& more) {
      for (const schedule::Limit* one : more)
        if (std::find(others.begin(), others.end(), one) == others.end()) others.push_back(one);
    };
    for (const std::string& tier : tiers_of(schedule_)) {
      if (auto max = bound_value(limit_.max, tier)) {
        auto behind = behind_max(tier, *max);
        if (!behind) return std::nullopt;
        add(*behind);
      }
      auto min = bound_value(limit_.min, tier);
      if (min && min->sign() > 0) {
        const schedule::Limit* behind = behind_min(tier, *min);
        if (behind == nullptr) return std::nullopt;
        add({behind});
      }
    }
    return others;
  }

 private:
  bool is_earlier(const schedule::Limit& other) const { return &other < &limit_; }

  bool covers(const schedule::Limit& other) const {
    return &other != &limit_ && in_one_currency(other) &&
           counts_at_least(other.meter, limit_.meter) &&
           is_within(limit_.meter.window, other.meter.window, shifts_);
  }

  std::optional<std::vector<const schedule::Limit*>> behind_max(const std::string& tier,
                                                                const Rational& max) const {
    for (const schedule::Limit& other : schedule_.limits) {
      if (!covers(other) || !same_measure(other.meter, limit_.meter)) continue;
      std::optional<Rational> bound = bound_value(other.max, tier);
      bool twin = bound == max && other.meter.window == limit_.meter.window &&
                  counts_at_least(limit_.meter, other.meter);
      if (bound && *bound <= max && (!twin || is_earlier(other))) return std::vector{&other};
    }
    return behind_count(tier, max);
  }

  // So many operations, each of at most so much.
  std::optional<std::vector<const schedule::Limit*>> behind_count(const std::string& tier,
                                                                  const Rational& max) const {
    if (!is_amount(limit_)) return std::nullopt;
    for (const schedule::Limit& count : schedule_.limits) {
      auto most = bound_value(count.max, tier);
      if (count.meter.measure != schedule::Meter::Measure::count || !covers(count) || !most)
        continue;
      for (const schedule::Limit& single : schedule_.limits) {
        auto each = bound_value(single.max, tier);
        bool one_by_one = single.meter.window.kind == Window::Kind::transaction &&
                          same_measure(single.meter, limit_.meter) && in_one_currency(single) &&
                          counts_at_least(single.meter, limit_.meter);
        if (one_by_one && each && &single != &limit_ && *most * *each <= max)
          return std::vector{&count, &single};
      }
    }
    return std::nullopt;
  }

  const schedule::Limit* behind_min(const std::string& tier, const Rational& min) const {
    for (const schedule::Limit& other : schedule_.limits) {
      if (!covers(other) || !same_measure(other.meter, limit_.meter)) continue;
      std::optional<Rational> bound = bound_value(other.min, tier);
      bool twin = bound == min && counts_at_least(limit_.meter, other.meter);
      bool same_window = other.meter.window == limit_.meter.window;
      if (bound && same_window && *bound >= min && (!twin || is_earlier(other))) return &other;
    }
    return nullptr;
  }

  const schedule::Schedule& schedule_;
  const schedule::Limit& limit_;
  bool shifts_;
};

// An operation that the other limit refuses, and this one would still allow.
CommandWords check_command(const fees::Plan& plan, const schedule::Limit& limit,
                           const schedule::Limit& other) {
  const schedule::Schedule& schedule = plan.schedule;
  std::string tier = schedule.tiers.empty() ? "" : schedule.tiers.front().id;
  std::optional<Rational> bound = bound_value(other.max, tier);
  bool shown = bound && is_amount(limit) && is_amount(other) && !limit.meter.when &&
               !other.meter.when && limit.meter.operations && !limit.meter.operations->empty();
  if (!shown) return {};
  facts::Operation operation;
  operation.name = limit.meter.operations->front();
  operation.currency = other.meter.currency;
  operation.amount = *bound + Rational(schedule.currencies.minor_unit(operation.currency));
  operation.time = cells::time_in_force(schedule);
  for (const schedule::Quantity& quantity : schedule.quantities)
    operation.quantities[quantity.name] = cells::usual_value(quantity);
  std::vector<cells::Choice> choices;
  if (!tier.empty()) {
    operation.attributes["tier"] = tier;
    choices.push_back(cells::Choice{"tier", tier, {tier}});
  }
  return curves::command_of("check", schedule, operation, choices, false);
}

std::string names_of(const std::vector<const schedule::Limit*>& limits) {
  std::string names;
  for (const schedule::Limit* limit : limits) names += (names.empty() ? "" : " and ") + limit->id;
  return names;
}

}  // namespace

void find_idle_limits(const fees::Plan& plan, Report& report) {
  for (const schedule::Limit& limit : plan.schedule.limits) {
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
    for (const schedule::Limit* other : *behind) finding.what.related.push_back(other->place);
    for (const std::string& tier : tiers_of(plan.schedule)) {
      std::string in_tier = tier.empty() ? "" : " (" + tier + ")";
      if (auto max = bound_value(limit.max, tier))
        add_figure(finding, limit.id + in_tier, bound_words(*max, limit.meter, plan.schedule));
      for (const schedule::Limit* other : *behind) {
        if (auto max = bound_value(other->max, tier))
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

void find_shrinking_limits(const fees::Plan& plan, Report& report) {
  const schedule::Schedule& schedule = plan.schedule;
  for (const schedule::Limit& limit : schedule.limits) {
    if (!in_one_currency(limit)) continue;
    for (bool is_max : {true, false}) {
      const auto& bounds = is_max ? limit.max : limit.min;
      if (!bounds || !bounds->by_tier) continue;
      for (std::size_t i = 1; i < schedule.tiers.size(); ++i) {
        const std::string &low = schedule.tiers[i - 1].id, &high = schedule.tiers[i].id;
        auto before = bound_value(bounds, low), now = bound_value(bounds, high);
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

// Tiers nobody can reach: what they ask for, the limits of the tiers below do not allow.

namespace {

// How much an account in one of the tiers below may have done within the evidence's window.
struct TierReach {
  std::optional<Rational> most;  // nothing: without bound
  const schedule::Limit* by = nullptr;
};

class Climb {
 public:
  Climb(const schedule::Schedule& schedule, std::size_t tier) : schedule_(schedule), tier_(tier) {}

  bool can_meet(const schedule::Requirement& requirement) {
    auto can = [this](const schedule::Requirement& part) { return can_meet(part); };
    auto met = std::count_if(requirement.of.begin(), requirement.of.end(), can);
    auto size = static_cast<std::ptrdiff_t>(requirement.of.size());
    switch (requirement.kind) {
      case schedule::Requirement::Kind::evidence:
        return can_show(requirement);
      case schedule::Requirement::Kind::all:
        return met == size;
      case schedule::Requirement::Kind::any:
        return met > 0;
      case schedule::Requirement::Kind::at_least:
        return met >= requirement.count;
    }
    return true;
  }

  struct Obstacle {
    const schedule::Requirement* requirement = nullptr;
    Rational most, wanted;
    const schedule::Limit* by = nullptr;
    const schedule::Meter* meter = nullptr;
  };
  const std::optional<Obstacle>& obstacle() const { return obstacle_; }

 private:
  bool can_show(const schedule::Requirement& requirement) {
    const schedule::Evidence* found = schedule_.find_evidence(requirement.evidence);
    if (found == nullptr || !found->meter || !requirement.at_least) return true;
    const schedule::Meter& meter = *found->meter;
    const schedule::Figure& figure = *requirement.at_least;
    if (!figure.number && figure.money.front().currency != meter.currency) return true;
    Rational wanted = schedule::value_of(figure);
    TierReach reach = reach_of(meter);
    if (!reach.most || *reach.most >= wanted) return true;
    if (!obstacle_) obstacle_ = Obstacle{&requirement, *reach.most, wanted, reach.by, &meter};
    return false;
  }

  TierReach reach_of(const schedule::Meter& meter) const {
    if (meter.window.kind == Window::Kind::transaction) return {Rational(0), nullptr};
    TierReach reach{Rational(0), nullptr};
    for (std::size_t i = 0; i < tier_; ++i) {
      TierReach one = reach_in(meter, schedule_.tiers[i].id);
      if (!one.most) return one;
      if (*one.most >= *reach.most) reach = one;
    }
    return tier_ == 0 ? TierReach{} : reach;
  }

  TierReach reach_in(const schedule::Meter& meter, const std::string& tier) const {
    bool shifts = schedule_.timezone.name() != "UTC";
    TierReach reach;
    for (const schedule::Limit& limit : schedule_.limits) {
      bool same = limit.meter.measure == meter.measure && limit.meter.quantity == meter.quantity &&
                  limit.meter.currency == meter.currency;
      auto max = bound_value(limit.max, tier);
      if (!same || !max || !counts_at_least(limit.meter, meter)) continue;
      if (limit.meter.window.kind == Window::Kind::transaction) continue;
      auto windows = windows_in(meter.window, limit.meter.window, shifts);
      if (!windows) continue;
      Rational most = Rational(*windows) * *max;
      if (!reach.most || most < *reach.most) reach = {most, &limit};
    }
    return reach;
  }

  const schedule::Schedule& schedule_;
  std::size_t tier_;
  std::optional<Obstacle> obstacle_;
};

}  // namespace

void find_unreachable_tiers(const fees::Plan& plan, Report& report) {
  const schedule::Schedule& schedule = plan.schedule;
  for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
    const schedule::Tier& tier = schedule.tiers[i];
    if (!tier.requires_) continue;
    Climb climb(schedule, i);
    if (climb.can_meet(*tier.requires_)) continue;
    const Climb::Obstacle& obstacle = *climb.obstacle();
    std::string wanted = bound_words(obstacle.wanted, *obstacle.meter, schedule);
    std::string most = bound_words(obstacle.most, *obstacle.meter, schedule);
    std::string above = i + 1 < schedule.tiers.size() ? ", nor the tiers above it" : "";
    Finding finding = make_finding(
        Code::unreachable_tier, Severity::warning, tier.place,
        "nobody can reach the tier " + tier.id + above + ": it takes " +
            obstacle.requirement->evidence + " of " + wanted + ", and " +
            (obstacle.by != nullptr
                 ? "the limit " + obstacle.by->id + " allows at most " + most + " below it"
                 : "the window of one operation always reads " + most),
        "ask for less, or allow more in the tiers below");
    finding.what.related.push_back(obstacle.requirement->place);
    if (obstacle.by != nullptr) finding.what.related.push_back(obstacle.by->place);
    add_figure(finding, "required", wanted);
    add_figure(finding, "possible", most);
    report.findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace levy::validation
