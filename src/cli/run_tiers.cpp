// levy tiers: the ladder, where an account stands on it, and what is missing for more.
#include "ask/resolve_account.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cli/account_files.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/json/ladder_json.h"
#include "render/pages/ladder_page.h"
#include "render/pages/letter.h"
#include "render/words/words.h"

namespace levy::cli {
namespace {

std::string tiers_as_json(const limits::AccountStatus& status, std::string_view language) {
  formats::JsonWriter json;
  json.object([&] { render::json::write_account_status(json, status, language); });
  return json.text() + "\n";
}

Checked<std::int64_t> parse_horizon(const std::string& text) {
  Checked<std::int64_t> seconds = parse_duration(text);
  if (seconds) return seconds;
  Diagnostic fault = seconds.faults().front();
  fault.message = "--horizon: " + fault.message;
  fault.place = Place();
  return fault;
}

Checked<limits::AccountStatus> find_status(const ask::ResolvedTiers& set,
                                           const TiersCommand& command, std::int64_t horizon) {
  std::optional<std::string> tier;
  if (!command.tier.empty()) {
    tier = command.tier;
    if (!set.ladder.find_tier(*tier)) {
      return Diagnostic{Code::unknown_value, "this tariff has no tier " + in_quotes(*tier),
                        "see levy tiers without --tier"};
    }
  }
  limits::AccountSnapshot now{set.ladder, set.account, set.account.readings,
                              set.time,   set.rates,   false};
  return limits::find_account_status(now, tier, horizon);
}

int answer_tiers(const fees::Tariff& tariff, fees::Question question, std::int64_t horizon,
                 const TiersCommand& command) {
  auto ask = [&](const ask::CheckQuestion& asked) { return ask::resolve_tiers(tariff, asked); };
  auto say = [&](const ask::ResolvedTiers& set) {
    Checked<limits::AccountStatus> status = find_status(set, command, horizon);
    if (!status) return report_error(status.faults(), command.common);
    if (command.common.json) return print(tiers_as_json(*status, command.common.language));
    if (command.common.letter)
      return print_for_people(render::pages::status_letter(*status, command.common.language));
    render::text::Page page = render::pages::account_status_page(
        *status, command.common.language,
        render::words::duration_words(horizon, command.common.language));
    return print_page(page, command.common);
  };
  return ask_about_account(std::move(question), command.account, tariff, command.common, ask, say);
}

}  // namespace

Syntax syntax_of(TiersCommand& command) {
  Syntax syntax{"tiers",
                translatable("The ladder of tiers, and where an account stands"),
                {schedule_argument(command.schedule)}};
  add_account(syntax, command.account);
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"--tier", &command.tier, translatable("The tier the account is in, whatever its evidence")});
  options.push_back(used_option(command.used));
  options.push_back(rates_option(command.rates));
  options.push_back(
      {"--horizon", &command.horizon, translatable("Name evidence that expires within: 30d")});
  syntax.options.push_back(markdown_option(command.common));
  syntax.options.push_back(letter_option(command.common));
  add_common(syntax, command.common);
  syntax.examples = {{"levy tiers okpay", translatable("limits and requirements of every tier")},
                     {"levy tiers okpay --profile account.json",
                      translatable("where this account stands, and what is missing")}};
  return syntax;
}

int run(const TiersCommand& command) {
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.rates, command.common);
  if (rates.status != 0) return rates.status;
  OperationWords words;
  words.used = command.used;
  Checked<fees::Question> question = question_of(words, command.common, *loaded.tariff);
  if (!question) return report_error(question.faults(), command.common);
  if (rates.rates) question->rates = &*rates.rates;
  Checked<std::int64_t> horizon = parse_horizon(command.horizon);
  if (!horizon) return report_error(horizon.faults(), command.common);
  return answer_tiers(*loaded.tariff, std::move(*question), *horizon, command);
}

}  // namespace levy::cli
