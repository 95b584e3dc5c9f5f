#include "batch/batch.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "base/suggest.h"
#include "base/text.h"
#include "batch/chunks.h"
#include "batch/rows/row_text.h"
#include "batch/sorted_tables.h"
#include "batch/worker.h"
#include "fees/resolve.h"
#include "formats/encoding.h"
#include "formats/json_lines.h"
#include "formats/read_rows.h"
#include "schedule/charge_parts.h"

namespace levy::batch {
namespace {

Diagnostic in_file(std::string message, std::string remedy, const std::string& file) {
  Diagnostic fault{Code::bad_file, std::move(message), std::move(remedy)};
  fault.place = Place::of_file(file);
  return fault;
}

// One table: its form, its header, and the cutter that stands before its first record.
struct Table {
  std::string file;
  rows::TableForm form = rows::TableForm::csv;
  formats::TableShape shape;
  std::optional<std::vector<std::string>> header;  // of a CSV
  std::vector<std::string> keys;                   // of the first line of JSON, if it can be read
  std::string first_line;                          // where the header or those keys stand
  std::size_t first_line_number = 1;
  std::unique_ptr<ChunkCutter> cutter;
  std::uint64_t lines_before = 0;
  bool is_empty = false;  // there is not even a header
};

// The record at the window's start.
formats::CsvRecord first_record(formats::ByteWindow& window, const formats::TableShape& shape) {
  formats::CsvRecord record;
  for (bool ended = false;; ended = !window.grow()) {
    std::string_view view = window.text().substr(0, record_bytes_max + 2);
    formats::scan_record(shape, view, ended || view.size() == record_bytes_max + 2, record);
    if (record.complete || ended) return record;
  }
}

// Sets the table's header, and consumes it.
std::optional<Diagnostics> read_header(Table& table, formats::ByteWindow& window,
                                       formats::TableShape shape) {
  if (shape.header) {
    table.header = shape.header;
    return std::nullopt;
  }
  formats::skip_blank_lines(window);
  formats::CsvRecord record = first_record(window, shape);
  std::string line(window.text().substr(0, record.complete ? record.size : 0));
  formats::CsvReader reader(
      table.file, formats::ByteWindow(formats::read_from(line), window.lines()), std::move(shape));
  Checked<std::vector<std::string>> header = reader.header();
  if (!header) return std::move(header).faults();
  table.header = std::move(*header);
  table.first_line = line.substr(0, record.raw_size);
  table.first_line_number = window.lines() + 1;
  window.consume(line.size());
  return std::nullopt;
}

// What the first line of JSON says, if it can be read; nothing is consumed.
void look_at_first_line(Table& table, formats::ByteWindow& window) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t begin = window.text().find_first_not_of(blanks), end = npos;
  if (begin == npos) return;
  while ((end = window.text().find('\n', begin)) == npos &&
         window.text().size() <= record_bytes_max && window.grow()) {
  }
  std::string text(window.text().substr(0, end));
  formats::JsonLinesReader reader(table.file, formats::ByteWindow(formats::read_from(text)));
  formats::Row row;
  if (!reader.next(row) || row.fault) return;
  table.first_line = row.raw;
  table.first_line_number = row.line;
  for (std::string_view name : row.names) table.keys.emplace_back(name);
}

rows::TableForm form_of(formats::ByteWindow& window, const rows::BatchOptions& options) {
  if (options.input) return *options.input;
  if (options.columns) return rows::TableForm::csv;
  return formats::begins_with_object(window) ? rows::TableForm::json_lines : rows::TableForm::csv;
}

Checked<Table> open_table(BatchInput input, const rows::BatchOptions& options) {
  const formats::TableShape shape =
      options.mapping == nullptr ? formats::TableShape() : options.mapping->shape;
  Checked<formats::ReadBlock> read = formats::read_as_utf8(std::move(input.read), shape.encoding);
  if (!read) return std::move(read).faults();
  formats::ByteWindow window(std::move(*read));
  Table table;
  table.file = std::move(input.file);
  // A filter that is told what its records are takes each as one, whatever it looks like.
  const bool is_told = options.every_line && (options.columns || options.input);
  if (is_told) {
    window.skip_byte_order_mark();
  } else if (auto foreign = formats::find_foreign_form(window, table.file, options.every_line)) {
    return *foreign;
  }
  window.skip_lines(shape.skipped_lines);
  table.form = form_of(window, options);
  table.shape = rows::shape_of(options, table.form);
  if (options.columns) {
    table.header = *options.columns;
  } else if (table.form == rows::TableForm::json_lines) {
    // A filter answers the first line as it does any other.
    if (!options.every_line) look_at_first_line(table, window);
  } else if (options.every_line && window.text().empty() && !window.grow()) {
    table.is_empty = true;
  } else if (auto faults = read_header(table, window, table.shape)) {
    return *faults;
  }
  table.lines_before = window.lines();
  table.cutter =
      std::make_unique<ChunkCutter>(table.form, std::move(window), options, std::move(input.ready));
  return table;
}

// The place of a column's name in the table's header or first line.
Place place_of(const Table& table, std::size_t index) {
  if (table.first_line.empty()) return in_file("", "", table.file).place;  // by --columns
  std::size_t at = 0;
  if (table.header) {
    formats::CsvRecord record;
    formats::scan_record(table.shape, table.first_line, true, record);
    if (index < record.cells.size()) at = record.cells[index].begin;
  } else {
    at = table.first_line.find('"' + table.keys[index] + '"');
  }
  return Place::of_record(table.file, table.first_line_number, table.first_line,
                          at == npos ? 0 : at);
}

std::vector<std::string_view> names_of(const Table& table) {
  const std::vector<std::string>& names = table.header ? *table.header : table.keys;
  return {names.begin(), names.end()};
}

// A name that nearly is a field, or a first line without any.
std::optional<Diagnostic> check_columns(const Table& table, const facts::ColumnCheck& check) {
  std::vector<std::string_view> names = names_of(table);
  std::optional<Diagnostic> fault;
  if (std::optional<facts::ColumnCheck::Near> near = check.find(names)) {
    fault = check.fault_of(names[near->index], near->field);
    fault->place = place_of(table, near->index);
  } else if (table.header && !check.has_field(names)) {
    fault = check.no_field();
    fault->place = place_of(table, 0);
  }
  return fault;
}

// Does some fee that always applies to the operation charge its amount?
bool needs_amount(const schedule::Schedule& schedule, const std::string& operation) {
  return std::any_of(schedule.fees.begin(), schedule.fees.end(), [&](const schedule::Fee& fee) {
    bool applies = !fee.when && (fee.operations.empty() || is_among(fee.operations, operation));
    return applies && std::all_of(fee.cases.begin(), fee.cases.end(), [](const auto& one) {
             return schedule::uses_amount(one.charge);
           });
  });
}

// Does every operation?
bool needs_amounts(const schedule::Schedule& schedule) {
  std::vector<std::string> operations = schedule.operations();
  if (operations.empty()) operations.emplace_back();
  return std::all_of(operations.begin(), operations.end(), [&](const std::string& operation) {
    return needs_amount(schedule, operation);
  });
}

// Which version of several a row is put to must not depend on when levy is run.
std::optional<Diagnostic> check_time(const fees::Tariff& tariff, const rows::BatchOptions& options,
                                     const Table& table, const rows::Layout& layout) {
  if (tariff.versions.size() < 2 || options.now_is_given || layout.constant("time") != nullptr)
    return std::nullopt;
  std::optional<std::size_t> column = layout.column_of("time");
  bool is_said = column && (table.header || table.keys.empty() ||
                            std::find(table.keys.begin(), table.keys.end(),
                                      layout.columns[*column]) != table.keys.end());
  if (is_said) return std::nullopt;
  return usage("the tariff has " + std::to_string(tariff.versions.size()) +
                   " versions, and no column says when each operation took place",
               "name it with --map time=COLUMN, or say it with --set time=TIME or --at TIME");
}

// Every row would be in error, one by one, where no column says the amount.
std::optional<Diagnostic> check_amount(const fees::Tariff& tariff,
                                       const rows::BatchOptions& options, const Table& table,
                                       const rows::Layout& layout) {
  if (!table.header || layout.has("amount") || layout.says_target) return std::nullopt;
  bool is_needed = std::all_of(tariff.versions.begin(), tariff.versions.end(),
                               [](const fees::Plan& plan) { return needs_amounts(plan.schedule); });
  if (!is_needed) return std::nullopt;
  Diagnostic fault = usage("no column is the amount, of which every operation is charged",
                           "name it with --map amount=COLUMN, or say in a mapping which it is "
                           "(levy-mapping(5)); the columns are " +
                               join_or(*table.header));
  if (options.mapping == nullptr) fault.place = place_of(table, 0);
  return fault;
}

// A meter that nobody reads would be 0 for everybody, silently.
std::optional<Diagnostic> check_meters(const fees::Tariff& tariff,
                                       const rows::BatchOptions& options,
                                       const rows::Layout& layout) {
  bool has_account = layout.account || layout.constant("account") != nullptr;
  if (options.assume_zero || has_account || layout.has_readings()) return std::nullopt;
  if (!rows::counts_past(tariff, options.enforce_limits)) return std::nullopt;
  return Diagnostic{Code::usage,
                    "what this tariff charges depends on what an account did before, and no column "
                    "says whose row it is",
                    "name it with --map account=COLUMN, give readings as used.METER, or give "
                    "--assume-zero"};
}

Diagnostic nobody() {
  return Diagnostic{Code::bad_file, "the row names no account, so it would count for nobody",
                    "add the column \"account\", or say whose all rows are with --set account=..."};
}

void add_up(const facts::HistoryCounts& part, facts::HistoryCounts& sum) {
  sum.rows += part.rows;
  sum.account += part.account;
  sum.counted += part.counted;
  sum.later += part.later;
  for (const auto& [status, rows] : part.left_out) sum.left_out[status] += rows;
}

std::optional<Diagnostics> faults_of_cutting(const Table& table) {
  if (!table.cutter->fault()) return std::nullopt;
  Diagnostic fault = *table.cutter->fault();
  fault.place = Place::of_file(table.file);
  return Diagnostics{std::move(fault)};
}

class Run {
 public:
  Run(const fees::Tariff& tariff, const rows::BatchOptions& options, const BatchSinks& sinks)
      : tariff_(tariff),
        options_(options),
        sinks_(sinks),
        threads_(options.sorted && rows::counts_past(tariff, options.enforce_limits)
                     ? 1
                     : options.threads) {
    options_.tells_all_faults = sinks.reject != nullptr || options.sort;
    take_time();
    options_.needs_time =
        options.every_line && !options_.now_is_given && rows::depends_on_time(tariff, options);
    if (!rows::counts_past(tariff, options.enforce_limits)) return;
    for (std::size_t i = 0; i < threads_.count(); ++i)
      ledgers_.emplace_back(
          tariff, scope(),
          options.in_given_order ? ledger::Ledger::Order::any : ledger::Ledger::Order::time);
  }

