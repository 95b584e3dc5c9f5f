// What the kinds of findings share.
#include "validation/findings.h"

#include <algorithm>
#include <utility>

namespace levy::validation {
namespace {

const fees::LineForm* line_of(const fees::Evaluation& value, std::size_t fee) {
  auto found = std::find_if(value.lines.begin(), value.lines.end(),
                            [&](const fees::LineForm& line) { return line.fee == fee; });
  return found == value.lines.end() ? nullptr : &*found;
}

Rational amount_of(const fees::Evaluation& value, std::size_t fee) {
  const fees::LineForm* line = line_of(value, fee);
  return line == nullptr ? Rational(0) : line->amount.constant();
}

// Where no line moves, the first that there is.
std::size_t most_moved(const fees::Plan& plan, const fees::Evaluation& from,
                       const fees::Evaluation& to) {
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
Place place_of_own_step(const fees::LineForm& line, const fees::LineForm& other,
                        const Place& otherwise) {
  for (const fees::Step& step : line.steps) {
    if (!step.place.known()) continue;
    bool shared = std::any_of(other.steps.begin(), other.steps.end(),
                              [&](const fees::Step& one) { return one.place == step.place; });
    if (!shared) return step.place;
  }
  return otherwise;
}

// A bound that holds at one amount and not at the other has its step at both.
const fees::Step* changed_bound(const fees::LineForm& line, const fees::LineForm& other) {
  auto holds = [](const fees::Step& step) { return step.args.front() != step.value; };
  for (const fees::Step& step : line.steps) {
    if (step.op != fees::StepOp::at_most && step.op != fees::StepOp::at_least &&
        step.op != fees::StepOp::cap)
      continue;
    for (const fees::Step& twin : other.steps) {
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

Finding make_finding(const curves::CellCurve& cell_curve, Code code, const Place& place,
                     std::string message, std::string remedy) {
  bool error = code == Code::uncovered || code == Code::margin;
  Severity severity = error ? Severity::error : Severity::warning;
  Finding finding = make_finding(code, severity, place, std::move(message), std::move(remedy));
  finding.where = curves::where_of(cell_curve);
  finding.figures.emplace_back("operation", cell_curve.operation.name);
  for (const cells::Choice& choice : cell_curve.cell->choices)
    finding.figures.emplace_back(choice.name, choice.value);
  if (!cell_curve.of_amount() && cell_curve.operation.amount)
    finding.figures.emplace_back("amount", curves::say(cell_curve, *cell_curve.operation.amount,
                                                       cell_curve.operation.currency));
  return finding;
}

void add_figure(Finding& finding, const std::string& name, const std::string& value) {
  finding.figures.emplace_back(name, value);
}

std::optional<Rational> line_at(const Checked<fees::Evaluation>& value, std::size_t fee) {
  if (!value) return std::nullopt;
  return amount_of(*value, fee);
}

const Place& place_of(const fees::Plan& plan, const fees::LineForm& line) {
  const fees::FeePlan& fee = plan.fees[line.fee];
  return fee.cases[line.case_index].as_written->place;
}

RuleChange find_change(const curves::CellCurve& cell_curve, const Rational& from,
                       const Rational& to, std::optional<std::size_t> fee) {
  const fees::Plan& plan = *cell_curve.plan;
  Checked<fees::Evaluation> before = curves::evaluate_at(cell_curve, from, fees::Explain::yes);
  Checked<fees::Evaluation> now = curves::evaluate_at(cell_curve, to, fees::Explain::yes);
  if (!before || !now) return {};
  std::size_t index = fee ? *fee : most_moved(plan, *before, *now);
  const fees::LineForm *old = line_of(*before, index), *line = line_of(*now, index);
  if (old == nullptr || line == nullptr) {
    const Place& place = plan.fees[index].as_written->place;
    return {line == nullptr ? place : place_of(plan, *line),
            old == nullptr ? place : place_of(plan, *old)};
  }
  if (old->case_index != line->case_index) return {place_of(plan, *line), place_of(plan, *old)};
  const Place& whole = place_of(plan, *line);
  RuleChange change{place_of_own_step(*line, *old, whole), place_of_own_step(*old, *line, whole)};
  if (change.now != whole) return change;
  if (const fees::Step* bound = changed_bound(*line, *old)) return {bound->place, bound->place};
  return change;
}

// Versions of one tariff that overlap, or leave a time without any.

namespace {

const Place& effective_place(const schedule::Schedule& schedule) {
  return schedule.effective.line() > 0 ? schedule.effective : schedule.place;
}

std::string schedule_name(const schedule::Schedule& schedule) {
  return schedule.version.empty() ? "the version in " + schedule.file
                                  : "version " + schedule.version;
}

bool starts_before(const schedule::Schedule& a, const schedule::Schedule& b) {
  if (!a.from || !b.from) return !a.from && b.from;
  return *a.from < *b.from;
}

std::string day_or_time(Instant t, const TimeZone& zone) {
  TimeZone::Local local = zone.local(t);
  return local.second == 0 && local.nanosecond == 0 ? to_string(local.day) : to_string(t, zone);
}

void add_overlap(const schedule::Schedule& earlier, const schedule::Schedule& later,
                 Report& report) {
  Finding finding =
      make_finding(Code::overlapping_versions, Severity::error, effective_place(later),
                   schedule_name(later) + " of " + later.id + " is in force while " +
                       schedule_name(earlier) + " is",
                   "let \"effective\" of one end where the other's begins");
  finding.what.related.push_back(effective_place(earlier));
  if (later.from) add_figure(finding, "from", day_or_time(*later.from, later.timezone));
  if (earlier.until) add_figure(finding, "until", day_or_time(*earlier.until, earlier.timezone));
  finding.key = earlier.file;
  report.findings.push_back(std::move(finding));
}

void add_gap(const schedule::Schedule& earlier, const schedule::Schedule& later, Report& report) {
  std::string from = day_or_time(*earlier.until, earlier.timezone);
  std::string until = day_or_time(*later.from, later.timezone);
  Finding finding = make_finding(
      Code::version_gap, Severity::warning, effective_place(later),
      "no version of " + later.id + " is in force from " + from + " until " + until,
      "let " + schedule_name(later) + " begin where " + schedule_name(earlier) + " ends");
  finding.what.related.push_back(effective_place(earlier));
  add_figure(finding, "from", from);
  add_figure(finding, "until", until);
  std::vector<std::string> operations = later.operations();
  facts::Operation operation;
  operation.name = operations.empty() ? "transaction" : operations.front();
  operation.currency = later.currency;
  operation.time = *earlier.until;
  for (const schedule::Quantity& quantity : later.quantities)
    operation.quantities[quantity.name] = cells::usual_value(quantity);
  if (!operation.currency.empty()) operation.amount = Rational(1);
  finding.reproduce.push_back(curves::command_of("quote", later, operation, {}, true));
  report.findings.push_back(std::move(finding));
}

}  // namespace

void find_version_faults(std::vector<const fees::Plan*> versions, Report& report) {
  std::stable_sort(versions.begin(), versions.end(), [](const fees::Plan* a, const fees::Plan* b) {
    return starts_before(a->schedule, b->schedule);
  });
  const schedule::Schedule* reaching = nullptr;  // of those before, the one that lasts longest
  for (const fees::Plan* plan : versions) {
    const schedule::Schedule& schedule = plan->schedule;
    if (reaching != nullptr) {
      bool open = !reaching->until || !schedule.from;
      if (open || *schedule.from < *reaching->until) add_overlap(*reaching, schedule, report);
      if (!open && *schedule.from > *reaching->until) add_gap(*reaching, schedule, report);
    }
    bool longer = reaching == nullptr ||
                  (reaching->until && (!schedule.until || *schedule.until > *reaching->until));
    if (longer) reaching = &schedule;
  }
}

}  // namespace levy::validation
