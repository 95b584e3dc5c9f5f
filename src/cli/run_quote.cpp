// levy quote: what an operation costs, and whether the account may do it.
#include <unistd.h>

#include <algorithm>

#include "ask/check.h"
#include "cli/account_files.h"
#include "cli/command_words.h"
#include "cli/files.h"
#include "cli/guided_quote.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/json/quote_json.h"
#include "render/pages/ladder_page.h"
#include "render/pages/letter.h"
#include "render/pages/quote_page.h"
#include "render/text/diagnostic_json.h"
#include "render/text/translate.h"
#include "render/words/answer_parts.h"
#include "render/words/labels.h"

namespace levy::cli {
namespace {

std::string one_as_json(const ask::JudgedQuote& judged, const QuoteCommand& command) {
  formats::JsonWriter json;
  json.object([&] {
    render::json::write_judged_quote(json, judged, command.common.language, command.explain);
  });
  return json.text() + "\n";
}

void write_row(formats::JsonWriter& json, const ask::Expanded& row, const QuoteCommand& command) {
  json.object([&] {
    render::words::write_given(json, row.given);
    json.object("quote", [&] {
      if (row.quote) {
        render::json::write_quote(json, *row.quote, command.common.language, command.explain);
      } else {
        render::text::write_error(json, row.quote.faults());
      }
    });
  });
}

std::string all_as_json(const ask::JudgedQuote& judged, const QuoteCommand& command) {
  formats::JsonWriter json;
  json.object([&] {
    json.array("quotes", judged.rows,
               [&](const ask::Expanded& row) { write_row(json, row, command); });
    render::words::write_history(json, judged.history);
  });
  return json.text() + "\n";
}

// What limits say of it; where the tier is not known they say nothing that would help.
void add_limits(render::text::Page& page, const ask::JudgedQuote& judged,
                const QuoteCommand& command) {
  if (!judged.decision) return;
  bool all = command.limits || command.explain;
  if (*judged.decision)
    return render::pages::add_decision(page, **judged.decision, command.common.language, all);
  page.push_back(render::text::Paragraph{render::text::translate(
      command.common.language, "Limits: not judged, {error}",
      {{"error", render::words::fault_words(judged.decision->faults().front())}})});
}

// What was typed as the amount, or as what is to arrive or to be paid.
std::optional<std::string> read_as(const fees::Quote& quote, const QuoteCommand& command) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  const std::string& language = command.common.language;
  if (command.receive)
    return render::words::read_as_words(*command.receive, quote.credit, currencies, language);
  Currency source = quote.operation.currency;
  if (command.pay) {
    auto debit = quote.debit.find(source);
    Rational paid = debit == quote.debit.end() ? Rational() : debit->second;
    return render::words::read_as_words(*command.pay, {paid, source}, currencies, language);
  }
  if (!quote.operation.amount) return std::nullopt;
  return render::words::read_as_words(command.words.amount, {*quote.operation.amount, source},
                                      currencies, language);
}

// A table in which no row has an answer is the error of its first.
int print_quote(const ask::JudgedQuote& judged, const QuoteCommand& command) {
  bool none = std::none_of(judged.rows.begin(), judged.rows.end(),
                           [](const ask::Expanded& row) { return static_cast<bool>(row.quote); });
  if (none) return report_error(judged.rows.front().quote.faults(), command.common);
  const std::string& language = command.common.language;
  if (command.common.json && command.expand) return print(all_as_json(judged, command));
  render::text::Page page;
  if (judged.rows.size() > 1) {
    page = render::pages::expansion_page(judged.rows, language);
    auto first = std::find_if(judged.rows.begin(), judged.rows.end(), [](const ask::Expanded& row) {
      return static_cast<bool>(row.quote);
    });
    if (auto note = read_as(*first->quote, command))
      std::get<render::text::Lines>(page.front()).add(*note);
    render::words::add_history(page, judged.history, language);
    return print_page(page, command.common);
  }
  const Checked<fees::Quote>& one = judged.rows.front().quote;
  if (command.common.json) return print(one_as_json(judged, command));
  if (command.common.letter)
    return print_for_people(render::pages::quote_letter(*one, judged.decision, language));
  render::pages::add_quote(page, *one, language);
  if (auto note = read_as(*one, command)) std::get<render::text::Lines>(page.front()).add(*note);
  add_limits(page, judged, command);
  render::words::add_history(page, judged.history, language);
  return print_page(page, command.common);
}

int answer_quote(const fees::Tariff& tariff, fees::Question question, const QuoteCommand& command) {
  // A letter is about one answer.
  bool expands = command.expand || !(command.common.json || command.common.letter);
  auto ask = [&](const ask::CheckQuestion& asked) {
    return ask::quote_and_check(tariff, asked, expands);
  };
  auto say = [&](const ask::JudgedQuote& judged) { return print_quote(judged, command); };
  return ask_about_account(std::move(question), command.account, tariff, command.common, ask, say);
}

// Without a tariff: on a terminal levy asks for it and all the rest, and says with which words it
// would have been asked at once.
int run_guided(const QuoteCommand& begun) {
  QuoteCommand blank;
  Syntax syntax = syntax_of(blank);
  syntax.options.front().required = true;
  Diagnostic none = needs_argument(syntax, syntax.options.front());
  if (!can_ask()) return report_error({none}, begun.common);
  int status = 0;
  std::optional<QuoteCommand> command = ask_for_quote(begun, status);
  if (!command) return status;
  if (command->schedule.empty()) return report_error({none}, begun.common);
  if (print_for_people("\n") == status_io) return status_io;
  status = run(*command);
  std::string said = render::text::translate(begun.common.language, "The same at once:");
  return print_for_people(
      "\n" + said + "\n" +
          render::text::command_text(command_line_of(*command), 0,
                                     diagnostic_form(begun.common, STDOUT_FILENO)),
      status);
}

}  // namespace

