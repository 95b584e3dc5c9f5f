#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

#include "base/suggest.h"
#include "money/currency.h"

namespace levy {
namespace {

Diagnostic usage(std::string message, std::string remedy) {
  return Diagnostic{Code::usage, std::move(message), std::move(remedy)};
}

// ---- the commands' options ---------------------------------------------------------------------
// Options are bound to strings: numbers are read by levy's own grammar, never by CLI11's.

void add_common(CLI::App& app, Common& common) {
  app.add_flag("--json", common.json, "Answer as JSON");
  app.add_option("--lang", common.language, "Language of titles, a tag such as en or zh-CN");
  app.add_option("--color", common.color, "auto, always or never (also NO_COLOR)")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--at", common.at, "The time asked about; default: now");
  app.add_option("--schedules", common.schedules, "Directory in which ids are looked up");
}

CLI::Option* add_repeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                          const std::string& help) {
  return app.add_option(name, values, help)->allow_extra_args(false);
}

struct Repeated {
  std::vector<std::string> used, attr;
};

void add_operation(CLI::App& app, OperationWords& words, Repeated& repeated, std::string& to) {
  app.add_option("OPERATION", words.operation, "What is done: withdrawal, transaction ...");
  app.add_option("AMOUNT", words.amount, "How much: \"250 EUR\", or 250 in the tariff's currency");
  app.add_option("--to", to, "The currency that is to arrive, when the operation converts");
  add_repeated(app, "--attr", repeated.attr, "An attribute or quantity, name=value");
  add_repeated(app, "--used", repeated.used, "A meter's reading, id=value");
  app.add_option("--rates", words.rates, "Rates file: levy's JSON, or the ECB's CSV or XML");
  app.add_option("--max-age", words.max_age, "Oldest rates allowed: 24h, 30d");
  app.add_flag("--strict", words.strict, "Refuse readings that nobody gave");
}

void add_account(CLI::App& app, AccountOptions& account) {
  app.add_option("--profile", account.profile, "What the account has shown: a JSON file");
  app.add_option("--history", account.history, "What it has done: CSV or JSON Lines");
  app.add_option("--account", account.account, "Whose rows of the history count");
  app.add_option("--balance", account.balance, "What it holds now, for limits on the balance");
}

// All that CLI11 fills while it parses.
struct Words {
  QuoteCommand quote;
  CheckCommand check;
  TiersCommand tiers;
  TestCommand test;
  ShowCommand show;
  Repeated quote_repeated, check_repeated, tiers_repeated;
  std::string quote_to, check_to;
  std::string receive, pay;
};

void add_quote(CLI::App& app, Words& words) {
  CLI::App* sub = app.add_subcommand("quote", "What an operation costs");
  sub->add_option("SCHEDULE", words.quote.schedule, "A schedule's path or id")->required();
  add_operation(*sub, words.quote.words, words.quote_repeated, words.quote_to);
  sub->add_option("--receive", words.receive, "The amount that is to arrive, instead of AMOUNT");
  sub->add_option("--pay", words.pay, "The amount that is to be debited, instead of AMOUNT");
  sub->add_flag("--explain", words.quote.explain, "Every step, with the place of its rule");
  sub->add_flag("--expand", words.quote.expand,
                "With --json: one quote for each value of what was not said");
  add_account(*sub, words.quote.account);
  add_common(*sub, words.quote.common);
  sub->footer(
      "Attributes and quantities that the schedule declares are options too:\n"
      "  levy quote okpay withdrawal \"250 EUR\" --method bank --tier verified");
}

void add_check(CLI::App& app, Words& words) {
  CLI::App* sub = app.add_subcommand("check", "May this account do it, and what would it take");
  sub->add_option("SCHEDULE", words.check.schedule, "A schedule's path or id")->required();
  add_operation(*sub, words.check.words, words.check_repeated, words.check_to);
  add_account(*sub, words.check.account);
  add_common(*sub, words.check.common);
  sub->footer("Attributes and quantities that the schedule declares are options too, and --tier.");
}

void add_tiers(CLI::App& app, Words& words) {
  TiersCommand& tiers = words.tiers;
  CLI::App* sub = app.add_subcommand("tiers", "The ladder of tiers, and where an account stands");
  sub->add_option("SCHEDULE", tiers.schedule, "A schedule's path or id")->required();
  add_account(*sub, tiers.account);
  sub->add_option("--tier", tiers.tier, "The tier the account is in, whatever its evidence");
  add_repeated(*sub, "--used", words.tiers_repeated.used, "A meter's reading, id=value");
  sub->add_option("--rates", tiers.rates, "Rates file: levy's JSON, or the ECB's CSV or XML");
  sub->add_option("--horizon", tiers.horizon, "Name evidence that expires within: 30d");
  add_common(*sub, tiers.common);
}

void add_test(CLI::App& app, Words& words) {
  CLI::App* sub = app.add_subcommand("test", "Run the examples that schedules carry");
  sub->add_option("FILE", words.test.files, "Schedules")->required();
  add_common(*sub, words.test.common);
}

void add_show(CLI::App& app, Words& words) {
  CLI::App* sub = app.add_subcommand("show", "A tariff as a person reads it");
  sub->add_option("SCHEDULE", words.show.schedule, "A schedule's path or id")->required();
  sub->add_flag("--markdown", words.show.markdown, "As Markdown");
  add_common(*sub, words.show.common);
}

// ---- what a schedule declares ------------------------------------------------------------------

bool takes_operation(const CLI::App& sub) { return sub.get_option_no_throw("--attr") != nullptr; }

// Takes the options that CLI11 does not know out of the words, "--method bank" or "--method=bank":
// left in, their values would pass for the amount.
Checked<NamedTexts> take_declared(const CLI::App& sub, std::vector<std::string>& words) {
  NamedTexts taken;
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      kept.insert(kept.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    std::string name = word.substr(0, word.find('='));
    bool is_long = word.size() > 2 && word.starts_with("--");
    const CLI::Option* known = is_long ? sub.get_option_no_throw(name) : nullptr;
    if (!is_long || known != nullptr || name == "--help") {
      kept.push_back(word);
      bool value_follows = known != nullptr && known->get_items_expected_max() > 0 && word == name;
      if (value_follows && i + 1 < words.size()) kept.push_back(words[++i]);
      continue;
    }
    if (word != name) {
      taken.emplace_back(name.substr(2), word.substr(name.size() + 1));
    } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
      taken.emplace_back(name.substr(2), words[++i]);
    } else {
      return usage("option " + name + " has no value", "write " + name + " VALUE");
    }
  }
  words = std::move(kept);
  return taken;
}

