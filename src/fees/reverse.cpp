#include "fees/reverse.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace levy {
namespace {

constexpr int evaluations_max = 1'000'000;

// A settled stretch and the target's form on it.
struct Piece {
  Stretch stretch;
  Form value;
};

// Amounts found, as one count with its ends.
class Found {
 public:
  void add(const Rational& smallest, const std::optional<Rational>& largest,
           const std::optional<Decimal>& count) {
    if (!smallest_ || smallest < *smallest_) smallest_ = smallest;
    if (!count) {
      endless_ = true;
      return;
    }
    count_ += *count;
    if (!largest_ || *largest > *largest_) largest_ = largest;
  }
  bool any() const { return smallest_.has_value(); }
  const Rational& smallest() const { return *smallest_; }
  Solutions solutions(Currency currency) const {
    Solutions all;
    all.smallest = Money{*smallest_, currency};
    if (endless_) return all;
    all.count = count_;
    all.largest = Money{*largest_, currency};
    return all;
  }

 private:
  Decimal count_ = 0;
  std::optional<Rational> smallest_, largest_;
  bool endless_ = false;
};

// The attainable target nearest to the wanted one on one side.
struct Nearest {
  Rational value;  // negated when looking above, so that greater is always nearer
  Rational amount;
};

class Solver {
 public:
  Solver(const Plan& plan, const Scene& scene, Target kind, const Rational& target)
      : plan_(plan), scene_(scene), kind_(kind), target_(target) {}

  Found solve();
  // side 1: the greatest value below the target; -1: the smallest above it.
  std::optional<Nearest> nearest(int side);

  bool is_undecidable() const { return undecidable_; }
  // Set where no amount at all can be quoted.
  const std::optional<Diagnostics>& fault() const { return fault_; }
  bool quotable() const { return quotable_; }

 private:
  using Parts = std::vector<Stretch>;  // what is still to be looked at
  using Visit = std::function<Parts(const Piece&)>;

  Stretch all() const;
  void walk(const Visit& visit);
  Checked<Form> value_on(Stretch& stretch);
  std::optional<Rational> value_at(const Rational& x);

  Parts look_for_target(const Piece& piece, Found& found);
  void solve_exactly(const Piece& piece, Found& found) const;
  Parts narrow(const Piece& piece, const Form& least, const Form& most);
  Parts halve(const Stretch& stretch);
  bool repeats(const Piece& piece) const;
  void solve_one_period(const Piece& piece, Found& found);

  Parts look_nearer(const Piece& piece, int side, std::optional<Nearest>& best);
  void nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const;
  bool seed(const Piece& piece, int side, std::optional<Nearest>& best);
  void offer(std::optional<Nearest>& best, const Rational& value, const Rational& amount) const;

