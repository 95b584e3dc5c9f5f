// Guarantees: proved for every amount of every cell they cover, or refuted with the smallest
// amount that breaks them. Where quantities matter, each is varied as the amount is, the others
// being as usual; that they were not varied together is said.
#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "facts/conditions.h"
#include "validation/findings.h"

namespace levy::validation {
namespace {

struct Promised {
  const schedule::Guarantee::Promise* promise = nullptr;
  std::string_view key;
  enum class Kind { fee_at_most, fee_at_least, credit_at_least } kind;
};

std::vector<Promised> promises_of(const schedule::Guarantee& guarantee) {
  using Kind = Promised::Kind;
  std::vector<Promised> all;
  auto add = [&](const std::optional<schedule::Guarantee::Promise>& promise, std::string_view key,
                 Kind kind) {
    if (promise) all.push_back({&*promise, key, kind});
  };
  add(guarantee.fee_at_most, "fee_at_most", Kind::fee_at_most);
  add(guarantee.fee_at_least, "fee_at_least", Kind::fee_at_least);
  add(guarantee.credit_at_least, "credit_at_least", Kind::credit_at_least);
  return all;
}

// ---- what it covers ----------------------------------------------------------------------------

using AmountIntervals = std::vector<fees::AmountInterval>;  // ascending, apart

bool range_holds(const fees::AmountInterval& range, const Rational& x) {
  return x >= range.from && (!range.until || x <= *range.until);
}

AmountIntervals common(const AmountIntervals& some, const AmountIntervals& others) {
  AmountIntervals both;
  for (const fees::AmountInterval& one : some) {
    for (const fees::AmountInterval& other : others) {
      fees::AmountInterval range{std::max(one.from, other.from), one.until};
      if (other.until && (!range.until || *other.until < *range.until)) range.until = other.until;
      if (!range.until || *range.until >= range.from) both.push_back(range);
    }
  }
  return both;
}

// What lies between the ranges, on the grid of `one`.
AmountIntervals rest_of(const AmountIntervals& ranges, const Rational& one) {
  AmountIntervals rest;
  Rational from = 0;
  for (const fees::AmountInterval& range : ranges) {
    if (range.from > from) rest.push_back({from, range.from - one});
    if (!range.until) return rest;
    from = std::max(from, *range.until + one);
  }
  rest.push_back({from, std::nullopt});
  return rest;
}

std::optional<Rational> figure_in(const std::optional<schedule::Figure>& figure,
                                  Currency currency) {
  if (!figure) return std::nullopt;
  if (figure->number) return Rational(*figure->number);
  const Money* money = find_money(figure->money, currency);
  return money == nullptr ? std::nullopt : std::optional(money->amount);
}

// Where the condition holds, on the grid of `one`.
AmountIntervals ranges_of(const schedule::Condition& condition, Currency currency,
                          const Rational& one) {
  AmountIntervals ranges;
  for (const schedule::Figure& figure : condition.figures) {
    auto value = figure_in(figure, currency);
    if (!value) return {};
    ranges.push_back({*value, *value});
  }
  std::sort(
      ranges.begin(), ranges.end(),
      [](const fees::AmountInterval& a, const fees::AmountInterval& b) { return a.from < b.from; });
  if (condition.range) {
    fees::AmountInterval wanted{0, std::nullopt};
    const schedule::Condition::Range& range = *condition.range;
    if (auto from = figure_in(range.from, currency)) wanted.from = *from;
    if (auto above = figure_in(range.above, currency)) wanted.from = *above + one;
    if (auto up_to = figure_in(range.up_to, currency)) wanted.until = *up_to;
    if (auto below = figure_in(range.below, currency)) wanted.until = *below - one;
    if (!wanted.until || *wanted.until >= wanted.from) ranges.push_back(wanted);
  }
  return condition.negated ? rest_of(ranges, one) : ranges;
}

bool is_about_variable(const schedule::Condition& condition, const std::string& variable) {
  using Subject = schedule::Condition::Subject;
  return variable.empty() ? condition.subject == Subject::amount
                          : condition.subject == Subject::quantity && condition.name == variable;
}

// The values along the cell curve for which the guarantee's conditions on its variable hold.
AmountIntervals covered(const schedule::Guarantee& guarantee, const curves::CellCurve& cell_curve) {
  AmountIntervals ranges = {{cell_curve.whole.from(), cell_curve.whole.until()}};
  if (!guarantee.when) return ranges;
  for (const schedule::Condition& condition : guarantee.when->conditions) {
    if (!is_about_variable(condition, cell_curve.variable)) continue;
    Rational one = Rational(cell_curve.whole.unit());
    ranges = common(ranges, ranges_of(condition, cell_curve.operation.currency, one));
  }
  return ranges;
}

// Whether the guarantee concerns the cell, whatever the amount and quantities.
bool concerns_cell(const schedule::Guarantee& guarantee, const fees::Plan& plan,
                   const cells::Cell& cell) {
  if (!guarantee.when) return true;
  auto numbers = [](const schedule::Condition&) -> Checked<facts::Truth> {
    return facts::Truth::yes;
  };
  auto answer = facts::decide(*guarantee.when, plan.schedule, cell.operation, numbers);
  return answer && answer->truth == facts::Truth::yes;
}

// ---- the proof ---------------------------------------------------------------------------------

struct Breach {
  Rational x, promised, actual;
};

class GuaranteeProof {
 public:
  GuaranteeProof(const curves::CellCurve& cell_curve, const Promised& promised)
      : cell_curve_(cell_curve), promised_(promised) {}

