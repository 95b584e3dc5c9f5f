#include "curves/piece_query.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy::curves {
namespace {

Rational multiple_below(const Rational& value, const Decimal& quantum) {
  return Rational((value / Rational(quantum)).floor()) * Rational(quantum);
}

Rational multiple_above(const Rational& value, const Decimal& quantum) {
  return Rational((value / Rational(quantum)).ceiling()) * Rational(quantum);
}

bool keeps_whole_steps(RoundingMode mode) {
  return mode == RoundingMode::ceiling || mode == RoundingMode::floor;
}

}  // namespace

// ---- values ------------------------------------------------------------------------------------

Rational PieceQuery::at(const FormOf& figure, const Rational& x) const {
  return at(figure, figure(forms()), x);
}

Rational PieceQuery::at(const FormOf& figure, const fees::Form& form, const Rational& x) const {
  if (context_.work != nullptr) context_.work->spend(1 + form.shares().size());
  // The recorded roundings say the figure exactly, without asking the rules again.
  if (!piece_.amounts.is_product()) return value_of(form, x);
  fees::AmountRange point = fees::AmountRange::at(x);
  Checked<fees::Evaluation> value = fees::evaluate(plan_, context_, point);
  ensure(static_cast<bool>(value), "a piece with a value has one at every amount");
  return figure(*value).constant();
}

Rational PieceQuery::value_of(const fees::Form& form, const Rational& x) const {
  Rational value = form.base + form.slope() * x;
  if (form.is_exact()) return form.low().is_zero() ? value : value + form.low();
  // What roundings add, where any is left.
  for (const fees::Share& share : form.shares())
    value += share.factor * rounding_at(share.rounding, x);
  return value;
}

// What the rounding adds at x.
Rational PieceQuery::rounding_at(std::size_t index, const Rational& x) const {
  const auto& roundings = piece_.amounts.roundings();
  // Roundings that several shares contain are computed once an amount.
  if (!x_ || *x_ != x) {
    x_ = x;
    added_.assign(roundings.size(), std::nullopt);
  }
  if (added_[index]) return *added_[index];
  const fees::RoundingPoint& point = roundings[index];
  if (context_.work != nullptr) context_.work->spend(1 + point.argument.shares().size());
  Rational argument = value_of(point.argument, x);
  Rational added = Rational(round(argument, point.quantum, point.mode)) - argument;
  added_[index] = added;
  return added;
}

// ---- where a figure is above 0 -----------------------------------------------------------------

// Amount by amount from x on, until one is found; without `until` as far as scan_max.
Sought PieceQuery::scan(const FormOf& figure, const fees::Form& form, Rational x,
                        const std::optional<Rational>& until, int direction) const {
  for (int i = 0; i < scan_max && !is_done(); ++i, x += Rational(direction) * Rational(unit())) {
    if (until && (direction > 0 ? x > *until : x < *until)) return {};
    if (at(figure, form, x).sign() > 0) return {x, false, true};
  }
  if (until && (direction > 0 ? x > *until : x < *until)) return {};
  return {std::nullopt, false, false};
}

bool PieceQuery::is_done() const { return context_.work != nullptr && context_.work->is_done(); }

Sought PieceQuery::first_positive(const FormOf& figure, const fees::AmountInterval& range) const {
  const fees::Form form = figure(forms());
  fees::AmountRange part = piece_.amounts.part(range.from, range.until);
  auto minimum = part.lowest(form), maximum = part.highest(form);
  if (maximum && maximum->sign() <= 0) return {};
  if (minimum && minimum->sign() > 0) return {range.from, false, true};
  // Level: any amount may be the first, but within one period.
  if (form.slope().is_zero()) {
    std::optional<Rational> last = range.until;
    if (!form.period().is_zero()) {  // one period stands for all
      Rational period_end = range.from + Rational(form.period()) * Rational(unit());
      if (!last || period_end < *last) last = period_end;
    }
    return scan(figure, form, range.from, last, 1);
  }
  if (form.slope().sign() < 0) {  // beyond the crossing of the upper bound it is not positive
    Rational last = part.grid_floor(-(form.base + form.high()) / form.slope());
    return scan(figure, form, range.from, range.until ? std::min(last, *range.until) : last, 1);
  }
  // Rising: before the upper bound crosses zero none is above it, behind the lower one all are.
  Rational start = std::max(range.from, part.grid_floor(-(form.base + form.high()) / form.slope()));
  Rational sure = part.grid_floor(-(form.base + form.low()) / form.slope()) + Rational(unit());
  Sought found = scan(figure, form, start, range.until ? std::min(sure, *range.until) : sure, 1);
  return found;
}

