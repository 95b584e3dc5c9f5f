// The difference of two figures whose forms were found apart, each on its own range.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "curves/piecewise_figure.h"
#include "fees/form.h"

namespace levy::curves {

// a - b wherever both ranges hold, which must have recorded their roundings. A rounding that
// both figures contain cancels, also where the two arguments differ by what the rounding passes on
// unchanged: 1 % + 0.25 and 1 % + 0.50, each rounded to 0.01, differ by exactly 0.25. So the result
// is exact for most changes of a tariff.
class FormDifference {
 public:
  FormDifference(const fees::Form& a, const fees::AmountRange& on_a, const fees::Form& b,
                 const fees::AmountRange& on_b);

  const fees::Form& form() const { return form_; }  // without shares
  // Whether `at` can say it: not where figures were multiplied.
  bool has_values() const { return has_values_; }
  Rational at(const Rational& x) const;
  // Two changes with one text are the same at every amount.
  std::string text() const;

 private:
  using Shares = std::map<std::size_t, Rational>;  // by rounding, none of them 0
  // Two that are equal add the same at every amount.
  struct Rounding {
    Rational base, slope;  // of the argument; the base less `whole`
    Rational whole;        // what the rounding passes on unchanged, while the sign is kept
    Shares shares;         // of the argument, of earlier roundings
    Decimal quantum;
    RoundingMode mode = RoundingMode::half_even;
    int sign = 0;                                  // of the argument throughout; 0: it varies
    bool operator==(const Rounding& other) const;  // whatever `whole` is
  };

  static Decimal passed_on(const Rounding& rounding);
  static void add_share(Shares& shares, std::size_t rounding, const Rational& factor);
  std::vector<std::size_t> add(const fees::AmountRange& amounts);
  std::size_t keep(Rounding one);
  void find_bounds(fees::Form::Variation& variation) const;
  Rational added_at(std::size_t index, const Rational& x) const;

  fees::Form form_;
  bool has_values_ = true;
  std::vector<Rounding> roundings_;
  Shares shares_;
  // What the roundings add at the last x that was asked about.
  mutable std::optional<Rational> x_;
  mutable std::vector<std::optional<Rational>> added_;
};

// Difference: how two figures compare at every amount at once.
//
// Both are piecewise figures of settled forms, so their difference is one too: base + slope * x +
// what roundings add. Roundings that both share cancel, whatever they are; of the others only
// amounts within their blur can be on either side, and these are asked one by one or over one
// period.
//
//   1 % against 2.50, on the cent      up to 249.50: less; 249.51 to 250.50: same; then more

// Which of these occur, for the second figure against the first.
struct Signs {
  bool less = false, same = false, more = false;
  bool operator==(const Signs&) const = default;
  bool only_less() const { return less && !same && !more; }
  bool only_same() const { return same && !less && !more; }
  bool only_more() const { return more && !same && !less; }
};

struct Extreme {
  Rational value;
  std::optional<Rational> at;  // an amount that has it; none: a bound that roundings may not reach
  bool open = false;           // a bound at an end that does not belong to the range
};
// `best` becomes `other` where that lies further out: above (side 1) or below (side -1).
void widen(std::optional<Extreme>& best, const std::optional<Extreme>& other, int side);

// A run of amounts on which the answer is of one kind.
struct Gap {
  Rational from;
  std::optional<Rational> until;  // included; none: without end
  // Why one of the two has no figure here; null where it has. Both have: the rest is set.
  const Diagnostic *first_fault = nullptr, *second_fault = nullptr;
  Signs signs;
  bool settled = true;  // false: `signs` is what was met, and more may occur
  fees::Form change;    // second - first; its low and high are what roundings may add
  std::optional<Extreme> minimum, maximum;  // of second - first; none: without end

  bool is_compared() const { return first_fault == nullptr && second_fault == nullptr; }
  bool is_same() const;  // the same figure throughout, or the same fault
};

// What runs of two figures came to that differ alike: cells and curves that have the same
// difference somewhere need not be held against each other there again. For the length of one
// search.
class GapMemo {
 public:
  static constexpr std::size_t kept_max = 50'000;

  const std::vector<Gap>* find(const std::string& text) const;  // null: not known
  void add(const std::string& text, const std::vector<Gap>& gaps);

  fees::Work* work = nullptr;  // null: without bound

 private:
  std::unordered_map<std::string, std::vector<Gap>> known_;
};

// Ascending, covering what both piecewise figures cover; neighbours differ. Borrows the piecewise
// figures.
std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second,
                            GapMemo* memo = nullptr);

// The gaps of `from` to `until` only.
std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second,
                            const fees::AmountInterval& range, GapMemo* memo = nullptr);

}  // namespace levy::curves