  // Nothing where the promise is not in the cell's currency, or holds.
  std::optional<Breach> refute(const AmountIntervals& values, Report& report) const;
  bool applies() const {
    const schedule::Guarantee::Promise& promise = *promised_.promise;
    return promise.percent || find_money(promise.money->money, cell_curve_.operation.currency);
  }

 private:
  fees::Form amount(const fees::Evaluation& value) const {
    Currency source = cell_curve_.operation.currency;
    return value.debit.at(source) - value.on_top.at(source);
  }
  fees::Form bound(const fees::Evaluation& value) const {
    const schedule::Guarantee::Promise& promise = *promised_.promise;
    if (promise.percent) return amount(value) * promise.percent->fraction;
    return fees::Form(find_money(promise.money->money, cell_curve_.operation.currency)->amount);
  }
  fees::Form figure(const fees::Evaluation& value) const {
    bool credit = promised_.kind == Promised::Kind::credit_at_least;
    return credit ? value.credit : curves::fees_of(value, cell_curve_.operation.currency);
  }

  // Along a quantity: a larger amount could be charged.
  bool is_open(const Checked<fees::Evaluation>& refused) const {
    return !cell_curve_.of_amount() && refused.faults().front().code == Code::fees_exceed_amount;
  }

  const curves::CellCurve& cell_curve_;
  const Promised& promised_;
};

std::optional<Breach> GuaranteeProof::refute(const AmountIntervals& values, Report& report) const {
  bool at_most = promised_.kind == Promised::Kind::fee_at_most;
  auto broken = [&](const fees::Evaluation& value) {
    fees::Form difference = figure(value) - bound(value);
    return at_most ? difference : -difference;
  };
  for (const fees::AmountInterval& wanted : values) {
    for (const fees::CurvePiece& piece : cell_curve_.curve) {
      fees::AmountInterval range{std::max(wanted.from, piece.amounts.from()),
                                 piece.amounts.until()};
      if (wanted.until && (!range.until || *wanted.until < *range.until))
        range.until = wanted.until;
      if (range.until && *range.until < range.from) continue;
      curves::Sought found;
      found.decided = piece.is_settled();
      if (found.decided && !*piece.result) {  // nothing is charged, nor delivered
        if (!is_open(*piece.result)) continue;
        found.decided = false;
      }
      fees::EvaluationContext context = cell_curve_.context();
      curves::PieceQuery query(*cell_curve_.plan, context, piece);
      if (found.decided) found = query.first_positive(broken, range);
      if (!found.decided) {
        report.undecided.push_back(
            {curves::where_of(cell_curve_),
             "a guarantee from " + curves::say(cell_curve_, range.from) + " on"});
        return std::nullopt;
      }
      if (!found.x) continue;
      auto get = [&](auto of) { return query.at(of, *found.x); };
      return Breach{*found.x, get([this](const fees::Evaluation& value) { return bound(value); }),
                    get([this](const fees::Evaluation& value) { return figure(value); })};
    }
  }
  return std::nullopt;
}

std::string guarantee_name(const schedule::Guarantee& guarantee) {
  std::string title(guarantee.title.in("en"));
  return title.empty() ? "the guarantee" : "\"" + title + "\"";
}

void add_breach(const curves::CellCurve& cell_curve, const schedule::Guarantee& guarantee,
                const Promised& promised, const Breach& breach, Report& report) {
  Currency source = cell_curve.operation.currency;
  std::string actual = curves::say(cell_curve, breach.actual, source);
  bool credit = promised.kind == Promised::Kind::credit_at_least;
  bool at_most = promised.kind == Promised::Kind::fee_at_most;
  std::string message =
      guarantee_name(guarantee) + " is broken, first at " + curves::say(cell_curve, breach.x) +
      ": the " + (credit ? "credit is " : "fees are ") + actual + ", not at " +
      (at_most ? "most " : "least ") + curves::say(cell_curve, breach.promised, source);
  Finding finding = make_finding(Code::broken_guarantee, Severity::error, promised.promise->place,
                                 message, "lower the charge, or promise what holds");
  finding.where = curves::where_of(cell_curve);
  add_figure(finding, "operation", cell_curve.operation.name);
  for (const cells::Choice& choice : cell_curve.cell->choices)
    add_figure(finding, choice.name, choice.value);
  add_figure(finding, "at", curves::say(cell_curve, breach.x));
  add_figure(finding, "promised", curves::say(cell_curve, breach.promised, source));
  add_figure(finding, credit ? "credit" : "fees", actual);
  RuleChange rule = find_change(cell_curve, breach.x, breach.x);
  if (rule.now.line() > 0) finding.what.related.push_back(rule.now);
  finding.reproduce.push_back(curves::quote_command(cell_curve, breach.x));
  finding.key = promised.key;
  if (!cell_curve.of_amount()) finding.key += "/" + cell_curve.variable;
  finding.weight = -breach.x;
  report.findings.push_back(std::move(finding));
}

// ---- along which variables ---------------------------------------------------------------------

// One variable and the values of it that the guarantee covers.
struct Side {
  curves::CellCurve cell_curve;
  AmountIntervals covered;
  bool is_charged = true;  // false: only the guarantee asks for it

