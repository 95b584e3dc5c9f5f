#include "fees/condition_forms.h"

#include <algorithm>

#include "fees/charge_parts.h"

namespace levy {

Truth test_form(const Condition& condition, const Form& value, const std::vector<Form>& figures,
                Stretch& stretch) {
  if (!condition.range) {
    bool listed = std::any_of(figures.begin(), figures.end(),
                              [&](const Form& figure) { return stretch.is_zero(value - figure); });
    return listed != condition.negated ? Truth::yes : Truth::no;
  }
  const Condition::Range& range = *condition.range;
  std::size_t next = 0;
  bool holds = true;
  if (range.from) holds = holds && stretch.is_not_negative(value - figures[next++]);
  if (range.above) holds = holds && stretch.is_positive(value - figures[next++]);
  if (range.up_to) holds = holds && stretch.is_not_negative(figures[next++] - value);
  if (range.below) holds = holds && stretch.is_positive(figures[next] - value);
  return holds != condition.negated ? Truth::yes : Truth::no;
}

Checked<std::vector<Form>> figures_of(const Condition& condition, Currency currency) {
  std::vector<const Figure*> wanted;
  for (const Figure& figure : condition.figures) wanted.push_back(&figure);
  if (condition.range) {
    const Condition::Range& range = *condition.range;
    for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below}) {
      if (*bound) wanted.push_back(&**bound);
    }
  }
  std::vector<Form> figures;
  for (const Figure* figure : wanted) {
    if (figure->number) {
      figures.push_back(Form(Rational(*figure->number)));
      continue;
    }
    const Money* money = find_money(figure->money, currency);
    if (money == nullptr) return missing_money(currency, figure->place);
    figures.push_back(Form(money->amount));
  }
  return figures;
}

}  // namespace levy
