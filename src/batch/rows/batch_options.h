// How a batch is run: what the columns say, what is written, and how the rows are judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/mapped_rows.h"
#include "fees/tariff.h"
#include "formats/csv.h"

namespace levy::batch::rows {

enum class TableForm { csv, tsv, json_lines };

// When what has been answered is written.
enum class Flush {
  chunk,   // as soon as a chunk is full, for throughput
  pause,   // and also when no more input can be read without waiting
  record,  // after each record
};

// Columns that levy adds, in the order in which they stand by default.
enum class Result {
  status,
  amount,
  fee,
  debit,
  credit,
  credit_currency,
  other_fees,
  difference,
  cause,
  reason,
  version,
  digest
};
std::string_view to_string(Result result);
std::optional<Result> find_result(std::string_view word);
std::vector<std::string> result_words();

// So many faults of rows are told without a place for them all.
inline constexpr std::size_t first_faults_max = 5;

struct BatchOptions {
  std::vector<std::pair<std::string, std::string>> map;  // field, column; an empty one: not used
  std::vector<std::pair<std::string, std::string>> set;  // field, the value of every row
  std::optional<std::vector<std::string>> select;        // of the input's columns; none: all
  std::optional<std::vector<Result>> results;            // none: all up to `reason`
  bool lines = false;                                    // one more column a fee: "fee.ID"
  const facts::Mapping* mapping = nullptr;               // how tables are read; null: as levy's own
  std::optional<TableForm> input;                        // none: by the first byte
  std::optional<TableForm> output;                       // none: as the input
  std::optional<std::vector<std::string>> columns;       // of a CSV that has no header line
  bool header = true;                                    // in the output
  formats::CsvCells cells = formats::CsvCells::exact;    // of a CSV, results and rejects
  // A filter (levy-batch(1), "THE FILTER'S CONTRACT"): one line out for each line in, whatever is
  // wrong with it. A blank line is a record too.
  bool every_line = false;
  bool chunk_header = false;  // the input is blocks of rows, each after a line with their number
  bool needs_time = false;    // a row without a time is in error
  bool enforce_limits = false, assume_zero = false;
  bool in_given_order = false;  // an account's rows may be earlier than those before them
  // Rows come sorted by account and then by time, which is checked. One thread counts them.
  bool sorted = false;
  bool migrate = false;  // a snapshot may be of another schedule: what still counts is carried
  bool sort = false;     // rows are judged in the order of time, and come out in that of the input
  // What was billed, "fee", "fee.ID", "debit" or "credit", and the column that says it.
  std::vector<std::pair<std::string, std::string>> reconcile;
  Rational tolerance = 0;  // in tolerance_currency, or any where that is empty
  Currency tolerance_currency;
  const facts::RatesHistory* rates = nullptr;
  std::optional<std::int64_t> max_age_seconds;
  Instant now;                // of rows without a time
  bool now_is_given = false;  // --at: no guess for a tariff of several versions
  unsigned threads = 1;
  std::size_t chunk_bytes = std::size_t{1} << 18;
  Flush flush = Flush::chunk;
  bool tells_all_faults = true;  // of rows, not only the first few
  bool in_full = false;          // every row by the evaluator: what tests hold the integers against
};

}  // namespace levy::batch::rows
