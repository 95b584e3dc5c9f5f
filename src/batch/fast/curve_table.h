// A lowered curve's table: laid out for many rows, with what they add up to.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "batch/rows/layout.h"
#include "batch/rows/lowered_curve.h"
#include "batch/rows/totals.h"

namespace levy::batch::fast {

// The figures that an output row has: of the columns that are not the input's, in order.
struct OutputFigure {
  enum class Kind { fee, debit, credit, line };
  Kind kind = Kind::fee;
  std::string fee_id;  // of a line
};

// One of them, in a piece.
struct AskedFigure {
  const rows::LoweredFigure* figure = nullptr;  // null: the piece has no such line
  std::int64_t slope = 0, base = 0;             // what of it has no terms
  std::int64_t factors[rows::first_roundings] = {};
  int scale = 0;

  std::int64_t value(std::int64_t n, const std::int64_t* values) const {
    return slope * n + base + factors[0] * values[0] + factors[1] * values[1];
  }
};

// A rounding of sums that are never below zero: lowered_curve.h's round_sum with less to do.
struct PlainRounding {
  std::int64_t slope = 0;
  std::uint64_t base = 0;  // with what is added before dividing
  std::uint64_t inverse = 0, divisor = 0;
  std::uint8_t shift = 0, odd_down = 0, all_down = 0;

  PlainRounding() = default;
  explicit PlainRounding(const rows::LoweredRounding& rounding);
  static bool is_possible(const rows::LoweredRounding& rounding);

  [[gnu::always_inline]] std::int64_t round(std::int64_t n) const {
    __extension__ using Wide = unsigned __int128;
    std::uint64_t sum = static_cast<std::uint64_t>(slope * n) + base;
    std::uint64_t whole = static_cast<std::uint64_t>((Wide{sum} * inverse) >> 64) >> shift;
    std::uint64_t leaves_none = sum == whole * divisor;
    return static_cast<std::int64_t>(whole - (leaves_none & ((whole & odd_down) | all_down)));
  }
};

// A piece of a lowered curve, and of which figures its rows ask. Different lowered curves often
// have the same, and share it: the nearest cache is small.
struct alignas(64) PieceFigures {
  PlainRounding first;
  bool is_plain = false;      // `first` rounds, and at most `second`
  bool rounds_twice = false;  // it is plain, and `second` does
  std::vector<AskedFigure> asked;
  rows::LoweredRounding second;
  const fees::Plan* plan = nullptr;
  rows::LoweredPiece piece;
};

struct CurveTable;

// Every figure is a sum over n and the roundings, so that these are all that rows need adding up.
class alignas(64) TablePiece {
 public:
  const PieceFigures* figures = nullptr;  // null: what lies here is evaluated in full
  const Diagnostics* fault = nullptr;     // why it has no answer, where that is known: a code alone
  const CurveTable* table = nullptr;

  // A row, with the values of its first roundings.
  [[gnu::always_inline]] void add(std::int64_t n, const std::int64_t* values) {
    ++rows_;
    add_to(0, n);
#pragma GCC unroll 2
    for (std::size_t i = 0; i < rows::first_roundings; ++i) add_to(i + 1, values[i]);
  }
  // And with those of the others; it has so many roundings.
  void add(std::int64_t n, const std::int64_t* values, std::size_t count) {
    add(n, values);
    for (std::size_t i = rows::first_roundings; i < count; ++i)
      more_[i - rows::first_roundings] += values[i];
  }
  void expect(std::size_t count) {
    more_.resize(count - rows::first_roundings);
  }  // so many roundings

  std::int64_t rows() const { return rows_; }
  Int128 sum_of_n() const { return far_[0] + near_[0]; }
  Int128 sum_of_rounding(std::size_t i) const {
    return i < rows::first_roundings ? far_[i + 1] + near_[i + 1]
                                     : more_[i - rows::first_roundings];
  }

 private:
  static constexpr std::size_t sums = 1 + rows::first_roundings;

  void add_to(std::size_t i, std::int64_t value) {
    if (__builtin_add_overflow(near_[i], value, &near_[i])) [[unlikely]]
      far_[i] += value > 0 ? Int128{1} << 64 : -(Int128{1} << 64);  // what the 64 bits lost
  }

  std::int64_t rows_ = 0;
  std::int64_t near_[sums] = {};  // of n, of the first roundings
  Int128 far_[sums] = {};
  std::vector<Int128> more_;
};

struct alignas(64) CurveTable {
  static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();

  // Few lowered curves have more than four pieces, and counting ends is no branch to guess.
  [[gnu::always_inline]] TablePiece& find(std::int64_t n) {
    std::size_t i = 0;
#pragma GCC unroll 4
    for (std::int64_t end : first_ends) i += n > end ? 1u : 0u;
    if (i == first_ends.size()) [[unlikely]] {
      while (i < ends.size() && n > ends[i]) ++i;
    }
    return pieces[i];
  }

  std::array<std::int64_t, 4> first_ends = {far, far, far, far};  // far where there are less
  std::vector<TablePiece> pieces = std::vector<TablePiece>(1);    // and one behind the last end
  int digits = 0;                                                 // of n
  std::vector<std::int64_t> ends;
  rows::LoweredCurve curve;
};

class CurveTables {
 public:
  CurveTables(const rows::Layout& layout, std::vector<OutputFigure> figures)
      : layout_(layout), figures_(std::move(figures)) {}

  // The table of a lowered curve; it stays where it is. One that was added before is not added
  // again.
  CurveTable& add(rows::LoweredCurve curve);
  // The control totals of all rows. `amounts`: n counts amounts, not a quantity.
  void add_to(rows::Totals& totals, bool amounts) const;

 private:
  const PieceFigures* share(const rows::LoweredPiece& piece, const fees::Plan& plan);
  const rows::LoweredFigure* find_figure(const rows::LoweredPiece& piece, const fees::Plan& plan,
                                         const OutputFigure& wanted) const;

  template <class Known>
  using ByHash = std::unordered_multimap<std::uint64_t, Known*>;

  const rows::Layout& layout_;
  std::vector<OutputFigure> figures_;
  std::map<Code, const Diagnostics> faults_;
  std::deque<PieceFigures> shared_;
  std::deque<CurveTable> tables_;
  ByHash<const PieceFigures> shared_by_hash_;
  ByHash<CurveTable> tables_by_hash_;
};

}  // namespace levy::batch::fast