Sought PieceQuery::last_positive(const FormOf& figure, const fees::AmountInterval& range) const {
  const fees::Form form = figure(forms());
  fees::AmountRange part = piece_.amounts.part(range.from, range.until);
  auto minimum = part.lowest(form), maximum = part.highest(form);
  if (maximum && maximum->sign() <= 0) return {};
  if (!range.until && (form.slope().sign() > 0 || (minimum && minimum->sign() > 0)))
    return {std::nullopt, true, true};
  if (minimum && minimum->sign() > 0) return {range.until, false, true};
  if (form.slope().is_zero()) {
    if (!range.until) {
      Sought first = first_positive(figure, range);
      first.endless = first.x.has_value();
      return first;
    }
    Rational first = range.from;
    if (!form.period().is_zero())
      first = std::max(first, *range.until - Rational(form.period()) * Rational(unit()));
    return scan(figure, form, *range.until, first, -1);
  }
  if (form.slope().sign() > 0) {
    Rational first = part.grid_floor(-(form.base + form.high()) / form.slope());
    return scan(figure, form, *range.until, std::max(first, range.from), -1);
  }
  Rational last = part.grid_ceiling(-(form.base + form.high()) / form.slope());
  if (range.until) last = std::min(last, *range.until);
  Rational sure = part.grid_floor(-(form.base + form.low()) / form.slope()) - Rational(unit());
  return scan(figure, form, last, std::max(sure, range.from), -1);
}

// ---- where a figure falls ----------------------------------------------------------------------

// The form as a line and whole roundings: value(x) = line + sum of factor * rounded(x). A
// rounding's argument holds earlier roundings only, so the last that is left has its whole factor:
// each is looked at once, however they are nested.
PieceQuery::Expanded PieceQuery::expand(const fees::Form& form) const {
  Expanded expanded;
  expanded.slope = form.slope();
  std::map<std::size_t, Rational> open;
  for (const fees::Share& share : form.shares()) open[share.rounding] += share.factor;
  while (!open.empty()) {
    // factor * (rounded - argument): the rounded figure stays, the argument comes off the line and
    // off the shares of earlier roundings.
    auto [index, factor] = *open.rbegin();
    open.erase(index);
    if (factor.is_zero()) continue;
    expanded.factors[index] = factor;
    const fees::Form& argument = piece_.amounts.roundings()[index].argument;
    expanded.slope -= factor * argument.slope();
    for (const fees::Share& share : argument.shares())
      open[share.rounding] -= factor * share.factor;
  }
  return expanded;
}

// Bounds of value(x + unit) - value(x).
PieceQuery::Step PieceQuery::step_of(const fees::Form& form) const {
  Expanded expanded = expand(form);
  // The line moves evenly; each rounded figure by a bounded number of quanta.
  Rational linear = expanded.slope * Rational(unit());
  Step step{linear, linear};
  for (const auto& [index, factor] : expanded.factors) {
    if (factor.is_zero()) continue;
    Step rounded = step_of_rounding(index);
    bool falls = factor.sign() < 0;
    step.low += factor * (falls ? rounded.high : rounded.low);
    step.high += factor * (falls ? rounded.low : rounded.high);
  }
  return step;
}

