// Batch against everything it must agree with: `quote` row by row, itself without the integers,
// other numbers of threads and sizes of chunks; the same of accounts, whose rows count for those
// after them. Over every shipped schedule, with rows of random operations, amounts and attributes,
// and a few that no one can answer. And tables that mix every optional form of every cell, in any
// order, over tariffs of several versions and zones: each row is answered as it is alone.
//
//   batch_tests ROWS SCHEDULE.json ...
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "batch/batch.h"
#include "property/batch_mixes.h"
#include "schedule/attributes.h"

namespace {

using levy::Checked;
using levy::Column;
using levy::Mixed;
using levy::Money;
using levy::fees::Plan;
using levy::schedule::Schedule;

struct Table {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;

  std::string csv() const {
    std::string text;
    auto line = [&](const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + cells[i];
      text += "\n";
    };
    line(names);
    for (const auto& row : rows) line(row);
    return text;
  }
};

// The same rows as lines of JSON; whole amounts as numbers, blanks here and there.
std::string json_lines(const Table& table) {
  std::string text;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      const std::string& cell = table.rows[r][i];
      if (cell.empty()) continue;
      bool number = i == 2 && r % 2 == 0 &&
                    cell.find_first_not_of("0123456789") == std::string::npos &&
                    (cell.size() == 1 || cell[0] != '0');
      std::string escaped;
      for (char c : cell) escaped += c == '\\' ? std::string("\\\\") : std::string(1, c);
      std::string value = number ? cell : "\"" + escaped + "\"";
      line += (line.empty() ? "{\""
               : r % 7 == 0 ? " , \""
                            : ",\"") +
              table.names[i] + "\":" + value;
    }
    text += line + "}\n";
  }
  return text;
}

std::mt19937_64 dice(20261122);

std::size_t below(std::size_t n) { return dice() % n; }

// ---- rows --------------------------------------------------------------------------------------

void add_values(const levy::schedule::When& when, const std::string& name,
                std::set<std::string>& values) {
  for (const levy::schedule::Condition& condition : when.conditions) {
    if (condition.name == name) values.insert(condition.values.begin(), condition.values.end());
  }
}

// The values of `name` that the fees' conditions tell apart.
std::set<std::string> named_values(const Schedule& schedule, const std::string& name) {
  std::set<std::string> values;
  for (const levy::schedule::Fee& fee : schedule.fees) {
    if (fee.when) add_values(*fee.when, name, values);
    for (const levy::schedule::Case& one : fee.cases) {
      if (one.when) add_values(*one.when, name, values);
    }
  }
  return values;
}

std::vector<Column> columns_of(const Schedule& schedule) {
  std::vector<Column> columns = {{"id", {}}, {"time", {}}, {"amount", {}}};
  std::vector<std::string> operations = schedule.operations();
  if (operations.empty()) operations = {"payment"};
  columns.push_back({"operation", operations});
  std::vector<std::string> currencies = {"EUR", "USD", "JPY"};
  if (!schedule.currency.empty())
    currencies.insert(currencies.end(), 5, std::string(schedule.currency.code()));
  columns.push_back({"currency", currencies});
  for (const std::string& name : levy::schedule::known_names(schedule)) {
    std::set<std::string> named = named_values(schedule, name);
    levy::Missing domain = levy::schedule::describe_attribute(schedule, name);
    if (schedule.find_quantity(name) != nullptr) {
      columns.push_back({name, {"", "0", "1", "600", "21000", "2.5"}});
    } else if (domain.closed && name != "weekday" && !domain.domain.empty()) {
      columns.push_back({name, domain.domain});
    } else if ((name == "country" || name == "to_country") && !named.empty()) {
      columns.push_back({name, {named.begin(), named.end()}});
      columns.back().values.insert(columns.back().values.end(), {"DE", "US", ""});
    } else if (schedule.find_attribute(name) != nullptr) {
      columns.push_back({name, {named.begin(), named.end()}});
      columns.back().values.push_back("other");
    }
  }
  return columns;
}

