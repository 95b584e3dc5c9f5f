#include "fees/solver.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace levy::fees {
namespace {

constexpr int residues_max = 4096;

// ---- one rounding ------------------------------------------------------------------------------

// value(x) = a + b * x + f * R along x = from, from + step, ..., where R = k * quantum is what
// c + d * x rounds to.
struct OneRounding {
  Rational from, step;
  std::optional<Decimal> size;  // how many x; nothing: without end
  Rational a, b, f, c, d;
  Decimal quantum;
  RoundingMode mode = RoundingMode::half_even;
  int sign = 1;  // of c + d * x throughout
};

// The remainders y - k * quantum of the y that round to k * quantum.
struct Remainders {
  Rational low, high;
  bool has_low = false, has_high = false;
  bool ties_to_even = false;  // has both ends where k is even, else none
};

Remainders remainders_of(const OneRounding& rule) {
  Rational whole = rule.quantum, half = whole / Rational(2);
  bool positive = rule.sign >= 0;
  // Rounded down, y lies from the multiple on up to the next; rounded up, below it. Ties decide
  // to which of the two neighbours the end in the middle belongs.
  Remainders down{0, whole, true, false}, up{-whole, 0, false, true};
  switch (rule.mode) {
    case RoundingMode::floor:
      return down;
    case RoundingMode::ceiling:
      return up;
    case RoundingMode::down:
      return positive ? down : up;
    case RoundingMode::up:
      return positive ? up : down;
    case RoundingMode::half_even:
      return {-half, half, false, false, true};
    case RoundingMode::half_up:
      return {-half, half, positive, !positive};
    case RoundingMode::half_down:
      return {-half, half, !positive, positive};
  }
  return {};
}

// gcd = a * u + b * v, of two integers that are not both 0.
struct Bezout {
  Decimal gcd, u, v;
};

Bezout bezout(const Decimal& a, const Decimal& b) {
  // Euclid's algorithm, extended: r0 = |a| u0 + |b| v0 holds after each step.
  Decimal r0 = a.sign() < 0 ? -a : a, r1 = b.sign() < 0 ? -b : b;
  Decimal u0 = 1, u1 = 0, v0 = 0, v1 = 1;
  while (!r1.is_zero()) {
    Division step = divide_floor(r0, r1);
    r0 = std::exchange(r1, step.remainder);
    u0 = std::exchange(u1, u0 - step.quotient * u1);
    v0 = std::exchange(v1, v0 - step.quotient * v1);
  }
  return {r0, a.sign() < 0 ? -u0 : u0, b.sign() < 0 ? -v0 : v0};
}

bool is_even(const Decimal& whole) { return divide_floor(whole, 2).remainder.is_zero(); }

// The integers t from first to last; no last: without end.
struct Range {
  Decimal first;
  std::optional<Decimal> last;

  bool holds(const Decimal& t) const { return t >= first && (!last || t <= *last); }
};

// All (i, k) with value(from + i * step) = target were R any multiple k of the quantum: a line of
// points, i = i0 + s * t and k = k0 + r * t. Then which t have an R that is the right one.
class LatticeLine {
 public:
  LatticeLine(const OneRounding& rule, const Rational& target) : rule_(rule) {
    // a + b (from + i step) + f k quantum = target is p i + q k = wanted: a linear Diophantine
    // equation once all three are whole.
    Rational p = rule.b * rule.step, q = rule.f * Rational(rule.quantum);
    Rational wanted = target - rule.a - rule.b * rule.from;
    Rational scale =
        Rational(p.denominator() * q.denominator() * wanted.denominator()) *
        Rational(Decimal::ten_to(
            std::max({p.numerator().scale(), q.numerator().scale(), wanted.numerator().scale()})));
    Decimal whole_p = (p * scale).decimal(), whole_q = (q * scale).decimal();
    // It has solutions only where the greatest common divisor divides the right side; all of them
    // lie on a line, (q / gcd, -p / gcd) apart.
    Bezout both = bezout(whole_p, whole_q);
    Rational multiple = wanted * scale / Rational(both.gcd);
    if (!multiple.is_integer()) return;
    i0_ = both.u * multiple.decimal();
    k0_ = both.v * multiple.decimal();
    s_ = divide_floor(whole_q, both.gcd).quotient;
    r_ = -divide_floor(whole_p, both.gcd).quotient;
    // So that a greater t is a greater amount.
    if (s_.sign() < 0) {
      s_ = -s_;
      r_ = -r_;
    }
    exists_ = true;
  }

