// Leaf: what one choice of attributes costs, at every amount, in machine integers.
//
// The curve of a cell (fees/curve.h) says each figure as a form of the amount and of the roundings
// on the way. Where all its coefficients, at a common scale, and every value they can give fit 64
// bits, the same figures come from integer sums alone, exactly:
//
//   1.75 % of n cents, half-even       q = round((175 n) / 10 000), fee = q cents
//
// There is one set of rules: a leaf is made by the evaluator and says what it says. Amounts that no
// piece holds, faults, and figures in a third currency are asked in full instead.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fees/curve.h"

namespace levy {

// Of the roundings before: factor x how many quanta that rounding came to.
struct LeafTerm {
  std::size_t rounding = 0;
  std::int64_t factor = 0;
  bool operator==(const LeafTerm&) const = default;
};

// Few charges are rounded more than twice, so a sum has the first two roundings' factors in it.
inline constexpr std::size_t first_roundings = 2;

// slope x n + base + the terms; n is the amount in minor units, or the quantity in ones.
struct LeafSum {
  std::int64_t slope = 0, base = 0;
  std::int64_t factors[first_roundings] = {};  // of the first roundings
  std::uint32_t first = 0, count = 0;          // the others, of the piece's terms
  bool operator==(const LeafSum&) const = default;
};

// How many quanta: round(sum / divisor). Sums lie between -2^62 and 2^62.
struct LeafRounding {
  LeafSum sum;
  std::uint64_t divisor = 2;
  std::uint64_t inverse = 0;  // floor(2^64 / divisor), to divide by multiplying
  // Quanta that are added first, so that nothing is below zero; the same x divisor.
  std::int64_t lift = 0;
  std::uint64_t lift_sum = 0;
  std::uint32_t steps = 0;  // the mode: a bit for each case, set where the quotient is one more
  bool operator==(const LeafRounding&) const = default;
};

// `divisor` >= 2; `below_zero`: may the sum be?
LeafRounding leaf_rounding(const LeafSum& sum, std::uint64_t divisor, RoundingMode mode,
                           bool below_zero);

// A figure at `scale` places.
struct LeafFigure {
  LeafSum sum;
  int scale = 0;
  bool operator==(const LeafFigure&) const = default;
};

struct LeafLine {
  std::size_t fee = 0;  // index into plan.fees
  LeafFigure amount;    // in the operation's currency
  bool operator==(const LeafLine&) const = default;
};

struct LeafPiece {
  std::int64_t from = 0, until = 0;     // n, both included
  std::vector<LeafTerm> terms;          // of all sums, side by side: the memory of a row is short
  std::vector<LeafRounding> roundings;  // first_roundings at least, some of nothing
  LeafFigure fee, debit, credit;
  std::vector<LeafLine> lines;
  bool operator==(const LeafPiece&) const = default;
};

struct Leaf {
  const Plan* plan = nullptr;
  Currency currency, credit_currency;
  int digits = 0;                 // n counts steps of 10^-digits
  Rational amount;                // of each operation, where n is a quantity
  std::vector<LeafPiece> pieces;  // ascending; what lies between them is asked in full
  bool operator==(const Leaf&) const = default;
};

// `scene` is the cell; its amount does not matter, unless scene.variable is a quantity. Nothing
// where no piece can be lowered.
std::optional<Leaf> lower(const Plan& plan, const Scene& scene);

inline std::int64_t value_of(const LeafPiece& piece, const LeafSum& sum, std::int64_t n,
                             const std::int64_t* values) {
  static_assert(first_roundings == 2);
  std::int64_t value =
      sum.slope * n + sum.base + sum.factors[0] * values[0] + sum.factors[1] * values[1];
  const LeafTerm* term = piece.terms.data() + sum.first;
  for (std::uint32_t i = 0; i < sum.count; ++i) value += term[i].factor * values[term[i].rounding];
  return value;
}

// How many quanta the sum comes to. As money/rounding.h's round, on floored quotients, and without
// a branch that the processor would have to guess.
inline std::int64_t round_sum(std::int64_t sum, const LeafRounding& by) {
  __extension__ using Wide = unsigned __int128;
  std::uint64_t lifted = static_cast<std::uint64_t>(sum) + by.lift_sum;
  auto whole = static_cast<std::uint64_t>((Wide{lifted} * by.inverse) >> 64);
  std::uint64_t rest = lifted - whole * by.divisor;  // the product falls short by one at most
  bool short_by_one = rest >= by.divisor;
  whole += short_by_one;
  rest -= short_by_one ? by.divisor : 0;
  std::int64_t floor = static_cast<std::int64_t>(whole) - by.lift;
  bool is_odd = (whole ^ static_cast<std::uint64_t>(by.lift)) & 1;
  unsigned beyond = unsigned{rest != 0} + (2 * rest >= by.divisor) + (2 * rest > by.divisor);
  unsigned which = beyond | unsigned{is_odd} << 2 | unsigned{sum > 0} << 3;
  return floor + ((by.steps >> which) & 1);
}

// The values of a piece's roundings at n, in order. `values` has room for all of them.
inline void round_all(const LeafPiece& piece, std::int64_t n, std::int64_t* values) {
  static_assert(first_roundings == 2);
  const LeafRounding& first = piece.roundings[0];
  const LeafRounding& second = piece.roundings[1];
  values[0] = round_sum(first.sum.slope * n + first.sum.base, first);
  values[1] =
      round_sum(second.sum.slope * n + second.sum.base + second.sum.factors[0] * values[0], second);
  for (std::size_t i = first_roundings; i < piece.roundings.size(); ++i)
    values[i] = round_sum(value_of(piece, piece.roundings[i].sum, n, values), piece.roundings[i]);
}

}  // namespace levy
