#include "curves/piecewise_figure.h"

#include <algorithm>
#include <memory>

#include "curves/difference.h"

namespace levy::curves {
namespace {

constexpr int figure_points_max = 1000;  // of an unsettled range, to be asked one by one

Diagnostic unsettled() {
  return Diagnostic{Code::undecidable,
                    "the fees round so irregularly here that no range can be settled",
                    "quote single amounts instead"};
}

Checked<fees::Form> in_currency(const fees::Form& form, Currency from, Currency to,
                                const facts::Rates* rates) {
  if (from == to) return form;
  if (form.is_constant() && form.constant().is_zero()) return fees::Form();
  Checked<Rational> rate = facts::convert(Money{1, from}, to, rates);
  if (!rate) return std::move(rate).faults();
  return form * *rate;
}

Checked<fees::Form> sum_in(const std::map<Currency, fees::Form>& forms, Currency currency,
                           const facts::Rates* rates) {
  fees::Form sum;
  for (const auto& [from, form] : forms) {
    Checked<fees::Form> converted = in_currency(form, from, currency, rates);
    if (!converted) return converted;
    sum = sum + *converted;
  }
  return sum;
}

Checked<fees::Form> figure_at(const Series& series, const FigureOf& figure,
                              const Rational& amount) {
  Checked<fees::Evaluation> answer = answer_at(series, amount);
  if (!answer) return std::move(answer).faults();
  return figure(*answer);
}

// A short range that could not be settled as a whole: amount by amount.
void add_points(std::vector<Segment>& segments, const Series& series, const FigureOf& figure,
                const fees::AmountRange& amounts) {
  for (Rational x = amounts.from(); x <= *amounts.until(); x += Rational(amounts.unit()))
    segments.push_back(Segment{amounts.part(x, x), figure_at(series, figure, x)});
}

// What the segments' forms say of single amounts.
class Recorded {
 public:
  explicit Recorded(const std::vector<Segment>& segments)
      : legs_(segments), values_(segments.size()) {}

  // None: it is not said, or there is no figure.
  std::optional<Rational> at(const Rational& amount) const {
    auto next = std::upper_bound(
        legs_.begin(), legs_.end(), amount,
        [](const Rational& x, const Segment& segment) { return x < segment.amounts.from(); });
    if (next == legs_.begin()) return std::nullopt;
    auto index = static_cast<std::size_t>(next - legs_.begin()) - 1;
    const Segment& segment = legs_[index];
    bool known = segment.form && (!segment.amounts.until() || amount <= *segment.amounts.until()) &&
                 Rational(segment.amounts.grid_floor(amount)) == amount;
    if (!known) return std::nullopt;
    if (segment.form->is_exact())
      return segment.form->base + segment.form->low() + segment.form->slope() * amount;
    if (!values_[index])
      values_[index].emplace(*segment.form, segment.amounts, fees::Form(),
                             fees::AmountRange::at(amount));
    if (!values_[index]->has_values()) return std::nullopt;
    return values_[index]->at(amount);
  }

 private:
  std::vector<Segment> legs_;
  mutable std::vector<std::optional<FormDifference>> values_;
};

}  // namespace

PiecewiseFigure piecewise_figure(const Series& series, const FigureOf& figure) {
  PiecewiseFigure result;
  for (const fees::CurvePiece& piece : series.curve) {
    std::optional<Decimal> size = piece.amounts.size();
    bool is_done = series.work != nullptr && series.work->is_done();
    if (!piece.is_settled() && is_done) {
      result.segments.push_back(Segment{piece.amounts, out_of_work()});
    } else if (!piece.is_settled() && size && *size <= Decimal(figure_points_max)) {
      add_points(result.segments, series, figure, piece.amounts);
    } else if (!piece.is_settled()) {
      result.segments.push_back(Segment{piece.amounts, unsettled()});
    } else if (!*piece.result) {
      result.segments.push_back(Segment{piece.amounts, piece.result->faults()});
    } else {
      result.segments.push_back(Segment{piece.amounts, figure(**piece.result)});
    }
  }
  // Of a settled segment the recorded roundings say it; else the rules are asked anew.
  auto exact = std::make_shared<const Recorded>(result.segments);
  result.at = [&series, figure, exact](const Rational& amount) -> std::optional<Rational> {
    if (std::optional<Rational> known = exact->at(amount)) return known;
    Checked<fees::Form> value = figure_at(series, figure, amount);
    if (!value) return std::nullopt;
    return value->constant();
  };
  return result;
}

Checked<fees::Form> cost_in(const fees::Evaluation& result, Currency currency,
                            const facts::Rates* rates) {
  Checked<fees::Form> debited = sum_in(result.debit, currency, rates);
  if (!debited) return debited;
  Checked<fees::Form> arrives = in_currency(result.credit, result.credit_currency, currency, rates);
  if (!arrives) return arrives;
  return *debited - *arrives;
}

Checked<fees::Form> fees_in(const fees::Evaluation& result, Currency currency,
                            const facts::Rates* rates) {
  Checked<fees::Form> on_top = sum_in(result.on_top, currency, rates);
  if (!on_top) return on_top;
  Checked<fees::Form> deducted = sum_in(result.deducted, currency, rates);
  if (!deducted) return deducted;
  return *on_top + *deducted;
}

std::optional<Rational> earlier(const std::optional<Rational>& a,
                                const std::optional<Rational>& b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace levy::curves
