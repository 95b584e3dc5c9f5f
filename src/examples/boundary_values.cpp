#include "examples/boundary_values.h"

#include <algorithm>
#include <map>

#include "curves/cell_curve.h"

namespace levy::examples {
namespace {

formats::Node text_node(std::string text) {
  formats::Node node;
  node.kind = formats::Node::Kind::string;
  node.text = std::move(text);
  return node;
}

formats::Node of_kind(formats::Node::Kind kind) {
  formats::Node node;
  node.kind = kind;
  return node;
}

void add_member(formats::Node& object, const std::string& key, formats::Node value) {
  object.members.push_back(formats::Member{key, 0, 0, std::move(value)});
}

void add_member(formats::Node& object, const std::string& key, const std::string& text) {
  add_member(object, key, text_node(text));
}

// One text, or a list where there is more than one currency.
formats::Node money_node(const std::map<Currency, Rational>& amounts,
                         const Currencies& currencies) {
  std::vector<formats::Node> texts;
  for (const auto& [currency, amount] : amounts)
    texts.push_back(text_node(to_string(Money{amount, currency}, currencies)));
  if (texts.size() == 1) return texts.front();
  formats::Node list = of_kind(formats::Node::Kind::array);
  list.items = std::move(texts);
  return list;
}

// Those that fees look at and that are not what they are anyway.
void add_given_quantities(formats::Node& request, const schedule::Schedule& schedule,
                          const facts::Operation& operation) {
  std::vector<std::string> asked = curves::quantities_asked(schedule, operation.name);
  for (const schedule::Quantity& quantity : schedule.quantities) {
    const Rational& value = operation.quantities.find(quantity.name)->second;
    bool is_default = quantity.by_default && Rational(*quantity.by_default) == value;
    bool is_asked = std::find(asked.begin(), asked.end(), quantity.name) != asked.end();
    if (is_asked && !is_default) add_member(request, quantity.name, value.to_string());
  }
}

}  // namespace

formats::Node request_of(const schedule::Schedule& schedule, const cells::Cell& cell,
                         const facts::Operation& operation, const UsedTexts& used) {
  formats::Node request = of_kind(formats::Node::Kind::object);
  add_member(request, "operation", operation.name);
  if (operation.amount)
    add_member(request, "amount",
               to_string(Money{*operation.amount, operation.currency}, schedule.currencies));
  else if (operation.currency != schedule.currency)
    add_member(request, "currency", std::string(operation.currency.code()));
  for (const auto& [name, value] : operation.attributes) add_member(request, name, value);
  add_given_quantities(request, schedule, operation);
  if (cell.needs_time || schedule.from || schedule.until)
    add_member(request, "time", to_string(operation.time, schedule.timezone));
  if (used.empty()) return request;
  formats::Node readings = of_kind(formats::Node::Kind::object);
  for (const auto& [meter, value] : used) add_member(readings, meter, value);
  add_member(request, "used", std::move(readings));
  return request;
}

formats::Node expectation_of(const fees::Quote& quote) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  formats::Node expect = of_kind(formats::Node::Kind::object);
  formats::Node lines = of_kind(formats::Node::Kind::object);
  for (const fees::Line& line : quote.lines)
    add_member(lines, line.fee->id, to_string(line.amount, currencies));
  if (!lines.members.empty()) add_member(expect, "lines", std::move(lines));
  add_member(expect, "total", money_node(quote.fees, currencies));
  add_member(expect, "debit", money_node(quote.debit, currencies));
  add_member(expect, "credit", to_string(quote.credit, currencies));
  return expect;
}

formats::Node expectation_of(const limits::Verdict& verdict) {
  formats::Node expect = of_kind(formats::Node::Kind::object);
  formats::Node allowed = of_kind(formats::Node::Kind::boolean);
  allowed.truth = verdict.allowed;
  add_member(expect, "allowed", std::move(allowed));
  if (verdict.allowed) return expect;
  formats::Node blocking = of_kind(formats::Node::Kind::array);
  for (const std::string& id : verdict.blocked_by) blocking.items.push_back(text_node(id));
  add_member(expect, "by", std::move(blocking));
  return expect;
}

