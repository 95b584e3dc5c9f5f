#include "validation/validate.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include "base/threads.h"
#include "fees/charge_memo.h"
#include "fees/work.h"
#include "schedule/decode/load.h"
#include "validation/findings.h"

namespace levy::validation {
namespace {

// ---- one schedule ------------------------------------------------------------------------------

// What some cells came to.
struct CellsReport {
  Report report;
  CasesSeen seen;
  // That may still be done. Each run of cells has its share, so that the answer is the same however
  // many processors there are.
  fees::Work work{validate_steps_max};
};

// True where some fee applied.
bool look_over(const fees::Plan& plan, const cells::Cell& cell, const std::string& variable,
               bool has_amount, fees::ChargeMemo& memo, CellsReport& part) {
  curves::CellCurve cell_curve = curves::make_cell_curve(plan, cell, variable, has_amount);
  cell_curve.work = &part.work;
  curves::draw(cell_curve, &memo);
  Report& report = part.report;
  find_coverage(cell_curve, report);
  find_cliffs(cell_curve, report);
  find_splits(cell_curve, report);
  find_fees_above(cell_curve, report);
  find_negative_totals(cell_curve, report);
  find_roundings_to_zero(cell_curve, report);
  return note_cases(cell_curve, part.seen);
}

void look_in(const fees::Plan& plan, const cells::Cell& cell,
             const std::vector<std::string>& variables, fees::ChargeMemo& memo, CellsReport& part) {
  bool has_amount = std::find(variables.begin(), variables.end(), "") != variables.end();
  bool has_fee = false;
  for (const std::string& variable : variables)
    has_fee = look_over(plan, cell, variable, has_amount, memo, part) || has_fee;
  if (!has_fee) find_no_fee(curves::make_cell_curve(plan, cell, "", true), part.report);
}

// Whether every case that only a conversion reaches is covered, and leaves something of the rate;
// whatever the rates are.
void look_at_conversions(const fees::Plan& plan, const std::string& operation, Report& report) {
  cells::CellScope scope;
  scope.converts = true;
  facts::Rates nominal = curves::nominal_rates({&plan.schedule});
  fees::Work work{validate_steps_max / 10};
  for (const cells::Cell& cell : cells::find_cells({&plan}, operation, scope).all) {
    if (!cell.operation.converts()) continue;
    curves::CellCurve cell_curve = curves::make_cell_curve(plan, cell, "", true);
    cell_curve.rates = &nominal;
    cell_curve.work = &work;
    curves::draw(cell_curve);
    find_margin_faults(cell_curve, report);
    Report found;
    find_coverage(cell_curve, found);
    for (Finding& finding : found.findings)
      if (finding.what.code == Code::uncovered) report.findings.push_back(std::move(finding));
  }
}

bool asks_target(const std::optional<schedule::When>& when) {
  return when &&
         std::any_of(when->conditions.begin(), when->conditions.end(),
                     [](const schedule::Condition& one) { return one.name == "to_currency"; });
}

bool has_conversions(const schedule::Schedule& schedule) {
  return std::any_of(schedule.fees.begin(), schedule.fees.end(), [](const schedule::Fee& fee) {
    return asks_target(fee.when) ||
           std::any_of(fee.cases.begin(), fee.cases.end(), [](const schedule::Case& one) {
             return one.charge.margin || asks_target(one.when);
           });
  });
}

// Some cells at a time, whichever processor is free; the report is as if one had looked at all.
void look_over(const fees::Plan& plan, const std::vector<cells::Cell>& cells,
               const std::vector<std::string>& variables, CellsReport& whole) {
  constexpr std::size_t at_a_time = 64;  // for fewer cells a thread does not pay
  std::vector<CellsReport> parts((cells.size() + at_a_time - 1) / at_a_time);
  for (CellsReport& part : parts)
    part.work.steps = whole.work.steps / static_cast<std::int64_t>(parts.size());
  std::atomic<std::size_t> next = 0;
  auto look = [&](std::size_t) {
    fees::ChargeMemo memo;
    for (std::size_t part = next++; part < parts.size(); part = next++) {
      std::size_t until = std::min((part + 1) * at_a_time, cells.size());
      for (std::size_t i = part * at_a_time; i < until; ++i)
        look_in(plan, cells[i], variables, memo, parts[part]);
    }
  };
  std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  Threads(std::min(processors, parts.size())).run(look);
  for (CellsReport& part : parts) {
    Report& report = part.report;
    std::move(report.findings.begin(), report.findings.end(),
              std::back_inserter(whole.report.findings));
    std::move(report.undecided.begin(), report.undecided.end(),
              std::back_inserter(whole.report.undecided));
    whole.seen.taken.merge(part.seen.taken);
    whole.seen.charging.merge(part.seen.charging);
  }
}

// False: there are more cells than were looked at.
bool look_at_operation(const fees::Plan& plan, const std::string& operation, CellsReport& whole) {
  std::vector<std::string> variables = curves::variables_of(plan.schedule, operation);
  if (variables.empty()) variables.emplace_back();  // all is waived: only what is covered matters
  cells::Cells cells = cells::find_cells({&plan}, operation);
  if (!cells.complete)
    whole.report.undecided.push_back(
        {operation, "cells beyond the first " + std::to_string(cells.all.size())});
  look_over(plan, cells.all, variables, whole);
  if (has_conversions(plan.schedule)) look_at_conversions(plan, operation, whole.report);
  return cells.complete;
}

Report look_at(const fees::Plan& plan) {
  CellsReport whole;
  bool complete = true;
  std::vector<std::string> operations = plan.schedule.operations();
  if (operations.empty()) operations = {"transaction"};
  whole.work.steps /= static_cast<std::int64_t>(operations.size());
  if (!plan.schedule.fees.empty()) {
    for (const std::string& operation : operations)
      complete = look_at_operation(plan, operation, whole) && complete;
  }
  Report report = std::move(whole.report);
  find_idle_charges(plan, complete ? &whole.seen : nullptr, report);
  find_fractions(plan, report);
  find_idle_caps(plan, report);
  find_broken_guarantees(plan, report);
  find_unreachable_cases(plan, report);
  find_open_edges(plan, report);
  find_idle_limits(plan, report);
  find_shrinking_limits(plan, report);
  find_unreachable_tiers(plan, report);
  find_unused(plan, report);
  for (Undecided& one : report.undecided) one.file = plan.schedule.file;
  return report;
}

// ---- many cells, one finding -------------------------------------------------------------------

std::string currency_of(const Finding& finding) {
  for (const auto& [name, value] : finding.figures)
    if (name == "currency") return value;
  return "";
}

std::vector<Finding> merged(std::vector<Finding> findings) {
  using Key = std::tuple<Code, std::string, std::string, std::string>;
  std::map<Key, std::size_t> seen;
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    const Place& place = finding.what.place;
    auto [at, is_new] = seen.emplace(
        Key{finding.what.code, place.file(), place.pointer(), finding.key}, kept.size());
    if (is_new) {
      kept.push_back(std::move(finding));
      continue;
    }
    Finding& other = kept[at->second];
    std::size_t others = other.others + (other.where != finding.where ? 1 : 0);
    bool comparable = currency_of(finding) == currency_of(other);
    if (comparable && finding.weight > other.weight) other = std::move(finding);
    other.others = others;
  }
  return kept;
}

std::vector<Undecided> merged(const std::vector<Undecided>& all) {
  std::vector<Undecided> kept;
  for (const Undecided& one : all) {
    auto known = std::find_if(kept.begin(), kept.end(), [&](const Undecided& other) {
      return other.file == one.file && other.what == one.what;
    });
    if (known == kept.end()) {
      kept.push_back(one);
    } else if (known->where != one.where) {
      ++known->others;
    }
  }
  return kept;
}

// The message says where it was found.
void say_where(Finding& finding) {
  if (finding.where.empty()) return;
  std::string more;
  if (finding.others > 0)
    more = "; and in " + std::to_string(finding.others) +
           (finding.others == 1 ? " other cell" : " other cells");
  finding.what.message += " (" + finding.where + more + ")";
}

// ---- acceptances -------------------------------------------------------------------------------

void accept(const schedule::Schedule& schedule, std::vector<Finding>& findings) {
  std::vector<Finding> unused;
  for (const schedule::Acceptance& acceptance : schedule.accepted) {
    bool used = false;
    for (Finding& finding : findings) {
      const Place& place = finding.what.place;
      if (finding.what.code != acceptance.code || !place.lies_in(acceptance.owner)) continue;
      used = true;
      finding.accepted = acceptance.reason;
    }
    if (used) continue;
    unused.push_back(make_finding(
        Code::unused, Severity::warning, acceptance.place,
        "there is no " + std::string(to_string(acceptance.code)) + " here to accept",
        "remove it, or put it on the fee, case, limit or tier where the finding points"));
  }
  findings.insert(findings.end(), unused.begin(), unused.end());
}

}  // namespace