std::string random_amount(int digits) {
  std::uint64_t units = dice() >> (22 + below(40));
  if (below(4) == 0) units = (units / 100 + 1) * 100;
  std::string text = std::to_string(units);
  if (digits == 0 || below(6) == 0) return text;
  int places = digits > 6 ? 6 : digits;
  while (static_cast<int>(text.size()) <= places) text.insert(0, "0");
  return text.insert(text.size() - static_cast<std::size_t>(places), ".");
}

std::string two(std::size_t value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string random_time() {
  return "20" + two(24 + below(4)) + "-" + two(1 + below(12)) + "-" + two(1 + below(28)) + "T" +
         two(below(24)) + ":" + two(below(60)) + ":00Z";
}

std::string random_flaw() {
  const char* flaws[] = {"12;5", "-3", "1.23456789012345678901234567", "", "1e3", "12 EUR", "00.5"};
  return flaws[below(std::size(flaws))];
}

Table random_table(const Schedule& schedule, std::size_t count) {
  Table table;
  std::vector<Column> columns = columns_of(schedule);
  for (const Column& column : columns) table.names.push_back(column.name);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::string> row;
    for (const Column& column : columns)
      row.push_back(column.values.empty() ? "" : column.values[below(column.values.size())]);
    auto currency = levy::Currency::of(row[4]);
    int digits = schedule.currencies.find_digits(*currency).value_or(2);
    row[0] = "r" + std::to_string(i);
    row[1] = below(10) == 0 ? "" : random_time();
    row[2] = below(25) == 0 ? random_flaw() : random_amount(digits);
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The same rows, of a few accounts that come again and again, and of nobody.
Table with_accounts(Table table) {
  const std::vector<std::string> accounts = {"", "anna", "ben", "cem", "dora", "eve", "fay"};
  table.names.push_back("account");
  for (auto& row : table.rows) row.push_back(accounts[below(accounts.size())]);
  return table;
}

// ---- answers -----------------------------------------------------------------------------------

levy::Instant noon() { return *levy::parse_instant("2026-06-01T12:00:00Z", levy::TimeZone()); }

enum class Rejected { left_out, listed };

levy::Checked<levy::batch::Spool> spool_in_memory() {
  auto bytes = std::make_shared<std::string>();
  levy::batch::Spool spool;
  spool.write = [bytes](std::uint64_t at, std::string_view text) {
    bytes->resize(std::max(bytes->size(), at + text.size()));
    text.copy(bytes->data() + at, text.size());
    return true;
  };
  spool.read = [bytes](std::uint64_t at, char* into, std::size_t size) {
    return bytes->copy(into, size, at) == size;
  };
  spool.fault = [] { return levy::Diagnostic{levy::Code::unwritable, "", ""}; };
  return spool;
}

std::string run(const levy::fees::Tariff& tariff, const std::string& csv,
                levy::batch::rows::BatchOptions options, Rejected rejected = Rejected::left_out) {
  std::string out;
  levy::batch::BatchSinks sinks;
  sinks.write = [&](std::string_view bytes) {
    out += bytes;
    return true;
  };
  std::string rejects;
  if (rejected == Rejected::listed) {
    sinks.reject = [&](std::string_view bytes) {
      rejects += bytes;
      return true;
    };
  }
  sinks.spool = spool_in_memory;
  options.now = noon();
  options.assume_zero = true;
  options.lines = true;
  std::vector<levy::batch::BatchInput> inputs;
  inputs.push_back({"rows.csv", levy::formats::read_from(csv)});
  auto outcome = levy::batch::run_batch(tariff, options, std::move(inputs), std::nullopt, sinks);
  if (!outcome) return "fault: " + outcome.faults().front().message;
  const levy::batch::rows::Totals& totals = outcome->totals;
  if (totals.rows != totals.ok + totals.declined + totals.errors) return "rows were lost";
  return out + "# rows " + std::to_string(totals.rows) + "\n" + rejects;
}

// The fields that a column says: its own name, where it is one and none other says it.
std::vector<std::string> fields_of(const std::string& column,
                                   const levy::batch::rows::BatchOptions& options) {
  std::vector<std::string> fields;
  for (const auto& [field, name] : options.map) {
    if (name == column) fields.push_back(field);
  }
  if (fields.empty() || column == "amount") fields.push_back(column);
  return fields;
}

// The results as `quote` has them, in the columns of a batch.
std::string quoted(const levy::fees::Tariff& tariff, const Table& table,
                   const std::vector<std::string>& row,
                   const levy::batch::rows::BatchOptions& options = {}) {
  levy::fees::Question question;
  question.now = noon();
  question.rates = options.rates;
  question.max_age_seconds = options.max_age_seconds;
  std::vector<std::string> operations = tariff.versions.front().schedule.operations();
  if (operations.size() == 1) question.request.set("operation", operations.front());
  for (const auto& [field, value] : options.set) question.request.set(field, value);
  for (std::size_t i = 1; i < row.size(); ++i) {
    for (const std::string& field : fields_of(table.names[i], options)) {
      if (row[i].empty()) continue;
      if (field.starts_with("used.")) {
        question.used.emplace_back(field.substr(5), row[i]);
      } else {
        question.request.set(field, row[i]);
      }
    }
  }
  Checked<levy::fees::Quote> quote = levy::fees::quote(tariff, question);
  if (!quote) return "error,,,,,," + std::string(to_string(quote.faults().front().code));
  const levy::Currencies& known = quote->plan->schedule.currencies;
  levy::Currency own = quote->operation.currency;
  std::string other;
  for (const auto& [currency, fee] : quote->fees) {
    if (currency != own)
      other += (other.empty() ? "" : ";") + to_string(Money{fee, currency}, known);
  }
  return "ok," + format_amount({quote->fees.at(own), own}, known) + "," +
         format_amount({quote->debit.at(own), own}, known) + "," +
         format_amount(quote->credit, known) + "," + std::string(quote->credit.currency.code()) +
         "," + other + ",";
}

bool agrees_with_quote(const levy::fees::Tariff& tariff, const Table& table,
                       const std::string& out) {
  std::istringstream lines(out);
  std::string line;
  std::getline(lines, line);
  for (const auto& row : table.rows) {
    std::getline(lines, line);
    std::string input;
    for (std::size_t i = 0; i < row.size(); ++i) input += (i > 0 ? "," : "") + row[i];
    std::string wanted = input + "," + quoted(tariff, table, row);
    if (line.starts_with(wanted)) continue;
    std::printf("batch: %s\nquote: %s\n", line.c_str(), wanted.c_str());
    return false;
  }
  return true;
}

bool same(const std::string& what, const std::string& file, const std::string& a,
          const std::string& b) {
  if (a == b) return true;
  std::istringstream left(a), right(b);
  std::string one, other;
  while (std::getline(left, one) && std::getline(right, other) && one == other) {
  }
  std::printf("%s: %s\n  %s\n  %s\n", file.c_str(), what.c_str(), one.c_str(), other.c_str());
  return false;
}

// The rows in the order of time, those of one time as they stood. One without a time is of now.
Table by_time(const levy::fees::Tariff& tariff, Table table) {
  auto time_of = [&](const std::vector<std::string>& row) {
    if (row[1].empty()) return noon();
    return *levy::parse_instant(row[1], tariff.versions.front().schedule.timezone);
  };
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [&](const auto& a, const auto& b) { return time_of(a) < time_of(b); });
  return table;
}

// Lines of `out`, the first a header, in the order of the table's rows, whose ids they begin with.
std::string in_order_of(const Table& table, const std::string& out) {
  std::map<std::string, std::string> by_id;
  std::istringstream lines(out);
  std::string line, text;
  std::getline(lines, text);
  text += "\n";
  while (std::getline(lines, line)) by_id[line.substr(0, line.find(','))] = line + "\n";
  for (const auto& row : table.rows) text += by_id[row[0]];
  return text + by_id["# rows " + std::to_string(table.rows.size())];
}

std::string quoted_csv(const Table& table) {
  std::string text;
  for (std::size_t r = 0; r <= table.rows.size(); ++r) {
    const auto& cells = r == 0 ? table.names : table.rows[r - 1];
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? ",\"" : "\"") + cells[i] + "\"";
    text += "\r\n";
  }
  return text;
}

