// Guarantees: proved for every amount of every cell they cover, or refuted with the smallest
// amount that breaks them.
#include <algorithm>
#include <functional>

#include "analysis/findings.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

struct Promised {
  const Guarantee::Promise* promise = nullptr;
  std::string_view key;
  enum class Kind { fee_at_most, fee_at_least, credit_at_least } kind;
};

std::vector<Promised> promises_of(const Guarantee& guarantee) {
  using Kind = Promised::Kind;
  std::vector<Promised> all;
  auto add = [&](const std::optional<Guarantee::Promise>& promise, std::string_view key,
                 Kind kind) {
    if (promise) all.push_back({&*promise, key, kind});
  };
  add(guarantee.fee_at_most, "fee_at_most", Kind::fee_at_most);
  add(guarantee.fee_at_least, "fee_at_least", Kind::fee_at_least);
  add(guarantee.credit_at_least, "credit_at_least", Kind::credit_at_least);
  return all;
}

// ---- which amounts it covers -------------------------------------------------------------------

const Money* bound_in(const std::optional<Figure>& figure, Currency currency) {
  return figure ? find_money(figure->money, currency) : nullptr;
}

// The amounts for which the conditions on the amount hold, as ranges on the grid.
std::vector<Range> narrow(std::vector<Range> ranges, const Condition& condition,
                          const Course& course) {
  Currency currency = course.operation.currency;
  Rational one = Rational(course.whole.unit());
  auto cut = [&](const Range& wanted) {
    std::vector<Range> kept;
    for (Range range : ranges) {
      range.from = std::max(range.from, wanted.from);
      if (wanted.until && (!range.until || *wanted.until < *range.until))
        range.until = wanted.until;
      if (!range.until || *range.until >= range.from) kept.push_back(range);
    }
    return kept;
  };
  if (!condition.range) {
    const Money* money = find_money(condition.figures.front().money, currency);
    if (money == nullptr) return {};
    if (!condition.negated) return cut({money->amount, money->amount});
    std::vector<Range> kept = cut({money->amount + one, std::nullopt});
    if (money->amount.sign() > 0) {
      for (const Range& range : cut({0, money->amount - one})) kept.push_back(range);
    }
    return kept;
  }
  Range wanted{0, std::nullopt};
  const Condition::Range& range = *condition.range;
  if (const Money* money = bound_in(range.from, currency)) wanted.from = money->amount;
  if (const Money* money = bound_in(range.above, currency)) wanted.from = money->amount + one;
  if (const Money* money = bound_in(range.up_to, currency)) wanted.until = money->amount;
  if (const Money* money = bound_in(range.below, currency)) wanted.until = money->amount - one;
  if (wanted.until && wanted.until->sign() < 0) return {};
  return cut(wanted);
}

// Whether the guarantee concerns the cell, whatever the amount.
bool covers(const Guarantee& guarantee, const Course& course) {
  if (!guarantee.when) return true;
  auto numbers = [&](const Condition& condition) -> Checked<Truth> {
    if (condition.subject == Condition::Subject::amount) return Truth::yes;
    return test_number(condition, course.operation);
  };
  auto answer = decide(*guarantee.when, course.plan->schedule, course.operation, numbers);
  return answer && answer->truth == Truth::yes;
}

std::vector<Range> amounts_of(const Guarantee& guarantee, const Course& course) {
  std::vector<Range> ranges = {{0, std::nullopt}};
  if (!guarantee.when) return ranges;
  for (const Condition& condition : guarantee.when->conditions) {
    if (condition.subject == Condition::Subject::amount)
      ranges = narrow(std::move(ranges), condition, course);
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.from < b.from; });
  return ranges;
}

// ---- the proof ---------------------------------------------------------------------------------

struct Breach {
  Rational x, promised, actual;
};

class Proof {
 public:
  Proof(const Course& course, const Promised& promised) : course_(course), promised_(promised) {}

  // Nothing where the promise is not in the cell's currency, or holds.
  std::optional<Breach> refute(const std::vector<Range>& amounts, Report& report) const;
  bool applies() const {
    const Guarantee::Promise& promise = *promised_.promise;
    return promise.percent || find_money(promise.money->money, course_.operation.currency);
  }

 private:
  Form amount(const Evaluation& value) const {
    Currency source = course_.operation.currency;
    return value.debit.at(source) - value.on_top.at(source);
  }
  Form bound(const Evaluation& value) const {
    const Guarantee::Promise& promise = *promised_.promise;
    if (promise.percent) return amount(value) * promise.percent->fraction;
    return Form(find_money(promise.money->money, course_.operation.currency)->amount);
  }
  Form figure(const Evaluation& value) const {
    bool credit = promised_.kind == Promised::Kind::credit_at_least;
    return credit ? value.credit : fees_of(value, course_.operation.currency);
  }

