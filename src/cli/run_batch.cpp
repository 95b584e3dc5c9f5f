// A line on the terminal that says how far a long run is.
#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "base/suggest.h"
#include "batch/batch.h"
#include "batch/rows/batch_words.h"
#include "cli/account_files.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "cli/still_working.h"
#include "cli/syntax.h"
#include "cli/terminal.h"
#include "render/pages/batch_summary.h"
#include "render/text/diagnostic_text.h"
#include "render/text/text_width.h"

namespace levy::cli {

// A temporary file that has no name, in TMPDIR or /tmp.

Checked<batch::Spool> open_spool();  // code unwritable

namespace {

std::string directory() {
  const char* named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string directory) : directory_(std::move(directory)) {
    file_ = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ >= 0) return;
    // Not every file system has files without a name.
    std::string path = directory_ + "/levy-XXXXXX";
    file_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (file_ >= 0) ::unlink(path.c_str());
    error_ = errno;
  }
  ~TemporaryFile() {
    if (file_ >= 0) ::close(file_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_open() const { return file_ >= 0; }

  bool write(std::uint64_t at, std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return fail();
      bytes.remove_prefix(static_cast<std::size_t>(count));
      at += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  bool read(std::uint64_t at, char* into, std::size_t size) {
    while (size > 0) {
      ssize_t count = ::pread(file_, into, size, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return fail();
      into += count;
      size -= static_cast<std::size_t>(count);
      at += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  Diagnostic fault() const {
    return Diagnostic{Code::unwritable,
                      "a temporary file in " + directory_ + ": " + std::strerror(error_),
                      "make room there, or name another directory with TMPDIR"};
  }

 private:
  bool fail() {
    error_ = errno == 0 ? EIO : errno;
    return false;
  }

  std::string directory_;
  int file_ = -1, error_ = 0;
};

}  // namespace

Checked<batch::Spool> open_spool() {
  auto file = std::make_shared<TemporaryFile>(directory());
  if (!file->is_open()) return file->fault();
  batch::Spool spool;
  spool.write = [file](std::uint64_t at, std::string_view bytes) { return file->write(at, bytes); };
  spool.read = [file](std::uint64_t at, char* into, std::size_t size) {
    return file->read(at, into, size);
  };
  spool.fault = [file] { return file->fault(); };
  return spool;
}

// levy batch: a table of operations in, the same table with what each costs out.

namespace {

// "a,b,c"; an empty text is an empty list.
std::vector<std::string> split_names(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t comma = std::min(text.find(',', from), text.size());
    names.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return names;
}

// ---- the options -------------------------------------------------------------------------------

batch::rows::Flush flush_of(const BatchCommand& command) {
  if (command.flush == "record") return batch::rows::Flush::record;
  bool pause = command.flush == "auto" || (command.flush.empty() && command.filter);
  return pause ? batch::rows::Flush::pause : batch::rows::Flush::chunk;
}

Checked<batch::rows::BatchOptions> options_of(const BatchCommand& command,
                                              const fees::Tariff& tariff) {
  batch::rows::BatchOptions options;
  options.map = command.map;
  options.set = command.set;
  if (command.select) options.select = split_names(*command.select);
  if (command.columns) options.columns = split_names(*command.columns);
  if (command.results) {
    Checked<std::vector<batch::rows::Result>> results =
        batch::rows::read_results(split_names(*command.results));
    if (!results) return std::move(results).faults();
    options.results = *results;
  }
  options.lines = command.lines;
  options.input = batch::rows::find_table_form(command.input_format);
  options.output = batch::rows::find_table_form(command.output_format);
  options.header = command.header || !command.filter;
  if (command.csv_safe) options.cells = formats::CsvCells::safe;
  options.every_line = command.filter;
  options.chunk_header = command.chunk_header;
  options.flush = flush_of(command);
  if (auto faults = batch::rows::check_form(options)) return *faults;
  options.enforce_limits = command.enforce_limits;
  options.assume_zero = command.assume_zero;
  options.in_given_order = command.in_given_order;
  options.sort = command.sort;
  options.sorted = !command.sorted.empty();
  options.migrate = command.migrate;
  if (auto faults = batch::rows::check_order(options)) return *faults;
  if (auto faults = batch::rows::set_reconcile(options, command.reconcile, tariff)) return *faults;
  if (!command.tolerance.empty()) {
    if (auto faults = batch::rows::set_tolerance(options, command.tolerance, tariff))
      return *faults;
  }
  if (auto faults = batch::rows::set_times(options, command.common.at, command.max_age, tariff))
    return *faults;
  Checked<unsigned> threads = batch::rows::read_threads(command.threads);
  if (!threads) return std::move(threads).faults();
  if (options.sorted && !command.threads.empty() && *threads > 1)
    return usage("one thread counts rows that are sorted by account",
                 "leave out --threads, and run one levy for each part of the accounts");
  options.threads = *threads;
  return options;
}

// ---- files -------------------------------------------------------------------------------------

// The files of a run, open for as long as it takes.
struct BatchFiles {
  std::vector<std::unique_ptr<StreamFile>> tables;
  std::vector<std::string> names;
  std::unique_ptr<StreamFile> history;
  std::vector<std::unique_ptr<StreamFile>> snapshots;
  std::optional<std::uint64_t> bytes;  // of all tables, where it is known
};

std::optional<Diagnostics> open_files(const BatchCommand& command, BatchFiles& files) {
  files.names = command.files.empty() ? std::vector<std::string>{"-"} : command.files;
  files.bytes = 0;
  for (const std::string& name : files.names) {
    Checked<std::unique_ptr<StreamFile>> table = StreamFile::open(name);
    if (!table) return std::move(table).faults();
    std::optional<std::uint64_t> size = (*table)->size();
    if (files.bytes && size) *files.bytes += *size;
    if (!size) files.bytes.reset();
    files.tables.push_back(std::move(*table));
  }
  for (const std::string& name : command.snapshots_in) {
    Checked<std::unique_ptr<StreamFile>> snapshot = StreamFile::open(name);
    if (!snapshot) return std::move(snapshot).faults();
    files.snapshots.push_back(std::move(*snapshot));
  }
  if (command.history.empty()) return std::nullopt;
  Checked<std::unique_ptr<StreamFile>> history = StreamFile::open(command.history);
  if (!history) return std::move(history).faults();
  files.history = std::move(*history);
  return std::nullopt;
}

batch::BatchInput input_of(StreamFile& file, const std::string& name) {
  return {name == "-" ? "standard input" : name,
          [&file](char* into, std::size_t size) { return file.read(into, size); },
          [&file] { return file.ready(); }};
}

// What could not be read to its end: an answer from half a table would be one that lost rows.
std::optional<Diagnostics> failed_reading(const BatchFiles& files) {
  for (const auto& table : files.tables) {
    if (table->failed()) return Diagnostics{table->fault()};
  }
  for (const auto& snapshot : files.snapshots) {
    if (snapshot->failed()) return Diagnostics{snapshot->fault()};
  }
  if (files.history && files.history->failed()) return Diagnostics{files.history->fault()};
  return std::nullopt;
}

// ---- the run -----------------------------------------------------------------------------------

// What is not asked for is null.
struct BatchOutputs {
  Outputs all;
  Output *rows = nullptr, *rejects = nullptr, *snapshot = nullptr, *summary = nullptr;
};

bool writes_file(const BatchCommand& command) {
  return !command.output.empty() && command.output != "-";
}

void open_outputs(const BatchCommand& command, BatchOutputs& outputs) {
  outputs.rows = &outputs.all.add(writes_file(command) ? "-o" : "", command.output);
  if (!command.rejects.empty()) outputs.rejects = &outputs.all.add("--rejects", command.rejects);
  if (!command.snapshot_out.empty())
    outputs.snapshot = &outputs.all.add("--snapshot-out", command.snapshot_out);
  if (!command.summary.empty()) outputs.summary = &outputs.all.add("--summary", command.summary);
}

std::string summary_of(const BatchCommand& command, const batch::rows::Totals& totals,
                       const Currencies& currencies) {
  std::string format = command.summary_format;
  if (format.empty() && command.summary.ends_with(".txt")) format = "text";
  if (format.empty() && command.summary.ends_with(".md")) format = "markdown";
  if (format == "text") return render::pages::batch_summary_text(totals, currencies);
  if (format == "markdown") return render::pages::batch_summary_markdown(totals, currencies);
  return render::pages::batch_summary_json(totals, currencies);
}

int status_of(const BatchCommand& command, const batch::rows::Totals& totals) {
  if (command.filter) return status_done;
  return totals.errors > 0 || totals.mismatched > 0 ? status_no : status_done;
}

void say_outcome(const BatchCommand& command, const batch::BatchOutcome& outcome,
                 const Currencies& currencies) {
  if (command.filter) return;
  bool clean = status_of(command, outcome.totals) == status_done;
  if (command.quiet && clean) return;
  std::string text = render::text::diagnostics_text(outcome.first_faults,
                                                    diagnostic_form(command.common, STDERR_FILENO));
  const batch::rows::Totals& totals = outcome.totals;
  if (totals.errors > outcome.first_faults.size()) {
    text += "and " + std::to_string(totals.errors - outcome.first_faults.size()) + " more" +
            (command.rejects.empty() ? "; --rejects FILE keeps them all\n" : "\n");
  }
  if (!text.empty()) text += "\n";
  text += command.common.json ? render::pages::batch_summary_json(totals, currencies)
                              : render::pages::batch_summary_text(totals, currencies,
                                                                  {window_columns(STDERR_FILENO)});
  warn(text);
}

int finish(const BatchCommand& command, const batch::BatchOutcome& outcome, BatchOutputs& outputs,
           const Currencies& currencies) {
  if (outputs.summary != nullptr)
    outputs.summary->write(summary_of(command, outcome.totals, currencies));
  outputs.all.finish();
  if (const auto& fault = outputs.all.fault()) return report_error({*fault}, Common());
  say_outcome(command, outcome, currencies);
  return status_of(command, outcome.totals);
}

int answer_batch(const BatchCommand& command, const fees::Tariff& tariff,
                 batch::rows::BatchOptions options) {
  BatchFiles files;
  if (auto faults = open_files(command, files)) return report_error(*faults, command.common);
  BatchOutputs outputs;
  open_outputs(command, outputs);
  if (const auto& fault = outputs.all.fault()) return report_error({*fault}, command.common);
  bool typed = std::find(files.names.begin(), files.names.end(), "-") != files.names.end() &&
               isatty(STDIN_FILENO) == 1;
  if (typed && !command.filter)
    warn("levy reads the table from the terminal: type its header and rows, then Ctrl-D\n");
  std::vector<batch::BatchInput> inputs;
  for (std::size_t i = 0; i < files.tables.size(); ++i)
    inputs.push_back(input_of(*files.tables[i], files.names[i]));
  std::optional<batch::BatchInput> history;
  if (files.history) history = input_of(*files.history, command.history);
  std::vector<batch::BatchInput> snapshots;
  for (std::size_t i = 0; i < files.snapshots.size(); ++i)
    snapshots.push_back(input_of(*files.snapshots[i], command.snapshots_in[i]));
  std::optional<Progress> progress;
  bool draws =
      command.progress == "auto" && !command.filter && !command.quiet && can_show_progress();
  if (draws) progress.emplace(files.bytes);
  batch::BatchSinks sinks;
  sinks.spool = open_spool;
  sinks.write = [&](std::string_view bytes) { return outputs.rows->write(bytes); };
  if (outputs.rejects != nullptr)
    sinks.reject = [&](std::string_view bytes) { return outputs.rejects->write(bytes); };
  if (outputs.snapshot != nullptr)
    sinks.snapshot = [&](std::string_view bytes) { return outputs.snapshot->write(bytes); };
  if (progress) {
    sinks.progress = [&](std::uint64_t bytes, std::uint64_t rows) { progress->show(bytes, rows); };
  }
  Checked<batch::BatchOutcome> outcome = batch::run_batch(
      tariff, options, std::move(inputs), std::move(history), sinks, std::move(snapshots));
  progress.reset();
  if (auto faults = failed_reading(files)) return report_error(*faults, command.common);
  if (!outcome) return report_error(outcome.faults(), command.common);
  return finish(command, *outcome, outputs, tariff.versions.back().schedule.currencies);
}

// Options that say what the lines of the output are, and when they are written.
void add_lines(std::vector<Option>& options, BatchCommand& command) {
  options.push_back(
      {"--header", &command.header, translatable("With --filter: a header line nevertheless")});
  options.push_back({"--csv-safe", &command.csv_safe,
                     translatable("In a CSV: no cell that a spreadsheet would run as a formula")});
  options.push_back(
      {"--filter", &command.filter, translatable("A line out for each line in, and nothing else")});
  options.push_back({"--chunk-header", &command.chunk_header,
                     translatable("With --filter: a line with their number stands before rows")});
  options.push_back(
      {.name = "--flush",
       .into = &command.flush,
       .help = translatable("When to write: auto (the input pauses), record or chunk"),
       .values = {"auto", "record", "chunk"}});
}

// Options that say how rows are judged and counted.
void add_judging(std::vector<Option>& options, BatchCommand& command) {
  options.push_back(
      {"--enforce-limits", &command.enforce_limits, translatable("Judge each row by the limits")});
  options.push_back({"--history", &command.history, translatable("What accounts did before")});
  options.push_back(
      {"--snapshot-in", &command.snapshots_in, translatable("What an earlier run counted")});
  options.push_back(
      {"--snapshot-out", &command.snapshot_out, translatable("Where what was counted goes")});
  options.push_back(
      {"--migrate", &command.migrate,
       translatable("Take a snapshot of another schedule: what still counts the same")});
  options.push_back(
      {"--assume-zero", &command.assume_zero, translatable("Meters that nobody gives are 0")});
  options.push_back({"--sort", &command.sort,
                     translatable("Judge rows in order of time; they come out as they stand")});
  options.push_back(
      {.name = "--sorted",
       .into = &command.sorted,
       .help = translatable("Rows are in this order; it is checked, and memory stays small"),
       .values = {"account,time"}});
  options.push_back({"--in-given-order", &command.in_given_order,
                     translatable("Count rows as they come, even earlier ones after later ones")});
  options.push_back(rates_option(command.rates));
  options.push_back(
      {"--max-age", &command.max_age, translatable("Oldest rates allowed: 24h, 30d")});
  options.push_back(
      {"--reconcile", &command.reconcile,
       translatable("The column of fees that were billed; or fee.ID=, debit=, credit=COLUMN")});
  options.push_back(
      {"--tolerance", &command.tolerance, translatable("How far a bill may be off: 0.01 EUR")});
  options.push_back(
      {"--threads", &command.threads, translatable("Default: as many as there are processors")});
  options.push_back(
      {"-q,--quiet", &command.quiet, translatable("No summary where every row has its answer")});
}

}  // namespace

Syntax syntax_of(BatchCommand& command) {
  Syntax syntax{"batch",
                translatable("Charge, judge or reconcile a table"),
                {schedule_argument(command.schedule)}};
  std::vector<Option>& options = syntax.options;
  options.push_back({"FILE", &command.files,
                     translatable("Tables, CSV, TSV or JSON Lines; default: standard input")});
  options.push_back(
      {"--map", &command.map, translatable("FIELD=COLUMN; FIELD= leaves a column unused")});
  options.push_back({"--set", &command.set, translatable("FIELD=VALUE, the same in every row")});
  options.push_back(mapping_option(command.mapping));
  options.push_back({"--columns", &command.columns,
                     translatable("Names of the columns of a table without a header")});
  options.push_back(
      {.name = "--input-format",
       .into = &command.input_format,
       .help = translatable("csv, tsv or jsonl; default: csv or jsonl by the first byte"),
       .values = {"csv", "tsv", "jsonl"}});
  options.push_back(
      {"--select", &command.select, translatable("Columns of the input to write; default: all")});
  options.push_back(
      {"--results", &command.results, "Results to write: " + join_or(batch::rows::result_words())});
  options.push_back({"--lines", &command.lines, translatable("One more column a fee")});
  options.push_back({.name = "--output-format",
                     .into = &command.output_format,
                     .help = translatable("csv, tsv or jsonl; default: as the input"),
                     .values = {"csv", "tsv", "jsonl"}});
  options.push_back(
      {"-o,--output", &command.output, translatable("Where to write; the file appears whole")});
  options.push_back(
      {"--rejects", &command.rejects, translatable("Where rows in error go, with the reason")});
  options.push_back({"--summary", &command.summary, translatable("Where counts and totals go")});
  options.push_back({.name = "--summary-format",
                     .into = &command.summary_format,
                     .help = translatable("json, text or markdown; default: by the file's ending"),
                     .values = {"json", "text", "markdown"}});
  add_lines(options, command);
  add_judging(options, command);
  options.push_back({.name = "--progress",
                     .into = &command.progress,
                     .help = translatable("auto or never"),
                     .values = {"auto", "never"}});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy batch okpay payments.csv -o charged.csv", translatable("each row with what it costs")},
      {"levy batch okpay bill.csv --reconcile billed",
       translatable("each row with what was billed against what it should be")}};
  return syntax;
}

// What accounts did before is said once.
std::optional<Diagnostics> check_past(const BatchCommand& command) {
  if (!command.history.empty() && !command.snapshots_in.empty())
    return Diagnostics{
        usage("--history and --snapshot-in both say what accounts did before", "give one of them")};
  if (command.migrate && command.snapshots_in.empty())
    return Diagnostics{usage("--migrate is about a snapshot, and none is read",
                             "name it with --snapshot-in, or leave it out")};
  return std::nullopt;
}

int run(const BatchCommand& command) {
  if (auto faults = check_past(command)) return report_error(*faults, command.common);
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.rates, command.common);
  if (rates.status != 0) return rates.status;
  Checked<batch::rows::BatchOptions> options = options_of(command, *loaded.tariff);
  if (!options) return report_error(options.faults(), command.common);
  if (rates.rates) options->rates = &*rates.rates;
  LoadedMapping mapping =
      load_mapping(command.mapping, fees::mapping_target(*loaded.tariff, false), command.common);
  if (mapping.status != 0) return mapping.status;
  options->mapping = mapping.mapping.get();
  return answer_batch(command, *loaded.tariff, std::move(*options));
}

}  // namespace levy::cli
