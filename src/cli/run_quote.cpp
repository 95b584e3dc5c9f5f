// levy quote: what an operation costs, and whether the account may do it.
#include <algorithm>

#include "ask/check.h"
#include "cli/account_files.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/json/quote_json.h"
#include "render/pages/ladder_page.h"
#include "render/pages/quote_page.h"
#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"
#include "render/words/labels.h"

namespace levy {
namespace {

std::string one_as_json(const JudgedQuote& judged, const QuoteCommand& command) {
  JsonWriter json;
  json.object([&] { write_judged_quote(json, judged, command.common.language, command.explain); });
  return json.text() + "\n";
}

void write_row(JsonWriter& json, const Expanded& row, const QuoteCommand& command) {
  json.object([&] {
    write_given(json, row.given);
    json.object("quote", [&] {
      if (row.quote) {
        write_quote(json, *row.quote, command.common.language, command.explain);
      } else {
        write_error(json, row.quote.faults());
      }
    });
  });
}

std::string all_as_json(const JudgedQuote& judged, const QuoteCommand& command) {
  JsonWriter json;
  json.object([&] {
    json.array("quotes", judged.rows, [&](const Expanded& row) { write_row(json, row, command); });
    write_history(json, judged.history);
  });
  return json.text() + "\n";
}

// What limits say of it; where the tier is not known they say nothing that would help.
void add_limits(Page& page, const JudgedQuote& judged, const std::string& language) {
  if (!judged.decision) return;
  if (*judged.decision) return add_decision(page, **judged.decision, language);
  page.push_back(
      Paragraph{"Limits: not judged, " + fault_words(judged.decision->faults().front())});
}

// A table in which no row has an answer is the error of its first.
int print_quote(const JudgedQuote& judged, const QuoteCommand& command) {
  bool none = std::none_of(judged.rows.begin(), judged.rows.end(),
                           [](const Expanded& row) { return static_cast<bool>(row.quote); });
  if (none) return refuse(judged.rows.front().quote.faults(), command.common);
  const std::string& language = command.common.language;
  if (command.common.json && command.expand) return print(all_as_json(judged, command));
  Page page;
  if (judged.rows.size() > 1) {
    page = expansion_page(judged.rows, language);
    add_history(page, judged.history);
    return print_page(page);
  }
  const Checked<Quote>& one = judged.rows.front().quote;
  if (command.common.json) return print(one_as_json(judged, command));
  add_quote(page, *one, language);
  add_limits(page, judged, language);
  add_history(page, judged.history);
  return print_page(page);
}

int answer_quote(const Tariff& tariff, Question question, const QuoteCommand& command) {
  bool expands = !command.common.json || command.expand;
  auto ask = [&](const CheckQuestion& asked) { return quote_and_check(tariff, asked, expands); };
  auto say = [&](const JudgedQuote& judged) { return print_quote(judged, command); };
  return ask_about_account(std::move(question), command.account, command.common, ask, say);
}

}  // namespace

Syntax syntax_of(QuoteCommand& command) {
  Syntax syntax{"quote", "What an operation costs", {schedule_argument(command.schedule)}};
  add_operation(syntax, command.words);
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"--receive", &command.receive, "The amount that is to arrive, instead of AMOUNT"});
  options.push_back({"--pay", &command.pay, "The amount that is to be debited, instead of AMOUNT"});
  options.push_back({"--explain", &command.explain, "Every step, with the place of its rule"});
  options.push_back(
      {"--expand", &command.expand, "With --json: one quote for each value of what was not said"});
  add_account(syntax, command.account);
  add_common(syntax, command.common);
  syntax.footer =
      "Attributes and quantities that the schedule declares are options too:\n"
      "  levy quote okpay withdrawal \"250 EUR\" --method bank --tier verified";
  return syntax;
}

int run(const QuoteCommand& command) {
  int ways =
      (command.words.amount.empty() ? 0 : 1) + (command.receive ? 1 : 0) + (command.pay ? 1 : 0);
  if (ways > 1) {
    return refuse({usage("AMOUNT, --receive and --pay are three ways to ask", "give one of them")},
                  command.common);
  }
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.words.rates, command.common);
  if (rates.status != 0) return rates.status;
  Checked<Question> question = question_of(command.words, command.common, *loaded.tariff);
  if (!question) return refuse(question.faults(), command.common);
  question->receive = command.receive;
  question->pay = command.pay;
  if (rates.rates) question->rates = &*rates.rates;
  if (command.explain) question->explain = Explain::yes;
  return answer_quote(*loaded.tariff, std::move(*question), command);
}

}  // namespace levy