Checked<NamedTexts> split_pairs(const std::vector<std::string>& texts, const std::string& option) {
  NamedTexts pairs;
  for (const std::string& text : texts) {
    std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return usage(option + " \"" + text + "\" is not name=value",
                   "write " + option + " name=value");
    }
    pairs.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return pairs;
}

std::optional<Diagnostics> complete(OperationWords& words, const Repeated& repeated,
                                    const std::string& to, NamedTexts options) {
  Checked<NamedTexts> used = split_pairs(repeated.used, "--used");
  if (!used) return used.faults();
  Checked<NamedTexts> attr = split_pairs(repeated.attr, "--attr");
  if (!attr) return attr.faults();
  words.used = *used;
  words.fields = *attr;
  if (!to.empty()) words.fields.emplace_back("to_currency", to);
  words.options = std::move(options);
  return std::nullopt;
}

std::optional<Diagnostics> complete_quote(Words& words, const CLI::App& sub, NamedTexts options) {
  QuoteCommand& quote = words.quote;
  if (sub.count("--receive") > 0) quote.receive = words.receive;
  if (sub.count("--pay") > 0) quote.pay = words.pay;
  int asked = (quote.words.amount.empty() ? 0 : 1) + (quote.receive ? 1 : 0) + (quote.pay ? 1 : 0);
  if (asked > 1) {
    return Diagnostics{
        usage("AMOUNT, --receive and --pay are three ways to ask", "give one of them")};
  }
  return complete(quote.words, words.quote_repeated, words.quote_to, std::move(options));
}