  Rational usual() const {
    const facts::Operation& operation = cell_curve.operation;
    Rational value = cell_curve.of_amount()
                         ? Rational(1000)
                         : operation.quantities.find(cell_curve.variable)->second;
    bool inside =
        std::any_of(covered.begin(), covered.end(),
                    [&](const fees::AmountInterval& range) { return range_holds(range, value); });
    return inside ? value : covered.front().from;
  }
};

// Whether what is promised depends on the amount, whatever the fees are charged of.
bool is_of_amount(const Promised& promised) {
  return promised.promise->percent || promised.kind == Promised::Kind::credit_at_least;
}

// The amount, and each quantity that is charged or that the guarantee asks for. Every other
// variable is as usual, within what is covered. None: the guarantee covers nothing here.
std::vector<Side> sides_of(const fees::Plan& plan, const schedule::Guarantee& guarantee,
                           const cells::Cell& cell) {
  std::vector<std::string> charged = curves::variables_of(plan.schedule, cell.operation.name);
  std::vector<Promised> promises = promises_of(guarantee);
  bool has_amount = charged.empty() || charged.front().empty() ||
                    std::any_of(promises.begin(), promises.end(), is_of_amount);
  std::map<std::string, bool> names = {{"", has_amount}};
  if (guarantee.when) {
    for (const schedule::Condition& condition : guarantee.when->conditions)
      if (condition.subject == schedule::Condition::Subject::quantity)
        names[condition.name] = false;
  }
  for (const std::string& name : charged) names[name] = names[name] || !name.empty();
  std::vector<Side> sides;
  for (const auto& [name, is_charged] : names) {
    curves::CellCurve cell_curve =
        curves::make_cell_curve(plan, cell, name, has_amount || name.empty());
    AmountIntervals ranges = covered(guarantee, cell_curve);
    if (ranges.empty()) return {};
    sides.push_back({std::move(cell_curve), std::move(ranges), is_charged});
  }
  for (Side& side : sides) {
    facts::Operation& operation = side.cell_curve.operation;
    for (const Side& other : sides) {
      if (other.cell_curve.variable == side.cell_curve.variable) continue;
      if (other.cell_curve.of_amount()) {
        if (has_amount) operation.amount = other.usual();
      } else {
        operation.quantities[other.cell_curve.variable] = other.usual();
      }
    }
  }
  return sides;
}

// What the promised figure depends on.
std::vector<std::string> depends_on(const curves::CellCurve& cell_curve, const Promised& promised) {
  std::vector<std::string> names =
      curves::variables_of(cell_curve.plan->schedule, cell_curve.operation.name);
  bool has_amount = std::find(names.begin(), names.end(), "") != names.end();
  if (is_of_amount(promised) && !has_amount) names.insert(names.begin(), "");
  for (std::string& name : names)
    if (name.empty()) name = "the amount";
  return names;
}

void prove(const std::vector<Side>& sides, const schedule::Guarantee& guarantee,
           const Promised& promised, Report& report) {
  for (const Side& side : sides) {
    if (!side.is_charged) continue;
    auto breach = GuaranteeProof(side.cell_curve, promised).refute(side.covered, report);
    if (!breach) continue;
    add_breach(side.cell_curve, guarantee, promised, *breach, report);
    return;
  }
  std::vector<std::string> names = depends_on(sides.front().cell_curve, promised);
  if (names.size() < 2) return;
  std::string list = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    list += (i + 1 == names.size() ? " and " : ", ") + names[i];
  report.undecided.push_back(
      {curves::where_of(sides.front().cell_curve),
       guarantee_name(guarantee) + " where more than one of " + list + " is not as usual"});
}

// True where the guarantee had something to say in the cell.
bool prove_in(const fees::Plan& plan, const schedule::Guarantee& guarantee, const cells::Cell& cell,
              fees::Work& work, Report& report) {
  if (!concerns_cell(guarantee, plan, cell)) return false;
  std::vector<Side> sides = sides_of(plan, guarantee, cell);
  if (sides.empty()) return false;
  for (Side& side : sides)
    if (side.is_charged) side.cell_curve.work = &work, curves::draw(side.cell_curve);
  bool concerned = false;
  for (const Promised& promised : promises_of(guarantee)) {
    if (!GuaranteeProof(sides.front().cell_curve, promised).applies()) continue;
    concerned = true;
    prove(sides, guarantee, promised, report);
  }
  return concerned;
}

bool prove(const fees::Plan& plan, const schedule::Guarantee& guarantee,
           const std::string& operation, Report& report) {
  cells::CellScope scope;
  if (guarantee.when) scope.also.push_back(&*guarantee.when);
  cells::Cells cells = cells::find_cells({&plan}, operation, scope);
  if (!cells.complete)
    report.undecided.push_back(
        {operation, "a guarantee beyond the first " + std::to_string(cells.all.size()) + " cells"});
  bool concerned = false;
  fees::Work work{guarantee_steps_max};
  for (const cells::Cell& cell : cells.all)
    concerned = prove_in(plan, guarantee, cell, work, report) || concerned;
  return concerned;
}

}  // namespace

void find_broken_guarantees(const fees::Plan& plan, Report& report) {
  for (const schedule::Guarantee& guarantee : plan.schedule.guarantees) {
    std::vector<std::string> operations = guarantee.operations;
    if (operations.empty()) operations = plan.schedule.operations();
    if (operations.empty()) operations = {"transaction"};
    bool concerned = false;
    for (const std::string& operation : operations)
      concerned = prove(plan, guarantee, operation, report) || concerned;
    if (concerned) continue;
    report.findings.push_back(make_finding(
        Code::unused, Severity::warning, guarantee.place,
        "the guarantee covers no operation: its conditions never hold, or it has no amount in the "
        "currencies of the fees",
        "correct its conditions or its currency, or remove it"));
  }
}

}  // namespace levy::validation
