#include "fees/solver.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace levy::fees {
namespace {

constexpr int evaluations_max = 1'000'000;

}  // namespace

// ---- pieces ------------------------------------------------------------------------------------

AmountRange Solver::all() const {
  AmountRange amounts(0, std::nullopt,
                      plan_.schedule.currencies.minor_unit(context_.operation.currency));
  amounts.record();
  return amounts;
}

Checked<Form> Solver::value_on(AmountRange& amounts) {
  if (++evaluations_ > evaluations_max) undecidable_ = true;
  PartialEvaluation begun;
  begun.known = known_;
  EvaluationContext context = context_;
  context.work = &work_;
  Checked<Evaluation> result = evaluate(plan_, context, amounts, begun);
  // Amounts asked one by one remember nothing of each other: a line takes some three steps.
  if (result) work_.spend(2 * result->lines.size());
  if (work_.is_done()) undecidable_ = true;
  known_ = std::move(begun.known);
  if (!result) return std::move(result).faults();
  return kind_ == Target::receive ? result->credit : result->debit[context_.operation.currency];
}

std::optional<Rational> Solver::value_at(const Rational& x) {
  AmountRange point = all().part(x, x);
  Checked<Form> value = value_on(point);
  if (!value) return std::nullopt;
  return value->constant();
}

// Every settled piece, by ascending amount; what `visit` gives back is looked at next.
void Solver::walk(const Visit& visit) {
  // A stack, the range with the smallest amounts on top: so pieces come by ascending amount, and
  // the first fault that is met is that of the smallest amount.
  std::vector<AmountRange> open = {all()};
  while (!open.empty() && !undecidable_) {
    AmountRange amounts = std::move(open.back());
    open.pop_back();
    Checked<Form> value = value_on(amounts);
    if (amounts.is_undecidable()) undecidable_ = true;
    if (undecidable_) return;
    // Not settled: the answer means nothing, and both parts are asked instead.
    if (amounts.split_point()) {
      open.push_back(amounts.second_part());
      open.push_back(amounts.first_part());
      continue;
    }
    if (!value) {
      if (!fault_) fault_ = value.faults();
      continue;
    }
    quotable_ = true;
    Parts parts = visit(Piece{amounts, *value});
    open.insert(open.end(), std::make_move_iterator(parts.rbegin()),
                std::make_move_iterator(parts.rend()));
  }
}

Solver::Parts Solver::halve(const AmountRange& amounts) {
  // There is no middle of a range without end.
  if (!amounts.until()) {
    undecidable_ = true;
    return {};
  }
  Rational middle = amounts.grid_floor((amounts.from() + *amounts.until()) / Rational(2));
  return {amounts.part(amounts.from(), middle),
          amounts.part(middle + Rational(amounts.unit()), amounts.until())};
}

// The amounts where least(x) <= 0 <= most(x), two forms of one slope: the range itself when that
// leaves out nothing, nothing when no amount is left.
Solver::Parts Solver::narrow(const Piece& piece, const Form& minimum, const Form& maximum) {
  const AmountRange& amounts = piece.amounts;
  // Both lines have one slope, so the amounts between their zeros are all that can be solutions,
  // whichever of them crosses first.
  Rational one = -minimum.base / minimum.slope(), other = -maximum.base / maximum.slope();
  Rational from = std::max(amounts.from(), amounts.grid_ceiling(std::min(one, other)));
  Rational until = amounts.grid_floor(std::max(one, other));
  if (amounts.until()) until = std::min(until, *amounts.until());
  if (from > until) return {};
  return {amounts.part(from, until)};
}

// ---- the target itself -------------------------------------------------------------------------

Found Solver::solve() {
  Found found;
  walk([&](const Piece& piece) { return look_for_target(piece, found); });
  return found;
}

