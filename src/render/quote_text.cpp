#include "render/quote_text.h"

#include <algorithm>

#include "render/not_taken.h"
#include "render/steps_text.h"
#include "render/table.h"

namespace levy {
namespace {

const Currencies& currencies_of(const Quote& quote) { return quote.plan->schedule.currencies; }

std::string with_code(const Money& money, const Quote& quote) {
  return to_string(money, currencies_of(quote));
}

std::string by_currency(const std::map<Currency, Rational>& amounts, const Quote& quote) {
  std::string text;
  for (const auto& [currency, amount] : amounts) {
    bool shown = !amount.is_zero() || amounts.size() == 1;
    if (!shown) continue;
    if (!text.empty()) text += " + ";
    text += with_code({amount, currency}, quote);
  }
  if (!text.empty()) return text;
  return with_code({0, quote.operation.currency}, quote);
}

std::string amount_text(const Quote& quote) {
  return with_code({*quote.operation.amount, quote.operation.currency}, quote);
}

// What was asked, without the names that an expansion's columns show.
std::string head(const Quote& quote, std::string_view language,
                 const std::vector<std::string>& in_columns = {}) {
  const Schedule& schedule = quote.plan->schedule;
  const Operation& operation = quote.operation;
  std::string text = schedule.id;
  if (!schedule.version.empty()) text += " " + schedule.version;
  std::string title(schedule.title.in(language));
  if (!title.empty()) text += "  " + title;
  text += "\n" + operation.name;
  bool amount_in_column = quote.solutions && !in_columns.empty();
  if (!amount_in_column) text += " of " + amount_text(quote);
  if (operation.converts()) text += " to " + std::string(operation.to_currency.code());
  for (const auto& [name, value] : operation.attributes) {
    bool shown = std::find(in_columns.begin(), in_columns.end(), name) == in_columns.end();
    if (shown) text += ", " + name + " " + value;
  }
  for (const auto& [name, value] : operation.quantities)
    text += ", " + name + " " + value.to_string();
  return text + ", at " + to_string(operation.time, schedule.timezone) + "\n";
}

void add_lines(Table& table, const Quote& quote, std::string_view language) {
  for (const Line& line : quote.lines) {
    std::string title = title_of(*line.fee, line.taken, language);
    std::string collect = line.collect == Collect::on_top     ? "on top"
                          : line.collect == Collect::deducted ? "deducted"
                                                              : "shown only";
    table.row(
        {{title.empty() ? line.fee->id : title}, {with_code(line.amount, quote), true}, {collect}});
  }
  if (quote.lines.empty()) table.row({{"No fee applies"}});
}

std::string exchange_text(const Quote& quote) {
  const Exchange& exchange = *quote.exchange;
  std::string source(quote.operation.currency.code()), target(quote.operation.to_currency.code());
  std::string text = "Rate: 1 " + source + " = " + exchange.rate.to_string() + " " + target;
  if (exchange.margin.is_zero()) return text + " (the mid rate)\n";
  return text + " (mid " + exchange.mid.to_string() + " less " + exchange.margin.to_string() +
         " %, which is worth " + with_code(exchange.margin_cost, quote) +
         " and inside what arrives)\n";
}

std::string solutions_text(const Quote& quote) {
  const Solutions& solutions = *quote.solutions;
  if (solutions.count && *solutions.count == Decimal(1)) return "No other amount does this.\n";
  std::string text = "Amounts that do this: ";
  if (!solutions.count)
    return text + "any number, from " + with_code(solutions.smallest, quote) + " up.\n";
  return text + solutions.count->to_string() + ", from " + with_code(solutions.smallest, quote) +
         " to " + with_code(*solutions.largest, quote) + ".\n";
}

std::string assumed_text(const Quote& quote) {
  std::string text;
  for (const std::string& meter : quote.assumed)
    text += "Assumed: nothing used yet of " + meter + " (say --used " + meter + "=VALUE)\n";
  return text;
}

}  // namespace

std::string quote_text(const Quote& quote, std::string_view language) {
  Table table;
  add_lines(table, quote, language);
  table.rule({false, true});
  table.row({{"Fees"}, {by_currency(quote.fees, quote), true}});
  table.row({{"Debited"}, {by_currency(quote.debit, quote), true}});
  table.row({{"Arrives"}, {with_code(quote.credit, quote), true}});
  std::string text = head(quote, language) + "\n" + table.text();
  if (quote.exchange) text += "\n" + exchange_text(quote);
  if (quote.solutions) text += "\n" + solutions_text(quote);
  if (!quote.assumed.empty()) text += "\n" + assumed_text(quote);
  return text + steps_text(quote, language);
}

std::string expansion_text(const std::vector<Expanded>& rows, std::string_view language) {
  std::vector<std::string> names;
  for (const Expanded& row : rows) {
    for (const auto& [name, value] : row.given) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  Table table;
  std::vector<TableCell> heading;
  for (const std::string& name : names) heading.push_back({name});
  bool reverse = std::any_of(rows.begin(), rows.end(),
                             [](const Expanded& row) { return row.quote && row.quote->solutions; });
  if (reverse) heading.push_back({"amount", true});
  for (const char* title : {"fees", "debited", "arrives"}) heading.push_back({title, true});
  table.row(heading);
  table.rule(std::vector<bool>(heading.size(), true));
  std::string text;
  for (const Expanded& row : rows) {
    std::vector<TableCell> cells;
    for (const std::string& name : names) {
      auto given = std::find_if(row.given.begin(), row.given.end(),
                                [&](const auto& pair) { return pair.first == name; });
      cells.push_back({given == row.given.end() ? "any" : given->second});
    }
    if (row.quote) {
      const Quote& quote = *row.quote;
      if (text.empty()) text = head(quote, language, names) + "\n";
      if (reverse) cells.push_back({amount_text(quote), true});
      cells.push_back({by_currency(quote.fees, quote), true});
      cells.push_back({by_currency(quote.debit, quote), true});
      cells.push_back({with_code(quote.credit, quote), true});
    } else {
      const Diagnostic& fault = row.quote.faults().front();
      cells.insert(cells.end(), heading.size() - cells.size(), {""});
      cells.push_back({std::string(to_string(fault.code)) + ": " + fault.message});
    }
    table.row(cells);
  }
  return text + table.text();
}

}  // namespace levy