  const Course& course_;
  const Promised& promised_;
};

std::optional<Breach> Proof::refute(const std::vector<Range>& amounts, Report& report) const {
  bool at_most = promised_.kind == Promised::Kind::fee_at_most;
  auto broken = [&](const Evaluation& value) {
    Form difference = figure(value) - bound(value);
    return at_most ? difference : -difference;
  };
  for (const Range& wanted : amounts) {
    for (const CurvePiece& piece : course_.curve) {
      Range range{std::max(wanted.from, piece.stretch.from()), piece.stretch.until()};
      if (wanted.until && (!range.until || *wanted.until < *range.until))
        range.until = wanted.until;
      if (range.until && *range.until < range.from) continue;
      Sought found;
      found.decided = piece.is_settled();
      if (found.decided && !*piece.result) continue;  // nothing is charged, nor delivered
      Scene scene = course_.scene();
      Along along(*course_.plan, scene, piece);
      if (found.decided) found = along.first_positive(broken, range);
      if (!found.decided) {
        report.undecided.push_back(
            {where_of(course_), "a guarantee from " + say(course_, range.from) + " on"});
        return std::nullopt;
      }
      if (!found.x) continue;
      auto get = [&](auto of) { return along.at(of, *found.x); };
      return Breach{*found.x, get([this](const Evaluation& value) { return bound(value); }),
                    get([this](const Evaluation& value) { return figure(value); })};
    }
  }
  return std::nullopt;
}

void add_breach(const Course& course, const Guarantee& guarantee, const Promised& promised,
                const Breach& breach, Report& report) {
  Currency source = course.operation.currency;
  std::string actual = say(course, breach.actual, source);
  bool credit = promised.kind == Promised::Kind::credit_at_least;
  bool at_most = promised.kind == Promised::Kind::fee_at_most;
  std::string title(guarantee.title.in("en"));
  std::string message = (title.empty() ? std::string("the guarantee") : "\"" + title + "\"") +
                        " is broken, first at " + say(course, breach.x) + ": the " +
                        (credit ? "credit is " : "fees are ") + actual + ", not at " +
                        (at_most ? "most " : "least ") + say(course, breach.promised, source);
  Finding finding = make_finding(Code::broken_guarantee, Severity::error, promised.promise->place,
                                 message, "lower the charge, or promise what holds");
  finding.where = where_of(course);
  add_figure(finding, "operation", course.operation.name);
  for (const Choice& choice : course.cell->choices) add_figure(finding, choice.name, choice.value);
  add_figure(finding, "at", say(course, breach.x));
  add_figure(finding, "promised", say(course, breach.promised, source));
  add_figure(finding, credit ? "credit" : "fees", actual);
  RuleChange rule = find_change(course, breach.x, breach.x);
  if (rule.now.line > 0) finding.what.related.push_back(rule.now);
  finding.reproduce.push_back(quote_command(course, breach.x));
  finding.key = promised.key;
  finding.weight = -breach.x;
  report.findings.push_back(std::move(finding));
}

// True where the guarantee had something to say in some cell.
bool look_at(const Plan& plan, const Guarantee& guarantee, const std::string& operation,
             Report& report) {
  CellScope scope;
  if (guarantee.when) scope.also.push_back(&*guarantee.when);
  Cells cells = find_cells({&plan}, operation, scope);
  if (!cells.complete)
    report.undecided.push_back(
        {operation, "a guarantee beyond the first " + std::to_string(cells.all.size()) + " cells"});
  bool concerned = false;
  for (const Cell& cell : cells.all) {
    Course course = course_of(plan, cell, "", true);
    if (!covers(guarantee, course)) continue;
    draw(course);
    std::vector<Range> amounts = amounts_of(guarantee, course);
    for (const Promised& promised : promises_of(guarantee)) {
      Proof proof(course, promised);
      concerned = concerned || (proof.applies() && !amounts.empty());
      if (!proof.applies()) continue;
      if (auto breach = proof.refute(amounts, report))
        add_breach(course, guarantee, promised, *breach, report);
    }
  }
  return concerned;
}

}  // namespace

void find_broken_guarantees(const Plan& plan, Report& report) {
  for (const Guarantee& guarantee : plan.schedule.guarantees) {
    std::vector<std::string> operations = guarantee.operations;
    if (operations.empty()) operations = plan.schedule.operations();
    if (operations.empty()) operations = {"transaction"};
    bool concerned = false;
    for (const std::string& operation : operations)
      concerned = look_at(plan, guarantee, operation, report) || concerned;
    if (concerned) continue;
    report.findings.push_back(make_finding(
        Code::unused, Severity::warning, guarantee.place,
        "the guarantee covers no operation: its conditions never hold, or it has no amount in the "
        "currencies of the fees",
        "correct its conditions or its currency, or remove it"));
  }
}

}  // namespace levy