Syntax syntax_of(QuoteCommand& command) {
  Syntax syntax{
      "quote", translatable("What an operation costs"), {schedule_argument(command.schedule)}};
  syntax.options.front().required = false;  // on a terminal levy asks for it
  add_operation(syntax, command.words);
  std::vector<Option>& options = syntax.options;
  options.push_back({"--receive", &command.receive,
                     translatable("The amount that is to arrive, instead of AMOUNT")});
  options.push_back(
      {"--pay", &command.pay, translatable("The amount that is to be debited, instead of AMOUNT")});
  options.push_back({"--limits", &command.limits, translatable("Every limit with its figures")});
  options.push_back(
      {"--explain", &command.explain, translatable("Every step, with the place of its rule")});
  options.push_back({"--expand", &command.expand,
                     translatable("With --json: one quote for each value of what was not said")});
  add_account(syntax, command.account);
  syntax.options.push_back(markdown_option(command.common));
  syntax.options.push_back(letter_option(command.common));
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy quote okpay withdrawal 250 --method bank --tier basic",
       translatable("what it costs, and whether the limits allow it")},
      {"levy quote okpay withdrawal 250 --tier basic", translatable("by every method")},
      {"levy quote okpay withdrawal --receive 100 --method bank",
       translatable("what is to be sent so that 100 arrive")},
      {"levy quote okpay withdrawal 250 --method card --explain",
       translatable("how each figure came about")},
      {"levy quote", translatable("on a terminal: asks for what it needs")}};
  syntax.footer = translatable(
      "Attributes and quantities that the schedule declares are options, too: levy help quote "
      "SCHEDULE names them.");
  return syntax;
}

int run(const QuoteCommand& command) {
  if (command.schedule.empty()) return run_guided(command);
  int ways =
      (command.words.amount.empty() ? 0 : 1) + (command.receive ? 1 : 0) + (command.pay ? 1 : 0);
  if (ways > 1) {
    return report_error(
        {usage("AMOUNT, --receive and --pay are three ways to ask", "give one of them")},
        command.common);
  }
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.words.rates, command.common);
  if (rates.status != 0) return rates.status;
  Checked<fees::Question> question = question_of(command.words, command.common, *loaded.tariff);
  if (!question) return report_error(question.faults(), command.common);
  question->receive = command.receive;
  question->pay = command.pay;
  if (rates.rates) question->rates = &*rates.rates;
  if (command.explain) question->explain = fees::Explain::yes;
  return answer_quote(*loaded.tariff, std::move(*question), command);
}

}  // namespace levy::cli
