#include "ask/check.h"

#include <algorithm>
#include <utility>

#include "ask/resolve_account.h"
#include "facts/conditions.h"
#include "fees/reverse.h"
#include "limits/assess.h"

namespace levy {
namespace {

Costs costs_of(const Plan& plan, const Account& account, const Rates* rates, bool strict) {
  Costs costs;
  costs.debit_of = [&plan, rates, strict](const Operation& operation,
                                          const Readings& readings) -> Checked<Rational> {
    Checked<Quote> quoted = quote(plan, EvaluationContext{operation, rates, readings, strict});
    if (!quoted) return std::move(quoted).faults();
    return quoted->debit.at(operation.currency);
  };
  costs.greatest_amount =
      [&plan, &account, rates, strict](
          const Operation& operation, const Rational& debit_bound,
          const std::optional<Rational>& amount_bound) -> Checked<std::optional<Rational>> {
    EvaluationContext context{operation, rates, account.readings, strict};
    if (amount_bound) return greatest_amount_up_to(plan, context, debit_bound, *amount_bound);
    return greatest_amount(plan, context, debit_bound);
  };
  return costs;
}

// Whether any limit could have a say; whether it applies may take attributes that are not known.
bool concerned(const Schedule& schedule, const Operation& operation) {
  return std::any_of(schedule.limits.begin(), schedule.limits.end(), [&](const Limit& limit) {
    return !limit.meter.operations || concerns(*limit.meter.operations, operation.name);
  });
}

// Where the account stands by its evidence is the tier that its fees see.
std::optional<Diagnostics> add_tier(ResolvedAccount& set) {
  const Operation& operation = set.resolved.operation;
  if (operation.attributes.contains("tier")) return std::nullopt;
  AccountSnapshot now{set.ladder,     set.account,        set.account.readings,
                      operation.time, set.resolved.rates, set.question.strict};
  auto tier = present_tier(now, std::nullopt);
  if (!tier) return std::move(tier).faults();
  if (!*tier) return std::nullopt;
  const std::string& id = set.ladder.schedule->tiers[**tier].id;
  set.resolved.operation.attributes["tier"] = id;
  set.question.request.set("tier", id);  // for the quotes of an expansion
  return std::nullopt;
}

// A tier that follows from the evidence may change with time; one that was given does not.
Operation as_asked(const ResolvedAccount& set) {
  Operation operation = set.resolved.operation;
  if (!set.tier_asked) operation.attributes.erase("tier");
  return operation;
}

// None where no limit concerns the operation.
std::optional<Checked<Verdict>> decide_on(const ResolvedAccount& set, const Operation& operation) {
  const ResolvedQuestion& resolved = set.resolved;
  if (!concerned(resolved.plan->schedule, operation)) return std::nullopt;
  bool strict = set.question.strict;
  Costs costs = costs_of(*resolved.plan, set.account, resolved.rates, strict);
  Checked<Verdict> verdict =
      assess(set.ladder, set.account, operation, resolved.rates, strict, costs);
  if (verdict && verdict->limits.empty()) return std::nullopt;
  return verdict;
}

}  // namespace

Checked<Verdict> check(const Tariff& tariff, const CheckQuestion& asked) {
  Checked<ResolvedAccount> set = resolve_account(tariff, asked);
  if (!set) return std::move(set).faults();
  const ResolvedQuestion& resolved = set->resolved;
  bool strict = asked.question.strict;
  Costs costs = costs_of(*resolved.plan, set->account, resolved.rates, strict);
  return assess(set->ladder, set->account, as_asked(*set), resolved.rates, strict, costs);
}

Checked<JudgedQuote> quote_and_check(const Tariff& tariff, const CheckQuestion& asked,
                                     bool expands) {
  Checked<ResolvedAccount> set = resolve_account(tariff, asked);
  if (!set) return std::move(set).faults();
  if (auto faults = add_tier(*set)) return *faults;
  const Question& question = set->question;
  JudgedQuote judged;
  judged.history = set->account.history;
  Checked<Quote> answer = quote(set->resolved, question);
  if (expands) {
    judged.rows = expand(tariff, question, std::move(answer));
  } else {
    judged.rows.push_back(Expanded{{}, std::move(answer)});
  }
  if (judged.rows.size() != 1 || !judged.rows.front().quote) return judged;
  Operation operation = judged.rows.front().quote->operation;
  // A quote without an amount is of 0; a limit that looks at the amount is not told so.
  bool forward = !question.receive && !question.pay;
  if (forward && !set->resolved.operation.amount) operation.amount.reset();
  if (!set->tier_asked) operation.attributes.erase("tier");
  judged.decision = decide_on(*set, operation);
  return judged;
}

}  // namespace levy
