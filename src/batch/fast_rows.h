// FastRows: answers the rows that a leaf (leaf.h) can answer, one look-up and a few integer
// operations each; all others are left to the Asker. It never decides otherwise than the Asker
// would: a leaf is made from the same evaluator, for all rows whose words are the same.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/ask.h"
#include "batch/bytes.h"
#include "batch/leaf.h"
#include "batch/row_key.h"

namespace levy {

// How a row's cells lie in memory.
enum class CellForm {
  slices,  // of a record as it was read, commas between them; padding follows the text
  plain,   // of a line of JSON: no control characters; padding follows the text
  any,
};

class FastRows {
 public:
  FastRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
           const Asker& asker);

  // The columns that `answer` looks at.
  const std::vector<std::size_t>& columns() const { return columns_; }

  // Appends the row's results (not its input columns) to `out`, each preceded by a comma but the
  // first where nothing stands before it. False: asked in full, nothing appended.
  bool answer(const Cells& cells, CellForm form, bool after_input, Bytes& out);

  void add_to(Totals& totals) const;

 private:
  // Every figure of a piece is a sum over n and its roundings, so that these are all that needs
  // adding up, row by row.
  struct Sums {
    std::int64_t rows = 0;
    Int128 n = 0;
    std::vector<Int128> roundings;
  };
  struct Answered {
    std::optional<Leaf> leaf;  // none: every row of it is asked in full
    std::vector<Sums> sums;    // by piece
    // Per output column of kind line and per piece: which of the piece's lines; -1: none.
    std::vector<std::vector<int>> lines;
    std::string credit_currency;
    int credit_digits = 0;
  };
  // One line of the cache.
  struct alignas(64) Slot {
    ShortKey key;  // empty: free
    bool is_seen_twice = false;
    Answered* answered = nullptr;
  };

  bool find_key(const Cells& cells, CellForm form, RowKey& key) const;
  std::optional<std::uint64_t> time_class(std::string_view text) const;
  Slot* find(const RowKey& key, std::uint64_t hash);
  void grow();
  void resolve(Slot& slot, const Cells& cells);
  std::string signature(const Setting& setting) const;
  std::optional<Leaf> make_leaf(const Setting& setting) const;
  Answered* add_leaf(std::optional<Leaf> leaf);
  std::optional<std::int64_t> variable_of(std::string_view text, int digits) const;
  char* write_results(char* at, Answered& answered, const LeafPiece& piece, std::size_t index,
                      const std::int64_t* values, std::int64_t n, bool after_input) const;
  void add_piece(const Answered& answered, std::size_t index, Totals& totals) const;
  bool is_billed(const Cells& cells, const Leaf& leaf, std::int64_t fee) const;

  const Tariff& tariff_;
  const BatchOptions& options_;
  const Layout& layout_;
  const Asker& asker_;
  bool possible_ = true;
  std::vector<std::size_t> columns_, key_columns_;
  // The key columns in runs of neighbours: the first and last of each.
  std::vector<std::pair<std::size_t, std::size_t>> key_runs_;
  std::optional<std::size_t> time_, variable_column_;
  std::string variable_;  // the quantity; empty: the amount
  bool time_matters_ = false, day_matters_ = false;
  std::vector<When> conditions_;  // one each: every condition on attributes or dates
  std::vector<Slot> table_;
  std::size_t slots_used_ = 0;
  std::deque<Answered> leaves_;
  std::unordered_map<std::string, Answered*> by_signature_;
};

}  // namespace levy
