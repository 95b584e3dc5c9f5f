// Difference: how two figures compare at every amount at once.
//
// Both are tracks of settled forms, so their difference is one too: base + slope * x + what
// roundings add. Roundings that both share cancel, whatever they are; of the others only amounts
// within their blur can be on either side, and these are asked one by one or over one period.
//
//   1 % against 2.50, on the cent      up to 249.50: less; 249.51 to 250.50: same; then more
#pragma once

#include <optional>
#include <vector>

#include "analysis/track.h"

namespace levy {

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
  std::optional<Extreme> least, most;  // of second - first; none: without end

  bool is_compared() const { return first_fault == nullptr && second_fault == nullptr; }
  bool is_same() const;  // the same figure throughout, or the same fault
};

// Ascending, covering what both tracks cover; neighbours differ. Borrows the tracks.
std::vector<Gap> difference(const Track& first, const Track& second);

// The gaps of `from` to `until` only.
std::vector<Gap> difference(const Track& first, const Track& second, const AmountRange& range);

}  // namespace levy
