#include "fees/form.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"

namespace levy::fees {
namespace {

Decimal least_common_multiple(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return 0;  // one of them is not known to repeat
  if (a == b || b == Decimal(1)) return a;
  if (a == Decimal(1)) return b;
  return a * divide_floor(b, greatest_common_divisor(a, b)).quotient;
}

// The least number of steps that lead to a multiple of `whole`.
Decimal steps_to_multiple(const Rational& step, const Decimal& whole) {
  // n * step is a multiple of whole where n * numerator is one of whole * denominator; the
  // smallest such n leaves out what the numerator has in common with that.
  Decimal multiple = whole * step.denominator();
  return divide_floor(multiple, greatest_common_divisor(step.numerator(), multiple)).quotient;
}

// Of two figures on grids, the grid of their sum.
Decimal common_grid(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return 0;
  return a == b ? a : greatest_common_divisor(a, b);
}

// The grid of a sum with a constant part.
Decimal grid_beside(const Decimal& grid, const Rational& constant) {
  // A figure in cents plus a constant in tenths of a cent lies on a grid of tenths; a constant
  // such as 1/3 has no decimal grid.
  if (constant.is_zero()) return grid;
  return constant.is_decimal() ? common_grid(grid, absolute(constant).decimal()) : Decimal(0);
}

std::vector<Share> sum_of(const std::vector<Share>& a, const std::vector<Share>& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  std::vector<Share> sum;
  sum.reserve(a.size() + b.size());
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() || right != b.end()) {
    if (right == b.end() || (left != a.end() && left->rounding < right->rounding)) {
      sum.push_back(*left++);
    } else if (left == a.end() || right->rounding < left->rounding) {
      sum.push_back(*right++);
    } else {
      Share both{left->rounding, left->factor + right->factor};
      if (!both.factor.is_zero()) sum.push_back(both);
      ++left;
      ++right;
    }
  }
  return sum;
}

// Most forms are exact: nothing is added to nothing.
Rational sum_of(const Rational& a, const Rational& b) {
  if (b.is_zero()) return a;
  return a.is_zero() ? b : a + b;
}

std::vector<Share> scaled(std::vector<Share> shares, const Rational& factor) {
  if (factor.is_zero()) return {};
  for (Share& share : shares) share.factor = share.factor * factor;
  return shares;
}

bool is_nothing(const Form& form) {
  return form.base.is_zero() && form.slope().is_zero() && form.low().is_zero() &&
         form.high().is_zero();
}

}  // namespace

std::pair<Rational, Rational> rounding_error(const Decimal& quantum, RoundingMode mode, int sign) {
  Rational whole = quantum;
  Rational half = quantum * Decimal::of(5, 1);
  switch (mode) {
    case RoundingMode::half_even:
    case RoundingMode::half_up:
    case RoundingMode::half_down:
      return {-half, half};
    case RoundingMode::ceiling:
      return {0, whole};
    case RoundingMode::floor:
      return {-whole, 0};
    case RoundingMode::up:
      return {sign > 0 ? Rational(0) : -whole, sign < 0 ? Rational(0) : whole};
    case RoundingMode::down:
      return {sign < 0 ? Rational(0) : -whole, sign > 0 ? Rational(0) : whole};
  }
  ensure(false, "every rounding mode has its error");
  return {};
}

const Form::Variation Form::none;

Form Form::line(Rational value_at_0, Rational slope) {
  Variation variation;
  variation.slope = std::move(slope);
  return Form(std::move(value_at_0), std::move(variation));
}

void Form::widen(const Form& other) {
  // Only the bounds grow: slope, period and shares are those of this form.
  if (is_plain() && other.is_plain()) return;
  Variation wider = variation();
  wider.low = std::min(low(), other.low());
  wider.high = std::max(high(), other.high());
  variation_ = std::make_shared<const Variation>(std::move(wider));
}

Form Form::operator-() const {
  if (is_plain()) return -base;
  Variation turned = variation();
  turned.slope = -slope();
  // The bounds of e change sides with its sign.
  turned.low = -high();
  turned.high = -low();
  turned.shares = scaled(shares(), Rational(-1));
  return Form(-base, std::move(turned));
}

