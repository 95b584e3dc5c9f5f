// batch: a table of operations in, the same table with what each costs out (SPEC section 7).
//
// Rows go out in the order in which they came in, each with a status; a row that cannot be answered
// is an error row and never stops the run. The same input gives the same bytes whatever the number
// of threads and the size of chunks. Memory is bounded by chunks, and with meters by accounts.
//
//   id,operation,amount,method            id,operation,amount,method,status,fee,debit,...
//   1,withdrawal,250,bank            ->   1,withdrawal,250,bank,ok,2.50,252.50,...
//   2,withdrawal,12;5,bank                2,withdrawal,12;5,bank,error,,,...,bad_amount
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/totals.h"
#include "fees/tariff.h"
#include "formats/byte_window.h"

namespace levy {

enum class TableForm { csv, json_lines };

// When what has been answered is written.
enum class Flush {
  chunk,   // as soon as a chunk is full, for throughput
  pause,   // and also when no more input can be read without waiting
  record,  // after each record
};

// Columns that levy adds, in the order in which they stand by default.
enum class Result {
  status,
  fee,
  debit,
  credit,
  credit_currency,
  other_fees,
  difference,
  cause,
  reason
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
  std::optional<std::vector<Result>> results;            // none: all that say something
  bool lines = false;                                    // one more column a fee: "fee.ID"
  std::optional<TableForm> input;                        // none: by the first byte
  std::optional<TableForm> output;                       // none: as the input
  std::optional<std::vector<std::string>> columns;       // of a CSV that has no header line
  bool header = true;                                    // in the output
  bool every_line = false;  // a blank line is a record too: one line out for each line in
  bool enforce_limits = false, assume_zero = false;
  bool in_given_order = false;  // an account's rows may be earlier than those before them
  bool sort = false;  // rows are judged in the order of time, and come out in that of the input
  std::optional<std::string> reconcile;  // the column with the fee that was billed
  Rational tolerance = 0;                // in tolerance_currency, or any where that is empty
  Currency tolerance_currency;
  const RatesHistory* rates = nullptr;
  std::optional<std::int64_t> max_age_seconds;
  Instant now;                // of rows without a time
  bool now_is_given = false;  // --at: no guess for a tariff of several versions
  unsigned threads = 1;
  std::size_t chunk_bytes = std::size_t{1} << 18;
  Flush flush = Flush::chunk;
  bool tells_all_faults = true;  // of rows, not only the first few
  bool in_full = false;          // every row by the evaluator: what tests hold the integers against
};

// One table of the input; a run takes several with the same columns as one.
struct BatchInput {
  std::string file;  // for places
  ReadBlock read;
  // Can more be read, or the end, without waiting? None: always. For Flush::pause.
  std::function<bool()> ready = {};
};

// A file of the run's own, empty at first, that is gone when the last copy is.
struct Spool {
  std::function<bool(std::uint64_t at, std::string_view bytes)> write;  // false: it failed
  std::function<bool(std::uint64_t at, char* into, std::size_t size)> read;
  std::function<Diagnostic()> fault;  // why it failed
};

struct BatchSinks {
  std::function<bool(std::string_view)> write;   // false: it failed, and the run ends
  std::function<bool(std::string_view)> reject;  // CSV, with its header; none: not wanted
  std::function<void(std::uint64_t bytes, std::uint64_t rows)> progress;  // may be none
  std::function<Checked<Spool>()> spool;  // asked twice where rows are to be sorted; else none
};

struct BatchOutcome {
  Totals totals;
  Diagnostics first_faults;  // of rows, the first few
  bool written = true;       // false: a sink failed
};

// Faults are those of the whole run (code usage, bad_file): a field or column that is not there,
// meters without accounts. `history` seeds the meters and may be none.
Checked<BatchOutcome> run_batch(const Tariff& tariff, const BatchOptions& options,
                                std::vector<BatchInput> inputs, std::optional<BatchInput> history,
                                const BatchSinks& sinks);

}  // namespace levy
