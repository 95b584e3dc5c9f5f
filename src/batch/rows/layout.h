// Layout: which columns of the input say what, and which columns the output has.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "batch/rows/batch_options.h"
#include "facts/columns.h"
#include "formats/csv.h"

namespace levy::batch::rows {

inline formats::TableShape shape_of(const BatchOptions& options, TableForm form) {
  formats::TableShape shape;
  if (options.mapping != nullptr) shape = options.mapping->shape;
  shape.is_tsv = form == TableForm::tsv;
  return shape;
}

struct OutputColumn {
  enum class Kind { input, result, line };
  Kind kind = Kind::input;
  std::size_t index = 0;  // into columns, of the Result, into fee_ids
  std::string name;
};

// A field of the operation and the column that says it.
struct BoundField {
  std::string name;
  std::size_t column = 0;
};

// What was billed, and the column that says it.
struct BilledColumn {
  enum class Of { fee, line, debit, credit };
  Of of = Of::fee;
  std::string fee_id;  // of a line
  std::string name;    // "fee", "fee.ID", "debit", "credit"
  std::size_t column = 0;
};
// By what --reconcile calls it.
BilledColumn billed_column(const std::string& name, std::size_t column);

struct Layout {
  TableForm input = TableForm::csv, output_form = TableForm::csv;
  // CSV, TSV: the header's. JSON Lines: the keys that fields and output ask for. Behind them, under
  // the names of the columns they are read from, those that the mapping writes.
  std::vector<std::string> columns;
  std::size_t input_columns = 0;  // of them, the table's own
  std::optional<facts::RowMapper> mapper;
  std::vector<std::size_t> mapper_sources;  // columns
  std::vector<BoundField> fields;           // operation, amount, time, country ...
  std::vector<std::pair<std::string, std::string>> constants;  // --set
  std::optional<std::size_t> id, account, balance;             // columns
  std::vector<BilledColumn> billed;                            // in the order given
  std::vector<BoundField> used;                                // name: the meter's id
  std::vector<OutputColumn> output;
  formats::CsvCells cells = formats::CsvCells::exact;
  // What is to arrive or to be paid, in place of an amount: columns of a CSV, or what was given.
  // Any line of JSON may say it.
  bool says_target = false;
  std::vector<std::size_t> targets;  // columns
  bool passes_whole = false;         // the output begins with the input's record as it is
  std::vector<std::string> fee_ids;
  // SHA-256 of each version's file, where a result asks for it.
  std::map<const fees::Plan*, std::string> digests;

  // What stands between the cells of the input and of the output, where these are no JSON.
  char input_divider() const { return input == TableForm::tsv ? '\t' : ','; }
  char divider() const { return output_form == TableForm::tsv ? '\t' : ','; }
  // Are a row's cells written as they are read?
  bool keeps_form() const { return input == output_form; }

  std::optional<std::size_t> column_of(std::string_view field) const;
  const std::string* constant(std::string_view field) const;  // null: none
  bool has(std::string_view field) const;                     // by a column or a constant
  // The name of the first of a line's keys that the output has as well; empty: none.
  std::string_view doubled_key(const std::vector<std::string_view>& keys) const;
  bool has_readings() const;  // used.METER, by either
  // Do its rows have to go through the mapper?
  bool is_mapped() const;
};

Diagnostic doubled_column(std::string_view name);  // code usage

// Which names nearly are a field, as the run's options have it.
facts::ColumnCheck column_check(const fees::Tariff& tariff, const BatchOptions& options);

// `header`: a CSV's columns; for JSON Lines nothing, as any line may have any key. Faults, code
// usage or bad_file: a field, column or result that there is not, two columns of one name in the
// output, no way to know the operation, selected columns that JSON Lines must name for a CSV.
Checked<Layout> lay_out(const fees::Tariff& tariff, const BatchOptions& options, TableForm form,
                        const std::optional<std::vector<std::string>>& header);

}  // namespace levy::batch::rows
