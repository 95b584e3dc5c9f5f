#include "limits/assess.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "base/suggest.h"
#include "base/text.h"
#include "limits/max_amount.h"
#include "limits/retry.h"

namespace levy {
namespace {

Diagnostic needs_amount(const Limit& limit) {
  return Diagnostic{
      Code::bad_amount,
      "this operation needs an amount: the limit " + in_quotes(limit.id) + " looks at it",
      "give the amount, for example \"250 EUR\"", limit.place};
}

Diagnostic needs_quantity(const Limit& limit) {
  const std::string& name = limit.meter.quantity;
  Diagnostic fault{
      Code::missing_quantity,
      name + " is needed and was not given: the limit " + in_quotes(limit.id) + " counts it",
      "give " + name + ", a number that is 0 or more", limit.place};
  fault.missing.push_back({name, {"decimal"}, false});
  return fault;
}

// What the operation adds to the limit's meter, in its currency or as a plain number.
Checked<Rational> added_by(const Applied& applied, const Moment& moment, const Operation& operation,
                           const Costs& costs) {
  const Limit& limit = *applied.rule->as_written;
  if (!applied.counts_itself) return Rational(0);
  auto in_meter = [&](const Rational& amount) {
    return convert({amount, operation.currency}, applied.rule->use.currency, moment.rates);
  };
  switch (limit.meter.measure) {
    case Meter::Measure::amount:
    case Meter::Measure::balance:
      if (!operation.amount) return needs_amount(limit);
      return in_meter(*operation.amount);
    case Meter::Measure::debit: {
      if (!operation.amount) return needs_amount(limit);
      Checked<Rational> debit = costs.debit_of(operation, moment.readings);
      if (!debit) return debit;
      return in_meter(*debit);
    }
    case Meter::Measure::count:
      return Rational(1);
    case Meter::Measure::quantity: {
      auto found = operation.quantities.find(limit.meter.quantity);
      if (found == operation.quantities.end()) return needs_quantity(limit);
      return found->second;
    }
    case Meter::Measure::fee:
    case Meter::Measure::units:
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

std::optional<std::string> tier_given(const Operation& operation) {
  auto found = operation.attributes.find("tier");
  if (found == operation.attributes.end()) return std::nullopt;
  return found->second;
}

// The first tier above the present one in which every limit would hold. A tier in which the
// question cannot be answered (a fee that does not cover it) would not allow it.
Checked<std::optional<Upgrade>> find_upgrade(const Moment& moment, const Operation& operation,
                                             std::size_t present, const Costs& costs) {
  const auto& tiers = moment.ladder.schedule->tiers;
  for (std::size_t to = present + 1; to < tiers.size(); ++to) {
    Operation risen = operation;
    risen.attributes["tier"] = tiers[to].id;
    auto limits = test_limits(moment, risen, tiers[present].id, costs);
    if (!limits || !all_hold(*limits)) continue;
    // The decision stands already; evidence that nobody gave is missing, and no fault.
    Moment lenient = moment;
    lenient.strict = false;
    auto missing = missing_for(lenient, to);
    if (!missing) return std::move(missing).faults();
    return std::optional(Upgrade{tiers[to].id, std::move(*missing)});
  }
  return std::optional<Upgrade>();
}

// A limit whose `when` looks at the amount may not apply to less: what it asks is left out.
bool looks_at_amount(const Limit& limit) {
  if (!limit.meter.when) return false;
  const auto& conditions = limit.meter.when->conditions;
  return std::any_of(conditions.begin(), conditions.end(), [](const Condition& one) {
    return one.subject == Condition::Subject::amount;
  });
}

// The highest minimum of one operation's amount.
std::optional<Money> least_amount(const std::vector<LimitState>& limits, Currency currency) {
  std::optional<Money> least;
  for (const LimitState& state : limits) {
    Meter::Measure measure = state.limit->meter.measure;
    bool of_amount = measure == Meter::Measure::amount || measure == Meter::Measure::balance;
    if (!of_amount || !state.min || state.currency != currency) continue;
    Rational needed = *state.min - state.used;  // only one operation's and balances have a min
    if (needed.sign() <= 0 || looks_at_amount(*state.limit)) continue;
    if (!least || least->amount < needed) least = Money{needed, currency};
  }
  return least;
}

Verdict verdict_of(const Ladder& ladder, const Account& account, const Operation& operation,
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

Checked<std::vector<LimitState>> test_limits(const Moment& moment, const Operation& operation,
                                             const std::optional<std::string>& present,
                                             const Costs& costs) {
  auto applied = apply_limits(moment, operation, present);
  if (!applied) return std::move(applied).faults();
  std::vector<LimitState> states;
  states.reserve(applied->size());
  for (Applied& one : *applied) {
    Checked<Rational> added = added_by(one, moment, operation, costs);
    if (!added) return std::move(added).faults();
    settle(states.emplace_back(), std::move(one), *added);
  }
  return states;
}

bool all_hold(const std::vector<LimitState>& limits) {
  return std::all_of(limits.begin(), limits.end(),
                     [](const LimitState& state) { return state.holds; });
}

Checked<Verdict> assess(const Ladder& ladder, const Account& account, const Operation& operation,
                        const Rates* rates, bool strict, const Costs& costs) {
  Moment now{ladder, account, account.readings, operation.time, rates, strict};
  auto present = present_tier(now, tier_given(operation));
  if (!present) return std::move(present).faults();
  Operation asked = operation;
  if (*present) asked.attributes["tier"] = ladder.schedule->tiers[**present].id;
  auto limits = test_limits(now, asked, tier_given(asked), costs);
  if (!limits) return std::move(limits).faults();
  Verdict verdict = verdict_of(ladder, account, asked, std::move(*limits));
  auto most = max_amount(now, asked, costs);
  verdict.max_amount_known = static_cast<bool>(most);
  if (most) verdict.max_amount = *most;
  verdict.least_amount = least_amount(verdict.limits, asked.currency);
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

}  // namespace levy
