// The attainable targets on either side of one that is not.
#include <algorithm>
#include <utility>

#include "fees/solver.h"
#include "fees/solver_lattice.h"

namespace levy {

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

Solver::Parts Solver::look_nearer(const Piece& original, int side, std::optional<Nearest>& best) {
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
  if (best && most &&
      (*most < best->value || (*most == best->value && stretch.from() > best->amount)))
    return {};
  if (nearest_on_grid(piece, wanted, best)) return {};
  if (value.slope().is_zero()) {
    if (!repeats(piece)) return halve(stretch);
    Rational x = stretch.from();
    for (Decimal i = 0; i < value.period() && !undecidable_;
         i += 1, x += Rational(stretch.unit())) {
      std::optional<Rational> here = value_at(x);
      if (here && Rational(side) * *here < wanted) offer(best, Rational(side) * *here, x);
    }
    return {};
  }
  if (!seed(piece, side, best) && !best) return halve(stretch);
  // Only where it can be below the wanted value and not below the best.
  Parts parts = narrow(piece, Form::line(value.base + value.low() - wanted, value.slope()),
                       Form::line(value.base + value.high() - best->value, value.slope()));
  if (parts.empty()) return {};
  bool narrower = !stretch.until() || parts.front().from() != stretch.from() ||
                  *parts.front().until() != *stretch.until();
  return narrower ? parts : halve(stretch);
}

// From the wanted value downwards, multiple by multiple of the value's grid: the first that an
// amount attains. False where none of the next few is, or their equations are not for arithmetic.
bool Solver::nearest_on_grid(const Piece& piece, const Rational& wanted,
                             std::optional<Nearest>& best) const {
  constexpr int tries_max = 64;
  const auto& [stretch, value] = piece;
  if (value.grid().is_zero()) return false;
  Rational grid = value.grid();
  std::optional<Rational> least = stretch.lowest(value), most = stretch.highest(value);
  Rational next = Rational((wanted / grid).ceiling() - Decimal(1)) * grid;
  if (most) next = std::min(next, Rational(round(*most, value.grid(), RoundingMode::floor)));
  for (int i = 0; i < tries_max; ++i, next = next - grid) {
    if ((least && next < *least) || (best && next < best->value)) return true;
    Found found;
    if (!solve_by_lattice(piece, next, found)) return false;
    if (!found.any()) continue;
    offer(best, next, found.smallest());
    return true;
  }
  return false;
}

void Solver::nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const {
  const auto& [stretch, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational base = value.base + value.low();
  Rational unit = stretch.unit();
  Rational x = stretch.from();
  if (value.slope().sign() > 0) {
    Rational last = stretch.grid_ceiling((wanted - base) / value.slope()) - unit;
    x = stretch.until() ? std::min(last, *stretch.until()) : last;
  } else if (value.slope().sign() < 0) {
    x = std::max(x, stretch.grid_floor((wanted - base) / value.slope()) + unit);
  }
  if (x < stretch.from() || (stretch.until() && x > *stretch.until())) return;
  Rational here = base + value.slope() * x;
  if (here < wanted) offer(best, here, x);
}

// A first attainable value, taken where the blur cannot reach the wanted one.
bool Solver::seed(const Piece& piece, int side, std::optional<Nearest>& best) {
  const auto& [stretch, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational crossing = (wanted - value.base - value.high()) / value.slope();
  Rational unit = stretch.unit();
  Rational x;
  if (value.slope().sign() > 0) {
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

}  // namespace levy