// The same bytes for every number of threads and size of chunks, of CSV and of JSON Lines.
bool test_threads(const std::string& file, const levy::fees::Tariff& tariff, const Table& table,
                  levy::batch::rows::BatchOptions options) {
  bool good = true;
  std::string alone = run(tariff, table.csv(), options, Rejected::listed);
  std::string lines = run(tariff, json_lines(table), options, Rejected::listed);
  std::string cells = run(tariff, quoted_csv(table), options, Rejected::listed);
  options.in_full = true;
  good =
      same("accounts, in full", file, run(tariff, table.csv(), options, Rejected::listed), alone);
  options.in_full = false;
  for (unsigned threads : {1u, 2u, 8u}) {
    for (std::size_t bytes : {std::size_t{1}, std::size_t{700}, std::size_t{1} << 18}) {
      options.threads = threads;
      options.chunk_bytes = bytes;
      good = same("accounts", file, alone, run(tariff, table.csv(), options, Rejected::listed)) &&
             good;
      good = same("accounts, JSON Lines", file, lines,
                  run(tariff, json_lines(table), options, Rejected::listed)) &&
             good;
      good = same("accounts, quoted", file, cells,
                  run(tariff, quoted_csv(table), options, Rejected::listed)) &&
             good;
    }
  }
  return good;
}