Form operator+(const Form& a, const Form& b) {
  if (a.is_plain() && b.is_plain()) return sum_of(a.base, b.base);
  if (is_nothing(b)) return a;
  if (is_nothing(a)) return b;
  Form::Variation sum;
  // Interval arithmetic: the bounds of e add up, whatever the two have in common. What they do
  // have in common is seen by their shares, below.
  sum.slope = sum_of(a.slope(), b.slope());
  sum.low = sum_of(a.low(), b.low());
  sum.high = sum_of(a.high(), b.high());
  sum.period = least_common_multiple(a.period(), b.period());
  // A grid is known only of what varies; a constant beside it may make it finer.
  bool constant = a.is_constant();
  if (!constant && !b.is_constant()) {
    sum.grid = common_grid(a.grid(), b.grid());
  } else if (!sum.slope.is_zero() || sum.low != sum.high) {
    const Form& varying = constant ? b : a;
    sum.grid = grid_beside(varying.grid(), (constant ? a : b).constant());
  }
  sum.shares = sum_of(a.shares(), b.shares());
  // Where the roundings of both cancel, nothing is left of what they may add. (What repeats holds
  // no product, so its shares are all that it varies by.)
  bool cancels = !a.shares().empty() && !b.shares().empty() && sum.shares.empty();
  if (cancels && !a.period().is_zero() && !b.period().is_zero()) {
    sum.low = sum.high = 0;
    sum.period = 1;
  }
  return Form(sum_of(a.base, b.base), std::move(sum));
}

// Where the second is a constant, which is usual, it need not be turned round.
Form operator-(const Form& a, const Form& b) {
  if (!b.is_constant()) return a + -b;
  return a + Form(-b.constant());
}

Form operator*(const Form& a, const Rational& factor) {
  if (a.is_plain()) return a.base * factor;
  Form::Variation product;
  product.slope = a.slope() * factor;
  // A negative factor turns the bounds round.
  product.low = (factor.sign() < 0 ? a.high() : a.low()) * factor;
  product.high = (factor.sign() < 0 ? a.low() : a.high()) * factor;
  product.period = a.period();
  if (!a.grid().is_zero() && factor.is_decimal())
    product.grid = a.grid() * absolute(factor).decimal();
  product.shares = scaled(a.shares(), factor);
  return Form(a.base * factor, std::move(product));
}

AmountRange::AmountRange(Rational from, std::optional<Rational> until, Decimal unit)
    : from_(std::move(from)), until_(std::move(until)), unit_(std::move(unit)) {
  ensure(unit_.sign() > 0, "a grid has a positive unit");
  ensure(!until_ || *until_ >= from_, "a range holds an amount");
}

AmountRange AmountRange::at(Rational x) { return AmountRange(x, x, 1); }

std::optional<Decimal> AmountRange::size() const {
  if (!until_) return std::nullopt;
  return ((*until_ - from_) / Rational(unit_)).floor() + Decimal(1);
}

Form AmountRange::variable() const {
  if (is_point()) return from_;
  Form::Variation variation;
  variation.slope = 1;
  if (from_.is_decimal())
    variation.grid = common_grid(from_.is_zero() ? unit_ : from_.decimal(), unit_);
  return Form(0, std::move(variation));
}

std::optional<Rational> AmountRange::lowest(const Form& form) const {
  if (form.is_plain()) return form.base;
  if (form.slope().is_zero()) return form.base + form.low();
  // A rising form is lowest where the range begins; a falling one where it ends, if it does.
  if (form.slope().sign() > 0) return form.base + form.slope() * from_ + form.low();
  if (!until_) return std::nullopt;
  return form.base + form.slope() * *until_ + form.low();
}

std::optional<Rational> AmountRange::highest(const Form& form) const {
  if (form.is_plain()) return form.base;
  if (form.slope().is_zero()) return form.base + form.high();
  if (form.slope().sign() < 0) return form.base + form.slope() * from_ + form.high();
  if (!until_) return std::nullopt;
  return form.base + form.slope() * *until_ + form.high();
}

bool AmountRange::decide(const Form& form, bool or_equal) {
  auto holds = [&](const Rational& value) {
    return or_equal ? value.sign() >= 0 : value.sign() > 0;
  };
  // Is it decided by the bounds alone? Most questions are.
  if (form.is_plain()) return holds(form.base);
  std::optional<Rational> least = lowest(form);
  if (least && holds(*least)) return true;
  std::optional<Rational> most = highest(form);
  if (most && !holds(*most)) return false;
  // Between multiples of its grid a form has no values: what exceeds -0.01 in cents is at least 0.
  if (!form.grid().is_zero() && !form.is_constant()) {
    if (least && holds(levy::round(*least, form.grid(), RoundingMode::ceiling))) return true;
    if (most && !holds(levy::round(*most, form.grid(), RoundingMode::floor))) return false;
  }
  if (is_open(form)) return assumed(form, or_equal);
  // The bounds lie on both sides of zero: some amounts may answer otherwise than others.
  ask_split(form);
  return false;
}

