// A leaf at work: laid out for many rows, with what they add up to.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "batch/layout.h"
#include "batch/leaf.h"

namespace levy {

// The figures that an output row has: of the columns that are not the input's, in order.
struct OutputFigure {
  enum class Kind { fee, debit, credit, line };
  Kind kind = Kind::fee;
  std::string fee_id;  // of a line
};

// A piece of a leaf, and of which figures its rows ask. Different leaves often have the same, and
// share it: the nearest cache is small.
struct alignas(64) WorkedFigures {
  std::vector<const LeafFigure*> asked;  // null: it has no such line
  const Plan* plan = nullptr;
  LeafPiece piece;
};

// Every figure is a sum over n and the roundings, so that these are all that rows need adding up.
class alignas(64) WorkedPiece {
 public:
  const WorkedFigures* figures = nullptr;  // null: what lies here is asked in full

  // A row, with the values of all its roundings, of which there are so many.
  [[gnu::always_inline]] void add(std::int64_t n, const std::int64_t* values, std::size_t count) {
    ++rows_;
    add_to(0, n);
#pragma GCC unroll 2
    for (std::size_t i = 0; i < first_roundings; ++i) add_to(i + 1, values[i]);
    for (std::size_t i = first_roundings; i < count; ++i) more_[i - first_roundings] += values[i];
  }
  void expect(std::size_t count) { more_.resize(count - first_roundings); }  // so many roundings

  std::int64_t rows() const { return rows_; }
  Int128 sum_of_n() const { return far_[0] + near_[0]; }
  Int128 sum_of_rounding(std::size_t i) const {
    return i < first_roundings ? far_[i + 1] + near_[i + 1] : more_[i - first_roundings];
  }

 private:
  static constexpr std::size_t sums = 1 + first_roundings;

  void add_to(std::size_t i, std::int64_t value) {
    if (__builtin_add_overflow(near_[i], value, &near_[i])) [[unlikely]]
      far_[i] += value > 0 ? Int128{1} << 64 : -(Int128{1} << 64);  // what the 64 bits lost
  }

  std::int64_t rows_ = 0;
  std::int64_t near_[sums] = {};  // of n, of the first roundings
  Int128 far_[sums] = {};
  std::vector<Int128> more_;
};

struct alignas(64) WorkedLeaf {
  static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();

  // Few leaves have more than four pieces, and counting ends is no branch to guess.
  [[gnu::always_inline]] WorkedPiece& find(std::int64_t n) {
    std::size_t i = 0;
#pragma GCC unroll 4
    for (std::int64_t end : first_ends) i += n > end ? 1u : 0u;
    if (i == first_ends.size()) [[unlikely]] {
      while (i < ends.size() && n > ends[i]) ++i;
    }
    return pieces[i];
  }

  std::array<std::int64_t, 4> first_ends = {far, far, far, far};  // far where there are less
  std::vector<WorkedPiece> pieces = std::vector<WorkedPiece>(1);  // and one behind the last end
  int digits = 0;                                                 // of n
  int billed_digits = 0;
  std::vector<std::int64_t> ends;
  Leaf leaf;
};

class WorkedLeaves {
 public:
  WorkedLeaves(const Layout& layout, std::vector<OutputFigure> figures)
      : layout_(layout), figures_(std::move(figures)) {}

  // The leaf at work; stays where it is. One that was added before is not added again.
  WorkedLeaf& add(Leaf leaf);
  // The control totals of all rows. `amounts`: n counts amounts, not a quantity.
  void add_to(Totals& totals, bool amounts) const;

 private:
  const WorkedFigures* share(const LeafPiece& piece, const Plan& plan);
  const LeafFigure* find_figure(const LeafPiece& piece, const Plan& plan,
                                const OutputFigure& wanted) const;

  const Layout& layout_;
  std::vector<OutputFigure> figures_;
  std::deque<WorkedFigures> shared_;
  std::deque<WorkedLeaf> leaves_;
};

}  // namespace levy
