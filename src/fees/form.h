// Form: how a figure depends on the amount, over a range of amounts at once.
//
// This is the curve's piece. The evaluator computes with forms only: over a single amount every
// form is a constant and the answer is a quote; over a range [from, until] the same rules give
//
//     value(x) = base + slope * x + e(x),   low <= e(x) <= high,   x = from, from + unit, ...
//
// where e is what rounding (and `per`'s blocks) may add; a form without e is exact. A question that
// the whole range does not answer alike ("is the charge below its minimum?") is not guessed: the
// range remembers where to be split, and whoever asked evaluates both parts. So bands, bounds and
// conditions cut the line of amounts at exact edges, and nothing is sampled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "money/rational.h"
#include "money/rounding.h"

namespace levy::fees {

// So much of what a rounding added is in a figure.
struct Share {
  std::size_t rounding = 0;  // index into AmountRange::roundings
  Rational factor;           // not 0
};

// Most forms are plain constants, as all are over a single amount, and cost what a Rational does.
// What else one says is shared by its copies.
class Form {
 public:
  struct Variation {
    Rational slope;      // per unit of x
    Rational low, high;  // bounds of e; low <= high
    // In steps of the range's unit: value(x + period * unit) = value(x) + slope * period * unit.
    // 0: not known to repeat.
    Decimal period = 1;
    // Of a form that varies: every value is a multiple of this. 0: not known.
    Decimal grid = 0;
    // e taken apart, ascending by rounding, where the range records them:
    // e(x) = sum of factor * (what the rounding adds at x).
    std::vector<Share> shares;
  };

  Rational base;  // the value at x = 0, were the piece to reach there

  Form() = default;
  Form(Rational constant) : base(std::move(constant)) {}
  Form(Rational value_at_0, Variation variation)
      : base(std::move(value_at_0)),
        variation_(std::make_shared<const Variation>(std::move(variation))) {}

  // value(x) = value_at_0 + slope * x, exactly.
  static Form line(Rational value_at_0, Rational slope);

  const Rational& slope() const { return variation().slope; }
  const Rational& low() const { return variation().low; }
  const Rational& high() const { return variation().high; }
  const Decimal& period() const { return variation().period; }
  const Decimal& grid() const { return variation().grid; }
  const std::vector<Share>& shares() const { return variation().shares; }
  const Variation& variation() const { return variation_ ? *variation_ : none; }

  // Has it no variation at all? There are constants that have one.
  bool is_plain() const { return !variation_; }
  bool is_exact() const { return is_plain() || low() == high(); }
  bool is_constant() const { return is_plain() || (slope().is_zero() && is_exact()); }
  Rational constant() const { return is_plain() ? base : base + low(); }  // where is_constant()

  // The bounds of e take in those of the other form.
  void widen(const Form& other);

  Form operator-() const;
  friend Form operator+(const Form& a, const Form& b);
  friend Form operator-(const Form& a, const Form& b);
  friend Form operator*(const Form& a, const Rational& factor);

 private:
  static const Variation none;

  std::shared_ptr<const Variation> variation_;  // null: none
};

// A rounding on the way to a figure: it adds round(argument) - argument. Or an open reading, which
// adds itself to 0.
struct RoundingPoint {
  Form argument;  // its shares are of earlier roundings
  Decimal quantum;
  RoundingMode mode = RoundingMode::half_even;
  Decimal period = 0;    // of what it adds, in steps of the range's unit; 0: not known to repeat
  bool is_open = false;  // it is an open reading, or rounds what depends on one
};

// How a question about an open reading is answered in one way of asking about it.
struct Assumption {
  Form form;  // is it > 0? `or_equal`: is it >= 0?
  bool or_equal = false;
  bool holds = true;
};

// What rounding to a multiple of `quantum` may add to values of one sign (0: of either).
std::pair<Rational, Rational> rounding_error(const Decimal& quantum, RoundingMode mode, int sign);

// The ends of a run of amounts.
struct AmountInterval {
  Rational from;
  std::optional<Rational> until;  // included; none: without end
};

// The amounts x = from, from + unit, ... up to and including `until` (absent: without end).
class AmountRange {
 public:
  AmountRange(Rational from, std::optional<Rational> until, Decimal unit);
  // A single amount, which need not lie on any grid.
  static AmountRange at(Rational x);