  void add_to(Found& found) const {
    if (!exists_) return;
    Range range;
    // The amounts of the range: 0 <= i0 + s t < size.
    range.first = (Rational(-i0_) / Rational(s_)).ceiling();
    if (rule_.size) range.last = (Rational(*rule_.size - Decimal(1) - i0_) / Rational(s_)).floor();
    Remainders right = remainders_of(rule_);
    // What is rounded, less k quanta, along the line: start + rise * t. The right t are those at
    // which it lies among the remainders that round to k quanta.
    Rational step = rule_.d * rule_.step;
    Rational start = rule_.c + rule_.d * rule_.from + step * Rational(i0_) - at_quantum(k0_);
    Rational rise = step * Rational(s_) - at_quantum(r_);
    rise.is_zero() ? add_level(found, range, right, start)
                   : add_rising(found, range, right, start, rise);
  }

 private:
  Rational at_quantum(const Decimal& k) const { return Rational(k * rule_.quantum); }
  Rational x_of(const Decimal& t) const { return rule_.from + rule_.step * Rational(i0_ + s_ * t); }
  bool is_even_at(const Decimal& t) const { return is_even(k0_ + r_ * t); }

  void add(Found& found, const Range& range, const Decimal& stride = 1) const {
    if (!range.last) return found.add(x_of(range.first), std::nullopt, std::nullopt);
    if (*range.last < range.first) return;
    Decimal more = divide_floor(*range.last - range.first, stride).quotient;
    found.add(x_of(range.first), x_of(range.first + more * stride), more + Decimal(1));
  }

  // The remainder is the same for every t.
  void add_level(Found& found, Range range, const Remainders& right, const Rational& rest) const {
    bool inside = rest > right.low && rest < right.high;
    bool at_end = (right.has_low && rest == right.low) || (right.has_high && rest == right.high);
    if (inside || at_end) return add(found, range);
    bool tie = right.ties_to_even && (rest == right.low || rest == right.high);
    if (!tie) return;
    // On a tie half-even takes the even multiple. With an even r every k has the parity of k0.
    if (is_even(r_)) {
      if (is_even(k0_)) add(found, range);
      return;
    }
    // With an odd r every other k is even.
    if (!is_even_at(range.first)) range.first += 1;
    add(found, range, 2);
  }

  void add_rising(Found& found, const Range& range, const Remainders& right, const Rational& start,
                  const Rational& rise) const {
    // low <= start + rise * t <= high, solved for t. An end that does not belong to the remainders
    // is left out, unless it is a tie at an even multiple, which comes last.
    Rational one = (right.low - start) / rise, other = (right.high - start) / rise;
    bool has_one = right.has_low, has_other = right.has_high;
    if (rise.sign() < 0) {
      std::swap(one, other);
      std::swap(has_one, has_other);
    }
    Range inside;
    inside.first = has_one ? one.ceiling() : one.floor() + Decimal(1);
    inside.last = has_other ? other.floor() : other.ceiling() - Decimal(1);
    inside.first = std::max(inside.first, range.first);
    if (range.last) inside.last = std::min(*inside.last, *range.last);
    add(found, inside);
    if (!right.ties_to_even) return;
    for (const Rational& end : {one, other}) {
      if (!end.is_integer()) continue;
      const Decimal& t = end.decimal();
      if (range.holds(t) && is_even_at(t)) add(found, {t, t});
    }
  }

