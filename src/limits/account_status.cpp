#include "limits/account_status.h"

#include <algorithm>

#include "limits/assess.h"
#include "limits/profile.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

// The readings of a history as they will be when nothing new happens.
facts::Readings readings_later(const Account& account, Instant t) {
  facts::Readings readings = account.readings;
  for (const auto& [id, changes] : account.changes) {
    for (const facts::Change& change : changes) {
      if (change.at <= t) readings[id].value += change.by;
    }
  }
  return readings;
}

EvidenceView view_of(const schedule::Evidence& evidence, const AccountSnapshot& snapshot) {
  EvidenceView view;
  view.evidence = &evidence;
  const EvidenceRule& rule = snapshot.ladder.evidence.find(evidence.id)->second;
  if (rule.use) {
    auto reading = snapshot.readings.find(evidence.id);
    view.given = reading != snapshot.readings.end();
    view.currency = rule.use->currency;
    if (view.given) view.value = reading->second.value;
    return view;
  }
  const Proof* proof = find_proof(snapshot.account, evidence.id);
  if (proof == nullptr) return view;
  view.given = true;
  if (proof->number) view.value = Rational(*proof->number);
  if (!proof->given) return view;
  view.until = expires_at(evidence, *proof);
  view.in_force = !view.until || snapshot.time < *view.until;
  return view;
}

Checked<std::optional<Rational>> figure_in(const std::optional<schedule::Bounds>& bounds,
                                           std::size_t tier, const LimitRule& rule,
                                           const AccountSnapshot& snapshot) {
  std::optional<Rational> none;
  if (!bounds) return none;
  const auto& tiers = snapshot.ladder.schedule->tiers;
  const schedule::Figure* figure =
      schedule::bound_in(bounds, bounds->by_tier ? tiers[tier].id : std::string());
  if (figure == nullptr) return none;
  if (figure->number) return std::optional(Rational(*figure->number));
  auto value = facts::convert(figure->money.front(), rule.use.currency, snapshot.rates);
  if (!value) return std::move(value).faults();
  return std::optional(*value);
}

// An override's max in the limit's currency; none: lifted.
Checked<std::optional<Rational>> granted_by(const Override& one, const LimitRule& rule,
                                            const AccountSnapshot& snapshot) {
  if (!one.max || one.currency.empty()) return one.max;
  auto value = facts::convert({*one.max, one.currency}, rule.use.currency, snapshot.rates);
  if (!value) return std::move(value).faults();
  return std::optional(*value);
}

Checked<LimitView> view_of(const LimitRule& rule, const AccountSnapshot& snapshot,
                           std::optional<std::size_t> present) {
  const schedule::Limit& limit = *rule.as_written;
  LimitView view;
  view.limit = &limit;
  view.currency = rule.use.currency;
  bool by_tier = limit.is_by_tier();
  std::size_t count = by_tier ? snapshot.ladder.schedule->tiers.size() : 1;
  const Override* one = override_at(snapshot.account.profile, limit, snapshot.time);
  if (one != nullptr) view.override_ = *one;
  for (std::size_t tier = 0; tier < count; ++tier) {
    auto min = figure_in(limit.min, tier, rule, snapshot);
    if (!min) return std::move(min).faults();
    auto max = figure_in(limit.max, tier, rule, snapshot);
    if (!max) return std::move(max).faults();
    if (one != nullptr && (present || !by_tier)) {
      auto here = figure_in(limit.max, by_tier ? *present : 0, rule, snapshot);
      if (!here) return std::move(here).faults();
      view.max_without = *here;
      auto granted = granted_by(*one, rule, snapshot);
      if (!granted) return std::move(granted).faults();
      *max = overridden_max(*max, *here, *granted);
    }
    view.by_tier.push_back({*min, *max});
  }
  auto reading = snapshot.readings.find(limit.id);
  bool single = limit.meter.measure != schedule::Meter::Measure::balance &&
                limit.meter.window.kind == Window::Kind::transaction;
  if (reading == snapshot.readings.end() || single) return view;
  view.used = reading->second.value;
  if (by_tier && !present) return view;
  const std::optional<Rational>& max = view.by_tier[by_tier ? *present : 0].max;
  if (max) view.headroom = std::max(Rational(0), *max - *view.used);
  return view;
}

