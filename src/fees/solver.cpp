#include "fees/solver.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fees/solver_lattice.h"

namespace levy {
namespace {

constexpr int evaluations_max = 1'000'000;

}  // namespace

// ---- pieces ------------------------------------------------------------------------------------

Stretch Solver::all() const {
  Stretch stretch(0, std::nullopt, plan_.schedule.currencies.minor_unit(scene_.operation.currency));
  stretch.record();
  return stretch;
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
  Rational one = -least.base / least.slope(), other = -most.base / most.slope();
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
  if (solve_by_lattice(piece, target_, found)) return {};
  Rational low = value.base + value.low() - target_, high = value.base + value.high() - target_;
  if (value.slope().is_zero()) {
    if (low.sign() > 0 || high.sign() < 0) return {};
    if (!repeats(piece)) return halve(stretch);
    solve_one_period(piece, found);
    return {};
  }
  Parts parts = narrow(piece, Form::line(low, value.slope()), Form::line(high, value.slope()));
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
  Rational base = value.base + value.low();
  if (value.slope().is_zero()) {
    if (base == target_) found.add(stretch.from(), stretch.until(), stretch.size());
    return;
  }
  Rational x = (target_ - base) / value.slope();
  bool inside = x >= stretch.from() && (!stretch.until() || x <= *stretch.until());
  if (inside && is_multiple(x - stretch.from(), stretch.unit())) found.add(x, x, Decimal(1));
}

// Worth it where one period is much shorter than the piece.
bool Solver::repeats(const Piece& piece) const {
  if (piece.value.period().is_zero() || piece.value.period() > Decimal(evaluations_max))
    return false;
  std::optional<Decimal> size = piece.stretch.size();
  return !size || *size > Decimal(64) * piece.value.period();
}

// value(x + n * period) = value(x) + n * slope * period: each amount of the first period stands for
// all that follow it at that distance.
void Solver::solve_one_period(const Piece& piece, Found& found) {
  const auto& [stretch, value] = piece;
  Rational stride = Rational(value.period()) * Rational(stretch.unit());
  Rational rise = value.slope() * stride;
  Rational x = stretch.from();
  for (Decimal i = 0; i < value.period() && !undecidable_; i += 1, x += Rational(stretch.unit())) {
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

// ---- the greatest amount -----------------------------------------------------------------------

std::optional<Rational> Solver::greatest() {
  std::optional<Rational> best;
  walk([&](const Piece& piece) { return look_greater(piece, best); });
  return best;
}

Solver::Parts Solver::look_greater(const Piece& piece, std::optional<Rational>& best) {
  const auto& [stretch, value] = piece;
  std::optional<Rational> least = stretch.lowest(value), most = stretch.highest(value);
  if (least && *least > target_) return {};
  if (best && stretch.until() && *stretch.until() <= *best) return {};
  if (most && *most <= target_) {
    if (!stretch.until()) undecidable_ = true;
    if (stretch.until() && (!best || *best < *stretch.until())) best = *stretch.until();
    return {};
  }
  if (!stretch.until() && value.slope().sign() > 0) {  // beyond the crossing all is above
    Rational last = stretch.grid_floor((target_ - value.base - value.low()) / value.slope());
    return {stretch.part(stretch.from(), std::max(last, stretch.from()))};
  }
  return halve(stretch);
}

}  // namespace levy
