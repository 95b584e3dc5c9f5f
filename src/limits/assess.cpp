#include "limits/assess.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "base/suggest.h"
#include "base/text.h"
#include "facts/conditions.h"
#include "limits/max_amount.h"
#include "limits/profile.h"
#include "limits/retry.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

// The figure of `tier` in the meter's currency; none: no bound.
Checked<std::optional<Rational>> bound_of(const std::optional<schedule::Bounds>& bounds,
                                          const std::optional<std::string>& tier,
                                          const facts::MeterUse& use, const facts::Rates* rates) {
  std::optional<Rational> none;
  ensure(!bounds || !bounds->by_tier || tier, "a limit by tier is asked about a tier");
  const schedule::Figure* figure = schedule::bound_in(bounds, tier.value_or(""));
  if (figure == nullptr) return none;
  if (figure->number) return std::optional(Rational(*figure->number));
  Checked<Rational> value = facts::convert(figure->money.front(), use.currency, rates);
  if (!value) return std::move(value).faults();
  return std::optional(*std::move(value));
}

class Applier {
 public:
  Applier(const AccountSnapshot& snapshot, const facts::Operation& operation,
          const std::optional<std::string>& present)
      : snapshot_(snapshot), operation_(operation), present_(present) {
    auto tier = operation.attributes.find("tier");
    if (tier != operation.attributes.end()) tier_ = tier->second;
  }

  Checked<std::vector<Applied>> run() {
    std::vector<std::pair<const LimitRule*, bool>> rules;
    rules.reserve(snapshot_.ladder.limits.size());
    for (const LimitRule& rule : snapshot_.ladder.limits) {
      Checked<bool> applies = decide_rule(rule);
      if (!applies) return std::move(applies).faults();
      if (!*applies) continue;
      Checked<bool> counts_itself = is_counted_by(rule);
      if (!counts_itself) return std::move(counts_itself).faults();
      rules.emplace_back(&rule, *counts_itself);
    }
    if (!missing_.empty()) return missing_attributes();
    std::vector<Applied> applied;
    applied.reserve(rules.size());
    for (const auto& [rule, counts_itself] : rules) {
      applied.emplace_back().counts_itself = counts_itself;
      if (auto faults = apply(*rule, applied.back())) return *faults;
    }
    return applied;
  }

 private:
  Checked<bool> decide_rule(const LimitRule& rule) {
    const schedule::Meter& meter = rule.as_written->meter;
    if (meter.operations && !facts::concerns(*meter.operations, operation_.name)) return false;
    Checked<bool> holds = decide_when(meter.when);
    if (!holds || !*holds) return holds;
    for (const std::string& name : meter.per) {
      if (!facts::attribute_of(*snapshot_.ladder.schedule, operation_, name))
        note(name, meter.place);
    }
    if (rule.as_written->is_by_tier() && !tier_) note("tier", rule.as_written->place);
    return true;
  }

  // What is unknown is noted, and taken to hold.
  Checked<bool> decide_when(const std::optional<schedule::When>& when) {
    if (!when) return true;
    auto test = [&](const schedule::Condition& condition) {
      return facts::test_number(condition, operation_);
    };
    Checked<facts::WhenAnswer> answer =
        facts::decide(*when, *snapshot_.ladder.schedule, operation_, test);
    if (!answer) return std::move(answer).faults();
    if (answer->truth == facts::Truth::no) return false;
    for (const schedule::Condition* condition : answer->unknown)
      note(condition->name, condition->place);
    return true;
  }

  // Of a limit that counts others than those it applies to.
  Checked<bool> is_counted_by(const LimitRule& rule) {
    const std::optional<schedule::Meter::Counts>& counts = rule.as_written->meter.counts;
    if (!counts) return true;
    if (counts->operations && !facts::concerns(*counts->operations, operation_.name)) return false;
    return decide_when(counts->when);
  }

  void note(const std::string& name, const Place& place) {
    auto known = std::find_if(missing_.begin(), missing_.end(),
                              [&](const Missing& one) { return one.name == name; });
    if (known != missing_.end()) return;
    if (missing_.empty()) place_ = place;
    missing_.push_back(schedule::describe_attribute(*snapshot_.ladder.schedule, name));
  }

  Diagnostic missing_attributes() const {
    std::string list;
    for (const Missing& one : missing_) list += (list.empty() ? "" : ", ") + one.name;
    Diagnostic fault{Code::missing_attributes, "what this account may do also depends on " + list,
                     "give " + list, place_};
    bool shown = snapshot_.account.profile.evidence && !snapshot_.account.profile.tier;
    if (missing_.front().name == "tier" && shown)
      fault.message += "; its evidence meets no tier's requirements";
    fault.missing = missing_;
    return fault;
  }

