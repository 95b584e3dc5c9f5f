#include "analysis/course.h"

#include <algorithm>
#include <set>

#include "schedule/charge_parts.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

// ---- which variables ---------------------------------------------------------------------------

void add_subjects(const std::optional<When>& when, std::set<std::string>& names) {
  if (!when) return;
  for (const Condition& condition : when->conditions) {
    if (condition.subject == Condition::Subject::amount) names.insert("");
    if (condition.subject == Condition::Subject::quantity) names.insert(condition.name);
  }
}

// Only what is waived, changes the rate or is taken of quantities is no share of an amount.
bool concerns_amount(const Charge& charge) {
  auto plain = [](const Charge& one) { return one.units.empty(); };
  bool members = std::any_of(charge.greatest.begin(), charge.greatest.end(), plain) ||
                 std::any_of(charge.least.begin(), charge.least.end(), plain);
  bool chooses = !charge.greatest.empty() || !charge.least.empty();
  if (charge.waived || charge.margin) return false;
  return uses_amount(charge) || (chooses ? members : charge.units.empty() && charge.of.empty());
}

// ---- the grid of a quantity --------------------------------------------------------------------

void widen(const std::optional<Decimal>& number, int& places) {
  if (number) places = std::max(places, number->scale());
}

void widen(const std::optional<Figure>& figure, int& places) {
  if (figure) widen(figure->number, places);
}

void widen(const std::optional<When>& when, const std::string& name, int& places) {
  if (!when) return;
  for (const Condition& condition : when->conditions) {
    if (condition.name != name) continue;
    for (const Figure& figure : condition.figures) widen(figure.number, places);
    if (!condition.range) continue;
    const Condition::Range& range = *condition.range;
    for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
      widen(*bound, places);
  }
}

void widen(const Charge& charge, int& places) {
  for (const Figure* figure : base_figures_of(charge)) widen(figure->number, places);
  if (charge.free) places = std::max(places, charge.free->units.scale());
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const Charge& member : *members) widen(member, places);
  }
}

// Is something charged for each of it? Then it is a whole number of 1 or more.
bool is_counted(const Schedule& schedule, const std::string& quantity) {
  return std::any_of(schedule.fees.begin(), schedule.fees.end(), [&](const Fee& fee) {
    return std::any_of(fee.cases.begin(), fee.cases.end(),
                       [&](const Case& one) { return one.charge.times == quantity; });
  });
}

int places_of(const Schedule& schedule, const Quantity& quantity) {
  int places = 0;
  for (const auto* figure : {&quantity.by_default, &quantity.min, &quantity.max})
    widen(*figure, places);
  for (const Fee& fee : schedule.fees) {
    widen(fee.when, quantity.name, places);
    for (const Case& one : fee.cases) {
      widen(one.when, quantity.name, places);
      widen(one.charge, places);
    }
  }
  for (const Guarantee& guarantee : schedule.guarantees)
    widen(guarantee.when, quantity.name, places);
  return places;
}

// ---- what limits allow -------------------------------------------------------------------------