std::string to_words(const Undecided& undecided) {
  std::string more;
  if (undecided.others > 0)
    more = " and " + std::to_string(undecided.others) +
           (undecided.others == 1 ? " other cell" : " other cells");
  return undecided.file + ": " + undecided.where + more + ": " + undecided.what;
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    auto order = order_of(a.what.place, b.what.place);
    return order != 0 ? order < 0 : to_string(a.what.code) < to_string(b.what.code);
  });
}

Report validate(const std::vector<const fees::Plan*>& plans) {
  Report report;
  std::map<std::string, std::vector<const fees::Plan*>> tariffs;
  for (const fees::Plan* plan : plans) {
    Report one = look_at(*plan);
    report.findings.insert(report.findings.end(), one.findings.begin(), one.findings.end());
    report.undecided.insert(report.undecided.end(), one.undecided.begin(), one.undecided.end());
    tariffs[plan->schedule.id].push_back(plan);
  }
  for (const auto& [id, versions] : tariffs) find_version_faults(versions, report);
  report.findings = merged(std::move(report.findings));
  report.undecided = merged(report.undecided);
  for (const fees::Plan* plan : plans) accept(plan->schedule, report.findings);
  for (Finding& finding : report.findings) say_where(finding);
  sort_findings(report.findings);
  return report;
}

Report validate_files(std::vector<Source> sources) {
  std::vector<Finding> faults;
  std::deque<fees::Plan> plans;
  std::vector<const fees::Plan*> borrowed;
  for (Source& source : sources) {
    Checked<schedule::Schedule> schedule = schedule::decode::load_schedule(std::move(source));
    if (schedule) {
      plans.push_back(fees::compile(std::move(*schedule)));
      borrowed.push_back(&plans.back());
      continue;
    }
    for (const Diagnostic& fault : schedule.faults()) {
      faults.emplace_back();
      faults.back().what = fault;
    }
  }
  Report report = validate(borrowed);
  report.findings.insert(report.findings.end(), faults.begin(), faults.end());
  sort_findings(report.findings);
  return report;
}

}  // namespace levy::validation
