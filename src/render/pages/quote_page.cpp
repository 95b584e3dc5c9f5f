#include "render/pages/quote_page.h"

#include <algorithm>

#include "render/words/answer_parts.h"
#include "render/words/labels.h"
#include "render/words/words.h"

namespace levy::render::pages {
namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& by) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : by) + parts[i];
  return text;
}

// A figure of a step, which is exact: a fraction without an end is rounded for reading.
std::string read_words(const std::string& exact) {
  std::size_t bar = exact.find('/');
  if (bar == std::string::npos) return exact;
  Checked<Decimal> above = parse_decimal(exact.substr(0, bar));
  Checked<Decimal> below = parse_decimal(exact.substr(bar + 1));
  bool fraction = above && below && below->sign() > 0;
  return fraction ? words::number_words(Rational(*above) / Rational(*below)) : exact;
}

// "1 % of 250": the step's operation and figures as a person says them (steps.h lists the ops).
std::string phrase(fees::StepOp op, const std::vector<std::string>& a) {
  using Op = fees::StepOp;
  switch (op) {
    case Op::amount:
      return "the amount";
    case Op::of:
      return a.size() == 1 ? "the line it is taken of" : "sum of " + joined(a, ", ");
    case Op::units:
      return joined(a, " x ");
    case Op::debit:
      return "paid before this fee: " + joined(a, " + ");
    case Op::divide:
      return a[0] + " divided by " + a[1];
    case Op::times:
      return a[1] + " times " + a[0];
    case Op::gross_up:
      return a[0] + " / (1 - " + a[1] + " %), as the fee is a share of itself too";
    case Op::convert:
      return a[0] + " at the mid rate " + a[1];
    case Op::left:
      return "left of the allowance of " + a[0] + " after " + a[1];
    case Op::free:
      return a[0] + " less the free " + a[1];
    case Op::free_whole:
      return a[0] + ", free as a whole up to " + a[1];
    case Op::free_count:
      return "operation after " + a[1] + ", " + a[0] + " are free";
    case Op::part:
      return "part of " + a[0] + " from " + a[1] + (a.size() == 3 ? " to " + a[2] : "");
    case Op::percent:
      return a[0] + " % of " + a[1];
    case Op::bps:
      return a[0] + " bps of " + a[1];
    case Op::each:
      return a[0] + " for each of " + a[1];
    case Op::flat:
      return "flat";
    case Op::per:
      return a[2] + " per " + a[3] + " " + a[1] + " of " + a[0];
    case Op::plus:
      return a.empty() ? "nothing reached" : joined(a, " + ");
    case Op::minus:
      return a[0] + " - " + a[1];
    case Op::at_least:
      return "at least " + a[1];
    case Op::at_most:
      return "at most " + a[1];
    case Op::greatest:
      return "the greatest of " + joined(a, ", ");
    case Op::least:
      return "the least of " + joined(a, ", ");
    case Op::cap:
      return "at most " + a[1] + " less the " + a[2] + " charged before";
    case Op::waived:
      return "waived";
    case Op::round:
      return "rounded " + a[2] + " to " + a[1];
  }
  return {};
}

std::string phrase(const fees::Step& step) {
  std::vector<std::string> args;
  for (const std::string& arg : step.args) args.push_back(read_words(arg));
  return phrase(step.op, args);
}

std::string where(const Place& place) { return to_string(place); }

// " (fee.json:3:5)", where the place is known.
std::string bracketed(const Place& place) {
  std::string text = where(place);
  return text.empty() ? "" : " (" + text + ")";
}

text::Grid line_steps(const fees::Line& line, const fees::Quote& quote, std::string_view language) {
  std::string title = words::title_of(*line.fee, line.taken, language);
  if (title.empty()) title = line.fee->id;
  text::Grid grid;
  const Currencies& currencies = quote.plan->schedule.currencies;
  grid.caption =
      title + ": " +
      (line.amount.amount.is_decimal() ? to_string(line.amount, currencies)
                                       : words::near_money_words(line.amount, currencies)) +
      bracketed(line.taken->place);
  grid.columns = {"", "", "", ""};
  for (const fees::Step& step : line.steps)
    grid.row({phrase(step), read_words(step.value), step.currency, where(step.place)});
  return grid;
}

text::Grid not_taken(const fees::Quote& quote, std::string_view language) {
  text::Grid grid;
  grid.caption = "Not taken";
  grid.columns = {"", "", ""};
  for (const fees::Skipped& skipped : quote.skipped) {
    std::string title = words::title_of(*skipped.fee, skipped.skipped, language);
    const Place& place = skipped.condition != nullptr ? skipped.condition->place
                         : skipped.skipped != nullptr ? skipped.skipped->place
                                                      : skipped.fee->place;
    grid.row(
        {title.empty() ? skipped.fee->id : title, words::reason_of(skipped, quote), where(place)});
  }
  return grid;
}

}  // namespace

void add_steps(text::Page& page, const fees::Quote& quote, std::string_view language) {
  bool explained = !quote.skipped.empty();
  for (const fees::Line& line : quote.lines) explained = explained || !line.steps.empty();
  if (!explained) return;
  page.push_back(text::Paragraph{"How it came about"});
  for (const fees::Line& line : quote.lines) page.push_back(line_steps(line, quote, language));
  if (quote.exchange) {
    for (const auto& [fee, taken] : quote.exchange->margins) {
      page.push_back(text::Paragraph{words::title_of(*fee, taken, language) + ": " +
                                     taken->charge.margin->text + " % off the mid rate" +
                                     bracketed(taken->place)});
    }
  }
  if (!quote.skipped.empty()) page.push_back(not_taken(quote, language));
}