  const Rational& from() const { return from_; }
  const std::optional<Rational>& until() const { return until_; }
  const Decimal& unit() const { return unit_; }
  bool is_point() const { return until_ && *until_ == from_; }
  std::optional<Decimal> size() const;  // how many amounts; nothing: without end

  // The variable itself.
  Form variable() const;

  // Bounds of a form's value here; absent: unbounded.
  std::optional<Rational> lowest(const Form& form) const;
  std::optional<Rational> highest(const Form& form) const;

  // Is form > 0 (form >= 0) for every x here? When it is for some only, asks for a split point.
  // What depends on an open reading is assumed.
  bool is_positive(const Form& form) { return decide(form, false); }
  bool is_not_negative(const Form& form) { return decide(form, true); }
  bool is_zero(const Form& form) { return !is_positive(form) && is_not_negative(form); }

  Form round(const Form& form, const Decimal& quantum, RoundingMode mode);

  // From now on `round` keeps what it does. With `roundings` and each form's `shares`, every figure
  // can be had exactly at every x without asking the rules again, unless is_product().
  void record() { records_ = true; }
  const std::vector<RoundingPoint>& roundings() const { return roundings_; }
  // Two figures that vary were multiplied: the forms bound the product and do not say it.
  bool is_product() const { return product_; }

  // Figures that are open beside x, such as an account's reading: any multiple of its unit from 0
  // to open_units_max of them. They come first among the roundings, so the range must record. No
  // amount answers a question about one: it is assumed that the answer is yes, and whoever asks
  // looks at the range again with the answers that are left (assume).
  static constexpr std::int64_t open_units_max = 10'000'000'000'000;
  void open(const std::vector<Decimal>& units);
  Form opened(std::size_t index) const;
  std::size_t open_count() const { return open_; }
  // The questions so far, each of which does not follow from those before.
  const std::vector<Assumption>& assumptions() const { return assumptions_; }
  // The same range from the start, where the first questions are answered so.
  AmountRange assume(std::vector<bool> answers) const;

  Form multiply(const Form& a, const Form& b);

  // The last x of the first part, where a cut was asked for; the answers given since then mean
  // nothing. Off the grid and beyond the ends never.
  const std::optional<Rational>& split_point() const { return split_point_; }
  // No split point can help: the question depends on roundings without end.
  bool is_undecidable() const { return undecidable_; }
  bool is_settled() const { return !split_point_ && !undecidable_; }
  void ask_split_at(const Rational& x);
  // No form says a figure here: single values do, where there are not too many of them.
  void ask_points();
  AmountRange first_part() const;   // from .. split point
  AmountRange second_part() const;  // split point + unit .. until
  AmountRange part(const Rational& part_from, const std::optional<Rational>& part_until) const;

  // The greatest x on the grid that is <= value; the smallest that is >= value.
  Rational grid_floor(const Rational& value) const;
  Rational grid_ceiling(const Rational& value) const;

 private:
  bool decide(const Form& form, bool or_equal);
  bool is_open(const Form& form) const;
  bool assumed(const Form& form, bool or_equal);
  std::optional<bool> follows(const Form& form, bool or_equal) const;
  void ask_split(const Form& form);
  void ask_bisection();

  Rational from_;
  std::optional<Rational> until_;
  Decimal unit_;
  std::optional<Rational> split_point_;
  bool undecidable_ = false;
  bool records_ = false;
  bool product_ = false;
  std::vector<RoundingPoint> roundings_;
  std::size_t open_ = 0;  // so many of them are open
  std::vector<bool> answers_;
  std::vector<Assumption> assumptions_;
};

}  // namespace levy::fees