// The best split point leaves a part that is decided. Where the form crosses zero exactly, that is
// the crossing (either side of it, as the question excludes or includes zero); where roundings blur
// it, one of the two ends of the blur, and in the blur the middle.
void AmountRange::ask_split(const Form& form) {
  if (split_point_ || undecidable_) return;
  // Without a slope nothing but roundings decides, and no amount is more likely than another.
  if (form.slope().is_zero()) return ask_bisection();
  // Where the lower and the upper bound cross zero. Between them the roundings decide.
  Rational one = -(form.base + form.low()) / form.slope();
  Rational other = -(form.base + form.high()) / form.slope();
  Rational near = std::min(one, other), far = std::max(one, other);
  Rational before = grid_ceiling(near) - Rational(unit_);  // decided from here down
  Rational after = grid_floor(far);                        // decided above here
  auto inside = [&](const Rational& x) { return x >= from_ && (!until_ || x < *until_); };
  // At most two splits take the blur out of the range; only what lies in it is halved.
  if (inside(before)) return ask_split_at(before);
  if (inside(after)) return ask_split_at(after);
  ask_bisection();
}

void AmountRange::ask_split_at(const Rational& x) {
  if (!split_point_ && !undecidable_) split_point_ = x;
}

void AmountRange::ask_points() {
  constexpr int points_max = 4096;
  if (is_point() || split_point_ || undecidable_) return;
  std::optional<Decimal> count = size();
  // Splitting after the first amount, again and again, leaves single amounts, over which every
  // form is a constant.
  if (!count || *count > Decimal(points_max)) {
    undecidable_ = true;
  } else {
    split_point_ = from_;
  }
}

void AmountRange::ask_bisection() {
  if (split_point_ || undecidable_) return;
  if (!until_) {
    undecidable_ = true;
    return;
  }
  ensure(!is_point(), "a single amount decides every question");
  split_point_ = grid_floor((from_ + *until_) / Rational(2));
}

Form AmountRange::round(const Form& form, const Decimal& quantum, RoundingMode mode) {
  if (form.is_constant()) return Form(levy::round(form.constant(), quantum, mode));
  // Where both ends round alike, no amount between them can round otherwise.
  std::optional<Rational> least = lowest(form), most = highest(form);
  if (least && most) {  // rounding is monotone: equal at both ends is equal between them
    Decimal rounded = levy::round(*least, quantum, mode);
    if (rounded == levy::round(*most, quantum, mode)) return Form(Rational(rounded));
  }
  // The argument rises by `step` from one amount to the next.
  Rational step = form.slope() * Rational(unit_);
  if (!form.grid().is_zero() && is_multiple(form.grid(), quantum)) return form;  // already whole
  // Modes that look at the sign err to one side only where the argument has one sign throughout.
  int sign = least && least->sign() >= 0 ? 1 : most && most->sign() <= 0 ? -1 : 0;
  auto [error_low, error_high] = rounding_error(quantum, mode, sign);
  Form::Variation rounded = form.variation();
  rounded.low = form.low() + error_low;
  rounded.high = form.high() + error_high;
  // Half-even treats even and odd multiples differently, so it repeats after two quanta.
  Decimal whole = mode == RoundingMode::half_even ? quantum + quantum : quantum;
  // What is added repeats once the argument has moved by whole quanta: after so many periods of
  // its own as its rise over one of them takes to become a multiple.
  rounded.period = form.period() * steps_to_multiple(step * Rational(form.period()), whole);
  // Beyond zero the mode rounds the other way, so nothing repeats across it.
  if (sign == 0 && depends_on_sign(mode)) rounded.period = 0;
  rounded.grid = quantum;
  if (records_) {
    rounded.shares.push_back(Share{roundings_.size(), 1});
    roundings_.push_back(RoundingPoint{form, quantum, mode, rounded.period, is_open(form)});
  }
  return Form(form.base, std::move(rounded));
}