  // Of a snapshot where nothing is counted.
  std::optional<Diagnostics> check_counts(bool has_snapshot) const;
  std::optional<Diagnostics> restore(std::vector<BatchInput> snapshots);
  std::optional<Diagnostics> seed(BatchInput history);
  std::optional<Diagnostics> add(BatchInput input);
  // Before the first input, where rows are sorted. `forgets`: what is passed.
  void expect_sorted(bool forgets);
  std::optional<Diagnostics> finish();  // after all inputs
  BatchOutcome take_outcome() { return std::move(outcome_); }
  bool is_written() const { return outcome_.written; }

 private:
  std::optional<Diagnostic> seed_row(const formats::Row& row, const std::string& file);
  ledger::Ledger::Scope scope() const {
    return options_.enforce_limits ? ledger::Ledger::Scope::all : ledger::Ledger::Scope::fees;
  }
  bool write_snapshot();
  std::string_view constant(std::string_view field) const;
  void take_time();
  void answer(Table& table, const rows::Layout& layout);
  std::optional<Diagnostics> collect(Table& table, const rows::Layout& layout);
  void judge_sorted();
  std::optional<Diagnostics> finish_sorted();
  void open_workers(const rows::Layout& layout, const std::string& file, rows::SharedCurves& curves,
                    std::deque<Worker>& workers);
  void run_pipeline(Pipeline& pipeline, std::deque<Worker>& workers);
  bool begin(const rows::Layout& layout);
  bool emit(const Table& table, const Chunk& chunk, ChunkAnswer& answer);
  bool keep(bool written) { return outcome_.written = outcome_.written && written; }

