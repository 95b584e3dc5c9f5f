// LoweredCurve: what one choice of attributes costs, at every amount, in machine integers.
//
// The curve of a cell (fees/curve.h) says each figure as a form of the amount and of the roundings
// on the way. Where all its coefficients, at a common scale, and every value they can give fit 64
// bits, the same figures come from integer sums alone, exactly:
//
//   1.75 % of n cents, half-even       q = round((175 n) / 10 000), fee = q cents
//
// What an account did before, which some fees ask, is a second variable: its readings are values
// beside the roundings, and of the pieces at an amount the one counts whose guards hold.
//
// There is one set of rules: a lowered curve is made by the evaluator and says what it says.
// Amounts that no piece holds, and figures in a third currency are evaluated in full
// instead.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "fees/curve.h"

namespace levy::batch::rows {

// Of the roundings before: factor x how many quanta that rounding came to.
struct LoweredTerm {
  std::size_t rounding = 0;
  std::int64_t factor = 0;
  bool operator==(const LoweredTerm&) const = default;
};

// Few charges are rounded more than twice, so a sum has the first two roundings' factors in it.
inline constexpr std::size_t first_roundings = 2;
// A piece with more is evaluated in full.
inline constexpr std::size_t lowered_roundings_max = 256;

// slope x n + base + the terms; n is the amount in minor units, or the quantity in ones.
struct LoweredSum {
  std::int64_t slope = 0, base = 0;
  std::int64_t factors[first_roundings] = {};  // of the first roundings
  std::uint32_t first = 0, count = 0;          // the others, of the piece's terms
  bool operator==(const LoweredSum&) const = default;
};

// How many quanta: round(sum / divisor). Sums lie between -2^60 and 2^60.
//
// Every mode is a floor, of (sum + added) / divisor. Where that leaves no rest, a half may have
// gone up to the next number that was to come down.
struct alignas(64) LoweredRounding {
  static constexpr std::uint64_t divisor_max = std::uint64_t{1} << 58;
  static constexpr int sum_bits = 60;
  static constexpr std::uint8_t odd_down = 1, all_down = 2;  // halves come down, from which

