// The difference of two figures whose forms were found apart, each on its own range.
#pragma once

#include <optional>
#include <vector>

#include "curves/piecewise_figure.h"
#include "fees/form.h"

namespace levy {

// a - b wherever both ranges hold, which must have recorded their roundings. A rounding that
// both figures contain cancels, also where the two arguments differ by what the rounding passes on
// unchanged: 1 % + 0.25 and 1 % + 0.50, each rounded to 0.01, differ by exactly 0.25. So the result
// is exact for most changes of a tariff. It has no shares.
Form subtract(const Form& a, const AmountRange& on_a, const Form& b, const AmountRange& on_b);

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
  Form change;          // second - first; its low and high are what roundings may add
  std::optional<Extreme> minimum, maximum;  // of second - first; none: without end

  bool is_compared() const { return first_fault == nullptr && second_fault == nullptr; }
  bool is_same() const;  // the same figure throughout, or the same fault
};

// Ascending, covering what both piecewise figures cover; neighbours differ. Borrows the piecewise
// figures.
std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second);

// The gaps of `from` to `until` only.
std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second,
                            const AmountInterval& range);

}  // namespace levy
