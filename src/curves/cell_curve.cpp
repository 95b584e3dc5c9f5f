#include "curves/cell_curve.h"

#include <algorithm>
#include <set>

#include "facts/conditions.h"
#include "schedule/charge_parts.h"
#include "schedule/walk.h"

namespace levy::curves {
namespace {

// ---- which variables ---------------------------------------------------------------------------

void add_subjects(const std::optional<schedule::When>& when, std::set<std::string>& names) {
  if (!when) return;
  for (const schedule::Condition& condition : when->conditions) {
    if (condition.subject == schedule::Condition::Subject::amount) names.insert("");
    if (condition.subject == schedule::Condition::Subject::quantity) names.insert(condition.name);
  }
}

// Only what is waived, changes the rate or is taken of quantities is no share of an amount.
bool concerns_amount(const schedule::Charge& charge) {
  auto plain = [](const schedule::Charge& one) { return one.units.empty(); };
  bool members = std::any_of(charge.greatest.begin(), charge.greatest.end(), plain) ||
                 std::any_of(charge.least.begin(), charge.least.end(), plain);
  bool chooses = !charge.greatest.empty() || !charge.least.empty();
  if (charge.waived || charge.margin) return false;
  return schedule::uses_amount(charge) ||
         (chooses ? members : charge.units.empty() && charge.of.empty());
}

// ---- the grid of a quantity --------------------------------------------------------------------

void widen(const std::optional<Decimal>& number, int& places) {
  if (number) places = std::max(places, number->scale());
}

void widen(const std::optional<schedule::When>& when, const std::string& name, int& places) {
  if (!when) return;
  for (const schedule::Condition& condition : when->conditions) {
    if (condition.name != name) continue;
    schedule::each_figure(condition,
                          [&](const schedule::Figure& figure) { widen(figure.number, places); });
  }
}

void widen(const schedule::Charge& charge, int& places) {
  for (const schedule::Figure* figure : schedule::base_figures_of(charge))
    widen(figure->number, places);
  if (charge.free) places = std::max(places, charge.free->units.scale());
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const schedule::Charge& member : *members) widen(member, places);
  }
}

// Is something charged for each of it? Then it is a whole number of 1 or more.
bool is_counted(const schedule::Schedule& schedule, const std::string& quantity) {
  return std::any_of(schedule.fees.begin(), schedule.fees.end(), [&](const schedule::Fee& fee) {
    return std::any_of(fee.cases.begin(), fee.cases.end(),
                       [&](const schedule::Case& one) { return one.charge.times == quantity; });
  });
}

int places_of(const schedule::Schedule& schedule, const schedule::Quantity& quantity) {
  int places = 0;
  for (const auto* figure : {&quantity.by_default, &quantity.min, &quantity.max})
    widen(*figure, places);
  for (const schedule::Fee& fee : schedule.fees) {
    widen(fee.when, quantity.name, places);
    for (const schedule::Case& one : fee.cases) {
      widen(one.when, quantity.name, places);
      widen(one.charge, places);
    }
  }
  for (const schedule::Guarantee& guarantee : schedule.guarantees)
    widen(guarantee.when, quantity.name, places);
  return places;
}

// ---- what limits allow -------------------------------------------------------------------------

// The bound that holds in every tier; nothing: in some tier there is none.
std::optional<Rational> bound_of(const std::optional<schedule::Bounds>& bounds, bool greatest,
                                 Currency currency) {
  std::optional<Rational> bound;
  if (!bounds) return bound;
  for (const auto& [tier, figure] : bounds->figures) {
    const Money* money = figure ? find_money(figure->money, currency) : nullptr;
    if (money == nullptr) return std::nullopt;
    if (!bound || (greatest ? money->amount > *bound : money->amount < *bound))
      bound = money->amount;
  }
  return bound;
}