// Two figures that both vary: x * x lies below its chord over [from, until], by at most a quarter
// of the width squared; what roundings add is bounded by the other factor's greatest size.
Form AmountRange::multiply(const Form& a, const Form& b) {
  if (a.is_constant()) return b * a.constant();
  if (b.is_constant()) return a * b.constant();
  product_ = true;
  if (!until_) {  // no line bounds a square without end: look at ever longer parts, up to 10^40
    undecidable_ = undecidable_ || from_ > Rational(Decimal::ten_to(40));
    ask_split_at(grid_floor(from_ * Rational(2)) + Rational(unit_) * Rational(1'000'000));
    return Form();
  }
  // (a0 + a1 x)(b0 + b1 x) has the square a1 b1 x^2. On [from, until] x^2 is the chord
  // (from + until) x - from * until, less a sag of at most width^2 / 4.
  Rational width = *until_ - from_;
  Rational square = a.slope() * b.slope();
  Rational base = a.base * b.base - square * from_ * *until_;
  Form::Variation product;
  product.slope = a.base * b.slope() + a.slope() * b.base + square * (from_ + *until_);
  Rational sag = square * width * width / Rational(4);
  product.low = sag.sign() > 0 ? -sag : Rational(0);
  product.high = sag.sign() < 0 ? -sag : Rational(0);
  // With blurs u and v: (A + u)(B + v) - A B = A v + B u + u v.
  auto size = [&](const Form& form) {
    return std::max(absolute(*lowest(form)), absolute(*highest(form)));
  };
  auto blur = [](const Form& form) {
    return std::max(absolute(form.low()), absolute(form.high()));
  };
  Rational slack = size(a) * blur(b) + size(b) * blur(a) + blur(a) * blur(b);
  product.low -= slack;
  product.high += slack;
  product.period = 0;
  return Form(std::move(base), std::move(product));
}

AmountRange AmountRange::first_part() const {
  ensure(split_point_.has_value(), "a range is split where it asked to be");
  return part(from_, *split_point_);
}

AmountRange AmountRange::second_part() const {
  ensure(split_point_.has_value(), "a range is split where it asked to be");
  return part(*split_point_ + Rational(unit_), until_);
}

AmountRange AmountRange::part(const Rational& part_from,
                              const std::optional<Rational>& part_until) const {
  AmountRange result(part_from, part_until, unit_);
  result.records_ = records_;
  result.open_ = open_;
  result.roundings_.assign(roundings_.begin(),
                           roundings_.begin() + static_cast<std::ptrdiff_t>(open_));
  return result;
}

// ---- open figures ------------------------------------------------------------------------------

void AmountRange::open(const std::vector<Decimal>& units) {
  ensure(records_ && roundings_.empty(), "open figures come before all roundings");
  open_ = units.size();
  for (const Decimal& unit : units)
    roundings_.push_back({Form(), unit, RoundingMode::half_even, 1, true});
}

Form AmountRange::opened(std::size_t index) const {
  const Decimal& unit = roundings_.at(index).quantum;
  Form::Variation variation;
  variation.high = Rational(unit) * Rational(open_units_max);
  variation.grid = unit;
  variation.shares = {Share{index, 1}};
  return Form(0, std::move(variation));
}

AmountRange AmountRange::assume(std::vector<bool> answers) const {
  AmountRange result = part(from_, until_);
  result.answers_ = std::move(answers);
  return result;
}

bool AmountRange::is_open(const Form& form) const {
  if (open_ == 0) return false;
  return std::any_of(form.shares().begin(), form.shares().end(),
                     [&](const Share& share) { return roundings_[share.rounding].is_open; });
}

bool AmountRange::assumed(const Form& form, bool or_equal) {
  if (std::optional<bool> known = follows(form, or_equal)) return *known;
  std::size_t index = assumptions_.size();
  bool holds = index >= answers_.size() || answers_[index];
  assumptions_.push_back({form, or_equal, holds});
  return holds;
}

// From what was assumed: above something positive all is positive. Without this the same question
// asked twice would have four answers, and two bands in a row a band that lies in neither.
std::optional<bool> AmountRange::follows(const Form& form, bool or_equal) const {
  for (const Assumption& one : assumptions_) {
    Form beyond = form - one.form;
    if (one.holds) {
      std::optional<Rational> least = lowest(beyond);
      bool is_strict = !one.or_equal || (least && least->sign() > 0);
      if (least && least->sign() >= 0 && (or_equal || is_strict)) return true;
    } else {
      std::optional<Rational> most = highest(beyond);
      bool is_strict = one.or_equal || (most && most->sign() < 0);
      if (most && most->sign() <= 0 && (!or_equal || is_strict)) return false;
    }
  }
  return std::nullopt;
}

Rational AmountRange::grid_floor(const Rational& value) const {
  // The grid begins at from_, which need not be a multiple of the unit.
  return from_ + Rational(((value - from_) / Rational(unit_)).floor()) * Rational(unit_);
}

Rational AmountRange::grid_ceiling(const Rational& value) const {
  return from_ + Rational(((value - from_) / Rational(unit_)).ceiling()) * Rational(unit_);
}

}  // namespace levy::fees
