// CountedRows: judges the rows that leaves have priced, and counts them, in integers; one row after
// the other, in the order of the input. Whatever it cannot decide just as the RowEvaluator would is
// left to the RowEvaluator.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/fast/counted_cell.h"
#include "batch/fast/rows.h"
#include "batch/rows/row_evaluator.h"
#include "batch/rows/totals.h"

namespace levy::batch::fast {

// Whose row it is; empty: nobody's.
std::string_view account_of(const rows::Layout& layout, const Rows& rows, std::size_t row);

class CountedRows {
 public:
  // Which limits a row broke: a bit for each test of its cell; or that it is to be evaluated in
  // full.
  static constexpr std::uint64_t in_full = ~std::uint64_t{0};

  // `ledger` may be null. All are borrowed.
  CountedRows(const fees::Tariff& tariff, const rows::BatchOptions& options,
              const rows::Layout& layout, ledger::Ledger* ledger);

  // Could rows of such a run be counted here? Not where bills are compared, nor where rows may go
  // back in time.
  static bool may_count(const rows::BatchOptions& options, const rows::Layout& layout);

  // Are rows counted or judged at all?
  bool is_needed() const { return ledger_ != nullptr || judges_; }

  // The cell of a key (cell_key.h), which the setting is of; null: it is evaluated in full.
  CountedCell* cell_of(const std::string& key, const fees::ResolvedQuestion& setting);

  // Before the rows at hand: who they are of, and when.
  void begin(const Rows& rows);
  // The next row in the order of the input: its account is at hand from now on. False: it is to be
  // evaluated in full.
  bool open(std::size_t row);
  // What the account of the row at hand has added to a meter, in its units.
  std::int64_t reading(std::size_t meter) const {
    return counters_[meter].read(ledger_->meters()[meter], time_at_hand_, at_);
  }
  // Judges the row at hand, and counts it where all limits hold.
  std::uint64_t judge(CountedCell& cell, const CountedCell::Row& row);
  // What fees of the cell ask of accounts; nothing: they are evaluated in full.
  std::optional<std::vector<CellReading>> readings_of(const fees::ResolvedQuestion& setting) const {
    return fast::readings_of(setting, ledger_);
  }

  void add_to(rows::Totals& totals) const;

 private:
  struct RowTime {
    std::int64_t at = 0;  // microseconds; none: not known here
    bool known = false;
  };

  RowTime time_of(std::string_view text) const;
  bool add(const CountedCell& cell, const CountedCell::Row& row);
  static bool holds(const CountedCell::Test& test, std::int64_t value) {
    return value >= test.min && value <= test.max;
  }

  const fees::Tariff& tariff_;
  const rows::BatchOptions& options_;
  const rows::Layout& layout_;
  ledger::Ledger* ledger_;
  bool judges_;
  std::optional<std::size_t> time_;
  std::vector<limits::Ladder> ladders_;  // by version, where rows are judged
  std::unordered_map<std::string, std::optional<CountedCell>> cells_;
  // Of the rows at hand.
  std::vector<std::string_view> accounts_;
  std::vector<std::uint64_t> hashes_;
  std::vector<RowTime> times_;
  // Of the row at hand; null: nothing is counted.
  ledger::WindowCounter* counters_ = nullptr;
  Instant time_at_hand_;
  std::int64_t at_ = 0;
};

}  // namespace levy::batch::fast
