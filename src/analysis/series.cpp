#include "analysis/series.h"

#include <algorithm>

namespace levy {
namespace {

// The first attribute with listed values that some piece of the curve lacks.
const Missing* missing_of(const Curve& curve) {
  for (const CurvePiece& piece : curve) {
    if (!piece.is_settled() || *piece.result) continue;
    const Diagnostic& fault = piece.result->faults().front();
    if (fault.code != Code::missing_attributes) continue;
    for (const Missing& one : fault.missing) {
      if (one.closed && !one.domain.empty()) return &one;
    }
  }
  return nullptr;
}

Series one_series(const Tariff& tariff, const Question& question, const AmountRange& range) {
  Series series;
  series.strict = question.strict;
  Checked<Setting> setting = set_out(tariff, question);
  if (!setting) {
    series.faults = setting.faults();
    return series;
  }
  series.setting = std::move(*setting);
  series.setting.operation.amount = Rational(0);  // given, and varied
  series.curve = curve_over(*series.setting.plan, series.scene(), range);
  return series;
}

void draw_into(std::vector<Series>& all, const Tariff& tariff, const Question& question,
               const AmountRange& range,
               const std::vector<std::pair<std::string, std::string>>& given) {
  Series series = one_series(tariff, question, range);
  const Missing* missing = missing_of(series.curve);
  if (missing == nullptr || all.size() >= series_max) {
    series.given = given;
    all.push_back(std::move(series));
    return;
  }
  for (const std::string& value : missing->domain) {
    Question narrower = question;
    narrower.request.set(missing->name, value);
    auto chosen = given;
    chosen.emplace_back(missing->name, value);
    draw_into(all, tariff, narrower, range, chosen);
  }
}

}  // namespace

Curve curve_over(const Plan& plan, const Scene& scene, const AmountRange& range) {
  Decimal unit = plan.schedule.currencies.minor_unit(scene.operation.currency);
  Stretch whole(range.from, range.until, unit);
  whole.record();
  return find_curve(plan, scene, whole);
}

std::vector<Series> find_series(const Tariff& tariff, const Question& question,
                                const AmountRange& range) {
  // Of any amount; it is one, so that what is said to be wrong is not that it is missing.
  Question open = question;
  open.request.amount = question.request.currency.empty() ? "" : "0";
  std::vector<Series> all;
  draw_into(all, tariff, open, range, {});
  return all;
}

Checked<Evaluation> answer_at(const Series& series, const Rational& amount) {
  Operation operation = series.setting.operation;
  if (series.along.empty())
    operation.amount = amount;
  else
    operation.quantities[series.along] = amount;
  Scene scene{operation, series.setting.rates, series.setting.readings, series.strict};
  Stretch point = Stretch::at(*operation.amount);
  return evaluate(*series.setting.plan, scene, point);
}

}  // namespace levy
