#include "limits/standing.h"

#include <algorithm>

#include "limits/apply.h"
#include "limits/overrides.h"

namespace levy {
namespace {

// The readings of a history as they will be when nothing new happens.
Readings readings_later(const Account& account, Instant t) {
  Readings readings = account.readings;
  for (const auto& [id, changes] : account.changes) {
    for (const Change& change : changes) {
      if (change.at <= t) readings[id].value += change.by;
    }
  }
  return readings;
}

EvidenceView view_of(const Evidence& evidence, const Moment& moment) {
  EvidenceView view;
  view.evidence = &evidence;
  const EvidenceRule& rule = moment.ladder.evidence.find(evidence.id)->second;
  if (rule.use) {
    auto reading = moment.readings.find(evidence.id);
    view.told = reading != moment.readings.end();
    view.currency = rule.use->currency;
    if (view.told) view.value = reading->second.value;
    return view;
  }
  const Proof* proof = find_proof(moment.account, evidence.id);
  if (proof == nullptr) return view;
  view.told = true;
  if (proof->number) view.value = Rational(*proof->number);
  if (!proof->given) return view;
  view.until = runs_out(evidence, *proof);
  view.in_force = !view.until || moment.time < *view.until;
  return view;
}

Checked<std::optional<Rational>> figure_in(const std::optional<Bounds>& bounds, std::size_t tier,
                                           const LimitRule& rule, const Moment& moment) {
  std::optional<Rational> none;
  if (!bounds) return none;
  const auto& tiers = moment.ladder.schedule->tiers;
  std::string wanted = bounds->by_tier ? tiers[tier].id : "";
  auto found = std::find_if(bounds->figures.begin(), bounds->figures.end(),
                            [&](const auto& one) { return one.first == wanted; });
  if (found == bounds->figures.end() || !found->second) return none;
  if (found->second->number) return std::optional(Rational(*found->second->number));
  auto value = convert(found->second->money.front(), rule.use.currency, moment.rates);
  if (!value) return std::move(value).faults();
  return std::optional(*value);
}

// An override's max in the limit's currency; none: lifted.
Checked<std::optional<Rational>> granted_by(const Override& one, const LimitRule& rule,
                                            const Moment& moment) {
  if (!one.max || one.currency.empty()) return one.max;
  auto value = convert({*one.max, one.currency}, rule.use.currency, moment.rates);
  if (!value) return std::move(value).faults();
  return std::optional(*value);
}

Checked<LimitView> view_of(const LimitRule& rule, const Moment& moment,
                           std::optional<std::size_t> present) {
  const Limit& limit = *rule.as_written;
  LimitView view;
  view.limit = &limit;
  view.currency = rule.use.currency;
  bool by_tier = limit.is_by_tier();
  std::size_t count = by_tier ? moment.ladder.schedule->tiers.size() : 1;
  const Override* one = override_at(moment.account.profile, limit, moment.time);
  if (one != nullptr) view.override_ = *one;
  for (std::size_t tier = 0; tier < count; ++tier) {
    auto min = figure_in(limit.min, tier, rule, moment);
    if (!min) return std::move(min).faults();
    auto max = figure_in(limit.max, tier, rule, moment);
    if (!max) return std::move(max).faults();
    if (one != nullptr && (present || !by_tier)) {
      auto here = figure_in(limit.max, by_tier ? *present : 0, rule, moment);
      if (!here) return std::move(here).faults();
      view.max_without = *here;
      auto granted = granted_by(*one, rule, moment);
      if (!granted) return std::move(granted).faults();
      *max = overridden_max(*max, *here, *granted);
    }
    view.by_tier.push_back({*min, *max});
  }
  auto reading = moment.readings.find(limit.id);
  bool single = limit.meter.measure != Meter::Measure::balance &&
                limit.meter.window.kind == Window::Kind::transaction;
  if (reading == moment.readings.end() || single) return view;
  view.used = reading->second.value;
  if (by_tier && !present) return view;
  const std::optional<Rational>& max = view.by_tier[by_tier ? *present : 0].max;
  if (max) view.headroom = std::max(Rational(0), *max - *view.used);
  return view;
}

class Stander {
 public:
  Stander(const Moment& moment, const std::optional<std::string>& given, std::int64_t horizon)
      : moment_(moment), given_(given), horizon_(horizon) {
    standing_.schedule = moment.ladder.schedule;
    standing_.time = moment.time;
    const Profile& profile = moment.account.profile;
    standing_.tier_given = given.has_value() || profile.tier.has_value();
    standing_.known = standing_.tier_given || profile.evidence.has_value();
  }

  Checked<Standing> run() {
    auto present = present_tier(moment_, given_);
    if (!present) return std::move(present).faults();
    standing_.tier = *present;
    const Schedule& schedule = *standing_.schedule;
    for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
      if (auto faults = add_tier(i)) return *faults;
    }
    for (const Evidence& one : schedule.evidence)
      standing_.evidence.push_back(view_of(one, moment_));
    for (const LimitRule& rule : moment_.ladder.limits) {
      auto view = view_of(rule, moment_, standing_.tier);
      if (!view) return std::move(view).faults();
      standing_.limits.push_back(std::move(*view));
    }
    add_expiries();
    return std::move(standing_);
  }

 private:
  std::optional<Diagnostics> add_tier(std::size_t index) {
    TierView view;
    view.tier = &standing_.schedule->tiers[index];
    view.reached = standing_.tier && index <= *standing_.tier;
    if (!view.reached) {
      auto missing = missing_for(moment_, index);
      if (!missing) return std::move(missing).faults();
      view.missing = std::move(*missing);
    }
    standing_.tiers.push_back(std::move(view));
    return std::nullopt;
  }

  bool is_soon(const std::optional<Instant>& at) const {
    Instant end{moment_.time.seconds + horizon_, moment_.time.nanoseconds};
    return at && *at > moment_.time && *at <= end;
  }

  void add_expiries() {
    for (const EvidenceView& view : standing_.evidence) {
      if (view.in_force && is_soon(view.until)) add_expiry(view.evidence->id, false, *view.until);
    }
    for (const LimitView& view : standing_.limits) {
      if (view.override_ && is_soon(view.override_->until))
        add_expiry(view.limit->id, true, *view.override_->until);
    }
    std::stable_sort(standing_.expiring.begin(), standing_.expiring.end(),
                     [](const Expiry& a, const Expiry& b) { return a.at < b.at; });
  }

  void add_expiry(const std::string& id, bool is_override, Instant at) {
    Expiry expiry{id, is_override, at, false, std::nullopt};
    if (!is_override && !standing_.tier_given) {
      Readings readings = readings_later(moment_.account, at);
      Moment then{moment_.ladder, moment_.account, readings, at, moment_.rates, moment_.strict};
      auto tier = highest_tier(then);
      expiry.falls = tier && *tier < standing_.tier;  // none is below the lowest
      if (tier && *tier) expiry.tier_after = standing_.schedule->tiers[**tier].id;
    }
    standing_.expiring.push_back(std::move(expiry));
  }

  const Moment& moment_;
  const std::optional<std::string>& given_;
  std::int64_t horizon_;
  Standing standing_;
};

}  // namespace

Checked<Standing> stand(const Moment& moment, const std::optional<std::string>& tier,
                        std::int64_t horizon_seconds) {
  Checked<Standing> standing = Stander(moment, tier, horizon_seconds).run();
  if (standing) standing->history = moment.account.history;
  return standing;
}

}  // namespace levy