// Where rows count for those after them: limits are told of, enforced, and the fees go on counting.
// Rows that go back in time are refused, counted as they come, or judged in the order of time.
bool test_accounts(const std::string& file, const levy::fees::Tariff& tariff, const Table& table) {
  bool good = true;
  for (bool enforces : {false, true}) {
    levy::batch::rows::BatchOptions options;
    options.enforce_limits = enforces;
    options.output = levy::batch::rows::TableForm::csv;
    options.select = table.names;
    Table sorted = by_time(tariff, table);
    good = test_threads(file, tariff, table, options) && good;
    good = test_threads(file, tariff, sorted, options) && good;
    std::string in_time = run(tariff, sorted.csv(), options);
    options.in_given_order = true;
    good = test_threads(file, tariff, table, options) && good;
    good =
        same("an order that is that of time", file, in_time, run(tariff, sorted.csv(), options)) &&
        good;
    options.in_given_order = false;
    options.sort = true;
    good = test_threads(file, tariff, table, options) && good;
    std::string judged_in_time = run(tariff, table.csv(), options);
    good = same("sorted", file, in_order_of(table, in_time), judged_in_time) && good;
    good =
        same("sorted JSON Lines", file, judged_in_time, run(tariff, json_lines(table), options)) &&
        good;
  }
  return good;
}

// Lines of JSON, from either form, whole and with selected members, as the evaluator alone writes
// them.
bool test_json_out(const std::string& what, const levy::fees::Tariff& tariff, const Table& table,
                   levy::batch::rows::BatchOptions options) {
  options.output = levy::batch::rows::TableForm::json_lines;
  bool good = true;
  for (bool selects : {false, true}) {
    options.select.reset();
    if (selects) options.select = table.names;
    for (const std::string& text : {table.csv(), json_lines(table)}) {
      options.in_full = true;
      options.threads = 1;
      std::string wanted = run(tariff, text, options, Rejected::listed);
      options.in_full = false;
      options.threads = 3;
      good = same("JSON Lines out", what, wanted, run(tariff, text, options, Rejected::listed)) &&
             good;
    }
  }
  return good;
}

