// What was charged: the rows of a table, each once with how many say the same, so that memory is
// bounded by what differs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "formats/byte_window.h"
#include "money/currency.h"

namespace levy::inference {

inline constexpr std::size_t observed_values_max = 64;      // of a column, to be an attribute
inline constexpr std::size_t observations_max = 6'000'000;  // that differ; some 300 MB

struct InferOptions {
  std::string fee, amount = "amount";          // columns
  std::optional<std::vector<std::string>> by;  // columns the fee may depend on; none: all
  std::string currency;                        // where the table has no such column
};

struct Observation {
  std::uint32_t combination = 0;  // of values
  std::uint32_t rows = 0;
  std::int64_t amount = 0, fee = 0;  // in minor units, and in fee units (fee_fit.h)
  std::uint64_t line = 0;            // of the first that says so
};

struct ObservedColumn {
  std::string name;  // as a schedule calls it
  std::vector<std::string> values;
  bool dropped = false;  // it has too many values
};

struct Observed {
  std::string file;
  std::vector<ObservedColumn> columns;  // operation and currency first, where the table has them
  // For each column the number of its value.
  std::vector<std::vector<std::uint16_t>> combinations;
  std::vector<Observation> all;  // by combination, amount and fee
  std::size_t rows = 0;          // with a fee, that can be used
  std::size_t without_fee = 0;
  std::size_t unusable = 0;  // of which the first few are told
  Diagnostics first_unusable;
  std::vector<std::string> notes;  // sentences: which columns are not used, and why

  std::optional<std::size_t> find_column(std::string_view name) const;
  // The value of that column; "" where there is no such column.
  std::string value(std::uint32_t combination, std::string_view column) const;
};

// Codes misspelt_column (a column that is not there), bad_amount (no currency), unknown_currency,
// bad_file (too many rows that differ), and those of reading a table.
Checked<Observed> read_observations(const std::string& file, formats::ReadBlock read,
                                    const InferOptions& options);

}  // namespace levy::inference