namespace {

const Currencies& currencies_of(const fees::Quote& quote) {
  return quote.plan->schedule.currencies;
}

std::string with_code(const Money& money, const fees::Quote& quote) {
  return money.amount.is_decimal() ? to_string(money, currencies_of(quote))
                                   : words::near_money_words(money, currencies_of(quote));
}

std::string by_currency(const std::map<Currency, Rational>& amounts, const fees::Quote& quote) {
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

std::string amount_text(const fees::Quote& quote) {
  return with_code({*quote.operation.amount, quote.operation.currency}, quote);
}

text::Grid lines_grid(const fees::Quote& quote, std::string_view language) {
  text::Grid grid;
  grid.columns = {"", "", ""};
  for (const fees::Line& line : quote.lines) {
    std::string title = words::title_of(*line.fee, line.taken, language);
    std::string collect = line.collect == schedule::Collect::on_top     ? "on top"
                          : line.collect == schedule::Collect::deducted ? "deducted"
                                                                        : "shown only";
    grid.row({title.empty() ? line.fee->id : title, with_code(line.amount, quote), collect});
  }
  if (quote.lines.empty()) grid.row({"No fee applies", "", ""});
  auto total = [&](const std::string& name, const std::string& amount) {
    grid.row({name, amount, ""}, text::Grid::Row::Kind::total);
  };
  total("Fees", by_currency(quote.fees, quote));
  total("Debited", by_currency(quote.debit, quote));
  total("Arrives", with_code(quote.credit, quote));
  return grid;
}

std::string exchange_text(const fees::Quote& quote) {
  const fees::Exchange& exchange = *quote.exchange;
  std::string source(quote.operation.currency.code()), target(quote.operation.to_currency.code());
  std::string equals = exchange.rate.is_decimal() ? " = " : " ";  // " ≈1.1294"
  std::string text =
      "Rate: 1 " + source + equals + words::number_words(exchange.rate) + " " + target;
  if (exchange.margin.is_zero()) return text + " (the mid rate)";
  return text + " (mid " + words::number_words(exchange.mid) + " less " +
         words::number_words(exchange.margin) + " %, which is worth " +
         with_code(exchange.margin_cost, quote) + " and inside what arrives)";
}

std::string solutions_text(const fees::Quote& quote) {
  const fees::Solutions& solutions = *quote.solutions;
  if (solutions.count && *solutions.count == Decimal(1)) return "No other amount does this.";
  std::string text = "Amounts that do this: ";
  if (!solutions.count)
    return text + "any number, from " + with_code(solutions.smallest, quote) + " up.";
  return text + solutions.count->to_string() + ", from " + with_code(solutions.smallest, quote) +
         " to " + with_code(*solutions.largest, quote) + ".";
}

text::Lines assumed_lines(const fees::Quote& quote) {
  text::Lines lines;
  lines.add(words::assumed_words(quote.assumed));
  return lines;
}

// What an expansion's rows hold of one of them.
std::vector<std::string> expanded_cells(const ask::Expanded& row,
                                        const std::vector<std::string>& names, bool reverse) {
  std::vector<std::string> cells;
  for (const std::string& name : names) {
    auto given = std::find_if(row.given.begin(), row.given.end(),
                              [&](const auto& pair) { return pair.first == name; });
    cells.push_back(given == row.given.end() ? "any" : given->second);
  }
  if (row.quote) {
    const fees::Quote& quote = *row.quote;
    if (reverse) cells.push_back(amount_text(quote));
    cells.push_back(by_currency(quote.fees, quote));
    cells.push_back(by_currency(quote.debit, quote));
    cells.push_back(with_code(quote.credit, quote));
  } else {
    cells.insert(cells.end(), reverse ? 4 : 3, "");
  }
  return cells;
}

}  // namespace

void add_quote(text::Page& page, const fees::Quote& quote, std::string_view language) {
  page.push_back(words::answer_head(quote.plan->schedule, quote.operation, language));
  page.push_back(lines_grid(quote, language));
  if (quote.exchange) page.push_back(text::Paragraph{exchange_text(quote)});
  if (quote.solutions) page.push_back(text::Paragraph{solutions_text(quote)});
  if (!quote.assumed.empty()) page.push_back(assumed_lines(quote));
  add_steps(page, quote, language);
}

text::Page expansion_page(const std::vector<ask::Expanded>& rows, std::string_view language) {
  std::vector<std::string> names;
  const fees::Quote* first = nullptr;
  bool reverse = false;
  for (const ask::Expanded& row : rows) {
    for (const auto& [name, value] : row.given) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (!row.quote) continue;
    if (first == nullptr) first = &*row.quote;
    reverse = reverse || row.quote->solutions;
  }
  text::Page page;
  if (first != nullptr) {
    words::HiddenParts hidden{names, reverse};
    page.push_back(words::answer_head(first->plan->schedule, first->operation, language, hidden));
  }
  text::Grid grid;
  grid.columns = names;
  if (reverse) grid.columns.emplace_back("amount");
  grid.described_until = names.size();
  for (const char* title : {"fees", "debited", "arrives"}) grid.columns.emplace_back(title);
  for (const ask::Expanded& row : rows) {
    grid.row(expanded_cells(row, names, reverse));
    if (!row.quote) grid.rows.back().note = words::fault_words(row.quote.faults().front());
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  return page;
}

}  // namespace levy::render::pages