bool test_schedule(const std::string& file, std::size_t rows) {
  std::ifstream stream(file);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  Checked<levy::fees::Tariff> tariff = levy::fees::load_tariff({levy::Source(file, text)});
  if (!tariff) return false;
  const Schedule& schedule = tariff->versions.front().schedule;
  if (schedule.fees.empty()) return true;
  Table table = random_table(schedule, rows);
  std::string csv = table.csv();
  levy::batch::rows::BatchOptions options;
  std::string fast = run(*tariff, csv, options);
  options.in_full = true;
  bool good = same("in full", file, fast, run(*tariff, csv, options));
  options.in_full = false;
  options.threads = 8;
  options.chunk_bytes = 700;
  good = same("threads and chunks", file, fast, run(*tariff, csv, options)) && good;
  options.chunk_bytes = 1;
  good = same("one byte", file, fast, run(*tariff, csv, options)) && good;
  options = levy::batch::rows::BatchOptions();
  options.output = levy::batch::rows::TableForm::csv;
  options.select = table.names;
  good = same("JSON Lines", file, fast, run(*tariff, json_lines(table), options)) && good;
  good = test_accounts(file, *tariff, with_accounts(table)) && good;
  good = test_json_out(file, *tariff, table, {}) && good;
  return agrees_with_quote(*tariff, table, fast) && good;
}

// ---- tables of mixed forms ---------------------------------------------------------------------

levy::facts::RatesHistory dated_rates() {
  const char* text = "Date,USD,JPY\n2026-06-06,2.5,181.04\n2025-01-01,1.25,160\n";
  return *levy::facts::parse_rates(levy::Source("rates.csv", text));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What each row is answered when it stands alone, which is as `quote` says.
bool answer_alone(const Mixed& mixed, const levy::fees::Tariff& tariff,
                  levy::batch::rows::BatchOptions options, const Table& table,
                  std::map<std::string, std::string>& answers) {
  options.in_full = true;
  for (const auto& row : table.rows) {
    Table alone{table.names, {row}};
    std::string out = run(tariff, alone.csv(), options);
    std::string wanted = quoted(tariff, alone, row, options);
    std::vector<std::string> lines = lines_of(out);
    if (lines.size() < 2 || lines[1].find("," + wanted) == std::string::npos) {
      std::printf("%s: batch: %s\nquote: %s\n", mixed.name.c_str(), out.c_str(), wanted.c_str());
      return false;
    }
    answers[row[0]] = lines[1];
  }
  return true;
}

bool same_as_alone(const Mixed& mixed, const levy::fees::Tariff& tariff,
                   const levy::batch::rows::BatchOptions& options, const Table& table,
                   const std::map<std::string, std::string>& answers) {
  std::string wanted = "\n";
  for (const auto& row : table.rows) wanted += answers.at(row[0]) + "\n";
  bool good = true;
  for (const std::string& text : {table.csv(), quoted_csv(table), json_lines(table)}) {
    std::string out = run(tariff, text, options);
    out = out.substr(out.find('\n'), out.find("# rows") - out.find('\n'));
    good = same("each row as it is alone", mixed.name, wanted, out) && good;
  }
  return good;
}

bool test_mixed(const Mixed& mixed, std::size_t rows, std::optional<std::int64_t> max_age_seconds) {
  std::vector<levy::Source> sources;
  for (const std::string& text : mixed.versions) sources.emplace_back(mixed.name, text);
  Checked<levy::fees::Tariff> tariff = levy::fees::load_tariff(std::move(sources));
  if (!tariff) {
    std::printf("%s: %s\n", mixed.name.c_str(), tariff.faults().front().message.c_str());
    return false;
  }
  const levy::facts::RatesHistory rates = dated_rates();
  levy::batch::rows::BatchOptions options;
  options.map = mixed.map;
  options.set = mixed.set;
  options.rates = &rates;
  options.max_age_seconds = max_age_seconds;
  options.output = levy::batch::rows::TableForm::csv;
  Table table{{"id"}, {}};
  for (const Column& column : mixed.columns) table.names.push_back(column.name);
  options.select = table.names;
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<std::string> row = {"r" + std::to_string(i)};
    for (const Column& column : mixed.columns)
      row.push_back(column.values[below(column.values.size())]);
    table.rows.push_back(std::move(row));
  }
  std::map<std::string, std::string> answers;
  bool good = answer_alone(mixed, *tariff, options, table, answers);
  for (int order = 0; good && order < 8; ++order) {
    std::shuffle(table.rows.begin(), table.rows.end(), dice);
    // Of a tariff of several versions the first line of JSON must say a time.
    std::iter_swap(table.rows.begin(),
                   std::find_if(table.rows.begin(), table.rows.end() - 1,
                                [](const auto& row) { return !row[1].empty(); }));
    options.threads = order % 2 == 0 ? 1 : 3;
    options.chunk_bytes = order % 4 < 2 ? std::size_t{1} << 18 : 300;
    good = same_as_alone(mixed, *tariff, options, table, answers) &&
           test_json_out(mixed.name, *tariff, table, options);
  }
  return good;
}

