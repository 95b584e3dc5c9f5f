// levy check: may this account do it, and if not, what would it take?
#include "cli/account_files.h"

#include "ask/check.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "render/json/quote_json.h"
#include "render/pages/ladder_page.h"
#include "render/pages/letter.h"
#include "render/words/answer_parts.h"

namespace levy::cli {
namespace {

int answer_check(const fees::Tariff& tariff, fees::Question question, const CheckCommand& command) {
  auto ask = [&](const ask::CheckQuestion& asked) { return ask::check(tariff, asked); };
  auto say = [&](const limits::Verdict& verdict) {
    int status = verdict.allowed ? status_done : status_no;
    if (command.common.json)
      return print(render::json::verdict_answer_json(verdict) + "\n", status);
    if (command.common.letter)
      return print_for_people(render::pages::verdict_letter(verdict, command.common.language),
                              status);
    render::text::Page page =
        render::pages::verdict_page(verdict, command.common.language, command.limits);
    const facts::Operation& operation = verdict.operation;
    if (operation.amount) {
      Money amount{*operation.amount, operation.currency};
      const Currencies& currencies = verdict.schedule->currencies;
      auto note = render::words::read_as_words(command.words.amount, amount, currencies,
                                               command.common.language);
      if (note) std::get<render::text::Lines>(page.front()).add(*note);
    }
    return print_page(page, command.common, status);
  };
  return ask_about_account(std::move(question), command.account, tariff, command.common, ask, say);
}

}  // namespace

Syntax syntax_of(CheckCommand& command) {
  Syntax syntax{"check",
                translatable("May this account do it, and what would it take"),
                {schedule_argument(command.schedule)}};
  add_operation(syntax, command.words);
  syntax.options.push_back(
      {"--limits", &command.limits, translatable("Every limit with its figures")});
  add_account(syntax, command.account);
  syntax.options.push_back(markdown_option(command.common));
  syntax.options.push_back(letter_option(command.common));
  add_common(syntax, command.common);
  syntax.examples = {{"levy check okpay withdrawal 250 --tier basic --method bank",
                      translatable("may a basic account do it, and what would it take")},
                     {"levy check okpay withdrawal 250 --profile account.json --history past.csv",
                      translatable("with what the account has shown and done")}};
  syntax.footer = translatable(
      "Attributes and quantities that the schedule declares are options, too: levy help check "
      "SCHEDULE names them.");
  return syntax;
}

int run(const CheckCommand& command) {
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.words.rates, command.common);
  if (rates.status != 0) return rates.status;
  Checked<fees::Question> question = question_of(command.words, command.common, *loaded.tariff);
  if (!question) return report_error(question.faults(), command.common);
  if (rates.rates) question->rates = &*rates.rates;
  return answer_check(*loaded.tariff, std::move(*question), command);
}

}  // namespace levy::cli
