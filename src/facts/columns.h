// The columns of a table of operations: which names are fields, what a row says by them, and names
// that nearly are a field.
//
// A misspelt name would pass through as a column of somebody else's, and what it says would be lost
// without a word. So a table with such a column is refused (levy-batch(1), misspelt_column):
//
//   Amount, amuont, to currency    are refused where nothing else says amount, to_currency
//   reference, fee_total           are columns that pass through
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/operation.h"
#include "formats/row.h"

namespace levy::facts {

// What columns are called that say something of an operation, or of its row: id, account, time,
// operation, amount, balance, rate, attributes, quantities, and used.METER.
std::vector<std::string> row_fields(const schedule::Schedule& schedule);
// And what a history's say besides: status, debit, fee, fee.ID.
std::vector<std::string> history_fields(const schedule::Schedule& schedule);

// What a row says of its operation; of a schedule of one operation it need not say which.
Request request_of(const formats::Row& row, const schedule::Schedule& schedule);
// The readings it gives, as used.METER: meter ids and values.
std::vector<std::pair<std::string, std::string>> used_of(const formats::Row& row,
                                                         const schedule::Schedule& schedule);

class ColumnCheck {
 public:
  // `said`: fields that are given otherwise, or meant not to be: no column is one of these. `own`:
  // columns that are known to be meant as they are called.
  // Where the command has --map, the remedy names it.
  enum class Remedy { rename, map };
  explicit ColumnCheck(std::vector<std::string> fields, Remedy remedy = Remedy::rename,
                       std::vector<std::string> given = {}, std::vector<std::string> own = {});

  struct Near {
    std::size_t index = 0;  // of the name
    std::string field;      // that it nearly is, and that none of the names is
  };
  std::optional<Near> find(const std::vector<std::string_view>& names) const;
  Diagnostic fault_of(std::string_view column, const std::string& field) const;  // without place
  Diagnostic no_field() const;
  bool has_field(const std::vector<std::string_view>& names) const;  // or one of its own columns

  // For a table that is read row by row: looks at a name once, at a CSV's with its first row. The
  // place is the name's.
  std::optional<Diagnostic> check(const formats::Row& row, const std::string& file);

 private:
  std::optional<std::string> nearest(std::string_view name) const;
  bool is_field(std::string_view name) const;

  std::vector<std::string> fields_, plain_fields_;
  Remedy remedy_;
  std::vector<std::string> given_, own_;
  std::set<std::string, std::less<>> harmless_;  // names that were looked at
  bool csv_seen_ = false;
};

}  // namespace levy::facts
