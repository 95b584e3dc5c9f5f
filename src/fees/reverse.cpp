#include "fees/reverse.h"

#include "fees/solver.h"

namespace levy {
namespace {

Diagnostic undecidable() {
  return Diagnostic{Code::undecidable,
                    "the fees cancel so irregularly that this cannot be solved exactly",
                    "quote amounts near the one expected instead"};
}

Neighbour neighbour_of(const std::optional<Nearest>& nearest, int side, Currency target_currency,
                       const Scene& scene, const Currencies& currencies) {
  if (!nearest) return {};
  Money target{Rational(side) * nearest->value, target_currency};
  Money amount{nearest->amount, scene.operation.currency};
  return {to_string(target, currencies), to_string(amount, currencies)};
}

Checked<Quote> unattainable(Solver& solver, const Plan& plan, const Scene& scene, Target kind,
                            const Rational& target) {
  const Operation& operation = scene.operation;
  const Currencies& currencies = plan.schedule.currencies;
  bool converts = kind == Target::receive && operation.converts();
  Currency currency = converts ? operation.to_currency : operation.currency;
  Diagnostic fault;
  fault.code = Code::unattainable;
  std::string text = to_string(Money{target, currency}, currencies);
  fault.message = kind == Target::receive ? "no amount delivers exactly " + text
                                          : "no amount costs exactly " + text;
  fault.below = neighbour_of(solver.nearest(1), 1, currency, scene, currencies);
  fault.above = neighbour_of(solver.nearest(-1), -1, currency, scene, currencies);
  if (solver.is_undecidable()) return undecidable();
  for (const Neighbour* side : {&fault.below, &fault.above}) {
    if (side->target.empty()) continue;
    if (!fault.remedy.empty()) fault.remedy += "; ";
    fault.remedy += side->amount + (kind == Target::receive ? " delivers " : " costs ");
    fault.remedy += side->target;
  }
  return fault;
}

}  // namespace

Checked<Quote> reverse(const Plan& plan, const Scene& scene, Target kind, const Rational& target,
                       Explain explain) {
  Operation operation = scene.operation;
  operation.amount = Rational(0);  // given, and varied
  Scene varied{operation, scene.rates, scene.readings, scene.strict};
  Solver solver(plan, varied, kind, target);
  Found found = solver.solve();
  if (solver.is_undecidable()) return undecidable();
  if (!found.any()) {
    if (!solver.quotable() && solver.fault()) return *solver.fault();
    return unattainable(solver, plan, varied, kind, target);
  }
  operation.amount = found.smallest();
  Checked<Quote> answer = quote(plan, varied, explain);
  if (answer) answer->solutions = found.solutions(operation.currency);
  return answer;
}

Checked<std::optional<Rational>> greatest_amount(const Plan& plan, const Scene& scene,
                                                 const Rational& debit_bound) {
  Operation operation = scene.operation;
  operation.amount = Rational(0);  // given, and varied
  Scene varied{operation, scene.rates, scene.readings, scene.strict};
  Solver solver(plan, varied, Target::pay, debit_bound);
  std::optional<Rational> best = solver.greatest();
  if (solver.is_undecidable()) return undecidable();
  if (!solver.quotable() && solver.fault()) return *solver.fault();
  return best;
}

}  // namespace levy
