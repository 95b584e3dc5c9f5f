#include "analysis/track.h"

namespace levy {
namespace {

constexpr int track_points_max = 1000;  // of an unsettled stretch, to be asked one by one

Diagnostic unsettled() {
  return Diagnostic{Code::undecidable,
                    "the fees round so irregularly here that no range can be settled",
                    "quote single amounts instead"};
}

Checked<Form> in_currency(const Form& form, Currency from, Currency to, const Rates* rates) {
  if (from == to) return form;
  if (form.is_constant() && form.constant().is_zero()) return Form();
  Checked<Rational> rate = convert(Money{1, from}, to, rates);
  if (!rate) return std::move(rate).faults();
  return form * *rate;
}

Checked<Form> sum_in(const std::map<Currency, Form>& forms, Currency currency, const Rates* rates) {
  Form sum;
  for (const auto& [from, form] : forms) {
    Checked<Form> converted = in_currency(form, from, currency, rates);
    if (!converted) return converted;
    sum = sum + *converted;
  }
  return sum;
}

Checked<Form> figure_at(const Series& series, const FigureOf& figure, const Rational& amount) {
  Checked<Evaluation> answer = answer_at(series, amount);
  if (!answer) return std::move(answer).faults();
  return figure(*answer);
}

// A short stretch that could not be settled as a whole: amount by amount.
void add_points(std::vector<Leg>& legs, const Series& series, const FigureOf& figure,
                const Stretch& stretch) {
  for (Rational x = stretch.from(); x <= *stretch.until(); x += Rational(stretch.unit()))
    legs.push_back(Leg{stretch.part(x, x), figure_at(series, figure, x)});
}

}  // namespace

Track track_of(const Series& series, const FigureOf& figure) {
  Track track;
  for (const CurvePiece& piece : series.curve) {
    std::optional<Decimal> size = piece.stretch.size();
    if (!piece.is_settled() && size && *size <= Decimal(track_points_max)) {
      add_points(track.legs, series, figure, piece.stretch);
    } else if (!piece.is_settled()) {
      track.legs.push_back(Leg{piece.stretch, unsettled()});
    } else if (!*piece.result) {
      track.legs.push_back(Leg{piece.stretch, piece.result->faults()});
    } else {
      track.legs.push_back(Leg{piece.stretch, figure(**piece.result)});
    }
  }
  track.at = [&series, figure](const Rational& amount) -> std::optional<Rational> {
    Checked<Form> value = figure_at(series, figure, amount);
    if (!value) return std::nullopt;
    return value->constant();
  };
  return track;
}

Checked<Form> cost_in(const Evaluation& result, Currency currency, const Rates* rates) {
  Checked<Form> debited = sum_in(result.debit, currency, rates);
  if (!debited) return debited;
  Checked<Form> arrives = in_currency(result.credit, result.credit_currency, currency, rates);
  if (!arrives) return arrives;
  return *debited - *arrives;
}

Checked<Form> fees_in(const Evaluation& result, Currency currency, const Rates* rates) {
  Checked<Form> on_top = sum_in(result.on_top, currency, rates);
  if (!on_top) return on_top;
  Checked<Form> deducted = sum_in(result.deducted, currency, rates);
  if (!deducted) return deducted;
  return *on_top + *deducted;
}

std::optional<Rational> earlier(const std::optional<Rational>& a,
                                const std::optional<Rational>& b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace levy