  const Plan& plan_;
  const Scene& scene_;
  Target kind_;
  Rational target_;
  int evaluations_ = 0;
  bool undecidable_ = false;
  bool quotable_ = false;
  std::optional<Diagnostics> fault_;
};

// ---- pieces ------------------------------------------------------------------------------------

Stretch Solver::all() const {
  return Stretch(0, std::nullopt,
                 plan_.schedule.currencies.minor_unit(scene_.operation.currency));
}

Checked<Form> Solver::value_on(Stretch& stretch) {
  if (++evaluations_ > evaluations_max) undecidable_ = true;
  Checked<Evaluation> result = evaluate(plan_, scene_, stretch);
  if (!result) return std::move(result).faults();
  return kind_ == Target::receive ? result->credit : result->debit[scene_.operation.currency];
}

std::optional<Rational> Solver::value_at(const Rational& x) {
  Stretch point = all().part(x, x);
  Checked<Form> value = value_on(point);
  if (!value) return std::nullopt;
  return value->constant();
}

// Every settled piece, by ascending amount; what `visit` gives back is looked at next.
void Solver::walk(const Visit& visit) {
  std::vector<Stretch> open = {all()};
  while (!open.empty() && !undecidable_) {
    Stretch stretch = std::move(open.back());
    open.pop_back();
    Checked<Form> value = value_on(stretch);
    if (stretch.is_undecidable()) undecidable_ = true;
    if (undecidable_) return;
    if (stretch.cut()) {
      open.push_back(stretch.second_part());
      open.push_back(stretch.first_part());
      continue;
    }
    if (!value) {
      if (!fault_) fault_ = value.faults();
      continue;
    }
    quotable_ = true;
    Parts parts = visit(Piece{stretch, *value});
    open.insert(open.end(), std::make_move_iterator(parts.rbegin()),
                std::make_move_iterator(parts.rend()));
  }
}

Solver::Parts Solver::halve(const Stretch& stretch) {
  if (!stretch.until()) {
    undecidable_ = true;
    return {};
  }
  Rational middle = stretch.grid_floor((stretch.from() + *stretch.until()) / Rational(2));
  return {stretch.part(stretch.from(), middle),
          stretch.part(middle + Rational(stretch.unit()), stretch.until())};
}

// The amounts where least(x) <= 0 <= most(x), two forms of one slope: the stretch itself when that
// leaves out nothing, nothing when no amount is left.
Solver::Parts Solver::narrow(const Piece& piece, const Form& least, const Form& most) {
  const Stretch& stretch = piece.stretch;
  Rational one = -least.base / least.slope, other = -most.base / most.slope;
  Rational from = std::max(stretch.from(), stretch.grid_ceiling(std::min(one, other)));
  Rational until = stretch.grid_floor(std::max(one, other));
  if (stretch.until()) until = std::min(until, *stretch.until());
  if (from > until) return {};
  return {stretch.part(from, until)};
}

// ---- the target itself -------------------------------------------------------------------------

Found Solver::solve() {
  Found found;
  walk([&](const Piece& piece) { return look_for_target(piece, found); });
  return found;
}

Solver::Parts Solver::look_for_target(const Piece& piece, Found& found) {
  const auto& [stretch, value] = piece;
  if (value.is_exact()) {
    solve_exactly(piece, found);
    return {};
  }
  Rational low = value.base + value.low - target_, high = value.base + value.high - target_;
  if (value.slope.is_zero()) {
    if (low.sign() > 0 || high.sign() < 0) return {};
    if (!repeats(piece)) return halve(stretch);
    solve_one_period(piece, found);
    return {};
  }
  Form least(low), most(high);
  least.slope = most.slope = value.slope;
  Parts parts = narrow(piece, least, most);
  if (parts.empty()) return {};
  Piece narrowed{parts.front(), value};
  if (repeats(narrowed)) {
    solve_one_period(narrowed, found);
    return {};
  }
  bool narrower = !stretch.until() || parts.front().from() != stretch.from() ||
                  *parts.front().until() != *stretch.until();
  return narrower ? parts : halve(stretch);
}

void Solver::solve_exactly(const Piece& piece, Found& found) const {
  const auto& [stretch, value] = piece;
  Rational base = value.base + value.low;
  if (value.slope.is_zero()) {
    if (base == target_) found.add(stretch.from(), stretch.until(), stretch.size());
    return;
  }
  Rational x = (target_ - base) / value.slope;
  bool inside = x >= stretch.from() && (!stretch.until() || x <= *stretch.until());
  if (inside && is_multiple(x - stretch.from(), stretch.unit())) found.add(x, x, Decimal(1));
}

// Worth it where one period is much shorter than the piece.
bool Solver::repeats(const Piece& piece) const {
  if (piece.value.period.is_zero() || piece.value.period > Decimal(evaluations_max)) return false;
  std::optional<Decimal> size = piece.stretch.size();
  return !size || *size > Decimal(64) * piece.value.period;
}

// value(x + n * period) = value(x) + n * slope * period: each amount of the first period stands for
// all that follow it at that distance.
void Solver::solve_one_period(const Piece& piece, Found& found) {
  const auto& [stretch, value] = piece;
  Rational stride = Rational(value.period) * Rational(stretch.unit());
  Rational rise = value.slope * stride;
  Rational x = stretch.from();
  for (Decimal i = 0; i < value.period && !undecidable_; i += 1, x += Rational(stretch.unit())) {
    std::optional<Rational> here = value_at(x);
    if (!here) continue;
    std::optional<Decimal> repeats;  // how often x recurs after itself
    if (stretch.until()) repeats = ((*stretch.until() - x) / stride).floor();
    if (!rise.is_zero()) {
      Rational n = (target_ - *here) / rise;
      bool reached = n.is_integer() && n.sign() >= 0 && (!repeats || n <= Rational(*repeats));
      if (reached) found.add(x + n * stride, x + n * stride, Decimal(1));
    } else if (*here == target_) {
      std::optional<Rational> last;
      std::optional<Decimal> count;
      if (repeats) {
        last = x + Rational(*repeats) * stride;
        count = *repeats + Decimal(1);
      }
      found.add(x, last, count);
    }
  }
}

// ---- its neighbours ----------------------------------------------------------------------------

std::optional<Nearest> Solver::nearest(int side) {
  std::optional<Nearest> best;
  walk([&](const Piece& piece) { return look_nearer(piece, side, best); });
  return best;
}

void Solver::offer(std::optional<Nearest>& best, const Rational& value,
                   const Rational& amount) const {
  bool nearer = !best || value > best->value || (value == best->value && amount < best->amount);
  if (nearer) best = Nearest{value, amount};
}

Solver::Parts Solver::look_nearer(const Piece& original, int side,
                                  std::optional<Nearest>& best) {
  const Stretch& stretch = original.stretch;
  Rational wanted = side > 0 ? target_ : -target_;
  Piece piece{stretch, side > 0 ? original.value : -original.value};
  const Form& value = piece.value;
  if (value.is_exact()) {
    nearest_exactly(piece, side, best);
    return {};
  }
  std::optional<Rational> least = stretch.lowest(value), most = stretch.highest(value);
  if (least && *least >= wanted) return {};
  if (best && most && (*most < best->value ||
                       (*most == best->value && stretch.from() > best->amount)))
    return {};
  if (value.slope.is_zero()) {
    if (!repeats(piece)) return halve(stretch);
    Rational x = stretch.from();
    for (Decimal i = 0; i < value.period && !undecidable_; i += 1, x += Rational(stretch.unit())) {
      std::optional<Rational> here = value_at(x);
      if (here && Rational(side) * *here < wanted) offer(best, Rational(side) * *here, x);
    }
    return {};
  }
  if (!best && !seed(piece, side, best)) return halve(stretch);
  // Only where it can be below the wanted value and not below the best.
  Form least_form(value.base + value.low - wanted), most_form(value.base + value.high - best->value);
  least_form.slope = most_form.slope = value.slope;
  Parts parts = narrow(piece, least_form, most_form);
  if (parts.empty()) return {};
  bool narrower = !stretch.until() || parts.front().from() != stretch.from() ||
                  *parts.front().until() != *stretch.until();
  return narrower ? parts : halve(stretch);
}

void Solver::nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const {
  const auto& [stretch, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational base = value.base + value.low;
  Rational unit = stretch.unit();
  Rational x = stretch.from();
  if (value.slope.sign() > 0) {
    Rational last = stretch.grid_ceiling((wanted - base) / value.slope) - unit;
    x = stretch.until() ? std::min(last, *stretch.until()) : last;
  } else if (value.slope.sign() < 0) {
    x = std::max(x, stretch.grid_floor((wanted - base) / value.slope) + unit);
  }
  if (x < stretch.from() || (stretch.until() && x > *stretch.until())) return;
  Rational here = base + value.slope * x;
  if (here < wanted) offer(best, here, x);
}

// A first attainable value, taken where the blur cannot reach the wanted one.
bool Solver::seed(const Piece& piece, int side, std::optional<Nearest>& best) {
  const auto& [stretch, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational crossing = (wanted - value.base - value.high) / value.slope;
  Rational unit = stretch.unit();
  Rational x;
  if (value.slope.sign() > 0) {
    x = stretch.grid_ceiling(crossing) - unit;
    if (stretch.until()) x = std::min(x, *stretch.until());
  } else {
    x = std::max(stretch.from(), stretch.grid_floor(crossing) + unit);
  }
  if (x < stretch.from() || (stretch.until() && x > *stretch.until())) return false;
  std::optional<Rational> here = value_at(x);
  if (!here) return false;
  offer(best, Rational(side) * *here, x);
  return true;
}

// ---- the answer --------------------------------------------------------------------------------

Diagnostic undecidable() {
  return Diagnostic{Code::undecidable,
                    "the fees cancel so irregularly that this cannot be solved exactly",
                    "quote amounts near the one expected instead"};
}

Neighbour neighbour_of(const std::optional<Nearest>& nearest, int side, Currency target_currency,
                       const Scene& scene, const Currencies& currencies) {
  if (!nearest) return {};
  Money target{Rational(side) * nearest->value, target_currency};
  Money amount{nearest->amount, scene.operation.currency};
  return {to_string(target, currencies), to_string(amount, currencies)};
}

Checked<Quote> unattainable(Solver& solver, const Plan& plan, const Scene& scene, Target kind,
                            const Rational& target) {
  const Operation& operation = scene.operation;
  const Currencies& currencies = plan.schedule.currencies;
  bool converts = kind == Target::receive && operation.converts();
  Currency currency = converts ? operation.to_currency : operation.currency;
  Diagnostic fault;
  fault.code = Code::unattainable;
  std::string text = to_string(Money{target, currency}, currencies);
  fault.message = kind == Target::receive ? "no amount delivers exactly " + text
                                          : "no amount costs exactly " + text;
  fault.below = neighbour_of(solver.nearest(1), 1, currency, scene, currencies);
  fault.above = neighbour_of(solver.nearest(-1), -1, currency, scene, currencies);
  if (solver.is_undecidable()) return undecidable();
  for (const Neighbour* side : {&fault.below, &fault.above}) {
    if (side->target.empty()) continue;
    if (!fault.remedy.empty()) fault.remedy += "; ";
    fault.remedy += side->amount + (kind == Target::receive ? " delivers " : " costs ");
    fault.remedy += side->target;
  }
  return fault;
}

}  // namespace

Checked<Quote> reverse(const Plan& plan, const Scene& scene, Target kind, const Rational& target,
                       Explain explain) {
  Operation operation = scene.operation;
  operation.amount = Rational(0);  // given, and varied
  Scene varied{operation, scene.rates, scene.readings, scene.strict};
  Solver solver(plan, varied, kind, target);
  Found found = solver.solve();
  if (solver.is_undecidable()) return undecidable();
  if (!found.any()) {
    if (!solver.quotable() && solver.fault()) return *solver.fault();
    return unattainable(solver, plan, varied, kind, target);
  }
  operation.amount = found.smallest();
  Checked<Quote> answer = quote(plan, varied, explain);
  if (answer) answer->solutions = found.solutions(operation.currency);
  return answer;
}

}  // namespace levy