bool surely_applies(const schedule::Limit& limit, const CellCurve& cell_curve) {
  const schedule::Meter& meter = limit.meter;
  if (meter.measure != schedule::Meter::Measure::amount ||
      meter.window.kind != Window::Kind::transaction ||
      meter.currency != cell_curve.operation.currency)
    return false;
  if (meter.operations && !facts::concerns(*meter.operations, cell_curve.operation.name))
    return false;
  if (!meter.when) return true;
  auto open = [](const schedule::Condition&) -> Checked<facts::Truth> {
    return facts::Truth::unknown;
  };
  auto answer = facts::decide(*meter.when, cell_curve.plan->schedule, cell_curve.operation, open);
  return answer && answer->truth == facts::Truth::yes;
}

void apply_limits(CellCurve& cell_curve) {
  for (const schedule::Limit& limit : cell_curve.plan->schedule.limits) {
    if (!surely_applies(limit, cell_curve)) continue;
    auto max = bound_of(limit.max, true, cell_curve.operation.currency);
    if (max && (!cell_curve.allowed.until || *max < *cell_curve.allowed.until))
      cell_curve.allowed.until = max;
    auto min = bound_of(limit.min, false, cell_curve.operation.currency);
    if (min && *min > cell_curve.allowed.from) cell_curve.allowed.from = *min;
  }
}

// ---- what is charged in another currency -------------------------------------------------------

bool converts_money(const schedule::Charge& charge) {
  auto of_member = [](const schedule::Charge& member) { return member.convert; };
  return charge.convert || std::any_of(charge.greatest.begin(), charge.greatest.end(), of_member) ||
         std::any_of(charge.least.begin(), charge.least.end(), of_member);
}

// Whatever the rate, it changes neither what applies nor the shape of a charge paid `in` another
// currency. What a charge with `convert` comes to turns on the rate: no rate stands for others.
bool is_paid_in_another(const schedule::Schedule& schedule, const facts::Operation& operation) {
  bool pays = false;
  for (const schedule::Fee& fee : schedule.fees) {
    if (!facts::concerns(fee.operations, operation.name)) continue;
    for (const schedule::Case& one : fee.cases) {
      if (converts_money(one.charge)) return false;
      pays = pays || (!one.charge.in.empty() && one.charge.in != operation.currency);
    }
  }
  return pays;
}

// What `quote` and `check` mean by it is theirs.
bool is_option_of_command(const std::string& name) {
  static const std::set<std::string> options = {
      "account", "at",        "attr",   "balance", "color", "expand",  "explain", "help",
      "history", "json",      "lang",   "max-age", "pay",   "profile", "rate",    "rates",
      "receive", "schedules", "strict", "to",      "used",  "version"};
  return options.contains(name);
}

// A value that begins with a dash would be taken for an option.
void add_option(CommandWords& words, std::string name, const std::string& value) {
  std::string option = name;
  std::replace(option.begin(), option.end(), '_', '-');
  if (value.starts_with('-') || is_option_of_command(option))
    words.insert(words.end(), {"--attr", name + "=" + value});
  else
    words.insert(words.end(), {"--" + option, value});
}

}  // namespace

fees::EvaluationContext CellCurve::context() const {
  const facts::Rates* known = rates == nullptr && nominal ? &*nominal : rates;
  fees::EvaluationContext context{operation, known, readings};
  context.variable = variable.empty() ? nullptr : &variable;
  context.work = work;
  return context;
}

std::optional<fees::AmountInterval> CellCurve::range_of(const fees::CurvePiece& piece,
                                                        const Rational& minimum) const {
  fees::AmountInterval range{std::max({piece.amounts.from(), allowed.from, minimum}),
                             piece.amounts.until()};
  if (allowed.until && (!range.until || *allowed.until < *range.until)) range.until = allowed.until;
  if (range.until && *range.until < range.from) return std::nullopt;
  return range;
}

Rational CellCurve::usual_amount() const {
  Rational amount = std::max(Rational(1000), allowed.from);
  return allowed.until ? std::min(amount, *allowed.until) : amount;
}

bool CellCurve::is_piece_allowed(const fees::CurvePiece& piece) const {
  return range_of(piece).has_value();
}

