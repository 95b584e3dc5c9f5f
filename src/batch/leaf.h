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
};

// slope x n + base + the terms; n is the amount in minor units, or the quantity in ones.
struct LeafSum {
  std::int64_t slope = 0, base = 0;
  std::uint32_t first = 0, count = 0;  // of the piece's terms
};

// How many quanta: round(sum / divisor).
struct LeafRounding {
  LeafSum sum;
  std::int64_t divisor = 1;  // > 0
  RoundingMode mode = RoundingMode::half_even;
  std::uint64_t inverse = 0;  // floor(2^64 / divisor), for divide
};

// A figure at `scale` places.
struct LeafFigure {
  LeafSum sum;
  int scale = 0;
};

struct LeafLine {
  std::size_t fee = 0;  // index into plan.fees
  LeafFigure amount;    // in the operation's currency
};

struct LeafPiece {
  std::int64_t from = 0, until = 0;  // n, both included
  std::vector<LeafTerm> terms;       // of all sums, side by side: the memory of a row is short
  std::vector<LeafRounding> roundings;
  LeafFigure fee, debit, credit;
  std::vector<LeafLine> lines;
};

struct Leaf {
  const Plan* plan = nullptr;
  Currency currency, credit_currency;
  int digits = 0;                 // n counts steps of 10^-digits
  Rational amount;                // of each operation, where n is a quantity
  std::vector<LeafPiece> pieces;  // ascending; what lies between them is asked in full

  const LeafPiece* find(std::int64_t n) const {  // null: none
    for (const LeafPiece& piece : pieces) {
      if (n <= piece.until) return n >= piece.from ? &piece : nullptr;
    }
    return nullptr;
  }
};

// `scene` is the cell; its amount does not matter, unless scene.variable is a quantity. Nothing
// where no piece can be lowered.
std::optional<Leaf> lower(const Plan& plan, const Scene& scene);

inline std::int64_t value_of(const LeafPiece& piece, const LeafSum& sum, std::int64_t n,
                             const std::int64_t* values) {
  std::int64_t value = sum.slope * n + sum.base;
  const LeafTerm* term = piece.terms.data() + sum.first;
  for (std::uint32_t i = 0; i < sum.count; ++i) value += term[i].factor * values[term[i].rounding];
  return value;
}

// How many quanta the sum comes to.
std::int64_t round_sum(std::int64_t sum, const LeafRounding& rounding);

// The values of a piece's roundings at n, in order. `values` has room for all of them.
inline void round_all(const LeafPiece& piece, std::int64_t n, std::int64_t* values) {
  std::size_t i = 0;
  for (const LeafRounding& rounding : piece.roundings) {
    values[i++] = round_sum(value_of(piece, rounding.sum, n, values), rounding);
  }
}

}  // namespace levy
