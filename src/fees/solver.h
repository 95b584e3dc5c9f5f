// Solver: equations over the curve. Used by reverse.cpp, which says what it is for.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "fees/reverse.h"

namespace levy {

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
  // The greatest amount whose value is at most the target.
  std::optional<Rational> greatest();
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

  Parts look_greater(const Piece& piece, std::optional<Rational>& best);
  Parts look_nearer(const Piece& piece, int side, std::optional<Nearest>& best);
  void nearest_exactly(const Piece& piece, int side, std::optional<Nearest>& best) const;
  bool nearest_on_grid(const Piece& piece, const Rational& wanted,
                       std::optional<Nearest>& best) const;
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

}  // namespace levy