std::vector<std::string> variables_of(const schedule::Schedule& schedule,
                                      const std::string& operation) {
  std::set<std::string> names;
  for (const schedule::Fee& fee : schedule.fees) {
    if (!facts::concerns(fee.operations, operation)) continue;
    add_subjects(fee.when, names);
    for (const schedule::Case& one : fee.cases) {
      add_subjects(one.when, names);
      for (const std::string& name : schedule::base_quantities_of(one.charge)) names.insert(name);
      if (concerns_amount(one.charge)) names.insert("");
    }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> quantities_asked(const schedule::Schedule& schedule,
                                          const std::string& operation) {
  std::vector<std::string> names = variables_of(schedule, operation);
  for (const schedule::Fee& fee : schedule.fees) {
    if (!facts::concerns(fee.operations, operation)) continue;
    for (const schedule::Case& one : fee.cases) {
      const std::string& times = one.charge.times;
      bool is_new = std::find(names.begin(), names.end(), times) == names.end();
      if (!times.empty() && is_new) names.push_back(times);
    }
  }
  return names;
}

std::optional<fees::AmountRange> values_of(const std::vector<const schedule::Schedule*>& schedules,
                                           const std::string& name) {
  Rational from = 0;
  std::optional<Rational> until;
  std::optional<int> places;
  for (const schedule::Schedule* schedule : schedules) {
    const schedule::Quantity* quantity = schedule->find_quantity(name);
    if (quantity == nullptr) continue;
    places = std::max(places.value_or(0), places_of(*schedule, *quantity));
    if (quantity->min) from = std::max(from, Rational(*quantity->min));
    if (quantity->max && (!until || Rational(*quantity->max) < *until)) until = *quantity->max;
  }
  bool counted =
      std::any_of(schedules.begin(), schedules.end(),
                  [&](const schedule::Schedule* schedule) { return is_counted(*schedule, name); });
  if (counted) from = std::max(Rational(1), Rational(from.ceiling()));
  if (!places || (until && *until < from)) return std::nullopt;
  return fees::AmountRange(from, until, counted ? Decimal(1) : Decimal::ten_to(-*places - 1));
}

facts::Rates nominal_rates(const std::vector<const schedule::Schedule*>& schedules) {
  facts::Rates rates;
  rates.base = *Currency::of("EUR");
  for (const schedule::Schedule* schedule : schedules) {
    for (const std::string& code : schedule->currencies.known_codes()) {
      if (code != "EUR") rates.rates[*Currency::of(code)] = Rational(1);
    }
  }
  return rates;
}

CellCurve make_cell_curve(const fees::Plan& plan, const cells::Cell& cell,
                          const std::string& variable, bool has_amount) {
  CellCurve cell_curve;
  cell_curve.plan = &plan;
  cell_curve.cell = &cell;
  cell_curve.operation = cell.operation;
  cell_curve.variable = variable;
  Decimal unit = plan.schedule.currencies.minor_unit(cell.operation.currency);
  if (has_amount) cell_curve.operation.amount = Rational(0);
  if (is_paid_in_another(plan.schedule, cell_curve.operation))
    cell_curve.nominal = nominal_rates({&plan.schedule});
  apply_limits(cell_curve);
  if (variable.empty()) {
    cell_curve.whole = fees::AmountRange(0, std::nullopt, unit);
  } else {
    if (has_amount) cell_curve.operation.amount = cell_curve.usual_amount();
    auto values = values_of({&plan.schedule}, variable);
    ensure(values.has_value(), "a variable is declared, and its least value is below its greatest");
    cell_curve.whole = std::move(*values);
    cell_curve.allowed = {cell_curve.whole.from(), cell_curve.whole.until()};
  }
  cell_curve.whole.record();
  return cell_curve;
}

void draw(CellCurve& cell_curve, fees::ChargeMemo* memo) {
  fees::EvaluationContext context = cell_curve.context();
  context.memo = memo;
  cell_curve.curve = fees::find_curve(*cell_curve.plan, context, cell_curve.whole);
}

fees::Form fees_of(const fees::Evaluation& value, Currency source) {
  fees::Form sum;
  if (auto on_top = value.on_top.find(source); on_top != value.on_top.end()) sum = on_top->second;
  auto deducted = value.deducted.find(source);
  return deducted == value.deducted.end() ? sum : sum + deducted->second;
}

Checked<fees::Evaluation> evaluate_at(const CellCurve& cell_curve, const Rational& x,
                                      fees::Explain explain) {
  fees::AmountRange point = fees::AmountRange::at(x);
  return fees::evaluate(*cell_curve.plan, cell_curve.context(), point, explain);
}

std::string say(const CellCurve& cell_curve, const Rational& value, Currency currency) {
  return to_string(Money{value, currency}, cell_curve.plan->schedule.currencies);
}

std::string say(const CellCurve& cell_curve, const Rational& x) {
  if (cell_curve.of_amount()) return say(cell_curve, x, cell_curve.operation.currency);
  return cell_curve.variable + " " + x.to_string();
}

namespace {

// Is anything here charged in another currency, at a rate that nobody gave?
bool is_converted(const CellCurve& cell_curve) {
  if (!cell_curve.nominal) return false;
  auto converted = [&](const fees::LineForm& line) {
    const fees::CasePlan& taken = cell_curve.plan->fees[line.fee].cases[line.case_index];
    return !taken.as_written->charge.in.empty() && line.currency != cell_curve.operation.currency;
  };
  return std::any_of(cell_curve.curve.begin(), cell_curve.curve.end(), [&](const auto& piece) {
    return piece.is_settled() && *piece.result &&
           std::any_of((*piece.result)->lines.begin(), (*piece.result)->lines.end(), converted);
  });
}

}  // namespace

std::string where_of(const CellCurve& cell_curve) {
  std::string words = cells::to_words(*cell_curve.cell);
  return cell_curve.operation.name + (words.empty() ? "" : ", " + words) +
         (is_converted(cell_curve) ? ", at a rate of 1" : "");
}

CommandWords quote_command(const CellCurve& cell_curve, const Rational& x) {
  facts::Operation operation = cell_curve.operation;
  if (cell_curve.of_amount()) {
    operation.amount = x;
  } else {
    operation.quantities[cell_curve.variable] = x;
  }
  return command_of("quote", cell_curve.plan->schedule, operation, cell_curve.cell->choices,
                    cell_curve.cell->needs_time);
}

CommandWords command_of(const std::string& verb, const schedule::Schedule& schedule,
                        const facts::Operation& operation,
                        const std::vector<cells::Choice>& choices, bool needs_time) {
  bool plain = !schedule.file.starts_with('-') &&
               (schedule.file.ends_with(".json") || schedule.file.find('/') != std::string::npos);
  CommandWords words = {"levy", verb, (plain ? "" : "./") + schedule.file, operation.name};
  if (operation.amount) {
    words.push_back(to_string(Money{*operation.amount, operation.currency}, schedule.currencies));
  } else if (operation.currency != schedule.currency) {
    words.insert(words.end(), {"--attr", "currency=" + std::string(operation.currency.code())});
  }
  if (operation.converts())
    words.insert(words.end(), {"--to", std::string(operation.to_currency.code())});
  for (const cells::Choice& choice : choices) {
    auto given = operation.attributes.find(choice.name);
    if (given != operation.attributes.end()) add_option(words, choice.name, given->second);
  }
  std::vector<std::string> used = quantities_asked(schedule, operation.name);
  for (const schedule::Quantity& quantity : schedule.quantities) {
    if (std::find(used.begin(), used.end(), quantity.name) == used.end()) continue;
    const Rational& value = operation.quantities.find(quantity.name)->second;
    if (!quantity.by_default || Rational(*quantity.by_default) != value)
      add_option(words, quantity.name, value.to_string());
  }
  if (needs_time || schedule.from || schedule.until)
    words.insert(words.end(), {"--at", to_string(operation.time, schedule.timezone)});
  return words;
}

}  // namespace levy::curves