  const OneRounding& rule_;
  bool exists_ = false;
  Decimal i0_, k0_, s_, r_;
};

// ---- several roundings -------------------------------------------------------------------------

Decimal common_multiple(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return 0;
  return a * divide_floor(b, greatest_common_divisor(a, b)).quotient;
}

// The value's roundings and those inside their arguments, ascending.
std::set<std::size_t> roundings_in(const Piece& piece) {
  std::set<std::size_t> all;
  std::vector<Share> open = piece.value.shares();
  while (!open.empty()) {
    std::size_t index = open.back().rounding;
    open.pop_back();
    if (!all.insert(index).second) continue;
    const std::vector<Share>& inner = piece.amounts.roundings()[index].argument.shares();
    open.insert(open.end(), inner.begin(), inner.end());
  }
  return all;
}

// One rounding is left to arithmetic; along every `period`-th amount the others add always the
// same.
struct Choice {
  Share left;
  Decimal period;
};

std::optional<Choice> choose(const Piece& piece, const std::set<std::size_t>& all) {
  const std::vector<RoundingPoint>& points = piece.amounts.roundings();
  std::optional<Choice> best;
  for (const Share& candidate : piece.value.shares()) {
    // All others must repeat soon, and must not contain the candidate: then they would not repeat
    // while it varies.
    Decimal period = 1;
    for (std::size_t other : all) {
      if (other == candidate.rounding) continue;
      period = common_multiple(period, points[other].period);
      for (const Share& inner : points[other].argument.shares()) {
        if (inner.rounding == candidate.rounding) period = 0;
      }
    }
    bool better = !period.is_zero() && (!best || period < best->period);
    if (better) best = Choice{candidate, period};
  }
  return best;
}

int sign_on(const AmountRange& amounts, const Form& form) {
  std::optional<Rational> minimum = amounts.lowest(form), maximum = amounts.highest(form);
  return minimum && minimum->sign() >= 0 ? 1 : maximum && maximum->sign() <= 0 ? -1 : 0;
}

// A form at x, given what each rounding adds there.
Rational value_at(const Form& form, const Rational& x,
                  const std::map<std::size_t, Rational>& adds) {
  Rational value = form.base + form.slope() * x;
  for (const Share& share : form.shares()) {
    auto found = adds.find(share.rounding);
    if (found != adds.end()) value += share.factor * found->second;
  }
  return value;
}

// Along x, x + period, ...: every rounding but the chosen one adds what it adds at x.
OneRounding restricted_to(const Piece& piece, const Choice& choice,
                          const std::set<std::size_t>& all, const Rational& x) {
  const auto& [amounts, value] = piece;
  const std::vector<RoundingPoint>& points = amounts.roundings();
  std::map<std::size_t, Rational> adds;
  for (std::size_t index : all) {
    // Ascending, so that what an argument contains is known before it.
    if (index == choice.left.rounding) continue;
    Rational argument = value_at(points[index].argument, x, adds);
    adds[index] = Rational(round(argument, points[index].quantum, points[index].mode)) - argument;
  }
  const RoundingPoint& left = points[choice.left.rounding];
  OneRounding rule;
  rule.from = x;
  rule.step = Rational(choice.period * amounts.unit());
  if (amounts.until()) rule.size = ((*amounts.until() - x) / rule.step).floor() + Decimal(1);
  // value = base + slope x + sum of factor * (R - argument). The chosen rounding keeps its R; its
  // argument c + d x, and what the others add, become part of the line a + b x.
  rule.f = choice.left.factor;
  rule.d = left.argument.slope();
  rule.c = value_at(left.argument, x, adds) - rule.d * x;
  rule.b = value.slope() - rule.f * rule.d;
  rule.a = value_at(value, x, adds) - value.slope() * x - rule.f * rule.c;
  rule.quantum = left.quantum;
  rule.mode = left.mode;
  rule.sign = sign_on(amounts, left.argument);
  return rule;
}

}  // namespace

bool solve_by_lattice(const Piece& piece, const Rational& target, Found& found) {
  const auto& [amounts, value] = piece;
  if (amounts.is_product() || value.shares().empty()) return false;
  std::set<std::size_t> all = roundings_in(piece);
  std::optional<Choice> choice = choose(piece, all);
  if (!choice || choice->period > Decimal(residues_max)) return false;
  const RoundingPoint& left = amounts.roundings()[choice->left.rounding];
  if (depends_on_sign(left.mode) && sign_on(amounts, left.argument) == 0) return false;
  std::optional<Decimal> size = amounts.size();
  // Each residue modulo the period is an equation of its own.
  Decimal residues = size ? std::min(*size, choice->period) : choice->period;
  Rational x = amounts.from();
  for (Decimal i = 0; i < residues; i += 1, x += Rational(amounts.unit())) {
    OneRounding rule = restricted_to(piece, *choice, all, x);
    LatticeLine(rule, target).add_to(found);
  }
  return true;
}

}  // namespace levy::fees