Solver::Parts Solver::look_for_target(const Piece& piece, Found& found) {
  const auto& [amounts, value] = piece;
  // A line: at most one amount, or all of them.
  if (value.is_exact()) {
    solve_exactly(piece, found);
    return {};
  }
  // With roundings: arithmetic first, then one period, and only then smaller ranges.
  if (solve_by_lattice(piece, target_, found)) return {};
  Rational low = value.base + value.low() - target_, high = value.base + value.high() - target_;
  // Level: the roundings alone decide, the same way in each period.
  if (value.slope().is_zero()) {
    if (low.sign() > 0 || high.sign() < 0) return {};
    if (!repeats(piece)) return halve(amounts);
    solve_one_period(piece, found);
    return {};
  }
  Parts parts = narrow(piece, Form::line(low, value.slope()), Form::line(high, value.slope()));
  if (parts.empty()) return {};
  // Rising: only where the blur can reach the target. That part may be short, or may repeat.
  Piece narrowed{parts.front(), value};
  if (repeats(narrowed)) {
    solve_one_period(narrowed, found);
    return {};
  }
  // Evaluated anew, a narrower range may be exact; one that did not get narrower is halved.
  bool narrower = !amounts.until() || parts.front().from() != amounts.from() ||
                  *parts.front().until() != *amounts.until();
  return narrower ? parts : halve(amounts);
}

void Solver::solve_exactly(const Piece& piece, Found& found) const {
  const auto& [amounts, value] = piece;
  Rational base = value.base + value.low();
  if (value.slope().is_zero()) {
    if (base == target_) found.add(amounts.from(), amounts.until(), amounts.size());
    return;
  }
  Rational x = (target_ - base) / value.slope();
  // A solution must be an amount of the range, and a whole number of units from its beginning.
  bool inside = x >= amounts.from() && (!amounts.until() || x <= *amounts.until());
  if (inside && is_multiple(x - amounts.from(), amounts.unit())) found.add(x, x, Decimal(1));
}

// Worth it where one period is much shorter than the piece.
bool Solver::repeats(const Piece& piece) const {
  if (piece.value.period().is_zero() || piece.value.period() > Decimal(evaluations_max))
    return false;
  std::optional<Decimal> size = piece.amounts.size();
  return !size || *size > Decimal(64) * piece.value.period();
}

// value(x + n * period) = value(x) + n * slope * period: each amount of the first period stands for
// all that follow it at that distance.
void Solver::solve_one_period(const Piece& piece, Found& found) {
  const auto& [amounts, value] = piece;
  Rational stride = Rational(value.period()) * Rational(amounts.unit());
  Rational rise = value.slope() * stride;
  Rational x = amounts.from();
  for (Decimal i = 0; i < value.period() && !undecidable_; i += 1, x += Rational(amounts.unit())) {
    std::optional<Rational> here = value_at(x);
    if (!here) continue;
    std::optional<Decimal> repeats;  // how often x recurs after itself
    if (amounts.until()) repeats = ((*amounts.until() - x) / stride).floor();
    // Of the amounts x, x + stride, ... at most one has the target: they rise evenly.
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
  const auto& [amounts, value] = piece;
  std::optional<Rational> minimum = amounts.lowest(value), maximum = amounts.highest(value);
  // Nothing here is low enough; or nothing here is greater than what is known.
  if (minimum && *minimum > target_) return {};
  if (best && amounts.until() && *amounts.until() <= *best) return {};
  // All of it is low enough, so its end is the best it has.
  if (maximum && *maximum <= target_) {
    if (!amounts.until()) undecidable_ = true;
    if (amounts.until() && (!best || *best < *amounts.until())) best = *amounts.until();
    return {};
  }
  if (!amounts.until() && value.slope().sign() > 0) {  // beyond the crossing all is above
    Rational last = amounts.grid_floor((target_ - value.base - value.low()) / value.slope());
    return {amounts.part(amounts.from(), std::max(last, amounts.from()))};
  }
  return halve(amounts);
}

// The attainable targets on either side of one that is not.

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
  const AmountRange& amounts = original.amounts;
  Rational wanted = side > 0 ? target_ : -target_;
  // Looking above is looking below with every sign turned.
  Piece piece{amounts, side > 0 ? original.value : -original.value};
  const Form& value = piece.value;
  if (value.is_exact()) {
    nearest_exactly(piece, side, best);
    return {};
  }
  std::optional<Rational> minimum = amounts.lowest(value), maximum = amounts.highest(value);
  if (minimum && *minimum >= wanted) return {};
  // Neither a value nearer than the best, nor the same at a smaller amount.
  if (best && maximum &&
      (*maximum < best->value || (*maximum == best->value && amounts.from() > best->amount)))
    return {};
  if (nearest_on_grid(piece, wanted, best)) return {};
  if (value.slope().is_zero()) {
    if (!repeats(piece)) return halve(amounts);
    // One period has every value there is.
    Rational x = amounts.from();
    for (Decimal i = 0; i < value.period() && !undecidable_;
         i += 1, x += Rational(amounts.unit())) {
      std::optional<Rational> here = value_at(x);
      if (here && Rational(side) * *here < wanted) offer(best, Rational(side) * *here, x);
    }
    return {};
  }
  if (!seed(piece, side, best) && !best) return halve(amounts);
  // Only where it can be below the wanted value and not below the best.
  Parts parts = narrow(piece, Form::line(value.base + value.low() - wanted, value.slope()),
                       Form::line(value.base + value.high() - best->value, value.slope()));
  if (parts.empty()) return {};
  bool narrower = !amounts.until() || parts.front().from() != amounts.from() ||
                  *parts.front().until() != *amounts.until();
  return narrower ? parts : halve(amounts);
}

