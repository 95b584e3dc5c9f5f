#include "render/quote_page.h"

#include <algorithm>

#include "render/answer_parts.h"
#include "render/labels.h"
#include "render/not_taken.h"
#include "render/steps_page.h"

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

Grid lines_grid(const Quote& quote, std::string_view language) {
  Grid grid;
  grid.columns = {"", "", ""};
  for (const Line& line : quote.lines) {
    std::string title = title_of(*line.fee, line.taken, language);
    std::string collect = line.collect == Collect::on_top     ? "on top"
                          : line.collect == Collect::deducted ? "deducted"
                                                              : "shown only";
    grid.row({title.empty() ? line.fee->id : title, with_code(line.amount, quote), collect});
  }
  if (quote.lines.empty()) grid.row({"No fee applies", "", ""});
  auto total = [&](const std::string& name, const std::string& amount) {
    grid.row({name, amount, ""}, Grid::Row::Kind::total);
  };
  total("Fees", by_currency(quote.fees, quote));
  total("Debited", by_currency(quote.debit, quote));
  total("Arrives", with_code(quote.credit, quote));
  return grid;
}

std::string exchange_text(const Quote& quote) {
  const Exchange& exchange = *quote.exchange;
  std::string source(quote.operation.currency.code()), target(quote.operation.to_currency.code());
  std::string text = "Rate: 1 " + source + " = " + exchange.rate.to_string() + " " + target;
  if (exchange.margin.is_zero()) return text + " (the mid rate)";
  return text + " (mid " + exchange.mid.to_string() + " less " + exchange.margin.to_string() +
         " %, which is worth " + with_code(exchange.margin_cost, quote) +
         " and inside what arrives)";
}

std::string solutions_text(const Quote& quote) {
  const Solutions& solutions = *quote.solutions;
  if (solutions.count && *solutions.count == Decimal(1)) return "No other amount does this.";
  std::string text = "Amounts that do this: ";
  if (!solutions.count)
    return text + "any number, from " + with_code(solutions.smallest, quote) + " up.";
  return text + solutions.count->to_string() + ", from " + with_code(solutions.smallest, quote) +
         " to " + with_code(*solutions.largest, quote) + ".";
}

Lines assumed_lines(const Quote& quote) {
  Lines lines;
  for (const std::string& meter : quote.assumed)
    lines.add("Assumed: nothing used yet of " + meter + " (say --used " + meter + "=VALUE)");
  return lines;
}

// What an expansion's rows hold of one of them.
std::vector<std::string> expanded_cells(const Expanded& row, const std::vector<std::string>& names,
                                        bool reverse) {
  std::vector<std::string> cells;
  for (const std::string& name : names) {
    auto given = std::find_if(row.given.begin(), row.given.end(),
                              [&](const auto& pair) { return pair.first == name; });
    cells.push_back(given == row.given.end() ? "any" : given->second);
  }
  if (row.quote) {
    const Quote& quote = *row.quote;
    if (reverse) cells.push_back(amount_text(quote));
    cells.push_back(by_currency(quote.fees, quote));
    cells.push_back(by_currency(quote.debit, quote));
    cells.push_back(with_code(quote.credit, quote));
    cells.emplace_back();
  } else {
    cells.insert(cells.end(), reverse ? 4 : 3, "");
    cells.push_back(fault_words(row.quote.faults().front()));
  }
  return cells;
}

}  // namespace

void add_quote(Page& page, const Quote& quote, std::string_view language) {
  page.push_back(answer_head(quote.plan->schedule, quote.operation, language));
  page.push_back(lines_grid(quote, language));
  if (quote.exchange) page.push_back(Paragraph{exchange_text(quote)});
  if (quote.solutions) page.push_back(Paragraph{solutions_text(quote)});
  if (!quote.assumed.empty()) page.push_back(assumed_lines(quote));
  add_steps(page, quote, language);
}

Page expansion_page(const std::vector<Expanded>& rows, std::string_view language) {
  std::vector<std::string> names;
  const Quote* first = nullptr;
  bool reverse = false;
  for (const Expanded& row : rows) {
    for (const auto& [name, value] : row.given) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (!row.quote) continue;
    if (first == nullptr) first = &*row.quote;
    reverse = reverse || row.quote->solutions;
  }
  Page page;
  if (first != nullptr) {
    HiddenParts hidden{names, reverse};
    page.push_back(answer_head(first->plan->schedule, first->operation, language, hidden));
  }
  Grid grid;
  grid.columns = names;
  if (reverse) grid.columns.emplace_back("amount");
  for (const char* title : {"fees", "debited", "arrives", ""}) grid.columns.emplace_back(title);
  for (const Expanded& row : rows) grid.row(expanded_cells(row, names, reverse));
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  return page;
}

}  // namespace levy