// ---- faults ------------------------------------------------------------------------------------

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(sub->get_name());
  return names;
}

Diagnostic unknown_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names = command_names(app);
  return usage("levy has no command \"" + word + "\"" + did_you_mean(word, names),
               "its commands are " + join_or(names) + "; see levy --help");
}

Diagnostic unknown_option(const CLI::App& sub, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::Option* option : sub.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  std::string bare = word.substr(0, word.find('='));
  return usage("levy " + sub.get_name() + " has no option or further argument " + word +
                   did_you_mean(bare, names),
               "see levy " + sub.get_name() + " --help");
}

std::string version_text() {
  return "levy " LEVY_VERSION "\nISO 4217 currencies as of " + std::string(iso_4217_date()) + "\n";
}

Command command_of(const CLI::App& app, Words& words) {
  if (app.got_subcommand("quote")) return std::move(words.quote);
  if (app.got_subcommand("check")) return std::move(words.check);
  if (app.got_subcommand("tiers")) return std::move(words.tiers);
  if (app.got_subcommand("test")) return std::move(words.test);
  return std::move(words.show);
}

Checked<Command> parse(CLI::App& app, Words& words, std::vector<std::string> rest) {
  CLI::App* sub = nullptr;
  NamedTexts options;
  if (!rest.empty() && !rest.front().starts_with("-")) {
    std::vector<CLI::App*> named =
        app.get_subcommands([&](const CLI::App* one) { return one->get_name() == rest.front(); });
    if (named.empty()) return unknown_command(app, rest.front());
    sub = named.front();
    sub->allow_extras();
    if (takes_operation(*sub)) {
      Checked<NamedTexts> taken = take_declared(*sub, rest);
      if (!taken) return std::move(taken).faults();
      options = std::move(*taken);
    }
  }
  std::reverse(rest.begin(), rest.end());  // CLI11 takes its words from the back
  app.parse(rest);
  if (sub == nullptr) return Command(PrintCommand{app.help()});
  for (const std::string& word : sub->remaining()) {
    if (word != "--") return unknown_option(*sub, word);
  }
  if (sub->get_name() == "quote") {
    if (auto faults = complete_quote(words, *sub, std::move(options))) return *faults;
  } else if (sub->get_name() == "check") {
    if (auto faults =
            complete(words.check.words, words.check_repeated, words.check_to, std::move(options)))
      return *faults;
  } else if (sub->get_name() == "tiers") {
    Checked<NamedTexts> used = split_pairs(words.tiers_repeated.used, "--used");
    if (!used) return std::move(used).faults();
    words.tiers.used = *used;
  }
  return command_of(app, words);
}

}  // namespace

Checked<Command> parse_command_line(const std::vector<std::string>& words) {
  CLI::App app("Computes payment charges and limits exactly, from fee schedules in JSON.", "levy");
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", version_text());
  Words filled;
  add_quote(app, filled);
  add_check(app, filled);
  add_tiers(app, filled);
  add_test(app, filled);
  add_show(app, filled);
  app.require_subcommand(0, 1);
  try {
    return parse(app, filled, words);
  } catch (const CLI::CallForHelp&) {
    const auto& used = app.get_subcommands();
    return Command(PrintCommand{used.empty() ? app.help() : used.front()->help("levy")});
  } catch (const CLI::CallForVersion&) {
    return Command(PrintCommand{version_text()});
  } catch (const CLI::Error& error) {
    return usage(error.what(), "see levy --help");
  }
}

}  // namespace levy
