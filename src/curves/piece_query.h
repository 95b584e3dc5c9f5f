// PieceQuery: a figure at every amount of a settled range, exactly.
//
// What a form only bounds (roundings, blocks) is computed anew from the roundings that the piece
// recorded, or where figures were multiplied by evaluating the amount. So a question about all
// amounts of a piece is settled from its ends, from the few amounts within the blur of a rounding,
// or from one period of it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "fees/curve.h"

namespace levy::curves {

// Which figure of an evaluation is looked at.
using FormOf = std::function<fees::Form(const fees::Evaluation&)>;

// Where a question about all amounts of a range is answered.
struct Sought {
  std::optional<Rational> x;  // nothing: nowhere
  bool endless = false;       // the last x: there is none
  bool decided = true;        // false: more amounts would have to be looked at than scan_max
};

class PieceQuery {
 public:
  // How many amounts within the blur of roundings are looked at one by one.
  static constexpr int scan_max = 20'000;

  // The piece must be settled and have a value; all are borrowed.
  PieceQuery(const fees::Plan& plan, const fees::EvaluationContext& context,
             const fees::CurvePiece& piece)
      : plan_(plan), context_(context), piece_(piece) {}

  fees::AmountInterval whole() const { return {piece_.amounts.from(), piece_.amounts.until()}; }
  const fees::Evaluation& forms() const { return **piece_.result; }
  Rational at(const FormOf& figure, const Rational& x) const;
  // Of a form of this piece, which is no product.
  Rational value_of(const fees::Form& form, const Rational& x) const;

  // The first, the last x where the figure is above 0.
  Sought first_positive(const FormOf& figure, const fees::AmountInterval& range) const;
  Sought last_positive(const FormOf& figure, const fees::AmountInterval& range) const;
  // The first x whose figure is above that of x + unit.
  Sought first_drop(const FormOf& figure, const fees::AmountInterval& range) const;

 private:
  struct Step {
    Rational low, high;
  };
  struct Expanded {
    Rational slope;
    std::map<std::size_t, Rational> factors;  // by rounding
  };
  // `form` is the figure's, so that it need not be made for every x.
  Rational at(const FormOf& figure, const fees::Form& form, const Rational& x) const;
  Rational rounding_at(std::size_t index, const Rational& x) const;
  Expanded expand(const fees::Form& form) const;
  Step step_of(const fees::Form& form) const;
  Step step_of_rounding(std::size_t index) const;
  // From where on no rounding's argument changes its sign; what lies before and behind.
  Rational last_sign_change(const fees::AmountInterval& range) const;
  bool is_done() const;  // no work is left
  Sought first_drop_scanned(const FormOf& figure, const fees::AmountInterval& range) const;
  Sought scan(const FormOf& figure, const fees::Form& form, Rational x,
              const std::optional<Rational>& until, int direction) const;
  const Decimal& unit() const { return piece_.amounts.unit(); }

  const fees::Plan& plan_;
  const fees::EvaluationContext& context_;
  const fees::CurvePiece& piece_;
  // What each rounding adds at the last x asked about; steps of roundings.
  mutable std::optional<Rational> x_;
  mutable std::vector<std::optional<Rational>> added_;
  mutable std::map<std::size_t, Step> steps_;
};

}  // namespace levy::curves
