// Batch against everything it must agree with: `quote` row by row, itself without the integers,
// other numbers of threads and sizes of chunks; the same of accounts, whose rows count for those
// after them. Over every shipped schedule, with rows of random operations, amounts and attributes,
// and a few that no one can answer.
//
//   batch_tests ROWS SCHEDULE.json ...
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "batch/batch.h"
#include "schedule/attributes.h"

namespace {

using levy::Checked;
using levy::Money;
using levy::Plan;
using levy::Schedule;

struct Column {
  std::string name;
  std::vector<std::string> values;  // of which each row takes one; "" is not given
};

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
      std::string value = number ? cell : "\"" + cell + "\"";
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

void add_values(const levy::When& when, const std::string& name, std::set<std::string>& values) {
  for (const levy::Condition& condition : when.conditions) {
    if (condition.name == name) values.insert(condition.values.begin(), condition.values.end());
  }
}

// The values of `name` that the fees' conditions tell apart.
std::set<std::string> named_values(const Schedule& schedule, const std::string& name) {
  std::set<std::string> values;
  for (const levy::Fee& fee : schedule.fees) {
    if (fee.when) add_values(*fee.when, name, values);
    for (const levy::Case& one : fee.cases) {
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
  for (const std::string& name : levy::known_names(schedule)) {
    std::set<std::string> named = named_values(schedule, name);
    levy::Missing domain = levy::describe_attribute(schedule, name);
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

std::string run(const levy::Tariff& tariff, const std::string& csv, levy::BatchOptions options,
                Rejected rejected = Rejected::left_out) {
  std::string out;
  levy::BatchSinks sinks;
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
  options.now = noon();
  options.assume_zero = true;
  options.lines = true;
  std::vector<levy::BatchInput> inputs;
  inputs.push_back({"rows.csv", levy::read_from(csv)});
  auto outcome = levy::run_batch(tariff, options, std::move(inputs), std::nullopt, sinks);
  if (!outcome) return "fault: " + outcome.faults().front().message;
  const levy::Totals& totals = outcome->totals;
  if (totals.rows != totals.ok + totals.declined + totals.errors) return "rows were lost";
  return out + "# rows " + std::to_string(totals.rows) + "\n" + rejects;
}

// The results as `quote` has them, in the columns of a batch.
std::string quoted(const levy::Tariff& tariff, const Table& table,
                   const std::vector<std::string>& row) {
  levy::Question question;
  question.now = noon();
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (!row[i].empty()) question.request.set(table.names[i], row[i]);
  }
  Checked<levy::Quote> quote = levy::quote(tariff, question);
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

bool agrees_with_quote(const levy::Tariff& tariff, const Table& table, const std::string& out) {
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

// Where rows count for those after them: limits are told of, enforced, and the fees go on counting.
bool test_accounts(const std::string& file, const levy::Tariff& tariff, const Table& table) {
  bool good = true;
  for (bool enforces : {false, true}) {
    levy::BatchOptions options;
    options.enforce_limits = enforces;
    options.output = levy::TableForm::csv;
    options.select = table.names;
    std::string alone = run(tariff, table.csv(), options, Rejected::listed);
    std::string lines = run(tariff, json_lines(table), options, Rejected::listed);
    for (unsigned threads : {2u, 8u}) {
      for (std::size_t bytes : {std::size_t{1}, std::size_t{700}, std::size_t{1} << 18}) {
        options.threads = threads;
        options.chunk_bytes = bytes;
        good = same("accounts", file, alone, run(tariff, table.csv(), options, Rejected::listed)) &&
               good;
        good = same("accounts, JSON Lines", file, lines,
                    run(tariff, json_lines(table), options, Rejected::listed)) &&
               good;
      }
    }
  }
  return good;
}

bool test_schedule(const std::string& file, std::size_t rows) {
  std::ifstream stream(file);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  Checked<levy::Tariff> tariff = levy::load_tariff({levy::Source(file, text)});
  if (!tariff) return false;
  const Schedule& schedule = tariff->versions.front().schedule;
  if (schedule.fees.empty()) return true;
  Table table = random_table(schedule, rows);
  std::string csv = table.csv();
  levy::BatchOptions options;
  std::string fast = run(*tariff, csv, options);
  options.in_full = true;
  bool good = same("in full", file, fast, run(*tariff, csv, options));
  options.in_full = false;
  options.threads = 8;
  options.chunk_bytes = 700;
  good = same("threads and chunks", file, fast, run(*tariff, csv, options)) && good;
  options.chunk_bytes = 1;
  good = same("one byte", file, fast, run(*tariff, csv, options)) && good;
  options = levy::BatchOptions();
  options.output = levy::TableForm::csv;
  options.select = table.names;
  good = same("JSON Lines", file, fast, run(*tariff, json_lines(table), options)) && good;
  good = test_accounts(file, *tariff, with_accounts(table)) && good;
  return agrees_with_quote(*tariff, table, fast) && good;
}

}  // namespace

int main(int count, char** words) {
  std::size_t rows = count > 1 ? std::strtoull(words[1], nullptr, 10) : 0;
  int passed = 0, failed = 0;
  for (int i = 2; i < count; ++i) ++(test_schedule(words[i], rows) ? passed : failed);
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed > 0 || passed == 0 ? 1 : 0;
}
