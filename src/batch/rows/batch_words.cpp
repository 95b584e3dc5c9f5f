#include "batch/rows/batch_words.h"

#include <algorithm>
#include <thread>

#include "base/suggest.h"

namespace levy::batch::rows {
namespace {

Diagnostics about(const std::string& option, const Diagnostics& faults) {
  Diagnostic first = faults.front();
  first.message = option + ": " + first.message;
  first.place = Place();
  return {first};
}

}  // namespace

std::optional<TableForm> find_table_form(const std::string& word) {
  if (word == "csv") return TableForm::csv;
  if (word == "tsv") return TableForm::tsv;
  if (word == "jsonl") return TableForm::json_lines;
  return std::nullopt;
}

Checked<std::vector<Result>> read_results(const std::vector<std::string>& names) {
  std::vector<Result> results;
  for (const std::string& name : names) {
    std::optional<Result> result = find_result(name);
    if (!result) {
      return usage(
          "--results: there is no result \"" + name + "\"" + did_you_mean(name, result_words()),
          "the results are " + join_or(result_words()));
    }
    results.push_back(*result);
  }
  return results;
}

Checked<unsigned> read_threads(const std::string& text) {
  if (text.empty()) return std::max(1u, std::thread::hardware_concurrency());
  Checked<Decimal> number = parse_decimal(text);
  bool whole =
      number && number->is_integer() && *number >= Decimal(1) && *number <= Decimal(threads_max);
  if (!whole) {
    return usage("--threads " + text + " is not a number of threads",
                 "write a whole number from 1 to " + std::to_string(threads_max));
  }
  return static_cast<unsigned>(*number->minor_units(0));
}

namespace {

// "fee.card" of "fee.card=Commission"; "": the whole text is a column's name.
std::string billed_name(const std::string& text) {
  std::string name = text.substr(0, std::min(text.find('='), text.size()));
  bool is_named = name != text && (name == "fee" || name == "debit" || name == "credit" ||
                                   name.starts_with("fee."));
  return is_named ? name : "";
}

std::vector<std::string> billed_names(const fees::Tariff& tariff) {
  std::vector<std::string> names = {"fee", "debit", "credit"};
  for (const fees::Plan& plan : tariff.versions) {
    for (const schedule::Fee& fee : plan.schedule.fees) {
      if (!is_among(names, "fee." + fee.id)) names.push_back("fee." + fee.id);
    }
  }
  return names;
}

}  // namespace

std::optional<Diagnostics> set_reconcile(BatchOptions& options,
                                         const std::vector<std::string>& texts,
                                         const fees::Tariff& tariff) {
  const std::vector<std::string> names = billed_names(tariff);
  for (const std::string& text : texts) {
    std::string name = billed_name(text);
    std::string column = name.empty() ? text : text.substr(name.size() + 1);
    if (name.empty()) name = "fee";
    if (!is_among(names, name))
      return Diagnostics{
          usage("--reconcile: the tariff has no " + in_quotes(name) + did_you_mean(name, names),
                "what can be compared is " + join_or(names))};
    bool is_second = std::any_of(options.reconcile.begin(), options.reconcile.end(),
                                 [&](const auto& one) { return one.first == name; });
    if (is_second)
      return Diagnostics{
          usage("--reconcile names " + in_quotes(name) + " twice", "name one column for each")};
    options.reconcile.emplace_back(std::move(name), std::move(column));
  }
  return std::nullopt;
}

std::optional<Diagnostics> set_tolerance(BatchOptions& options, const std::string& text,
                                         const fees::Tariff& tariff) {
  const schedule::Schedule& schedule = tariff.versions.front().schedule;
  Checked<Money> money = parse_money(text, schedule.currencies, schedule.currency);
  if (!money) return about("--tolerance", money.faults());
  if (money->amount.sign() < 0)
    return Diagnostics{usage("--tolerance is negative", "write 0 or more, for example 0.01 EUR")};
  options.tolerance = money->amount;
  options.tolerance_currency = money->currency;
  return std::nullopt;
}

std::optional<Diagnostics> set_times(BatchOptions& options, const std::string& at,
                                     const std::string& max_age, const fees::Tariff& tariff) {
  options.now = now();
  if (!at.empty()) {
    Checked<Instant> given = parse_instant(at, tariff.versions.front().schedule.timezone);
    if (!given) return about("--at", given.faults());
    options.now = *given;
    options.now_is_given = true;
  }
  if (max_age.empty()) return std::nullopt;
  Checked<std::int64_t> age = parse_duration(max_age);
  if (!age) return about("--max-age", age.faults());
  options.max_age_seconds = *age;
  return std::nullopt;
}

std::optional<Diagnostics> check_form(const BatchOptions& options) {
  const bool is_json = options.input == TableForm::json_lines;
  if (options.columns && is_json) {
    return Diagnostics{
        usage("--columns names the columns of a table without a header line, and "
              "JSON Lines name their own",
              "leave one of them out")};
  }
  if (!options.chunk_header) return std::nullopt;
  if (!options.every_line) {
    return Diagnostics{usage("--chunk-header is for a filter: its blocks are answered one by one",
                             "add --filter, or leave it out")};
  }
  if (!options.columns && !is_json) {
    return Diagnostics{usage("with --chunk-header the table has no header line",
                             "name its columns with --columns, or read JSON Lines with "
                             "--input-format jsonl")};
  }
  if (options.flush == Flush::chunk) {
    return Diagnostics{
        usage("--chunk-header answers block by block, and --flush chunk waits for "
              "more of them",
              "leave one of them out")};
  }
  return std::nullopt;
}

std::optional<Diagnostics> check_order(const BatchOptions& options) {
  if (options.sort && options.in_given_order) {
    return Diagnostics{
        usage("--sort and --in-given-order are two orders to judge rows in", "give one of them")};
  }
  if (options.sorted && (options.sort || options.in_given_order)) {
    const std::string other = options.sort ? "--sort" : "--in-given-order";
    return Diagnostics{usage("--sorted account,time says that the rows are in order, and " + other +
                                 " that they are not",
                             "give one of them")};
  }
  if (options.sort && options.every_line) {
    return Diagnostics{
        usage("--sort reads the whole table before it answers, and --filter answers "
              "each record as it comes",
              "leave one of them out")};
  }
  return std::nullopt;
}

}  // namespace levy::batch::rows
