// FastRows: answers the rows that a leaf (leaf.h) can answer, one look-up and a few integer
// operations each; all others are left to the Asker. It never decides otherwise than the Asker
// would: a leaf is made from the same evaluator, for all rows whose words are the same.
//
// Rows come some hundreds at a time and are answered in passes - kinds, leaves, figures - because
// short loops over what lies in cache are what processors are fast at.
#pragma once

#include <array>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/ask.h"
#include "batch/bytes.h"
#include "batch/leaf.h"
#include "batch/row_kinds.h"
#include "batch/rows.h"

namespace levy {

class FastRows {
 public:
  FastRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
           const Asker& asker);

  // Can it answer any row of this run?
  bool is_possible() const { return possible_; }
  // How much one row's results may take.
  std::size_t results_bytes_max() const;

  // Answers what it can of the rows, and counts those towards the totals. 64 bytes are readable
  // from the first of each cell.
  template <class Rows>
  void answer(const Rows& rows);

  // Of the rows answered last: was it?
  bool has(std::size_t row) const { return found_[row].piece != nullptr; }
  // Writes its results, each preceded by a comma, but the first where nothing stands before it.
  char* write(std::size_t row, bool after_input, char* at) const;

  void add_to(Totals& totals) const;

 private:
  // Every figure of a piece is a sum over n and its roundings, so that these are all that needs
  // adding up, row by row.
  struct Sums {
    std::int64_t rows = 0;
    Int128 n = 0;
    Int128 roundings[first_roundings] = {};
    std::vector<Int128> more_roundings;
    Int128 of_rounding(std::size_t i) const {
      return i < first_roundings ? roundings[i] : more_roundings[i - first_roundings];
    }
  };
  static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  struct Piece {
    const LeafPiece* figures = nullptr;
    std::int64_t from = far;
    Sums sums;
    std::vector<const LeafFigure*> lines;  // by output column of kind line; null: none
  };
  // A leaf at work.
  struct Answered {
    Piece* find(std::int64_t n);  // null: none

    Leaf leaf;
    std::vector<Piece> pieces = std::vector<Piece>(1);  // the leaf's, and one that no n is in
    // Where the first pieces end; the greatest number where there are less.
    std::array<std::int64_t, 4> ends = {far, far, far, far};
    int billed_digits = 0;
    std::string_view credit_currency;
  };
  // What was found of a row. Its piece is none where it is to be asked in full.
  struct Found {
    Answered* answered = nullptr;
    const Piece* piece = nullptr;
    std::int64_t n = 0;
  };

  void find_columns();
  std::vector<ColumnRun> key_runs() const;
  void find_conditions();
  template <class Rows>
  void check_times(const Rows& rows);
  std::optional<std::uint64_t> moment_of(std::string_view time) const;
  template <class Rows>
  void find_leaves(const Rows& rows);
  template <class Rows>
  void price(const Rows& rows);
  template <class Rows>
  Answered* resolve(const Rows& rows, std::size_t row);
  std::string signature(const Setting& setting) const;
  std::optional<Leaf> make_leaf(const Setting& setting) const;
  Answered* answered_by(Leaf leaf);
  const LeafPiece* figures_of(const LeafPiece& piece);
  Piece piece_of(const LeafPiece& figures, const Plan& plan) const;
  bool is_billed(std::string_view text, const Answered& answered, const LeafPiece& piece,
                 std::int64_t n, const std::int64_t* values) const;
  char* write_result(char* at, const Found& found, Result result, const std::int64_t* values) const;
  static Rational sum_of(const LeafPiece& piece, const LeafFigure& figure, const Sums& sums);
  void add_piece(const Leaf& leaf, const Piece& piece, Totals& totals) const;

  const Tariff& tariff_;
  const BatchOptions& options_;
  const Layout& layout_;
  const Asker& asker_;
  bool possible_ = true;
  // Of the output's columns those that are not the input's: a result, or the next line.
  std::vector<std::optional<Result>> results_;
  std::vector<std::string> lines_;  // the fees' ids
  std::optional<std::size_t> time_, variable_column_;
  std::string variable_;  // the quantity; empty: the amount
  bool time_matters_ = false, day_matters_ = false;
  std::vector<When> conditions_;  // one each: every condition on attributes or dates
  std::optional<RowKinds> row_kinds_;
  std::vector<Answered*> kinds_;  // by number; null: not yet known
  // Different words often come to the same figures; what rows share stays in the nearest cache.
  std::deque<LeafPiece> figures_;
  std::deque<Answered> leaves_;
  Answered in_full_;  // of words that no leaf can be made for: it has no pieces
  std::unordered_map<std::string, Answered*> by_signature_;  // null: seen once
  // Of the rows at hand.
  std::vector<std::uint64_t> moments_;
  std::vector<char> has_time_;
  std::vector<Found> found_;
  std::vector<std::int64_t> values_;  // rows x values_width_
  std::size_t values_width_ = 0;      // the most roundings of a piece
};

}  // namespace levy
