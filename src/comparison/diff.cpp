#include "comparison/diff.h"

#include <algorithm>
#include <array>
#include <set>

#include "comparison/diff_parts.h"
#include "curves/cell_curve.h"
#include "fees/work.h"
#include "schedule/walk.h"

namespace levy::comparison {
namespace {

bool has_margin(const fees::Plan& plan) {
  for (const fees::FeePlan& fee : plan.fees) {
    for (const fees::CasePlan& one : fee.cases) {
      if (one.as_written->charge.margin) return true;
    }
  }
  const schedule::Conversion& conversion = plan.schedule.conversion;
  return conversion.rate_digits || conversion.round.mode;
}

std::vector<std::string> operations_of(const fees::Plan& before, const fees::Plan& after) {
  std::vector<std::string> names = before.schedule.operations();
  for (const std::string& name : after.schedule.operations()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.empty()) names.emplace_back("any operation");
  return names;
}

// The operations that a version names; none: it takes any.
class Known {
 public:
  explicit Known(const schedule::Schedule& schedule) {
    for (std::string& name : schedule.operations()) names_.insert(std::move(name));
  }
  bool operator()(const std::string& operation) const {
    return names_.empty() || names_.contains(operation);
  }

 private:
  std::set<std::string> names_;
};

// Does `one` declare every attribute, value and tier that `other` does?
bool declares_all(const schedule::Schedule& one, const schedule::Schedule& other) {
  for (const schedule::Attribute& attribute : other.attributes) {
    const schedule::Attribute* own = one.find_attribute(attribute.name);
    if (own == nullptr || own->kind != attribute.kind) return false;
    for (const std::string& value : attribute.values) {
      if (std::find(own->values.begin(), own->values.end(), value) == own->values.end())
        return false;
    }
  }
  return std::all_of(other.tiers.begin(), other.tiers.end(), [&](const schedule::Tier& tier) {
    return schedule::find_id(one.tiers, tier.id) != nullptr;
  });
}

bool changes_alike(const CellDiff& a, const CellDiff& b) {
  return a.amounts_in == b.amounts_in && a.variable == b.variable && a.amount == b.amount &&
         std::equal(a.held.begin(), a.held.end(), b.held.begin(), b.held.end(), same_held) &&
         same_figures(a.figures, b.figures);
}

void add_change(OperationDiff& operation, CellDiff change) {
  auto alike = std::find_if(operation.changed.begin(), operation.changed.end(),
                            [&](const CellDiff& other) { return changes_alike(other, change); });
  if (alike == operation.changed.end())
    operation.changed.push_back(std::move(change));
  else
    alike->cells.insert(alike->cells.end(), change.cells.begin(), change.cells.end());
}

// "what hours and the reading of volume change together".
std::string together(const std::vector<Dimension>& dimensions, bool by_fee) {
  std::string names;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    names += i == 0 ? "" : i + 1 == dimensions.size() ? " and " : ", ";
    names += (dimensions[i].is_reading ? "the reading of " : "") + dimensions[i].name;
  }
  return "what several values of " + names + " change together (each was varied, " +
         (by_fee ? "and those that one fee depends on together, " : "") + "the others as usual)";
}

OperationDiff diff_operation(const fees::Plan& before, const fees::Plan& after,
                             const std::string& name, const cells::CellScope& scope,
                             const DiffRates& rates, fees::Work& work) {
  OperationDiff result;
  result.operation = name;
  cells::Cells cells = cells_of(before, after, name, scope);
  result.complete = cells.complete;
  bool same = same_rules(before, after, name);
  if (same) result.complete = true;
  Dimensions dimensions;
  if (!same) dimensions = dimensions_of(before, after, name);
  Trials trials = trials_of(dimensions);
  bool by_fee = trials.reach == Trials::Reach::by_fee;
  result.not_compared = dimensions.apart;
  bool clock = !same && !cells.all.empty() && cells.all.front().needs_time;
  if (clock && before.schedule.timezone.name() != after.schedule.timezone.name())
    result.not_compared.push_back("dates and times of day, which the versions take in two zones");
  curves::GapMemo memo;
  memo.work = &work;
  DiffScope asked{before, after, rates, dimensions.all, trials, memo};
  bool proved = trials.reach == Trials::Reach::all;  // of combinations that were not tried
  if (by_fee) proved = same_totals(before, after, name);
  for (const cells::Cell& cell : cells.all) {
    if (scope.converts && !cell.operation.converts()) continue;
    if (!same && memo.work->is_done()) {
      result.complete = false;
      break;
    }
    ++result.cells;
    std::vector<CellDiff> changes;
    if (!same) changes = diff_cell(asked, cell);
    if (changes.empty()) ++result.same;
    if (by_fee) proved = proved && changes.empty() && fees_agree(asked, cell);
    for (CellDiff& change : changes) add_change(result, std::move(change));
  }
  if (!same && !proved) result.not_compared.push_back(together(dimensions.all, by_fee));
  return result;
}

bool is_said(const OperationDiff& operation, const FigureDiff& figure) {
  return std::any_of(operation.changed.begin(), operation.changed.end(), [&](const CellDiff& one) {
    return std::any_of(one.figures.begin(), one.figures.end(),
                       [&](const FigureDiff& other) { return same_figure(figure, other); });
  });
}

// What operations that convert have in common with those that do not is not said again.
void join_operation(OperationDiff& into, OperationDiff converting) {
  into.cells += converting.cells;
  into.same += converting.same;
  into.complete = into.complete && converting.complete;
  for (std::string& name : converting.not_compared) {
    if (std::find(into.not_compared.begin(), into.not_compared.end(), name) ==
        into.not_compared.end())
      into.not_compared.push_back(std::move(name));
  }
  std::vector<CellDiff> further;
  for (CellDiff& change : converting.changed) {
    std::erase_if(change.figures, [&](const FigureDiff& figure) { return is_said(into, figure); });
    if (!change.figures.empty()) further.push_back(std::move(change));
  }
  OperationDiff grouped;  // without their fees they may be alike
  for (CellDiff& change : further) add_change(grouped, std::move(change));
  for (CellDiff& change : grouped.changed) into.changed.push_back(std::move(change));
}

}  // namespace