  // The nearest cache's line that a row needs. Of the sum what the first two roundings have.
  std::int64_t slope = 0, base = 0, factor = 0;
  std::uint64_t divisor = 2;
  std::uint64_t inverse = 0;  // to divide by multiplying: 2^(64 + shift) / divisor, rounded up
  std::uint64_t added = 0, added_below = 0;   // of sums from 0 on; what, xored, makes it of others
  std::uint8_t halves = 0, halves_below = 0;  // likewise
  std::uint8_t shift = 0;
  // Quanta that are added first, so that nothing is below zero, and taken off again; an even
  // number.
  std::int64_t lift = 0;
  LoweredSum sum;
  bool operator==(const LoweredRounding&) const = default;
};

// `divisor` from 2 to divisor_max; `below_zero`: may the sum be?
LoweredRounding lowered_rounding(const LoweredSum& sum, std::uint64_t divisor, RoundingMode mode,
                                 bool below_zero);

// A figure at `scale` places.
struct LoweredFigure {
  LoweredSum sum;
  int scale = 0;
  bool operator==(const LoweredFigure&) const = default;
};

struct LoweredLine {
  std::size_t fee = 0;   // index into plan.fees
  LoweredFigure amount;  // in the operation's currency
  bool exempted = false;
  bool operator==(const LoweredLine&) const = default;
};

// Is the sum > 0 (`or_equal`: >= 0)? It must be as `holds` says.
struct LoweredGuard {
  LoweredSum sum;
  bool or_equal = false, holds = true;
  bool operator==(const LoweredGuard&) const = default;
};

struct LoweredPiece {
  // first_roundings at least, some of nothing. The values of the first ones are no roundings but
  // readings, in units of their meters, each from 0 to reading_max.
  std::vector<LoweredRounding> roundings;
  std::size_t readings = 0;
  std::vector<LoweredGuard> guards;
  std::optional<Code> fault;  // why there is no answer at these amounts, and no figure
  LoweredFigure fee, debit, credit;
  std::vector<LoweredTerm> terms;    // of all sums, side by side: the memory of a row is short
  std::int64_t from = 0, until = 0;  // n, both included
  std::vector<LoweredLine> lines;
  bool operator==(const LoweredPiece&) const = default;
};

struct LoweredCurve {
  const fees::Plan* plan = nullptr;
  Currency currency, credit_currency;
  int digits = 0;   // n counts steps of 10^-digits
  Rational amount;  // of each operation, where n is a quantity
  // Ascending, those of the same amounts side by side; what lies between them, or beyond all of
  // their guards, is evaluated in full.
  std::vector<LoweredPiece> pieces;
  bool operator==(const LoweredCurve&) const = default;
};

// Equal ones have equal hashes.
std::uint64_t hash_of(const LoweredPiece& piece);
std::uint64_t hash_of(const LoweredCurve& curve);

// A meter whose reading is a second variable: a whole number of units of 10^-scale.
struct OpenReading {
  std::string id;
  int scale = 0;
};
inline constexpr std::int64_t reading_max = fees::AmountRange::open_units_max;

// `context` is the cell; its amount does not matter, unless context.variable is a quantity. Nothing
// where no piece can be lowered.
std::optional<LoweredCurve> lower(const fees::Plan& plan, const fees::EvaluationContext& context,
                                  const std::vector<OpenReading>& readings = {});

[[gnu::always_inline]] inline std::int64_t value_of(const LoweredPiece& piece,
                                                    const LoweredSum& sum, std::int64_t n,
                                                    const std::int64_t* values) {
  static_assert(first_roundings == 2);
  std::int64_t value =
      sum.slope * n + sum.base + sum.factors[0] * values[0] + sum.factors[1] * values[1];
  const LoweredTerm* term = piece.terms.data() + sum.first;
  for (std::uint32_t i = 0; i < sum.count; ++i) value += term[i].factor * values[term[i].rounding];
  return value;
}

// How many quanta the sum comes to: money/rounding.h's round, without a branch that the processor
// would have to guess.
[[gnu::always_inline]] inline std::int64_t round_sum(std::int64_t sum, const LoweredRounding& by) {
  __extension__ using Wide = unsigned __int128;
  std::uint64_t all_if_below = std::uint64_t{0} - (static_cast<std::uint64_t>(sum) >> 63);
  std::uint64_t halves = by.halves ^ (by.halves_below & all_if_below);
  std::uint64_t lifted =
      static_cast<std::uint64_t>(sum) + (by.added ^ (by.added_below & all_if_below));
  std::uint64_t whole = static_cast<std::uint64_t>((Wide{lifted} * by.inverse) >> 64) >> by.shift;
  std::uint64_t leaves_none = lifted == whole * by.divisor;
  whole -= leaves_none & ((whole & halves) | halves >> 1);
  return static_cast<std::int64_t>(whole) - by.lift;
}

// The values of a piece's roundings at n, in order. `values` has room for all of them.
[[gnu::always_inline]] inline void round_all(const LoweredPiece& piece, std::int64_t n,
                                             std::int64_t* values) {
  static_assert(first_roundings == 2);
  const LoweredRounding& first = piece.roundings[0];
  const LoweredRounding& second = piece.roundings[1];
  values[0] = round_sum(first.slope * n + first.base, first);
  values[1] = round_sum(second.slope * n + second.base + second.factor * values[0], second);
  for (std::size_t i = first_roundings; i < piece.roundings.size(); ++i)
    values[i] = round_sum(value_of(piece, piece.roundings[i].sum, n, values), piece.roundings[i]);
}

// The same where the readings' values are given: they come first.
inline void round_rest(const LoweredPiece& piece, std::int64_t n, std::int64_t* values) {
  for (std::size_t i = piece.readings; i < first_roundings; ++i) values[i] = 0;
  for (std::size_t i = piece.readings; i < piece.roundings.size(); ++i)
    values[i] = round_sum(value_of(piece, piece.roundings[i].sum, n, values), piece.roundings[i]);
}

// At these values of all its roundings, is it the piece that counts?
inline bool guards_hold(const LoweredPiece& piece, std::int64_t n, const std::int64_t* values) {
  for (const LoweredGuard& guard : piece.guards) {
    std::int64_t value = value_of(piece, guard.sum, n, values);
    if ((guard.or_equal ? value >= 0 : value > 0) != guard.holds) return false;
  }
  return true;
}

// SharedCurves: lowered curves that a run's threads make once for all of them.

class SharedCurves {
 public:
  using Made = std::shared_ptr<const std::optional<LoweredCurve>>;  // no lowered curve: its rows
                                                                    // are evaluated in full

  // The lowered curve of a signature, which `make` makes for the second row that asks: what comes
  // once is not worth one. Null: not now; the row is to be evaluated in full, and nobody waits.
  template <class Make>
  Made find(const std::string& signature, Make make) {
    std::unique_lock lock(mutex_);
    Entry& entry = entries_[signature];
    if (++entry.rows != 2) return entry.made;
    lock.unlock();
    auto made = std::make_shared<const std::optional<LoweredCurve>>(make());
    lock.lock();
    return entry.made = made;
  }

 private:
  struct Entry {
    std::size_t rows = 0;
    Made made;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;  // they stay where they are
};

}  // namespace levy::batch::rows
