#include "fees/quote.h"

namespace levy::fees {
namespace {

Line line_of(const Plan& plan, LineForm& form) {
  const FeePlan& fee = plan.fees[form.fee];
  Line line;
  line.fee = fee.as_written;
  line.taken = fee.cases[form.case_index].as_written;
  line.amount = Money{form.amount.constant(), form.currency};
  line.exact = form.exact.constant();
  line.collect = form.collect;
  line.exempted = form.exempted;
  line.steps = std::move(form.steps);
  return line;
}

Skipped skipped_of(const Plan& plan, const NotTaken& form) {
  const FeePlan& fee = plan.fees[form.fee];
  const schedule::Case* skipped =
      form.case_index ? fee.cases[*form.case_index].as_written : nullptr;
  return Skipped{fee.as_written, skipped, form.reason, form.condition};
}

Exchange exchange_of(const Plan& plan, const Evaluation& result) {
  Exchange exchange;
  exchange.mid = result.mid;
  exchange.margin = result.margin;
  exchange.rate = result.rate;
  exchange.margin_cost = Money{result.margin_cost.constant(), result.credit_currency};
  for (const auto& [fee, taken] : result.margins) {
    exchange.margins.emplace_back(plan.fees[fee].as_written,
                                  plan.fees[fee].cases[taken].as_written);
  }
  return exchange;
}

}  // namespace

Checked<Quote> quote(const Plan& plan, const EvaluationContext& context, Explain explain) {
  AmountRange point = AmountRange::at(context.operation.amount.value_or(Rational(0)));
  Checked<Evaluation> result = evaluate(plan, context, point, explain);
  ensure(point.is_settled(), "a single amount decides every question");
  if (!result) return std::move(result).faults();
  Quote quote;
  quote.plan = &plan;
  quote.operation = context.operation;
  if (!quote.operation.amount) quote.operation.amount = Rational(0);
  for (LineForm& form : result->lines) quote.lines.push_back(line_of(plan, form));
  for (const auto& [currency, debit] : result->debit) {
    quote.debit[currency] = debit.constant();
    quote.fees[currency] = (result->on_top[currency] + result->deducted[currency]).constant();
  }
  quote.credit = Money{result->credit.constant(), result->credit_currency};
  if (context.operation.converts()) quote.exchange = exchange_of(plan, *result);
  quote.assumed = result->assumed;
  for (const NotTaken& one : result->not_taken) quote.skipped.push_back(skipped_of(plan, one));
  return quote;
}

}  // namespace levy::fees