// The bound that holds in every tier; nothing: in some tier there is none.
std::optional<Rational> bound_of(const std::optional<Bounds>& bounds, bool greatest,
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

bool surely_applies(const Limit& limit, const Course& course) {
  const Meter& meter = limit.meter;
  if (meter.measure != Meter::Measure::amount || meter.window.kind != Window::Kind::transaction ||
      meter.currency != course.operation.currency)
    return false;
  if (meter.operations && !concerns(*meter.operations, course.operation.name)) return false;
  if (!meter.when) return true;
  auto open = [](const Condition&) -> Checked<Truth> { return Truth::unknown; };
  auto answer = decide(*meter.when, course.plan->schedule, course.operation, open);
  return answer && answer->truth == Truth::yes;
}

void apply_limits(Course& course) {
  for (const Limit& limit : course.plan->schedule.limits) {
    if (!surely_applies(limit, course)) continue;
    auto max = bound_of(limit.max, true, course.operation.currency);
    if (max && (!course.allowed.until || *max < *course.allowed.until)) course.allowed.until = max;
    auto min = bound_of(limit.min, false, course.operation.currency);
    if (min && *min > course.allowed.from) course.allowed.from = *min;
  }
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

Scene Course::scene() const {
  Scene scene{operation, rates, readings};
  scene.variable = variable.empty() ? nullptr : &variable;
  return scene;
}

std::optional<Range> Course::range_of(const CurvePiece& piece, const Rational& least) const {
  Range range{std::max({piece.stretch.from(), allowed.from, least}), piece.stretch.until()};
  if (allowed.until && (!range.until || *allowed.until < *range.until)) range.until = allowed.until;
  if (range.until && *range.until < range.from) return std::nullopt;
  return range;
}

Rational Course::usual_amount() const {
  Rational amount = std::max(Rational(1000), allowed.from);
  return allowed.until ? std::min(amount, *allowed.until) : amount;
}

bool Course::is_piece_allowed(const CurvePiece& piece) const { return range_of(piece).has_value(); }

std::vector<std::string> variables_of(const Schedule& schedule, const std::string& operation) {
  std::set<std::string> names;
  for (const Fee& fee : schedule.fees) {
    if (!concerns(fee.operations, operation)) continue;
    add_subjects(fee.when, names);
    for (const Case& one : fee.cases) {
      add_subjects(one.when, names);
      for (const std::string& name : base_quantities_of(one.charge)) names.insert(name);
      if (concerns_amount(one.charge)) names.insert("");
    }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> quantities_asked(const Schedule& schedule, const std::string& operation) {
  std::vector<std::string> names = variables_of(schedule, operation);
  for (const Fee& fee : schedule.fees) {
    if (!concerns(fee.operations, operation)) continue;
    for (const Case& one : fee.cases) {
      const std::string& times = one.charge.times;
      bool is_new = std::find(names.begin(), names.end(), times) == names.end();
      if (!times.empty() && is_new) names.push_back(times);
    }
  }
  return names;
}

std::optional<Stretch> values_of(const std::vector<const Schedule*>& schedules,
                                 const std::string& name) {
  Rational from = 0;
  std::optional<Rational> until;
  std::optional<int> places;
  for (const Schedule* schedule : schedules) {
    const Quantity* quantity = schedule->find_quantity(name);
    if (quantity == nullptr) continue;
    places = std::max(places.value_or(0), places_of(*schedule, *quantity));
    if (quantity->min) from = std::max(from, Rational(*quantity->min));
    if (quantity->max && (!until || Rational(*quantity->max) < *until)) until = *quantity->max;
  }
  bool counted = std::any_of(schedules.begin(), schedules.end(),
                             [&](const Schedule* schedule) { return is_counted(*schedule, name); });
  if (counted) from = std::max(Rational(1), Rational(from.ceiling()));
  if (!places || (until && *until < from)) return std::nullopt;
  return Stretch(from, until, counted ? Decimal(1) : Decimal::ten_to(-*places - 1));
}

Rates nominal_rates(const std::vector<const Schedule*>& schedules) {
  Rates rates;
  rates.base = *Currency::of("EUR");
  for (const Schedule* schedule : schedules) {
    for (const std::string& code : schedule->currencies.known_codes()) {
      if (code != "EUR") rates.rates[*Currency::of(code)] = Rational(1);
    }
  }
  return rates;
}

Course course_of(const Plan& plan, const Cell& cell, const std::string& variable, bool has_amount) {
  Course course;
  course.plan = &plan;
  course.cell = &cell;
  course.operation = cell.operation;
  course.variable = variable;
  Decimal unit = plan.schedule.currencies.minor_unit(cell.operation.currency);
  if (has_amount) course.operation.amount = Rational(0);
  apply_limits(course);
  if (variable.empty()) {
    course.whole = Stretch(0, std::nullopt, unit);
  } else {
    if (has_amount) course.operation.amount = course.usual_amount();
    auto values = values_of({&plan.schedule}, variable);
    ensure(values.has_value(), "a variable is declared, and its least value is below its greatest");
    course.whole = std::move(*values);
    course.allowed = {course.whole.from(), course.whole.until()};
  }
  course.whole.record();
  return course;
}

void draw(Course& course, ChargeMemo* memo) {
  Scene scene = course.scene();
  scene.memo = memo;
  course.curve = find_curve(*course.plan, scene, course.whole);
}

Form fees_of(const Evaluation& value, Currency source) {
  Form sum;
  if (auto on_top = value.on_top.find(source); on_top != value.on_top.end()) sum = on_top->second;
  auto deducted = value.deducted.find(source);
  return deducted == value.deducted.end() ? sum : sum + deducted->second;
}

Checked<Evaluation> evaluate_at(const Course& course, const Rational& x, Explain explain) {
  Stretch point = Stretch::at(x);
  return evaluate(*course.plan, course.scene(), point, explain);
}

std::string say(const Course& course, const Rational& value, Currency currency) {
  return to_string(Money{value, currency}, course.plan->schedule.currencies);
}

std::string say(const Course& course, const Rational& x) {
  if (course.of_amount()) return say(course, x, course.operation.currency);
  return course.variable + " " + x.to_string();
}

std::string where_of(const Course& course) {
  std::string words = to_words(*course.cell);
  return course.operation.name + (words.empty() ? "" : ", " + words);
}

CommandWords quote_command(const Course& course, const Rational& x) {
  Operation operation = course.operation;
  if (course.of_amount()) {
    operation.amount = x;
  } else {
    operation.quantities[course.variable] = x;
  }
  return command_of("quote", course.plan->schedule, operation, course.cell->choices,
                    course.cell->needs_time);
}

CommandWords command_of(const std::string& verb, const Schedule& schedule,
                        const Operation& operation, const std::vector<Choice>& choices,
                        bool needs_time) {
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
  for (const Choice& choice : choices) {
    auto given = operation.attributes.find(choice.name);
    if (given != operation.attributes.end()) add_option(words, choice.name, given->second);
  }
  std::vector<std::string> used = quantities_asked(schedule, operation.name);
  for (const Quantity& quantity : schedule.quantities) {
    if (std::find(used.begin(), used.end(), quantity.name) == used.end()) continue;
    const Rational& value = operation.quantities.find(quantity.name)->second;
    if (!quantity.by_default || Rational(*quantity.by_default) != value)
      add_option(words, quantity.name, value.to_string());
  }
  if (needs_time || schedule.from || schedule.until)
    words.insert(words.end(), {"--at", to_string(operation.time, schedule.timezone)});
  return words;
}

}  // namespace levy
