#include "ask/check.h"

#include <algorithm>
#include <utility>

#include "ask/resolve_account.h"
#include "facts/conditions.h"
#include "fees/reverse.h"
#include "limits/assess.h"

namespace levy::ask {
namespace {

limits::Costs costs_of(const fees::Plan& plan, const limits::Account& account,
                       const facts::Rates* rates, bool strict) {
  limits::Costs costs;
  costs.debit_of = [&plan, rates, strict](const facts::Operation& operation,
                                          const facts::Readings& readings) -> Checked<Rational> {
    Checked<fees::Quote> quoted =
        fees::quote(plan, fees::EvaluationContext{operation, rates, readings, strict});
    if (!quoted) return std::move(quoted).faults();
    return quoted->debit.at(operation.currency);
  };
  costs.greatest_amount =
      [&plan, &account, rates, strict](
          const facts::Operation& operation, const Rational& debit_bound,
          const std::optional<Rational>& amount_bound) -> Checked<std::optional<Rational>> {
    fees::EvaluationContext context{operation, rates, account.readings, strict};
    if (amount_bound) return fees::greatest_amount_up_to(plan, context, debit_bound, *amount_bound);
    return fees::greatest_amount(plan, context, debit_bound);
  };
  return costs;
}

// Whether any limit could have a say; whether it applies may take attributes that are not known.
bool concerned(const schedule::Schedule& schedule, const facts::Operation& operation) {
  return std::any_of(
      schedule.limits.begin(), schedule.limits.end(), [&](const schedule::Limit& limit) {
        return !limit.meter.operations || facts::concerns(*limit.meter.operations, operation.name);
      });
}

// Where the account stands by its evidence is the tier that its fees see.
std::optional<Diagnostics> add_tier(ResolvedAccount& set) {
  const facts::Operation& operation = set.resolved.operation;
  if (operation.attributes.contains("tier")) return std::nullopt;
  limits::AccountSnapshot now{set.ladder,     set.account,        set.account.readings,
                              operation.time, set.resolved.rates, set.question.strict};
  auto tier = limits::present_tier(now, std::nullopt);
  if (!tier) return std::move(tier).faults();
  if (!*tier) return std::nullopt;
  const std::string& id = set.ladder.schedule->tiers[**tier].id;
  set.resolved.operation.attributes["tier"] = id;
  set.question.request.set("tier", id);  // for the quotes of an expansion
  return std::nullopt;
}

// A tier that follows from the evidence may change with time; one that was given does not.
facts::Operation as_asked(const ResolvedAccount& set) {
  facts::Operation operation = set.resolved.operation;
  if (!set.tier_asked) operation.attributes.erase("tier");
  return operation;
}

// None where no limit concerns the operation.
std::optional<Checked<limits::Verdict>> decide_on(const ResolvedAccount& set,
                                                  const facts::Operation& operation) {
  const fees::ResolvedQuestion& resolved = set.resolved;
  if (!concerned(resolved.plan->schedule, operation)) return std::nullopt;
  bool strict = set.question.strict;
  limits::Costs costs = costs_of(*resolved.plan, set.account, resolved.rates, strict);
  Checked<limits::Verdict> verdict =
      limits::assess(set.ladder, set.account, operation, resolved.rates, strict, costs);
  if (verdict && verdict->limits.empty()) return std::nullopt;
  return verdict;
}

}  // namespace

Checked<limits::Verdict> check(const fees::Tariff& tariff, const CheckQuestion& asked) {
  Checked<ResolvedAccount> set = resolve_account(tariff, asked);
  if (!set) return std::move(set).faults();
  const fees::ResolvedQuestion& resolved = set->resolved;
  bool strict = asked.question.strict;
  limits::Costs costs = costs_of(*resolved.plan, set->account, resolved.rates, strict);
  return limits::assess(set->ladder, set->account, as_asked(*set), resolved.rates, strict, costs);
}

Checked<JudgedQuote> quote_and_check(const fees::Tariff& tariff, const CheckQuestion& asked,
                                     bool expands) {
  Checked<ResolvedAccount> set = resolve_account(tariff, asked);
  if (!set) return std::move(set).faults();
  if (auto faults = add_tier(*set)) return *faults;
  const fees::Question& question = set->question;
  JudgedQuote judged;
  judged.history = set->account.history;
  Checked<fees::Quote> answer = fees::quote(set->resolved, question);
  if (expands) {
    judged.rows = expand(tariff, question, std::move(answer));
  } else {
    judged.rows.push_back(Expanded{{}, std::move(answer)});
  }
  if (judged.rows.size() != 1 || !judged.rows.front().quote) return judged;
  facts::Operation operation = judged.rows.front().quote->operation;
  // A quote without an amount is of 0; a limit that looks at the amount is not told so.
  bool forward = !question.receive && !question.pay;
  if (forward && !set->resolved.operation.amount) operation.amount.reset();
  if (!set->tier_asked) operation.attributes.erase("tier");
  judged.decision = decide_on(*set, operation);
  return judged;
}

}  // namespace levy::ask