class StatusFinder {
 public:
  StatusFinder(const AccountSnapshot& snapshot, const std::optional<std::string>& given,
               std::int64_t horizon)
      : snapshot_(snapshot), given_(given), horizon_(horizon) {
    status_.schedule = snapshot.ladder.schedule;
    status_.time = snapshot.time;
    const Profile& profile = snapshot.account.profile;
    status_.tier_given = given.has_value() || profile.tier.has_value();
    status_.known = status_.tier_given || profile.evidence.has_value();
  }

  Checked<AccountStatus> run() {
    auto present = present_tier(snapshot_, given_);
    if (!present) return std::move(present).faults();
    status_.tier = *present;
    const schedule::Schedule& schedule = *status_.schedule;
    for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
      if (auto faults = add_tier(i)) return *faults;
    }
    for (const schedule::Evidence& one : schedule.evidence)
      status_.evidence.push_back(view_of(one, snapshot_));
    for (const LimitRule& rule : snapshot_.ladder.limits) {
      auto view = view_of(rule, snapshot_, status_.tier);
      if (!view) return std::move(view).faults();
      status_.limits.push_back(std::move(*view));
    }
    add_expiries();
    return std::move(status_);
  }

 private:
  std::optional<Diagnostics> add_tier(std::size_t index) {
    TierView view;
    view.tier = &status_.schedule->tiers[index];
    view.reached = status_.tier && index <= *status_.tier;
    if (!view.reached) {
      auto missing = missing_for(snapshot_, index, &view.all_listed);
      if (!missing) return std::move(missing).faults();
      view.missing = std::move(*missing);
    }
    status_.tiers.push_back(std::move(view));
    return std::nullopt;
  }

  bool is_soon(const std::optional<Instant>& at) const {
    Instant end{snapshot_.time.seconds + horizon_, snapshot_.time.nanoseconds};
    return at && *at > snapshot_.time && *at <= end;
  }

  void add_expiries() {
    for (const EvidenceView& view : status_.evidence) {
      if (view.in_force && is_soon(view.until)) add_expiry(view.evidence->id, false, *view.until);
    }
    for (const LimitView& view : status_.limits) {
      if (view.override_ && is_soon(view.override_->until))
        add_expiry(view.limit->id, true, *view.override_->until);
    }
    std::stable_sort(status_.expiring.begin(), status_.expiring.end(),
                     [](const Expiry& a, const Expiry& b) { return a.at < b.at; });
  }

  void add_expiry(const std::string& id, bool is_override, Instant at) {
    Expiry expiry{id, is_override, at, false, std::nullopt};
    if (!is_override && !status_.tier_given) {
      facts::Readings readings = readings_later(snapshot_.account, at);
      AccountSnapshot then{snapshot_.ladder, snapshot_.account, readings, at,
                           snapshot_.rates,  snapshot_.strict};
      auto tier = highest_tier(then);
      expiry.falls = tier && *tier < status_.tier;  // none is below the lowest
      if (tier && *tier) expiry.tier_after = status_.schedule->tiers[**tier].id;
    }
    status_.expiring.push_back(std::move(expiry));
  }

  const AccountSnapshot& snapshot_;
  const std::optional<std::string>& given_;
  std::int64_t horizon_;
  AccountStatus status_;
};

}  // namespace

Checked<AccountStatus> find_account_status(const AccountSnapshot& snapshot,
                                           const std::optional<std::string>& tier,
                                           std::int64_t horizon_seconds) {
  Checked<AccountStatus> status = StatusFinder(snapshot, tier, horizon_seconds).run();
  if (status) status->history = snapshot.account.history;
  return status;
}

}  // namespace levy::limits
