#include "limits/max_amount.h"

#include <algorithm>
#include <set>

#include "facts/conditions.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

// Amounts from `from` to `until` (none: without end), both included, on the minor unit's grid.
struct Range {
  Rational from;
  std::optional<Rational> until;
  bool is_empty() const { return until && *until < from; }
  void lower(const Rational& bound) { until = until ? std::min(*until, bound) : bound; }
};

// Where a limit's conditions on the amount may change their answer.
std::set<Rational> edges_of(const Ladder& ladder, const facts::Operation& operation) {
  std::set<Rational> edges;
  auto add = [&](const schedule::Figure& figure) {
    const Money* money = find_money(figure.money, operation.currency);
    if (money != nullptr) edges.insert(money->amount);
  };
  auto add_edges = [&](const schedule::When& when) {
    for (const schedule::Condition& condition : when.conditions) {
      if (condition.subject != schedule::Condition::Subject::amount) continue;
      schedule::each_figure(condition, add);
    }
  };
  for (const LimitRule& rule : ladder.limits) {
    const schedule::Meter& meter = rule.as_written->meter;
    if (meter.operations && !facts::concerns(*meter.operations, operation.name)) continue;
    schedule::each_when(meter, [&](const schedule::When& when) { add_edges(when); });
  }
  return edges;
}

class MaxAmount {
 public:
  MaxAmount(const AccountSnapshot& snapshot, const facts::Operation& operation, const Costs& costs)
      : snapshot_(snapshot),
        operation_(operation),
        costs_(costs),
        unit_(snapshot.ladder.schedule->currencies.minor_unit(operation.currency)) {}

  Checked<std::optional<Money>> find() {
    std::vector<Range> ranges = ranges_of_like_answers();
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
      Checked<bool> found = find_in(*range);
      if (!found) return std::move(found).faults();
      if (!*found) continue;
      if (!best_) return std::optional<Money>();
      return std::optional(Money{*best_, operation_.currency});
    }
    return std::optional(Money{0, operation_.currency});
  }

 private:
  Rational grid_floor(const Rational& value) const { return (value / unit_).floor() * unit_; }
  Rational grid_ceiling(const Rational& value) const { return (value / unit_).ceiling() * unit_; }

  // Ranges of amounts for each of which the same limits apply, ascending.
  std::vector<Range> ranges_of_like_answers() const {
    std::vector<Range> ranges;
    Rational from;
    for (const Rational& edge : edges_of(snapshot_.ladder, operation_)) {
      Range before{from, grid_ceiling(edge) - unit_};
      if (!before.is_empty()) ranges.push_back(before);
      if (is_multiple(edge, unit_)) ranges.push_back({edge, edge});
      from = grid_floor(edge) + unit_;
    }
    ranges.push_back({from, std::nullopt});
    return ranges;
  }

  // The greatest amount in the range; true: `best_` is it, or there is no end.
  Checked<bool> find_in(Range range) {
    facts::Operation at = operation_;
    at.amount = range.from;
    auto tier = operation_.attributes.find("tier");
    std::optional<std::string> present;
    if (tier != operation_.attributes.end()) present = tier->second;
    // Where the question has no answer, nothing is allowed.
    auto applied = apply_limits(snapshot_, at, present);
    if (!applied) return false;
    debit_bound_.reset();
    debit_min_ = 0;
    for (const Applied& one : *applied) {
      Checked<bool> possible = narrow(one, range);
      if (!possible) return possible;
      if (!*possible) return false;
    }
    if (range.is_empty()) return false;
    best_ = range.until;
    if (!debit_bound_) return debit_reaches(at);
    auto greatest = costs_.greatest_amount(at, *debit_bound_, range.until);
    if (!greatest) {
      if (greatest.faults().front().code != Code::undecidable) return false;
      return std::move(greatest).faults();
    }
    if (!*greatest || **greatest < range.from) return false;
    best_ = **greatest;
    return debit_reaches(at);
  }

  // Leaves of the range what this limit allows; false: it allows no amount.
  Checked<bool> narrow(const Applied& applied, Range& range) {
    const schedule::Meter& meter = applied.rule->as_written->meter;
    const Rational& used = applied.used.value;
    if (!applied.counts_itself) return allows(applied, used);
    switch (meter.measure) {
      case schedule::Meter::Measure::amount:
      case schedule::Meter::Measure::balance:
        return narrow_amount(applied, range);
      case schedule::Meter::Measure::debit:
        return narrow_debit(applied);
      case schedule::Meter::Measure::count:
        return allows(applied, used + Rational(1));
      case schedule::Meter::Measure::quantity: {
        auto found = operation_.quantities.find(meter.quantity);
        return found != operation_.quantities.end() && allows(applied, used + found->second);
      }
      case schedule::Meter::Measure::fee:
      case schedule::Meter::Measure::units:
        break;
    }
    return false;
  }

  static bool allows(const Applied& applied, const Rational& value) {
    return (!applied.min || value >= *applied.min) && (!applied.max || value <= *applied.max);
  }

  Checked<Rational> mid_to(Currency target) const {
    return facts::convert({Rational(1), operation_.currency}, target, snapshot_.rates);
  }

  Checked<bool> narrow_amount(const Applied& applied, Range& range) {
    Checked<Rational> mid = mid_to(applied.rule->use.currency);
    if (!mid) return false;
    const Rational& used = applied.used.value;
    if (applied.min) range.from = std::max(range.from, grid_ceiling((*applied.min - used) / *mid));
    if (applied.max) range.lower(grid_floor((*applied.max - used) / *mid));
    return true;
  }

  Checked<bool> narrow_debit(const Applied& applied) {
    Checked<Rational> mid = mid_to(applied.rule->use.currency);
    if (!mid) return false;
    const Rational& used = applied.used.value;
    if (applied.min) debit_min_ = std::max(debit_min_, (*applied.min - used) / *mid);
    if (!applied.max) return true;
    Rational bound = (*applied.max - used) / *mid;
    debit_bound_ = debit_bound_ ? std::min(*debit_bound_, bound) : bound;
    return true;
  }

  // Of a debit that has a minimum: the greatest amount costs the most.
  Checked<bool> debit_reaches(facts::Operation at) {
    if (debit_min_.sign() <= 0) return true;
    if (!best_) return true;
    at.amount = *best_;
    Checked<Rational> debit = costs_.debit_of(at, snapshot_.readings);
    return debit && *debit >= debit_min_;
  }

  const AccountSnapshot& snapshot_;
  const facts::Operation& operation_;
  const Costs& costs_;
  Decimal unit_;
  std::optional<Rational> debit_bound_;  // in the operation's currency
  Rational debit_min_;
  std::optional<Rational> best_;
};

}  // namespace

Checked<std::optional<Money>> max_amount(const AccountSnapshot& snapshot,
                                         const facts::Operation& operation, const Costs& costs) {
  return MaxAmount(snapshot, operation, costs).find();
}

}  // namespace levy::limits
