#include "render/pages/quote_page.h"

#include <algorithm>

#include "render/text/translate.h"
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

std::string_view of_sentence(std::size_t figures) {
  if (figures == 1) return text::translatable("the line it is taken of");
  return text::translatable("sum of {all}");
}

std::string_view part_sentence(std::size_t figures) {
  if (figures == 3) return text::translatable("part of {1} from {2} to {3}");
  return text::translatable("part of {1} from {2}");
}

std::string_view plus_sentence(std::size_t figures) {
  return figures == 0 ? text::translatable("nothing reached") : std::string_view("{sum}");
}

// What a step did, for translate: its figures are {1}, {2} ..., all of them {all}, with plus signs
// {sum}, with signs of multiplication {product}.
std::string_view step_sentence(fees::StepOp op, std::size_t figures) {
  using Op = fees::StepOp;
  switch (op) {
    case Op::amount:
      return text::translatable("the amount");
    case Op::divide:
      return text::translatable("{1} divided by {2}");
    case Op::times:
      return text::translatable("{2} times {1}");
    case Op::gross_up:
      return text::translatable("{1} / (1 - {2} %), as the fee is a share of itself too");
    case Op::convert:
      return text::translatable("{1} at the mid rate {2}");
    case Op::debit:
      return text::translatable("paid before this fee: {sum}");
    case Op::left:
      return text::translatable("left of the allowance of {1} after {2}");
    case Op::free:
      return text::translatable("{1} less the free {2}");
    case Op::free_whole:
      return text::translatable("{1}, free as a whole up to {2}");
    case Op::free_count:
      return text::translatable("operation after {2}, {1} are free");
    case Op::percent:
      return text::translatable("{1} % of {2}");
    case Op::bps:
      return text::translatable("{1} bps of {2}");
    case Op::each:
      return text::translatable("{1} for each of {2}");
    case Op::flat:
      return text::translatable("flat");
    case Op::per:
      return text::translatable("{3} per {4} {2} of {1}");
    case Op::at_least:
      return text::translatable("at least {2}");
    case Op::at_most:
      return text::translatable("at most {2}");
    case Op::greatest:
      return text::translatable("the greatest of {all}");
    case Op::least:
      return text::translatable("the least of {all}");
    case Op::cap:
      return text::translatable("at most {2} less the {3} charged before");
    case Op::waived:
      return text::translatable("waived");
    case Op::round:
      return text::translatable("rounded {3} to {2}");
    case Op::of:
      return of_sentence(figures);
    case Op::part:
      return part_sentence(figures);
    case Op::plus:
      return plus_sentence(figures);
    case Op::units:
      return "{product}";
    case Op::minus:
      return "{1} - {2}";
  }
  return {};
}

// Words of the schedule's format that stand among the figures of a step.
constexpr const char* format_words[] = {
    text::translatable("started"), text::translatable("complete"),  text::translatable("half-even"),
    text::translatable("half-up"), text::translatable("half-down"), text::translatable("up"),
    text::translatable("down"),    text::translatable("ceiling"),   text::translatable("floor")};

// "1 % of 250": the step's operation and figures as a person says them (steps.h lists the ops).
std::string phrase(const fees::Step& step, std::string_view language) {
  std::vector<std::string> a;
  for (const std::string& arg : step.args) a.push_back(read_words(arg));
  for (std::string& arg : a) {
    bool is_word = std::find(std::begin(format_words), std::end(format_words),
                             std::string_view(arg)) != std::end(format_words);
    if (is_word) arg = text::translate(language, arg);
  }
  std::string_view sentence = step_sentence(step.op, a.size());
  std::string all = joined(a, ", "), sum = joined(a, " + "), product = joined(a, " x ");
  a.resize(4);
  return text::translate(language, sentence,
                         {{"1", a[0]},
                          {"2", a[1]},
                          {"3", a[2]},
                          {"4", a[3]},
                          {"all", all},
                          {"sum", sum},
                          {"product", product}});
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
    grid.row({phrase(step, language), read_words(step.value), step.currency, where(step.place)});
  return grid;
}

text::Grid not_taken(const fees::Quote& quote, std::string_view language) {
  text::Grid grid;
  grid.caption = text::translate(language, "Not taken");
  grid.columns = {"", "", ""};
  for (const fees::Skipped& skipped : quote.skipped) {
    std::string title = words::title_of(*skipped.fee, skipped.skipped, language);
    const Place& place = skipped.condition != nullptr ? skipped.condition->place
                         : skipped.skipped != nullptr ? skipped.skipped->place
                                                      : skipped.fee->place;
    grid.row({title.empty() ? skipped.fee->id : title, words::reason_of(skipped, quote, language),
              where(place)});
  }
  return grid;
}

}  // namespace