  const fees::Tariff& tariff_;
  rows::BatchOptions options_;
  const BatchSinks& sinks_;
  Threads threads_;
  std::deque<ledger::Ledger> ledgers_;  // by part; none: rows do not count
  std::optional<std::vector<std::string>> first_header_;
  std::string first_file_;
  bool begun_ = false;
  std::optional<SortedTables> sorted_;  // where rows are judged in another order
  std::optional<rows::Layout> layout_;  // of these
  std::uint64_t line_ends_ = 0;  // of the present table, before the chunk that is written next
  std::uint64_t bytes_ = 0, rows_ = 0;
  BatchOutcome outcome_;
};

std::optional<Diagnostics> Run::seed(BatchInput history) {
  if (ledgers_.empty()) return std::nullopt;
  // Of the tables' mapping, if they have one.
  formats::NextRow next = facts::read_table_by(
      options_.mapping, fees::mapping_target(tariff_, true), history.file, std::move(history.read));
  std::vector<std::string> fields;
  for (const fees::Plan& plan : tariff_.versions) {
    for (std::string& field : facts::history_fields(plan.schedule))
      fields.push_back(std::move(field));
  }
  facts::ColumnCheck check(std::move(fields));
  Diagnostics faults;
  formats::Row row;
  while (faults.size() < 10 && next(row)) {
    std::optional<Diagnostic> fault = row.fault;
    if (!fault) fault = check.check(row, history.file);
    if (!fault) fault = seed_row(row, history.file);
    if (fault) faults.push_back(std::move(*fault));
  }
  if (!faults.empty()) return faults;
  outcome_.totals.history.emplace();
  for (ledger::Ledger& ledger : ledgers_) {
    ledger.settle();
    add_up(ledger.history(), *outcome_.totals.history);
  }
  return std::nullopt;
}

void Run::expect_sorted(bool forgets) {
  for (ledger::Ledger& ledger : ledgers_) ledger.expect_sorted(forgets);
}

std::optional<Diagnostics> Run::check_counts(bool has_snapshot) const {
  if (!has_snapshot || !ledgers_.empty()) return std::nullopt;
  return Diagnostics{usage("a snapshot carries what meters count, and this run counts nothing",
                           options_.enforce_limits
                               ? "leave out --snapshot-in and --snapshot-out"
                               : "leave out --snapshot-in and --snapshot-out, or judge the rows by "
                                 "limits with --enforce-limits")};
}

std::optional<Diagnostics> Run::restore(std::vector<BatchInput> snapshots) {
  if (snapshots.empty()) return std::nullopt;
  ledger::SnapshotCounts& all = outcome_.totals.snapshot.emplace();
  for (BatchInput& snapshot : snapshots) {
    std::string bytes;
    std::vector<char> block(std::size_t{1} << 16);
    while (std::size_t count = snapshot.read(block.data(), block.size()))
      bytes.append(block.data(), count);
    auto ledger_of = [&](std::string_view account) -> ledger::Ledger& {
      return ledgers_[RowPart::of(account, 0, ledgers_.size())];
    };
    Checked<ledger::SnapshotCounts> read =
        ledger::read_snapshot(tariff_, scope(), options_.migrate, snapshot.file, bytes, ledger_of);
    if (!read) return std::move(read).faults();
    all.accounts += read->accounts;
    all.not_carried = std::move(read->not_carried);
    all.begun = std::move(read->begun);
  }
  return std::nullopt;
}

bool Run::write_snapshot() {
  std::vector<ledger::Ledger*> ledgers;
  for (ledger::Ledger& ledger : ledgers_) ledgers.push_back(&ledger);
  return ledger::write_snapshot(tariff_, scope(), ledgers, sinks_.snapshot);
}

std::optional<Diagnostic> Run::seed_row(const formats::Row& row, const std::string& file) {
  if (row.is_skipped) return ledgers_.front().seed(row, "", options_.rates, file);
  std::string_view account = row.text_of("account");
  if (account.empty()) account = constant("account");
  if (account.empty()) return facts::told_of(row, file, nobody());
  ledger::Ledger& ledger = ledgers_[RowPart::of(account, 0, ledgers_.size())];
  return ledger.seed(row, account, options_.rates, file);
}

// What --set says of every row; "" where it says nothing.
std::string_view Run::constant(std::string_view field) const {
  std::string_view value;
  for (const auto& [name, text] : options_.set) {
    if (name == field) value = text;
  }
  return value;
}

// A time that is said of every row is that of the run; one that cannot be read is each row's fault.
void Run::take_time() {
  std::string_view text = constant("time");
  if (text.empty()) return;
  Checked<fees::ResolvedTime> time = fees::resolve_time(tariff_, text, options_.now, nullptr);
  if (!time) return;
  options_.now = time->time;
  options_.now_is_given = true;
}

// All tables of a run have one header, the first one's.
std::optional<Diagnostics> Run::add(BatchInput input) {
  Checked<Table> opened = open_table(std::move(input), options_);
  if (!opened) return std::move(opened).faults();
  Table& table = *opened;
  if (table.is_empty) return std::nullopt;
  if (begun_ && table.header != first_header_) {
    return Diagnostics{in_file("the columns are not those of " + first_file_,
                               "give tables with the same columns in the same order", table.file)};
  }
  facts::ColumnCheck check = rows::column_check(tariff_, options_);
  if (auto fault = check_columns(table, check)) return Diagnostics{*fault};
  Checked<rows::Layout> layout = rows::lay_out(tariff_, options_, table.form, table.header);
  if (!layout) return std::move(layout).faults();
  std::string_view doubled = layout->doubled_key(names_of(table));
  if (!doubled.empty()) return Diagnostics{rows::doubled_column(doubled)};
  if (auto fault = check_time(tariff_, options_, table, *layout)) return Diagnostics{*fault};
  if (auto fault = check_meters(tariff_, options_, *layout)) return Diagnostics{*fault};
  if (auto fault = check_amount(tariff_, options_, table, *layout)) return Diagnostics{*fault};
  if (!begun_) {
    first_header_ = table.header;
    first_file_ = table.file;
    if (!keep(begin(*layout))) return std::nullopt;
  }
  // Where nothing is counted every order gives the same answers.
  if (options_.sort && !ledgers_.empty()) return collect(table, *layout);
  answer(table, *layout);
  return faults_of_cutting(table);
}

void Run::open_workers(const rows::Layout& layout, const std::string& file,
                       rows::SharedCurves& curves, std::deque<Worker>& workers) {
  for (std::size_t i = 0; i < threads_.count(); ++i) {
    Counting counting;
    if (!ledgers_.empty()) counting = {&ledgers_[i], {i, threads_.count()}, sorted_.has_value()};
    workers.emplace_back(tariff_, options_, layout, counting, curves, file);
  }
}

void Run::run_pipeline(Pipeline& pipeline, std::deque<Worker>& workers) {
  pipeline.work = [&](unsigned number, const Chunk& chunk, ChunkAnswer& answer) {
    workers[number].work(chunk, answer);
  };
  pipeline.in_parts = !ledgers_.empty() && threads_.count() > 1;
  run(pipeline, threads_);
  for (const Worker& worker : workers) outcome_.totals.add(worker.totals());
}

void Run::answer(Table& table, const rows::Layout& layout) {
  rows::SharedCurves curves;
  std::deque<Worker> workers;
  open_workers(layout, table.file, curves, workers);
  line_ends_ = table.lines_before;
  Pipeline pipeline;
  pipeline.next = [&](Chunk& chunk) { return table.cutter->next(chunk); };
  pipeline.emit = [&](const Chunk& chunk, ChunkAnswer& answer) {
    return emit(table, chunk, answer);
  };
  run_pipeline(pipeline, workers);
}

// ---- rows in the order of time -----------------------------------------------------------------

std::optional<Diagnostics> Run::collect(Table& table, const rows::Layout& layout) {
  if (!sorted_) {
    Checked<Spool> input = sinks_.spool(), output = sinks_.spool();
    if (!input) return std::move(input).faults();
    if (!output) return std::move(output).faults();
    sorted_.emplace(std::move(*input), std::move(*output), options_.chunk_bytes);
    layout_ = layout;
  }
  rows::SharedCurves curves;
  Worker reader(tariff_, options_, layout, {}, curves, table.file);
  sorted_->begin_table(table.file, table.lines_before);
  Chunk chunk;
  while (table.cutter->next(chunk)) {
    if (!sorted_->add(chunk, reader)) return Diagnostics{*sorted_->fault()};
    bytes_ += chunk.size;
    if (sinks_.progress) sinks_.progress(bytes_, sorted_->size());
  }
  return std::nullopt;
}

void Run::judge_sorted() {
  rows::SharedCurves curves;
  std::deque<Worker> workers;
  open_workers(*layout_, std::string(), curves, workers);
  sorted_->sort();
  Pipeline pipeline;
  pipeline.next = [&](Chunk& chunk) { return sorted_->next(chunk); };
  pipeline.emit = [&](const Chunk& chunk, ChunkAnswer& answer) {
    return sorted_->answered(chunk, answer,
                             sinks_.reject ? std::optional(options_.cells) : std::nullopt);
  };
  run_pipeline(pipeline, workers);
}

std::optional<Diagnostics> Run::finish() {
  if (auto faults = finish_sorted()) return faults;
  if (sinks_.snapshot && is_written()) keep(write_snapshot());
  return std::nullopt;
}

std::optional<Diagnostics> Run::finish_sorted() {
  if (!sorted_) return std::nullopt;
  judge_sorted();
  if (!sorted_->fault() && keep(sorted_->write(sinks_.write)) && sinks_.reject)
    keep(sorted_->write_rejects(sinks_.reject));
  outcome_.first_faults = sorted_->first_faults();
  if (sorted_->fault()) return Diagnostics{*sorted_->fault()};
  return std::nullopt;
}

// ---- rows in the order of the input ------------------------------------------------------------

bool Run::begin(const rows::Layout& layout) {
  begun_ = true;
  std::string header = rows::header_line(layout);
  if (options_.header && !header.empty() && !sinks_.write(header)) return false;
  return !sinks_.reject || sinks_.reject("file,line,byte_offset,column,code,message,record\n");
}

bool Run::emit(const Table& table, const Chunk& chunk, ChunkAnswer& answer) {
  line_ends_ += chunk.line_ends_skipped;
  for (RowFault& fault : answer.faults) {
    std::uint64_t line = line_ends_ + fault.line + 1;
    if (outcome_.first_faults.size() < rows::first_faults_max)
      outcome_.first_faults.push_back(fault_at(table.file, fault, line));
    if (!sinks_.reject) continue;
    std::uint64_t byte = chunk.byte_offset + fault.byte;
    if (!keep(sinks_.reject(reject_line(table.file, fault, line, byte, options_.cells))))
      return false;
  }
  line_ends_ += answer.line_ends;
  bytes_ += chunk.size;
  rows_ += answer.row_count;
  if (!keep(sinks_.write(answer.rows.text()))) return false;
  if (sinks_.progress) sinks_.progress(bytes_, rows_);
  return true;
}

}  // namespace

Checked<BatchOutcome> run_batch(const fees::Tariff& tariff, const rows::BatchOptions& options,
                                std::vector<BatchInput> inputs, std::optional<BatchInput> history,
                                const BatchSinks& sinks, std::vector<BatchInput> snapshots) {
  Run run(tariff, options, sinks);
  const bool has_snapshot = !snapshots.empty() || sinks.snapshot != nullptr;
  if (auto faults = run.check_counts(has_snapshot)) return *faults;
  if (options.sorted) run.expect_sorted(!has_snapshot && !history);
  if (auto faults = run.restore(std::move(snapshots))) return *faults;
  if (history) {
    if (auto faults = run.seed(std::move(*history))) return *faults;
  }
  for (BatchInput& input : inputs) {
    if (auto faults = run.add(std::move(input))) return *faults;
    if (!run.is_written()) break;
  }
  if (auto faults = run.finish()) return *faults;
  return run.take_outcome();
}

}  // namespace levy::batch
