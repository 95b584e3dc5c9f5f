#include "analysis/telling_points.h"

#include <algorithm>

namespace levy {
namespace {

bool stretch_holds(const Stretch& stretch, const Rational& x) {
  return x >= stretch.from() && (!stretch.until() || x <= *stretch.until());
}

// Kept once each, in the order in which they are tried.
class TellingPoints {
 public:
  explicit TellingPoints(const Stretch& stretch) : stretch_(stretch) {}

  void add(const Rational& x) {
    bool on_grid = stretch_holds(stretch_, x) && stretch_.grid_floor(x) == x;
    if (on_grid && x.sign() > 0 && std::find(all.begin(), all.end(), x) == all.end())
      all.push_back(x);
  }

  std::vector<Rational> all;

 private:
  const Stretch& stretch_;
};

// Where the stretch begins at an edge of 1 or more, the smallest multiple of a power of ten that
// lies in it, the power being as large as it can, but not larger than the value itself. Else what
// is usual.
std::optional<Rational> roundest(const Stretch& stretch) {
  Rational from = std::max(stretch.from(), Rational(stretch.unit()));
  if (from < Rational(1)) {
    for (int usual : {100, 10, 1}) {
      if (stretch_holds(stretch, usual)) return usual;
    }
  }
  Decimal power = stretch.unit();
  while (from >= Rational(power * Decimal(10))) power = power * Decimal(10);
  for (; power >= stretch.unit(); power = power * Decimal::ten_to(-1)) {
    Rational x = round(from, power, RoundingMode::ceiling);
    if (stretch_holds(stretch, x)) return x;
  }
  return std::nullopt;
}

void add_figure(const std::optional<Figure>& figure, Currency currency,
                std::vector<Rational>& values) {
  if (!figure) return;
  if (figure->number) values.push_back(*figure->number);
  if (const Money* money = find_money(figure->money, currency)) values.push_back(money->amount);
}

void add_price(const Price& price, Currency currency, std::vector<Rational>& values) {
  if (const Money* money = find_money(price.money, currency)) values.push_back(money->amount);
}

void add_figures(const Charge& charge, Currency currency, std::vector<Rational>& values) {
  if (charge.by) {
    for (const auto* bands : {&charge.graduated(), &charge.slab()}) {
      for (const Band& band : *bands) add_figure(band.bound, currency, values);
    }
    if (const Per* per = charge.terms.find<Per>()) add_figure(per->every, currency, values);
  }
  if (charge.free && charge.free->amount) add_price(*charge.free->amount, currency, values);
  if (charge.free && !charge.free->amount) values.push_back(charge.free->units);
  if (charge.cap) add_price(charge.cap->max, currency, values);
}

}  // namespace

std::vector<Rational> telling_points(const Stretch& stretch, Effort effort) {
  if (effort == Effort::zero)
    return stretch.from().is_zero() ? std::vector<Rational>{0} : std::vector<Rational>{};
  constexpr int beside[] = {1, 3, 7, 33, 37, 99};  // in units
  TellingPoints points(stretch);
  Rational unit = stretch.unit();
  Rational first = stretch.from();
  std::optional<Rational> round_one = roundest(stretch);
  if (effort == Effort::round) {
    if (!round_one || *round_one < Rational(1)) return {};
    first = *round_one;
  }
  if (round_one) points.add(*round_one);
  points.add(first);
  if (effort == Effort::ends && stretch.until()) points.add(*stretch.until());
  for (int steps : beside) points.add(first + unit * Rational(steps));
  return points.all;
}

std::vector<Reading> telling_readings(const FeePlan& fee) {
  if (fee.meter.meter == nullptr) return {};
  if (fee.meter.meter->window.kind == Window::Kind::transaction) return {};
  std::vector<Rational> values;
  for (const CasePlan& one : fee.cases)
    add_figures(one.as_written->charge, fee.meter.currency, values);
  std::vector<Reading> readings;
  for (const Rational& value : values) {
    readings.push_back(Reading{value, fee.meter.currency, false});
    readings.push_back(Reading{value + Rational(1), fee.meter.currency, false});
  }
  return readings;
}

std::vector<Rational> telling_values(const Limit& limit, const Decimal& unit) {
  std::vector<Rational> values;
  for (const auto* bounds : {&limit.max, &limit.min}) {
    if (!*bounds) continue;
    for (const auto& [tier, figure] : (*bounds)->figures) {
      std::vector<Rational> at;
      add_figure(figure, limit.meter.currency, at);
      for (const Rational& value : at) {
        values.insert(values.end(), {value, value + Rational(unit), value - Rational(unit)});
      }
    }
  }
  values.erase(std::remove_if(values.begin(), values.end(),
                              [](const Rational& value) { return value.sign() < 0; }),
               values.end());
  return values;
}

}  // namespace levy
