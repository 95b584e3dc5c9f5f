// batch: a table of operations in, the same table with what each costs out (levy-batch(1)).
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

#include "batch/rows/batch_options.h"
#include "batch/rows/totals.h"
#include "formats/byte_window.h"

namespace levy::batch {

// One table of the input; a run takes several with the same columns as one.
struct BatchInput {
  std::string file;  // for places
  formats::ReadBlock read;
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
  std::function<bool(std::string_view)> write;        // false: it failed, and the run ends
  std::function<bool(std::string_view)> reject = {};  // CSV, with its header; none: not wanted
  std::function<void(std::uint64_t bytes, std::uint64_t rows)> progress = {};  // may be none
  // Of what was counted, after the last row (ledger/snapshot.h); none: not wanted.
  std::function<bool(std::string_view)> snapshot = {};
  std::function<Checked<Spool>()> spool = {};  // asked twice where rows are to be sorted; else none
};

struct BatchOutcome {
  rows::Totals totals;
  Diagnostics first_faults;  // of rows, the first few
  bool written = true;       // false: a sink failed
};

// Faults are those of the whole run (code usage, bad_file): a field or column that is not there,
// meters without accounts. `history` seeds the meters and may be none; `snapshots` are those of the
// parts of an earlier run, and stand in its place.
Checked<BatchOutcome> run_batch(const fees::Tariff& tariff, const rows::BatchOptions& options,
                                std::vector<BatchInput> inputs, std::optional<BatchInput> history,
                                const BatchSinks& sinks, std::vector<BatchInput> snapshots = {});

}  // namespace levy::batch
