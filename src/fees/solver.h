// Solver: equations over the curve. Used by reverse.cpp, which says what it is for.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "fees/reverse.h"
#include "fees/work.h"

namespace levy::fees {

// A settled range and the target's form on it.
struct Piece {
  AmountRange amounts;
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
  Solver(const Plan& plan, const EvaluationContext& context, Target kind, const Rational& target)
      : plan_(plan), context_(context), kind_(kind), target_(target) {}

  Found solve();
  // The greatest amount whose value is at most the target.
  std::optional<Rational> greatest();
  // side 1: the greatest value below the target; -1: the smallest above it.
  std::optional<Nearest> nearest(int side);

  bool is_undecidable() const { return undecidable_; }
  // Set where no amount at all can be quoted.
  const std::optional<Diagnostics>& fault() const { return fault_; }
  bool quotable() const { return quotable_; }

 private:
  using Parts = std::vector<AmountRange>;  // what is still to be looked at
  using Visit = std::function<Parts(const Piece&)>;

  AmountRange all() const;
  void walk(const Visit& visit);
  Checked<Form> value_on(AmountRange& amounts);
  std::optional<Rational> value_at(const Rational& x);

  Parts look_for_target(const Piece& piece, Found& found);
  void solve_exactly(const Piece& piece, Found& found) const;
  Parts narrow(const Piece& piece, const Form& minimum, const Form& maximum);
  Parts halve(const AmountRange& amounts);
  bool repeats(const Piece& piece) const;
  void solve_one_period(const Piece& piece, Found& found);

  Parts look_greater(const Piece& piece, std::optional<Rational>& best);
  Parts look_nearer(const Piece& piece, int side, std::optional<Nearest>& best);
  void nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const;
  bool nearest_on_grid(const Piece& piece, const Rational& wanted,
                       std::optional<Nearest>& best) const;
  bool seed(const Piece& piece, int side, std::optional<Nearest>& best);
  void offer(std::optional<Nearest>& best, const Rational& value, const Rational& amount) const;

  const Plan& plan_;
  const EvaluationContext& context_;
  Target kind_;
  Rational target_;
  int evaluations_ = 0;
  std::shared_ptr<KnownCharges> known_;  // of all ranges
  Work work_{reverse_steps_max};
  bool undecidable_ = false;
  bool quotable_ = false;
  std::optional<Diagnostics> fault_;
};

// Equations with roundings in them, solved by arithmetic instead of by visiting amounts.
//
//   x - round(0.999999 x) = 5.00        has a million solutions, found as one run of them

// Adds every amount of the piece at which its value is `target`. False, with nothing added, where
// the value depends on its roundings in a way that this does not follow: two that repeat only after
// long, one inside another, or a product of two figures.
//
// The piece's range has recorded its roundings (AmountRange::record).
bool solve_by_lattice(const Piece& piece, const Rational& target, Found& found);

}  // namespace levy::fees
