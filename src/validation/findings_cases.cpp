// Conditions on numbers, decided at finitely many points: between two neighbouring bounds of the
// conditions nothing changes, so a point on, just below and just above each bound stands for all.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "facts/conditions.h"
#include "schedule/schedule.h"
#include "schedule/walk.h"
#include "validation/findings.h"

namespace levy::validation {

// A value of the amount ("") and of each quantity that conditions look at.
using NumericPoint = std::map<std::string, Rational>;

// In ascending order, the amount's first; one empty point where no condition is on a number.
// Empty: more than points_max. `currency` is the amount's.
inline constexpr std::size_t points_max = 200'000;
std::vector<NumericPoint> points_of(const schedule::Schedule& schedule,
                                    const std::vector<const schedule::When*>& whens,
                                    Currency currency);

// Do the conditions on numbers hold? One without an entry in the currency does not.
bool hold_at(const schedule::When& when, const NumericPoint& point, Currency currency);

namespace {

std::string variable_name(const schedule::Condition& condition) {
  return condition.subject == schedule::Condition::Subject::amount ? "" : condition.name;
}

void add_bound(const schedule::Figure& figure, Currency currency, std::set<Rational>& bounds) {
  if (figure.number) {
    bounds.insert(*figure.number);
  } else if (const Money* money = find_money(figure.money, currency)) {
    bounds.insert(money->amount);
  }
}

std::map<std::string, std::set<Rational>> bounds_of(const std::vector<const schedule::When*>& whens,
                                                    Currency currency) {
  std::map<std::string, std::set<Rational>> bounds;
  for (const schedule::When* when : whens) {
    for (const schedule::Condition& condition : when->conditions) {
      if (!condition.is_numeric()) continue;
      std::set<Rational>& own = bounds[variable_name(condition)];
      schedule::each_figure(
          condition, [&](const schedule::Figure& figure) { add_bound(figure, currency, own); });
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

std::vector<NumericPoint> points_of(const schedule::Schedule& schedule,
                                    const std::vector<const schedule::When*>& whens,
                                    Currency currency) {
  std::vector<NumericPoint> points(1);
  for (const auto& [name, bounds] : bounds_of(whens, currency)) {
    const schedule::Quantity* quantity = schedule.find_quantity(name);
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

bool hold_at(const schedule::When& when, const NumericPoint& point, Currency currency) {
  return std::all_of(
      when.conditions.begin(), when.conditions.end(), [&](const schedule::Condition& one) {
        if (!one.is_numeric()) return true;
        return facts::holds_for(one, point.at(variable_name(one)), currency).value_or(false);
      });
}

// Cases that nothing can reach: an earlier case always holds, or their own conditions never do.

namespace {

struct CaseReach {
  bool possible = false;  // its own conditions hold somewhere
  bool taken = false;
  std::optional<std::size_t> hidden_by;  // the first earlier case that is taken in its place
  CommandWords shown;                    // an operation that shows it
};

constexpr std::size_t looked_max = 20'000'000;

class Reacher {
 public:
  Reacher(const fees::Plan& plan, const schedule::Fee& fee)
      : plan_(plan), fee_(fee), reaches_(fee.cases.size()) {
    operation_ = fee.operations.empty() ? "transaction" : fee.operations.front();
    std::vector<std::string> known = plan.schedule.operations();
    if (fee.operations.empty() && !known.empty()) operation_ = known.front();
    if (fee.when) whens_.push_back(&*fee.when);
    for (const schedule::Case& one : fee.cases)
      if (one.when) whens_.push_back(&*one.when);
  }

  // False: there is too much to look at.
  bool run() {
    for (bool converts : {false, true}) {
      cells::CellScope scope;
      scope.only = &fee_;
      scope.converts = converts;
      scope.any_currency = true;
      cells::Cells cells = cells::find_cells({&plan_}, operation_, scope);
      if (!cells.complete) return false;
      for (const cells::Cell& cell : cells.all)
        if (!look_at(cell)) return false;
    }
    return true;
  }
  const std::vector<CaseReach>& reaches() const { return reaches_; }
  bool applies() const { return applies_; }

 private:
  bool holds_in(const std::optional<schedule::When>& when, const cells::Cell& cell,
                const NumericPoint* point) const {
    if (!when) return true;
    auto numbers = [](const schedule::Condition&) -> Checked<facts::Truth> {
      return facts::Truth::yes;
    };
    auto answer = facts::decide(*when, plan_.schedule, cell.operation, numbers);
    if (!answer || answer->truth != facts::Truth::yes) return false;
    return point == nullptr || hold_at(*when, *point, cell.operation.currency);
  }

  bool look_at(const cells::Cell& cell) {
    if (!holds_in(fee_.when, cell, nullptr)) return true;
    auto points = points_of(plan_.schedule, whens_, cell.operation.currency);
    looked_ += points.size() * fee_.cases.size();
    if (points.empty() || looked_ > looked_max) return false;
    std::vector<bool> open;  // by its attributes
    for (const schedule::Case& one : fee_.cases) open.push_back(holds_in(one.when, cell, nullptr));
    for (const NumericPoint& point : points) {
      if (fee_.when && !hold_at(*fee_.when, point, cell.operation.currency)) continue;
      applies_ = true;
      visit(cell, point, open);
    }
    return true;
  }

  void visit(const cells::Cell& cell, const NumericPoint& point, const std::vector<bool>& open) {
    std::optional<std::size_t> taken;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (taken && reaches_[i].taken) continue;  // all is known of it
      const auto& when = fee_.cases[i].when;
      if (!open[i] || (when && !hold_at(*when, point, cell.operation.currency))) continue;
      CaseReach& reach = reaches_[i];
      reach.possible = true;
      if (!taken) {
        taken = i;
        reach.taken = true;
      } else if (!reach.hidden_by) {
        reach.hidden_by = taken;
        reach.shown = show(cell, point);
      }
    }
  }

  CommandWords show(const cells::Cell& cell, const NumericPoint& point) const {
    facts::Operation operation = cell.operation;
    operation.amount = Rational(100);
    for (const auto& [name, value] : point) {
      if (name.empty()) {
        operation.amount = value;
      } else {
        operation.quantities[name] = value;
      }
    }
    CommandWords words =
        curves::command_of("quote", plan_.schedule, operation, cell.choices, cell.needs_time);
    words.emplace_back("--explain");
    return words;
  }

  const fees::Plan& plan_;
  const schedule::Fee& fee_;
  std::string operation_;
  std::vector<const schedule::When*> whens_;
  std::vector<CaseReach> reaches_;
  bool applies_ = false;
  std::size_t looked_ = 0;  // points, each at every case
};

void add_fee(const schedule::Fee& fee, Report& report) {
  Finding finding =
      make_finding(Code::unreachable_case, Severity::warning, fee.when->place,
                   "the fee " + fee.id + " never applies: its conditions cannot all hold",
                   "correct the conditions, or remove the fee");
  report.findings.push_back(std::move(finding));
}

void add_case(const schedule::Fee& fee, std::size_t index, const CaseReach& reach, Report& report) {
  std::string name = "case " + std::to_string(index + 1) + " of the fee " + fee.id;
  const schedule::Case& one = fee.cases[index];
  if (!reach.possible) {
    report.findings.push_back(make_finding(
        Code::unreachable_case, Severity::warning, one.when ? one.when->place : one.place,
        name + " is never reached: its conditions cannot all hold where the fee applies",
        "correct the conditions, or remove the case"));
    return;
  }
  std::string other = "case " + std::to_string(*reach.hidden_by + 1);
  Finding finding = make_finding(Code::unreachable_case, Severity::warning, one.place,
                                 name +
                                     " is never reached: wherever it holds, an earlier one "
                                     "is taken, such as " +
                                     other,
                                 "move it in front of " + other + ", or remove it");
  finding.what.related.push_back(fee.cases[*reach.hidden_by].place);
  finding.reproduce.push_back(reach.shown);
  report.findings.push_back(std::move(finding));
}

bool has_conditions(const schedule::Fee& fee) {
  return fee.when || std::any_of(fee.cases.begin(), fee.cases.end(),
                                 [](const schedule::Case& one) { return one.when.has_value(); });
}

}  // namespace

void find_unreachable_cases(const fees::Plan& plan, Report& report) {
  for (const schedule::Fee& fee : plan.schedule.fees) {
    if (!has_conditions(fee) && fee.cases.size() < 2) continue;
    Reacher reacher(plan, fee);
    if (!reacher.run()) {
      report.undecided.push_back({"fee " + fee.id, "whether each case is reached"});
      continue;
    }
    if (!reacher.applies() && fee.when) {
      add_fee(fee, report);
      continue;
    }
    for (std::size_t i = 0; i < fee.cases.size(); ++i) {
      if (!reacher.reaches()[i].taken) add_case(fee, i, reacher.reaches()[i], report);
    }
  }
}

}  // namespace levy::validation
