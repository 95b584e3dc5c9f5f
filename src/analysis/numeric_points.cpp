#include "analysis/numeric_points.h"

#include <algorithm>
#include <set>

#include "schedule/conditions.h"

namespace levy {
namespace {

std::string variable_name(const Condition& condition) {
  return condition.subject == Condition::Subject::amount ? "" : condition.name;
}

void add_bound(const std::optional<Figure>& figure, Currency currency, std::set<Rational>& bounds) {
  if (!figure) return;
  if (figure->number) {
    bounds.insert(*figure->number);
  } else if (const Money* money = find_money(figure->money, currency)) {
    bounds.insert(money->amount);
  }
}

std::map<std::string, std::set<Rational>> bounds_of(const std::vector<const When*>& whens,
                                                    Currency currency) {
  std::map<std::string, std::set<Rational>> bounds;
  for (const When* when : whens) {
    for (const Condition& condition : when->conditions) {
      if (!condition.is_numeric()) continue;
      std::set<Rational>& own = bounds[variable_name(condition)];
      for (const Figure& figure : condition.figures) add_bound(figure, currency, own);
      if (!condition.range) continue;
      const Condition::Range& range = *condition.range;
      for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
        add_bound(*bound, currency, own);
    }
  }
  return bounds;
}

std::set<Rational> values_around(const std::set<Rational>& bounds, const Rational& unit,
                                 const std::optional<Decimal>& min,
                                 const std::optional<Decimal>& max) {
  std::set<Rational> values;
  auto add_value = [&](const Rational& value) {
    bool inside =
        value.sign() >= 0 && (!min || value >= Rational(*min)) && (!max || value <= Rational(*max));
    if (inside) values.insert(value);
  };
  add_value(min ? Rational(*min) : Rational(0));
  if (max) add_value(*max);
  for (const Rational& bound : bounds)
    for (int side : {-1, 0, 1}) add_value(bound + Rational(side) * unit);
  return values;
}

}  // namespace

std::vector<NumericPoint> points_of(const Schedule& schedule, const std::vector<const When*>& whens,
                                    Currency currency) {
  std::vector<NumericPoint> points(1);
  for (const auto& [name, bounds] : bounds_of(whens, currency)) {
    const Quantity* quantity = schedule.find_quantity(name);
    int places = 0;
    for (const Rational& bound : bounds) places = std::max(places, bound.numerator().scale());
    Rational unit = quantity != nullptr ? Rational(Decimal::ten_to(-places - 1))
                                        : Rational(schedule.currencies.minor_unit(currency));
    std::set<Rational> values = values_around(bounds, unit, quantity ? quantity->min : std::nullopt,
                                              quantity ? quantity->max : std::nullopt);
    if (points.size() * values.size() > points_max) return {};
    std::vector<NumericPoint> next;
    for (const NumericPoint& point : points) {
      for (const Rational& value : values) {
        next.push_back(point);
        next.back()[name] = value;
      }
    }
    points = std::move(next);
  }
  return points;
}

bool hold_at(const When& when, const NumericPoint& point, Currency currency) {
  return std::all_of(when.conditions.begin(), when.conditions.end(), [&](const Condition& one) {
    if (!one.is_numeric()) return true;
    return holds_for(one, point.at(variable_name(one)), currency).value_or(false);
  });
}

}  // namespace levy