// The common refinement, by the declarations of the version that has more of them; of both where
// each has some of its own.
cells::Cells cells_of(const fees::Plan& before, const fees::Plan& after,
                      const std::string& operation, const cells::CellScope& scope) {
  if (declares_all(before.schedule, after.schedule))
    return cells::find_cells({&before, &after}, operation, scope);
  cells::Cells cells = cells::find_cells({&after, &before}, operation, scope);
  if (declares_all(after.schedule, before.schedule)) return cells;
  cells::Cells more = cells::find_cells({&before, &after}, operation, scope);
  cells.complete = cells.complete && more.complete;
  std::vector<std::string> known;
  for (const cells::Cell& cell : cells.all) known.push_back(cells::to_words(cell));
  for (cells::Cell& cell : more.all) {
    if (std::find(known.begin(), known.end(), cells::to_words(cell)) == known.end())
      cells.all.push_back(std::move(cell));
  }
  return cells;
}

bool OperationDiff::is_same() const {
  return in_old == in_new && changed.empty() && complete && not_compared.empty();
}

bool Diff::is_same() const {
  return std::all_of(operations.begin(), operations.end(),
                     [](const OperationDiff& one) { return one.is_same(); });
}

Diff diff(const fees::Plan& before, const fees::Plan& after, const facts::Rates* rates) {
  Diff result;
  result.before = &before;
  result.after = &after;
  bool margins = has_margin(before) || has_margin(after);
  facts::Rates nominal;
  DiffRates converting{rates, false};
  if (margins && rates == nullptr) {
    nominal = curves::nominal_rates({&before.schedule, &after.schedule});
    converting = {&nominal, true};
    result.nominal_rates = true;
  }
  fees::Work work{diff_steps_max};
  Known in_old(before.schedule), in_new(after.schedule);
  for (const std::string& name : operations_of(before, after)) {
    OperationDiff operation;
    operation.operation = name;
    operation.in_old = in_old(name);
    operation.in_new = in_new(name);
    bool both = operation.in_old && operation.in_new;
    if (both) operation = diff_operation(before, after, name, {}, {rates, false}, work);
    if (margins && both) {
      cells::CellScope scope;
      scope.converts = true;
      join_operation(operation, diff_operation(before, after, name, scope, converting, work));
    }
    result.operations.push_back(std::move(operation));
  }
  return result;
}

std::string_view to_string(DiffRow::Kind kind) {
  constexpr std::array<std::string_view, 8> words = {"same",   "falls", "rises",   "varies",
                                                     "starts", "ends",  "refused", "unsettled"};
  return words[static_cast<std::size_t>(kind)];
}

}  // namespace levy::comparison
