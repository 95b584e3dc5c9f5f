// The options of a run as the command line and the C interface give them: as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "batch/rows/batch_options.h"

namespace levy::batch::rows {

std::optional<TableForm> find_table_form(const std::string& word);  // "csv", "tsv", "jsonl"

Checked<std::vector<Result>> read_results(const std::vector<std::string>& names);

// 1 to 256; empty: as many as there are processors.
Checked<unsigned> read_threads(const std::string& text);

// COLUMN, of the fee; fee=COLUMN, fee.ID=COLUMN, debit=COLUMN, credit=COLUMN; each once.
std::optional<Diagnostics> set_reconcile(BatchOptions& options,
                                         const std::vector<std::string>& texts,
                                         const fees::Tariff& tariff);

// Money of 0 or more, bare in the tariff's currency.
std::optional<Diagnostics> set_tolerance(BatchOptions& options, const std::string& text,
                                         const fees::Tariff& tariff);

// The time of rows that have none, empty: now; and the greatest age of rates, empty: any.
std::optional<Diagnostics> set_times(BatchOptions& options, const std::string& at,
                                     const std::string& max_age, const fees::Tariff& tariff);

// Whether the input's form goes with what else is said of it.
std::optional<Diagnostics> check_form(const BatchOptions& options);

// Which order rows are judged in is said once, and not of a filter, which answers as they come.
std::optional<Diagnostics> check_order(const BatchOptions& options);

}  // namespace levy::batch::rows