  std::optional<Diagnostics> apply(const LimitRule& rule, Applied& applied) const {
    const schedule::Limit& limit = *rule.as_written;
    applied.rule = &rule;
    auto min = bound_of(limit.min, tier_, rule.use, snapshot_.rates);
    if (!min) return std::move(min).faults();
    applied.min = *std::move(min);
    auto max = bound_of(limit.max, tier_, rule.use, snapshot_.rates);
    if (!max) return std::move(max).faults();
    applied.max_without = *max;
    applied.max = *std::move(max);
    if (const Override* one = override_at(snapshot_.account.profile, limit, snapshot_.time)) {
      if (auto faults = move_max(rule, *one, applied)) return faults;
    }
    Checked<facts::Reading> used = reading_at(snapshot_, rule.use);
    if (!used) return std::move(used).faults();
    applied.used = *std::move(used);
    return std::nullopt;
  }

  std::optional<Diagnostics> move_max(const LimitRule& rule, const Override& one,
                                      Applied& applied) const {
    std::optional<Rational> granted = one.max;
    if (granted && !one.currency.empty()) {
      Checked<Rational> value =
          facts::convert({*granted, one.currency}, rule.use.currency, snapshot_.rates);
      if (!value) return std::move(value).faults();
      granted = *value;
    }
    auto present =
        bound_of(rule.as_written->max, present_ ? present_ : tier_, rule.use, snapshot_.rates);
    if (!present) return std::move(present).faults();
    applied.max = overridden_max(applied.max, *present, granted);
    applied.override_ = &one;
    return std::nullopt;
  }

  const AccountSnapshot& snapshot_;
  const facts::Operation& operation_;
  const std::optional<std::string>& present_;
  std::optional<std::string> tier_;
  std::vector<Missing> missing_;
  Place place_;
};

}  // namespace

Checked<std::vector<Applied>> apply_limits(const AccountSnapshot& snapshot,
                                           const facts::Operation& operation,
                                           const std::optional<std::string>& present) {
  return Applier(snapshot, operation, present).run();
}

namespace {

Diagnostic needs_amount(const schedule::Limit& limit) {
  return Diagnostic{
      Code::bad_amount,
      "this operation needs an amount: the limit " + in_quotes(limit.id) + " looks at it",
      "give the amount, for example \"250 EUR\"", limit.place};
}

Diagnostic needs_quantity(const schedule::Limit& limit) {
  const std::string& name = limit.meter.quantity;
  Diagnostic fault{
      Code::missing_quantity,
      name + " is needed and was not given: the limit " + in_quotes(limit.id) + " counts it",
      "give " + name + ", a number that is 0 or more", limit.place};
  fault.missing.push_back({name, {"decimal"}, false});
  return fault;
}

// What the operation adds to the limit's meter, in its currency or as a plain number.
Checked<Rational> added_by(const Applied& applied, const AccountSnapshot& snapshot,
                           const facts::Operation& operation, const Costs& costs) {
  const schedule::Limit& limit = *applied.rule->as_written;
  if (!applied.counts_itself) return Rational(0);
  auto in_meter = [&](const Rational& amount) {
    return facts::convert({amount, operation.currency}, applied.rule->use.currency, snapshot.rates);
  };
  switch (limit.meter.measure) {
    case schedule::Meter::Measure::amount:
    case schedule::Meter::Measure::balance:
      if (!operation.amount) return needs_amount(limit);
      return in_meter(*operation.amount);
    case schedule::Meter::Measure::debit: {
      if (!operation.amount) return needs_amount(limit);
      Checked<Rational> debit = costs.debit_of(operation, snapshot.readings);
      if (!debit) return debit;
      return in_meter(*debit);
    }
    case schedule::Meter::Measure::count:
      return Rational(1);
    case schedule::Meter::Measure::quantity: {
      auto found = operation.quantities.find(limit.meter.quantity);
      if (found == operation.quantities.end()) return needs_quantity(limit);
      return found->second;
    }
    case schedule::Meter::Measure::fee:
    case schedule::Meter::Measure::units:
      break;
  }
  ensure(false, "only fees measure fees and units");
  return Rational(0);
}

void settle(LimitState& state, Applied&& applied, const Rational& added) {
  state.limit = applied.rule->as_written;
  state.currency = applied.rule->use.currency;
  state.min = std::move(applied.min);
  state.max = std::move(applied.max);
  state.used = std::move(applied.used.value);
  state.assumed = applied.used.assumed;
  state.after = state.used + added;
  if (state.max) state.headroom = std::max(Rational(0), *state.max - state.used);
  state.holds =
      (!state.min || state.after >= *state.min) && (!state.max || state.after <= *state.max);
  if (applied.override_ != nullptr) state.override_ = *applied.override_;
  state.max_without = std::move(applied.max_without);
}

std::optional<std::string> tier_given(const facts::Operation& operation) {
  auto found = operation.attributes.find("tier");
  if (found == operation.attributes.end()) return std::nullopt;
  return found->second;
}

// The first tier above the present one in which every limit would hold. A tier in which the
// question cannot be answered (a fee that does not cover it) would not allow it.
Checked<std::optional<Upgrade>> find_upgrade(const AccountSnapshot& snapshot,
                                             const facts::Operation& operation, std::size_t present,
                                             const Costs& costs) {
  const auto& tiers = snapshot.ladder.schedule->tiers;
  for (std::size_t to = present + 1; to < tiers.size(); ++to) {
    facts::Operation risen = operation;
    risen.attributes["tier"] = tiers[to].id;
    auto limits = test_limits(snapshot, risen, tiers[present].id, costs);
    if (!limits || !all_hold(*limits)) continue;
    // The decision stands already; evidence that nobody gave is missing, and no fault.
    AccountSnapshot lenient = snapshot;
    lenient.strict = false;
    Upgrade upgrade{tiers[to].id, {}};
    auto missing = missing_for(lenient, to, &upgrade.all_listed);
    if (!missing) return std::move(missing).faults();
    upgrade.missing = std::move(*missing);
    return std::optional(std::move(upgrade));
  }
  return std::optional<Upgrade>();
}

// A limit whose `when` looks at the amount may not apply to less: what it asks is left out.
bool looks_at_amount(const schedule::Limit& limit) {
  if (!limit.meter.when) return false;
  const auto& conditions = limit.meter.when->conditions;
  return std::any_of(conditions.begin(), conditions.end(), [](const schedule::Condition& one) {
    return one.subject == schedule::Condition::Subject::amount;
  });
}

// The highest minimum of one operation's amount.
std::optional<Money> minimum_amount(const std::vector<LimitState>& limits, Currency currency) {
  std::optional<Money> least;
  for (const LimitState& state : limits) {
    schedule::Meter::Measure measure = state.limit->meter.measure;
    bool of_amount =
        measure == schedule::Meter::Measure::amount || measure == schedule::Meter::Measure::balance;
    if (!of_amount || !state.min || state.currency != currency) continue;
    Rational needed = *state.min - state.used;  // only one operation's and balances have a min
    if (needed.sign() <= 0 || looks_at_amount(*state.limit)) continue;
    if (!least || least->amount < needed) least = Money{needed, currency};
  }
  return least;
}

Verdict verdict_of(const Ladder& ladder, const Account& account, const facts::Operation& operation,
                   std::vector<LimitState> limits) {
  Verdict verdict;
  verdict.schedule = ladder.schedule;
  verdict.operation = operation;
  verdict.tier = tier_given(operation);
  verdict.tier_known = verdict.tier || ladder.schedule->tiers.empty() || account.profile.evidence;
  verdict.history = account.history;
  verdict.limits = std::move(limits);
  for (const LimitState& state : verdict.limits) {
    if (!state.holds) verdict.blocked_by.push_back(state.limit->id);
  }
  verdict.allowed = verdict.blocked_by.empty();
  return verdict;
}

}  // namespace

