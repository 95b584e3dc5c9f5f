#include "curves/series.h"

namespace levy {
namespace {

// The first attribute with listed values that some piece of the curve lacks.
const Missing* missing_of(const Curve& curve) {
  for (const CurvePiece& piece : curve) {
    if (!piece.is_settled() || *piece.result) continue;
    if (const Missing* missing = listed_missing(piece.result->faults().front())) return missing;
  }
  return nullptr;
}

Series one_series(const Tariff& tariff, const Question& question, const AmountInterval& range) {
  Series series;
  series.strict = question.strict;
  Checked<ResolvedQuestion> resolved = resolve(tariff, question);
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

Curve curve_over(const Plan& plan, const EvaluationContext& context, const AmountInterval& range) {
  Decimal unit = plan.schedule.currencies.minor_unit(context.operation.currency);
  AmountRange whole(range.from, range.until, unit);
  whole.record();
  return find_curve(plan, context, whole);
}

std::vector<Series> find_series(const Tariff& tariff, const Question& question,
                                const AmountInterval& range) {
  // Of any amount; it is one, so that what is said to be wrong is not that it is missing.
  Question open = question;
  open.request.amount = question.request.currency.empty() ? "" : "0";
  std::vector<Series> all;
  auto ask = [&](const Question& one) { return one_series(tariff, one, range); };
  auto lacks = [&](const Series& series) -> const Missing* {
    return all.size() >= series_max ? nullptr : missing_of(series.curve);
  };
  auto add = [&](const Choices& given, Series series) {
    series.given = given;
    all.push_back(std::move(series));
  };
  expand_missing(open, {}, ask(open), ask, lacks, add);
  return all;
}

Checked<Evaluation> answer_at(const Series& series, const Rational& amount) {
  Operation operation = series.resolved.operation;
  if (series.variable.empty())
    operation.amount = amount;
  else
    operation.quantities[series.variable] = amount;
  EvaluationContext context{operation, series.resolved.rates, series.resolved.readings,
                            series.strict};
  context.work = series.work;
  context.lines_only = series.lines_only;
  AmountRange point = AmountRange::at(*operation.amount);
  return evaluate(*series.resolved.plan, context, point);
}

}  // namespace levy