// From the wanted value downwards, multiple by multiple of the value's grid: the first that an
// amount attains. False where none of the next few is, or their equations are not for arithmetic.
bool Solver::nearest_on_grid(const Piece& piece, const Rational& wanted,
                             std::optional<Nearest>& best) const {
  constexpr int tries_max = 64;
  const auto& [amounts, value] = piece;
  if (value.grid().is_zero()) return false;
  // Every value is a multiple of the grid: the candidates can be listed, nearest first.
  Rational grid = value.grid();
  std::optional<Rational> minimum = amounts.lowest(value), maximum = amounts.highest(value);
  Rational next = Rational((wanted / grid).ceiling() - Decimal(1)) * grid;
  if (maximum) next = std::min(next, Rational(round(*maximum, value.grid(), RoundingMode::floor)));
  for (int i = 0; i < tries_max; ++i, next = next - grid) {
    if ((minimum && next < *minimum) || (best && next < best->value)) return true;
    Found found;
    if (!solve_by_lattice(piece, next, found)) return false;
    if (!found.any()) continue;
    offer(best, next, found.smallest());
    return true;
  }
  return false;
}

void Solver::nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const {
  const auto& [amounts, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational base = value.base + value.low();
  Rational unit = amounts.unit();
  Rational x = amounts.from();
  // The last amount before the line crosses the wanted value, or the first after it.
  if (value.slope().sign() > 0) {
    Rational last = amounts.grid_ceiling((wanted - base) / value.slope()) - unit;
    x = amounts.until() ? std::min(last, *amounts.until()) : last;
  } else if (value.slope().sign() < 0) {
    x = std::max(x, amounts.grid_floor((wanted - base) / value.slope()) + unit);
  }
  if (x < amounts.from() || (amounts.until() && x > *amounts.until())) return;
  Rational here = base + value.slope() * x;
  if (here < wanted) offer(best, here, x);
}

// A first attainable value, taken where the blur cannot reach the wanted one.
bool Solver::seed(const Piece& piece, int side, std::optional<Nearest>& best) {
  const auto& [amounts, value] = piece;
  Rational wanted = side > 0 ? target_ : -target_;
  Rational crossing = (wanted - value.base - value.high()) / value.slope();
  Rational unit = amounts.unit();
  Rational x;
  if (value.slope().sign() > 0) {
    x = amounts.grid_ceiling(crossing) - unit;
    if (amounts.until()) x = std::min(x, *amounts.until());
  } else {
    x = std::max(amounts.from(), amounts.grid_floor(crossing) + unit);
  }
  if (x < amounts.from() || (amounts.until() && x > *amounts.until())) return false;
  std::optional<Rational> here = value_at(x);
  if (!here) return false;
  offer(best, Rational(side) * *here, x);
  return true;
}

}  // namespace levy::fees
