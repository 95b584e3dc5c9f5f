// What the kinds of findings share.
#include <algorithm>
#include <utility>

#include "analysis/findings.h"

namespace levy {
namespace {

const LineForm* line_of(const Evaluation& value, std::size_t fee) {
  auto found = std::find_if(value.lines.begin(), value.lines.end(),
                            [&](const LineForm& line) { return line.fee == fee; });
  return found == value.lines.end() ? nullptr : &*found;
}

Rational amount_of(const Evaluation& value, std::size_t fee) {
  const LineForm* line = line_of(value, fee);
  return line == nullptr ? Rational(0) : line->amount.constant();
}

// Where no line moves, the first that there is.
std::size_t most_moved(const Plan& plan, const Evaluation& from, const Evaluation& to) {
  std::size_t fee = to.lines.empty() ? 0 : to.lines.front().fee;
  Rational most = 0;
  for (std::size_t i = 0; i < plan.fees.size(); ++i) {
    Rational moved = absolute(amount_of(to, i) - amount_of(from, i));
    if (moved <= most) continue;
    most = moved;
    fee = i;
  }
  return fee;
}

// The first rule that only one of the two lines was computed with.
Place place_of_own_step(const LineForm& line, const LineForm& other, const Place& otherwise) {
  for (const Step& step : line.steps) {
    if (!step.place.known()) continue;
    bool shared = std::any_of(other.steps.begin(), other.steps.end(),
                              [&](const Step& one) { return one.place == step.place; });
    if (!shared) return step.place;
  }
  return otherwise;
}

// A bound that holds at one amount and not at the other has its step at both.
const Step* changed_bound(const LineForm& line, const LineForm& other) {
  auto holds = [](const Step& step) { return step.args.front() != step.value; };
  for (const Step& step : line.steps) {
    if (step.op != "at_most" && step.op != "at_least" && step.op != "cap") continue;
    for (const Step& twin : other.steps) {
      bool same = twin.op == step.op && twin.place == step.place;
      if (same && holds(twin) != holds(step)) return &step;
    }
  }
  return nullptr;
}

}  // namespace

Finding make_finding(Code code, Severity severity, const Place& place, std::string message,
                     std::string remedy) {
  Finding finding;
  finding.what.code = code;
  finding.what.severity = severity;
  finding.what.place = place;
  finding.what.message = std::move(message);
  finding.what.remedy = std::move(remedy);
  return finding;
}

Finding make_finding(const Course& course, Code code, const Place& place, std::string message,
                     std::string remedy) {
  bool error = code == Code::uncovered || code == Code::margin;
  Severity severity = error ? Severity::error : Severity::warning;
  Finding finding = make_finding(code, severity, place, std::move(message), std::move(remedy));
  finding.where = where_of(course);
  finding.figures.emplace_back("operation", course.operation.name);
  for (const Choice& choice : course.cell->choices)
    finding.figures.emplace_back(choice.name, choice.value);
  if (!course.of_amount() && course.operation.amount)
    finding.figures.emplace_back("amount",
                                 say(course, *course.operation.amount, course.operation.currency));
  return finding;
}

void add_figure(Finding& finding, const std::string& name, const std::string& value) {
  finding.figures.emplace_back(name, value);
}

std::optional<Rational> line_at(const Checked<Evaluation>& value, std::size_t fee) {
  if (!value) return std::nullopt;
  return amount_of(*value, fee);
}

const Place& place_of(const Plan& plan, const LineForm& line) {
  const FeePlan& fee = plan.fees[line.fee];
  return fee.cases[line.case_index].as_written->place;
}

RuleChange find_change(const Course& course, const Rational& from, const Rational& to,
                       std::optional<std::size_t> fee) {
  const Plan& plan = *course.plan;
  Checked<Evaluation> before = evaluate_at(course, from, Explain::yes);
  Checked<Evaluation> now = evaluate_at(course, to, Explain::yes);
  if (!before || !now) return {};
  std::size_t index = fee ? *fee : most_moved(plan, *before, *now);
  const LineForm *old = line_of(*before, index), *line = line_of(*now, index);
  if (old == nullptr || line == nullptr) {
    const Place& place = plan.fees[index].as_written->place;
    return {line == nullptr ? place : place_of(plan, *line),
            old == nullptr ? place : place_of(plan, *old)};
  }
  if (old->case_index != line->case_index) return {place_of(plan, *line), place_of(plan, *old)};
  const Place& whole = place_of(plan, *line);
  RuleChange change{place_of_own_step(*line, *old, whole), place_of_own_step(*old, *line, whole)};
  if (change.now != whole) return change;
  if (const Step* bound = changed_bound(*line, *old)) return {bound->place, bound->place};
  return change;
}

}  // namespace levy