void add_steps(text::Page& page, const fees::Quote& quote, std::string_view language) {
  bool explained = !quote.skipped.empty();
  for (const fees::Line& line : quote.lines) explained = explained || !line.steps.empty();
  if (!explained) return;
  page.push_back(text::Paragraph{text::translate(language, "How it came about")});
  for (const fees::Line& line : quote.lines) page.push_back(line_steps(line, quote, language));
  if (quote.exchange) {
    for (const auto& [fee, taken] : quote.exchange->margins) {
      std::string margin = text::translate(language, "{fee}: {percent} % off the mid rate",
                                           {{"fee", words::title_of(*fee, taken, language)},
                                            {"percent", taken->charge.margin->text}});
      page.push_back(text::Paragraph{margin + bracketed(taken->place)});
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
    std::string collect = text::translate(
        language, line.collect == schedule::Collect::on_top     ? text::translatable("on top")
                  : line.collect == schedule::Collect::deducted ? text::translatable("deducted")
                                                                : text::translatable("shown only"));
    grid.row({title.empty() ? line.fee->id : title, with_code(line.amount, quote), collect});
  }
  if (quote.lines.empty()) grid.row({text::translate(language, "No fee applies"), "", ""});
  auto total = [&](const std::string& name, const std::string& amount) {
    grid.row({name, amount, ""}, text::Grid::Row::Kind::total);
  };
  total(text::translate(language, "Fees"), by_currency(quote.fees, quote));
  total(text::translate(language, "Debited"), by_currency(quote.debit, quote));
  total(text::translate(language, "Arrives"), with_code(quote.credit, quote));
  return grid;
}

std::string exchange_text(const fees::Quote& quote, std::string_view language) {
  const fees::Exchange& exchange = *quote.exchange;
  std::string_view sentence =
      exchange.margin.is_zero()
          ? text::translatable("Rate: {rate} (the mid rate)")
          : text::translatable(
                "Rate: {rate} (mid {mid} less {margin} %, which is worth {cost} and inside "
                "what arrives)");
  return text::translate(language, sentence,
                         {{"rate", words::rate_equation(quote)},
                          {"mid", words::number_words(exchange.mid)},
                          {"margin", words::number_words(exchange.margin)},
                          {"cost", with_code(exchange.margin_cost, quote)}});
}

std::string solutions_text(const fees::Quote& quote, std::string_view language) {
  const fees::Solutions& solutions = *quote.solutions;
  if (solutions.count && *solutions.count == Decimal(1))
    return text::translate(language, "No other amount does this.");
  std::string first = with_code(solutions.smallest, quote);
  if (!solutions.count)
    return text::translate(language, "Amounts that do this: any number, from {first} up.",
                           {{"first", first}});
  return text::translate(language, "Amounts that do this: {number}, from {first} to {last}.",
                         {{"number", solutions.count->to_string()},
                          {"first", first},
                          {"last", with_code(*solutions.largest, quote)}});
}

text::Lines assumed_lines(const fees::Quote& quote, std::string_view language) {
  text::Lines lines;
  lines.add(words::assumed_words(quote.assumed, language));
  return lines;
}

// What an expansion's rows hold of one of them.
std::vector<std::string> expanded_cells(const ask::Expanded& row,
                                        const std::vector<std::string>& names,
                                        const std::string& any, bool reverse) {
  std::vector<std::string> cells;
  for (const std::string& name : names) {
    auto given = std::find_if(row.given.begin(), row.given.end(),
                              [&](const auto& pair) { return pair.first == name; });
    cells.push_back(given == row.given.end() ? any : given->second);
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
  if (quote.exchange) page.push_back(text::Paragraph{exchange_text(quote, language)});
  if (quote.solutions) page.push_back(text::Paragraph{solutions_text(quote, language)});
  if (!quote.assumed.empty()) page.push_back(assumed_lines(quote, language));
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
  text::Grid grid = text::grid_in(language);
  grid.columns = names;
  if (reverse) grid.columns.push_back(text::translate(language, "amount"));
  grid.described_until = names.size();
  for (const char* title : words::amount_titles)
    grid.columns.push_back(text::translate(language, title));
  for (const ask::Expanded& row : rows) {
    grid.row(expanded_cells(row, names, grid.any, reverse));
    if (!row.quote) grid.rows.back().note = words::fault_words(row.quote.faults().front());
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  return page;
}

}  // namespace levy::render::pages