// ---- readings ----------------------------------------------------------------------------------

Table table_of_readings(const Mixed& mixed, std::size_t rows) {
  Table table{{"id"}, {}};
  for (const Column& column : mixed.columns) table.names.push_back(column.name);
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<std::string> row = {"r" + std::to_string(i)};
    for (const Column& column : mixed.columns)
      row.push_back(column.values.empty() ? "" : column.values[below(column.values.size())]);
    row[1] = "2026-0" + std::to_string(6 + below(2)) + "-" + two(1 + below(30)) + "T" +
             two(below(24)) + ":" + two(below(60)) + ":00Z";
    std::size_t cents = below(4) == 0 ? 100 * below(200) : below(40000);
    row[2] = below(40) == 0 ? random_flaw() : std::to_string(cents / 100) + "." + two(cents % 100);
    table.rows.push_back(std::move(row));
  }
  return table;
}

// Rows priced by what their accounts did before: by the integers as by the evaluator alone,
// whatever the order, the form, the threads and the chunks.
bool test_readings(std::size_t rows) {
  Mixed mixed = levy::random_readings(dice);
  std::vector<levy::Source> sources;
  for (const std::string& text : mixed.versions) sources.emplace_back(mixed.name, text);
  Checked<levy::fees::Tariff> tariff = levy::fees::load_tariff(std::move(sources));
  if (!tariff) {
    std::printf("%s: %s\n%s\n", mixed.name.c_str(), tariff.faults().front().message.c_str(),
                mixed.versions.front().c_str());
    return false;
  }
  Table table = table_of_readings(mixed, rows);
  bool good = true;
  for (int way = 0; way < 8; ++way) {
    levy::batch::rows::BatchOptions options;
    options.enforce_limits = way % 2 == 1;
    options.output = levy::batch::rows::TableForm::csv;
    options.select = table.names;
    if (way == 6) options.set = {{"used.f0", "25"}};
    Table asked = way < 2 ? table : by_time(*tariff, table);
    std::string text = way % 4 < 2 ? asked.csv() : json_lines(asked);
    options.in_full = true;
    std::string wanted = run(*tariff, text, options, Rejected::listed);
    options.in_full = false;
    for (unsigned threads : {1u, 2u}) {
      options.threads = threads;
      options.chunk_bytes = way % 3 == 0 ? 300 : std::size_t{1} << 18;
      good = same("readings", mixed.versions.front(), wanted,
                  run(*tariff, text, options, Rejected::listed)) &&
             good;
    }
    if (way == 3) good = test_json_out(mixed.versions.front(), *tariff, asked, options) && good;
  }
  return good;
}

}  // namespace

int main(int count, char** words) {
  std::size_t rows = count > 1 ? std::strtoull(words[1], nullptr, 10) : 0;
  int passed = 0, failed = 0;
  for (int i = 2; i < count; ++i) ++(test_schedule(words[i], rows) ? passed : failed);
  // Rates are two, seventeen months apart: some rows are older than 100 days after theirs.
  for (const Mixed& mixed : levy::mixes()) {
    for (std::int64_t days : {0, 100}) {
      auto max_age = days > 0 ? std::optional(days * 86400) : std::nullopt;
      ++(test_mixed(mixed, rows, max_age) ? passed : failed);
    }
  }
  for (std::size_t i = 0; i < rows / 4; ++i) ++(test_readings(rows) ? passed : failed);
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed > 0 || passed == 0 ? 1 : 0;
}
