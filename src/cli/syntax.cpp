#include "cli/syntax.h"

#include <algorithm>

namespace levy::cli {

void add_common(Syntax& syntax, Common& common) {
  std::vector<Option>& options = syntax.options;
  options.push_back({"--json", &common.json, translatable("Answer as JSON")});
  options.push_back(
      {"--lang", &common.lang, translatable("Language: en or zh; default: the locale's")});
  options.push_back({.name = "--color",
                     .into = &common.color,
                     .help = translatable("auto, always or never (also NO_COLOR)"),
                     .values = {"auto", "always", "never"}});
  options.push_back({"--at", &common.at, translatable("The time asked about; default: now")});
  options.push_back(
      {"--schedules", &common.schedules, translatable("Directory in which ids are looked up")});
}

void add_operation(Syntax& syntax, OperationWords& words) {
  add_conditions(syntax, words);
  Option amount{"AMOUNT", &words.amount,
                translatable("How much: \"250 EUR\", or 250 in the tariff's currency")};
  auto operation = std::find_if(syntax.options.begin(), syntax.options.end(),
                                [](const Option& option) { return option.name == "OPERATION"; });
  syntax.options.insert(operation + 1, std::move(amount));
}

void add_conditions(Syntax& syntax, OperationWords& words) {
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"OPERATION", &words.operation, translatable("What is done: withdrawal, transaction ...")});
  options.push_back(
      {"--to", &words.to, translatable("The currency that is to arrive, when it converts")});
  options.push_back(
      {"--attr", &words.fields, translatable("An attribute or quantity, name=value")});
  options.push_back(used_option(words.used));
  options.push_back(rates_option(words.rates));
  options.push_back(
      {"--rate", &words.rate, translatable("The conversion's own mid rate: 1.0852 or 1/24.255")});
  options.push_back({"--max-age", &words.max_age, translatable("Oldest rates allowed: 24h, 30d")});
  options.push_back({"--strict", &words.strict, translatable("Refuse readings that nobody gave")});
  syntax.declared = &words.options;
}

void add_account(Syntax& syntax, AccountOptions& account) {
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"--profile", &account.profile, translatable("What the account has shown: a JSON file")});
  options.push_back(
      {"--history", &account.history, translatable("What it has done: CSV or JSON Lines")});
  options.push_back(mapping_option(account.mapping));
  options.push_back(
      {"--account", &account.account, translatable("Whose rows of the history count")});
  options.push_back({"--new-account", &account.new_account,
                     translatable("The history need not have a row of the account")});
  options.push_back(
      {"--balance", &account.balance, translatable("What it holds now, for limits on it")});
}

Option schedule_argument(std::string& schedule) {
  return {"SCHEDULE", &schedule, translatable("A schedule's path or id"), true};
}

Option markdown_option(Common& common) {
  return {"--markdown", &common.markdown, translatable("As Markdown, for a page or a request")};
}

Option letter_option(Common& common) {
  return {"--letter", &common.letter,
          translatable("As a few sentences to the customer, for a chat")};
}

Option used_option(NamedTexts& used) {
  return {"--used", &used, translatable("A meter's reading, id=value")};
}

Option mapping_option(std::string& mapping) {
  return {"--mapping", &mapping, translatable("How the table is read: a mapping's path or id")};
}

Option rates_option(std::string& rates) {
  return {"--rates", &rates, translatable("Rates file: levy's JSON, or the ECB's CSV or XML")};
}

}  // namespace levy::cli
