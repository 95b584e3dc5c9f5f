#include "curves/series.h"

namespace levy::curves {
namespace {

// The first attribute with listed values that some piece of the curve lacks.
const Missing* missing_of(const fees::Curve& curve) {
  for (const fees::CurvePiece& piece : curve) {
    if (!piece.is_settled() || *piece.result) continue;
    if (const Missing* missing = ask::listed_missing(piece.result->faults().front()))
      return missing;
  }
  return nullptr;
}

Series one_series(const fees::Tariff& tariff, const fees::Question& question,
                  const fees::AmountInterval& range, fees::Work* work) {
  Series series;
  series.strict = question.strict;
  series.work = work;
  if (work != nullptr && work->is_done()) {
    series.faults = Diagnostics{out_of_work()};
    return series;
  }
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff, question);
  if (!resolved) {
    series.faults = resolved.faults();
    return series;
  }
  series.resolved = std::move(*resolved);
  series.resolved.operation.amount = Rational(0);  // given, and varied
  series.curve = curve_over(*series.resolved.plan, series.context(), range);
  return series;
}

}  // namespace

fees::Curve curve_over(const fees::Plan& plan, const fees::EvaluationContext& context,
                       const fees::AmountInterval& range) {
  Decimal unit = plan.schedule.currencies.minor_unit(context.operation.currency);
  fees::AmountRange whole(range.from, range.until, unit);
  whole.record();
  return fees::find_curve(plan, context, whole);
}

Diagnostic out_of_work() {
  return Diagnostic{Code::undecidable,
                    "this question took all the work that one is given (levy(1), SECURITY)",
                    "ask about less: name the attributes, or quote single amounts"};
}

std::vector<Series> find_series(const fees::Tariff& tariff, const fees::Question& question,
                                const fees::AmountInterval& range, fees::Work* work) {
  // Of any amount; it is one, so that what is said to be wrong is not that it is missing.
  fees::Question open = question;
  open.request.amount = question.request.currency.empty() ? "" : "0";
  std::vector<Series> all;
  auto ask = [&](const fees::Question& one) { return one_series(tariff, one, range, work); };
  auto lacks = [&](const Series& series) -> const Missing* {
    return all.size() >= series_max ? nullptr : missing_of(series.curve);
  };
  auto add = [&](const ask::Choices& given, Series series) {
    series.given = given;
    all.push_back(std::move(series));
  };
  ask::expand_missing(open, {}, ask(open), ask, lacks, add);
  return all;
}

Checked<fees::Evaluation> answer_at(const Series& series, const Rational& amount) {
  facts::Operation operation = series.resolved.operation;
  if (series.variable.empty())
    operation.amount = amount;
  else
    operation.quantities[series.variable] = amount;
  fees::EvaluationContext context{operation, series.resolved.rates, series.resolved.readings,
                                  series.strict};
  context.work = series.work;
  context.lines_only = series.lines_only;
  fees::AmountRange point = fees::AmountRange::at(*operation.amount);
  return fees::evaluate(*series.resolved.plan, context, point);
}

}  // namespace levy::curves