namespace {

bool range_holds_value(const fees::AmountRange& amounts, const Rational& x) {
  return x >= amounts.from() && (!amounts.until() || x <= *amounts.until());
}

// Kept once each, in the order in which they are tried.
class BoundaryAmounts {
 public:
  explicit BoundaryAmounts(const fees::AmountRange& amounts) : amounts_(amounts) {}

  void add(const Rational& x) {
    bool on_grid = range_holds_value(amounts_, x) && amounts_.grid_floor(x) == x;
    if (on_grid && x.sign() > 0 && std::find(all.begin(), all.end(), x) == all.end())
      all.push_back(x);
  }

  std::vector<Rational> all;

 private:
  const fees::AmountRange& amounts_;
};

// Where the range begins at an edge of 1 or more, the smallest multiple of a power of ten that
// lies in it, the power being as large as it can, but not larger than the value itself. Else what
// is usual.
std::optional<Rational> roundest(const fees::AmountRange& amounts) {
  Rational from = std::max(amounts.from(), Rational(amounts.unit()));
  if (from < Rational(1)) {
    for (int usual : {100, 10, 1}) {
      if (range_holds_value(amounts, usual)) return usual;
    }
  }
  Decimal power = amounts.unit();
  while (from >= Rational(power * Decimal(10))) power = power * Decimal(10);
  for (; power >= amounts.unit(); power = power * Decimal::ten_to(-1)) {
    Rational x = round(from, power, RoundingMode::ceiling);
    if (range_holds_value(amounts, x)) return x;
  }
  return std::nullopt;
}

void add_figure(const std::optional<schedule::Figure>& figure, Currency currency,
                std::vector<Rational>& values) {
  if (!figure) return;
  if (figure->number) values.push_back(*figure->number);
  if (const Money* money = find_money(figure->money, currency)) values.push_back(money->amount);
}

void add_price(const schedule::Price& price, Currency currency, std::vector<Rational>& values) {
  if (const Money* money = find_money(price.money, currency)) values.push_back(money->amount);
}

void add_figures(const schedule::Charge& charge, Currency currency, std::vector<Rational>& values) {
  if (charge.by) {
    for (const auto* bands : {&charge.graduated(), &charge.slab()}) {
      for (const schedule::Band& band : *bands) add_figure(band.bound, currency, values);
    }
    if (const schedule::Per* per = charge.terms.find<schedule::Per>())
      add_figure(per->every, currency, values);
  }
  if (charge.free && charge.free->amount) add_price(*charge.free->amount, currency, values);
  if (charge.free && !charge.free->amount) values.push_back(charge.free->units);
  if (charge.cap) add_price(charge.cap->max, currency, values);
}

}  // namespace

std::vector<Rational> boundary_amounts(const fees::AmountRange& amounts, Effort effort) {
  if (effort == Effort::zero)
    return amounts.from().is_zero() ? std::vector<Rational>{0} : std::vector<Rational>{};
  constexpr int beside[] = {1, 3, 7, 33, 37, 99};  // in units
  BoundaryAmounts points(amounts);
  Rational unit = amounts.unit();
  Rational first = amounts.from();
  std::optional<Rational> round_one = roundest(amounts);
  if (effort == Effort::round) {
    if (!round_one || *round_one < Rational(1)) return {};
    first = *round_one;
  }
  if (round_one) points.add(*round_one);
  points.add(first);
  if (effort == Effort::ends && amounts.until()) points.add(*amounts.until());
  for (int steps : beside) points.add(first + unit * Rational(steps));
  return points.all;
}

std::vector<facts::Reading> boundary_readings(const fees::FeePlan& fee) {
  if (fee.meter.meter == nullptr) return {};
  if (fee.meter.meter->window.kind == Window::Kind::transaction) return {};
  std::vector<Rational> values;
  for (const fees::CasePlan& one : fee.cases)
    add_figures(one.as_written->charge, fee.meter.currency, values);
  std::vector<facts::Reading> readings;
  for (const Rational& value : values) {
    readings.push_back(facts::Reading{value, fee.meter.currency, false});
    readings.push_back(facts::Reading{value + Rational(1), fee.meter.currency, false});
  }
  return readings;
}

std::vector<Rational> boundary_values(const schedule::Limit& limit, const Decimal& unit) {
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

}  // namespace levy::examples
