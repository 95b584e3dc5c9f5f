#include "fees/reverse.h"

#include <algorithm>
#include <vector>

#include "fees/solver.h"

namespace levy::fees {
namespace {

Diagnostic undecidable() {
  return Diagnostic{Code::undecidable,
                    "the fees cancel so irregularly that this cannot be solved exactly",
                    "quote amounts near the one expected instead"};
}

Neighbour neighbour_of(const std::optional<Nearest>& nearest, int side, Currency target_currency,
                       const EvaluationContext& context, const Currencies& currencies) {
  if (!nearest) return {};
  Money target{Rational(side) * nearest->value, target_currency};
  Money amount{nearest->amount, context.operation.currency};
  return {to_string(target, currencies), to_string(amount, currencies)};
}

Checked<Quote> unattainable(Solver& solver, const Plan& plan, const EvaluationContext& context,
                            Target kind, const Rational& target) {
  const facts::Operation& operation = context.operation;
  const Currencies& currencies = plan.schedule.currencies;
  bool converts = kind == Target::receive && operation.converts();
  Currency currency = converts ? operation.to_currency : operation.currency;
  Diagnostic fault;
  fault.code = Code::unattainable;
  std::string text = to_string(Money{target, currency}, currencies);
  fault.message = kind == Target::receive ? "no amount delivers exactly " + text
                                          : "no amount costs exactly " + text;
  fault.below = neighbour_of(solver.nearest(1), 1, currency, context, currencies);
  fault.above = neighbour_of(solver.nearest(-1), -1, currency, context, currencies);
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

Checked<Quote> reverse(const Plan& plan, const EvaluationContext& context, Target kind,
                       const Rational& target, Explain explain) {
  facts::Operation operation = context.operation;
  operation.amount = Rational(0);  // given, and varied
  EvaluationContext varied{operation, context.rates, context.readings, context.strict};
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

Checked<std::optional<Rational>> greatest_amount(const Plan& plan, const EvaluationContext& context,
                                                 const Rational& debit_bound) {
  facts::Operation operation = context.operation;
  operation.amount = Rational(0);  // given, and varied
  EvaluationContext varied{operation, context.rates, context.readings, context.strict};
  Solver solver(plan, varied, Target::pay, debit_bound);
  std::optional<Rational> best = solver.greatest();
  if (solver.is_undecidable()) return undecidable();
  if (!solver.quotable() && solver.fault()) return *solver.fault();
  return best;
}

namespace {

class DebitSearch {
 public:
  DebitSearch(const Plan& plan, const EvaluationContext& context, const Rational& bound)
      : plan_(plan), context_(context), bound_(bound) {
    context_.work = &work_;
  }
  DebitSearch(const DebitSearch&) = delete;  // its context points into it
  DebitSearch& operator=(const DebitSearch&) = delete;

  // From the right, so the first amount found is the greatest.
  Checked<std::optional<Rational>> run(const AmountRange& all) {
    todo_.push_back(all);
    while (!todo_.empty()) {
      if (work_.is_done()) return undecidable();
      AmountRange amounts = todo_.back();
      todo_.pop_back();
      Checked<Evaluation> evaluation = evaluate(plan_, context_, amounts);
      if (amounts.is_undecidable()) return undecidable();
      if (amounts.split_point()) {
        split(amounts, *amounts.split_point());
      } else if (evaluation) {
        auto debit = evaluation->debit.find(context_.operation.currency);
        if (auto found = look(amounts, debit->second)) return found;
      }
    }
    return std::optional<Rational>();
  }

 private:
  static Diagnostic undecidable() {
    return Diagnostic{Code::undecidable,
                      "the fees cancel so irregularly that the greatest amount cannot be found",
                      "ask about amounts near the one expected instead"};
  }

  void split(const AmountRange& amounts, const Rational& last) {
    todo_.push_back(amounts.part(amounts.from(), last));
    todo_.push_back(amounts.part(last + amounts.unit(), amounts.until()));
  }

  std::optional<Rational> look(const AmountRange& amounts, const Form& debit) {
    if (*amounts.lowest(debit) > bound_) return std::nullopt;
    if (*amounts.highest(debit) <= bound_) return amounts.until();
    Rational from = amounts.from(), until = *amounts.until();
    // Beyond this amount even the least debit is above the bound, and up to that one even the most
    // is within it.
    Rational last = until, sure = from;
    if (debit.slope().sign() > 0) {
      last = amounts.grid_floor((bound_ - debit.base - debit.low()) / debit.slope());
      sure = amounts.grid_floor((bound_ - debit.base - debit.high()) / debit.slope());
    }
    if (last < until && last >= from) {
      if (last == sure) return last;
      todo_.push_back(amounts.part(from, last));
      return std::nullopt;
    }
    split(amounts, amounts.grid_floor((from + until) / Rational(2)));
    return std::nullopt;
  }

  const Plan& plan_;
  Work work_{reverse_steps_max};
  EvaluationContext context_;
  const Rational& bound_;
  std::vector<AmountRange> todo_;
};

}  // namespace

Checked<std::optional<Rational>> greatest_amount_up_to(const Plan& plan,
                                                       const EvaluationContext& context,
                                                       const Rational& debit_bound,
                                                       const Rational& amount_bound) {
  if (amount_bound.sign() < 0) return std::optional<Rational>();
  Decimal unit = plan.schedule.currencies.minor_unit(context.operation.currency);
  return DebitSearch(plan, context, debit_bound).run(AmountRange(Rational(0), amount_bound, unit));
}

}  // namespace levy::fees