Checked<std::vector<LimitState>> test_limits(const AccountSnapshot& snapshot,
                                             const facts::Operation& operation,
                                             const std::optional<std::string>& present,
                                             const Costs& costs) {
  auto applied = apply_limits(snapshot, operation, present);
  if (!applied) return std::move(applied).faults();
  std::vector<LimitState> states;
  states.reserve(applied->size());
  for (Applied& one : *applied) {
    Checked<Rational> added = added_by(one, snapshot, operation, costs);
    if (!added) return std::move(added).faults();
    settle(states.emplace_back(), std::move(one), *added);
  }
  return states;
}

bool all_hold(const std::vector<LimitState>& limits) {
  return std::all_of(limits.begin(), limits.end(),
                     [](const LimitState& state) { return state.holds; });
}

Checked<Verdict> assess(const Ladder& ladder, const Account& account,
                        const facts::Operation& operation, const facts::Rates* rates, bool strict,
                        const Costs& costs) {
  AccountSnapshot now{ladder, account, account.readings, operation.time, rates, strict};
  auto present = present_tier(now, tier_given(operation));
  if (!present) return std::move(present).faults();
  facts::Operation asked = operation;
  if (*present) asked.attributes["tier"] = ladder.schedule->tiers[**present].id;
  auto limits = test_limits(now, asked, tier_given(asked), costs);
  if (!limits) return std::move(limits).faults();
  Verdict verdict = verdict_of(ladder, account, asked, std::move(*limits));
  auto most = max_amount(now, asked, costs);
  verdict.max_amount_known = static_cast<bool>(most);
  if (most) verdict.max_amount = *most;
  verdict.minimum_amount = minimum_amount(verdict.limits, asked.currency);
  if (verdict.allowed) return verdict;
  if (*present) {
    auto upgrade = find_upgrade(now, asked, **present, costs);
    if (!upgrade) return std::move(upgrade).faults();
    verdict.allowed_at = std::move(*upgrade);
  }
  bool given = tier_given(operation).has_value();
  if (account.history) verdict.retry_at = retry_at(now, asked, given, costs);
  return verdict;
}

}  // namespace levy::limits