// What is rounded moves by the multiples around what its argument moves by; by one more where ties
// go to the even multiple, and where the sign may change.
PieceQuery::Step PieceQuery::step_of_rounding(std::size_t index) const {
  auto known = steps_.find(index);
  if (known != steps_.end()) return known->second;
  const fees::RoundingPoint& point = piece_.amounts.roundings()[index];
  Rational quantum = Rational(point.quantum);
  Step argument = step_of(point.argument);
  Step step{multiple_below(argument.low, point.quantum),
            multiple_above(argument.high, point.quantum)};
  // floor(y + d) - floor(y) is floor(d) or ceiling(d), and so for any mode that treats all
  // multiples alike. Half-even may move a tie away from both.
  bool even = point.mode == RoundingMode::half_even;
  auto minimum = piece_.amounts.lowest(point.argument),
       maximum = piece_.amounts.highest(point.argument);
  bool one_sign = (minimum && minimum->sign() >= 0) || (maximum && maximum->sign() <= 0);
  bool any_sign = even || keeps_whole_steps(point.mode) || one_sign;
  if (!any_sign || (even && step.low == argument.low && !step.low.is_zero())) step.low -= quantum;
  if (!any_sign || (even && step.high == argument.high && !step.high.is_zero()))
    step.high += quantum;
  steps_[index] = step;
  return step;
}

Sought PieceQuery::first_drop(const FormOf& figure, const fees::AmountInterval& range) const {
  if (range.until && *range.until == range.from) return {};
  const fees::Form form = figure(forms());
  bool product = piece_.amounts.is_product();
  // It cannot fall from one amount to the next.
  if (!product && step_of(form).low.sign() >= 0) return {};
  if (form.is_exact() && !product)
    return form.slope().sign() < 0 ? Sought{range.from, false, true} : Sought{};
  // Where arguments change their sign some modes turn round, and nothing repeats across that.
  Rational change = product ? range.from : last_sign_change(range);
  if (change == range.from || (range.until && change >= *range.until))
    return first_drop_scanned(figure, range);
  // Behind the last change of a sign roundings repeat, or are seen to rise.
  Sought before = first_drop_scanned(figure, {range.from, change});
  if (before.x || !before.decided) return before;
  fees::CurvePiece behind{piece_.amounts.part(change, range.until), std::nullopt};
  Checked<fees::Evaluation> value = fees::evaluate(plan_, context_, behind.amounts);
  if (!value || !behind.amounts.is_settled()) return {std::nullopt, false, false};
  behind.result = std::move(value);
  PieceQuery rest(plan_, context_, behind);
  return rest.first_drop(figure, rest.whole());
}

Rational PieceQuery::last_sign_change(const fees::AmountInterval& range) const {
  Rational last = range.from;
  for (const fees::RoundingPoint& point : piece_.amounts.roundings()) {
    const fees::Form& argument = point.argument;
    if (argument.slope().is_zero()) continue;
    for (const Rational& blur : {argument.low(), argument.high()}) {
      Rational zero = -(argument.base + blur) / argument.slope();
      last = std::max(last, piece_.amounts.grid_ceiling(zero));
    }
  }
  return last;
}

// Amount by amount: one period of them, all, or scan_max.
Sought PieceQuery::first_drop_scanned(const FormOf& figure,
                                      const fees::AmountInterval& range) const {
  Rational one = Rational(unit());
  const fees::Form form = figure(forms());
  Rational end = range.from + Rational(scan_max) * one;
  bool all = false;
  if (!form.period().is_zero() && form.period() <= Decimal(scan_max)) {
    end = range.from + Rational(form.period()) * one;
    all = true;
  }
  if (range.until && *range.until - one <= end) {
    end = *range.until - one;
    all = true;
  }
  Rational before = at(figure, form, range.from);
  for (Rational x = range.from; x <= end; x += one) {
    if (is_done()) return {std::nullopt, false, false};
    Rational after = at(figure, form, x + one);
    if (after < before) return {x, false, true};
    before = after;
  }
  return {std::nullopt, false, all};
}

}  // namespace levy::curves
