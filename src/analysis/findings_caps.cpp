// Caps that can never act: what they would hold down never reaches them.
#include <algorithm>
#include <map>

#include "analysis/findings.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

using Key = CasesSeen::Key;

// The most that a case charges in a currency, without its cap.
struct Most {
  Rational amount;
  bool without_end = false;
};

using Charges = std::map<std::pair<Key, Currency>, Most>;

// Nothing: it could not be told of every amount.
bool charge_along(const Course& course, Charges& charges) {
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece);
    if (!range) continue;
    if (!piece.is_settled()) return false;
    if (!*piece.result) continue;
    Stretch part = piece.stretch.part(range->from, range->until);
    for (const LineForm& line : (*piece.result)->lines) {
      Most& most = charges[{Key{line.fee, line.case_index}, line.currency}];
      std::optional<Rational> highest = part.highest(line.amount);
      const Decimal& grid = line.amount.grid();  // no value lies between its multiples
      if (highest && !grid.is_zero()) highest = round(*highest, grid, RoundingMode::floor);
      if (highest) most.amount = std::max(most.amount, *highest);
      most.without_end = most.without_end || !highest;
    }
  }
  return true;
}

std::optional<Charges> charges_of(const Plan& plan) {
  Charges charges;
  std::vector<std::string> operations = plan.schedule.operations();
  if (operations.empty()) operations = {"transaction"};
  for (const std::string& operation : operations) {
    Cells cells = find_cells({&plan}, operation);
    if (!cells.complete) return std::nullopt;
    std::vector<std::string> variables = variables_of(plan.schedule, operation);
    if (variables.empty()) variables.emplace_back();
    bool has_amount = variables.front().empty();
    for (const Cell& cell : cells.all) {
      for (const std::string& variable : variables) {
        Course course = course_of(plan, cell, variable, has_amount);
        draw(course);
        if (!charge_along(course, charges)) return std::nullopt;
      }
    }
  }
  return charges;
}

// How many operations of the fee the limits allow in the window, in every tier; nothing: any
// number.
std::optional<Rational> count_allowed(const Schedule& schedule, const Fee& fee,
                                      const Window& window) {
  std::optional<Rational> least;
  for (const Limit& limit : schedule.limits) {
    const Meter& meter = limit.meter;
    bool all = !meter.operations ||
               (!fee.operations.empty() &&
                std::all_of(fee.operations.begin(), fee.operations.end(),
                            [&](const auto& one) { return concerns(*meter.operations, one); }));
    if (meter.measure != Meter::Measure::count || meter.when || !(meter.window == window) || !all ||
        !limit.max)
      continue;
    std::optional<Rational> most = Rational(0);
    for (const auto& [tier, figure] : limit.max->figures) {
      if (!figure || !figure->number)
        most.reset();
      else if (most)
        most = std::max(*most, Rational(*figure->number));
    }
    if (most && (!least || *most < *least)) least = most;
  }
  return least;
}

// How often the cap can be charged against within its window: once, so many times, or any number.
std::optional<Rational> times_within(const Schedule& schedule, const Fee& fee, const Cap& cap) {
  if (cap.meter.window.kind == Window::Kind::transaction) return Rational(1);
  return count_allowed(schedule, fee, cap.meter.window);
}

void look_at_caps(const Plan& plan, const Key& key, const Charges& charges, Report& report) {
  const Fee& fee = plan.schedule.fees[key.first];
  const Cap& cap = *fee.cases[key.second].charge.cap;
  std::optional<Rational> times = times_within(plan.schedule, fee, cap);
  bool seen = false;
  std::string figures;
  for (const auto& [owner, most] : charges) {
    if (owner.first != key) continue;
    Currency currency = owner.second;
    const Money* bound = find_money(cap.max.money, currency);
    if (bound == nullptr || most.without_end) return;
    bool nothing = most.amount.sign() <= 0;
    if (!nothing && (!times || *times * most.amount > bound->amount)) return;
    auto text = [&](const Rational& amount) {
      return to_string(Money{amount, currency}, plan.schedule.currencies);
    };
    figures += (seen ? ", " : "") + std::string("at most ") + text(most.amount) +
               " is charged at a time" +
               (times && *times != Rational(1) ? ", " + times->to_string() + " times" : "") +
               ", and the cap is " + text(bound->amount);
    seen = true;
  }
  if (!seen) return;
  report.findings.push_back(
      make_finding(Code::cap_never_acts, Severity::warning, cap.place,
                   "the cap of the fee " + fee.id + " never acts: " + figures,
                   "lower it, let its window hold several operations, or remove it"));
}

}  // namespace

void find_idle_caps(const Plan& plan, Report& report) {
  Schedule bare = plan.schedule;
  std::vector<Key> capped;
  for (std::size_t i = 0; i < bare.fees.size(); ++i) {
    for (std::size_t j = 0; j < bare.fees[i].cases.size(); ++j) {
      if (!bare.fees[i].cases[j].charge.cap) continue;
      bare.fees[i].cases[j].charge.cap.reset();
      capped.emplace_back(i, j);
    }
  }
  if (capped.empty()) return;
  Plan without = compile(std::move(bare));
  std::optional<Charges> charges = charges_of(without);
  if (!charges) {
    report.undecided.push_back({"caps", "whether they can act"});
    return;
  }
  for (const Key& key : capped) look_at_caps(plan, key, *charges, report);
}

}  // namespace levy
