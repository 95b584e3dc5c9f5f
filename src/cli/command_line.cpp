#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <optional>

#include "base/suggest.h"
#include "cli/syntax.h"
#include "money/currency.h"

namespace levy {

// In the order of levy --help.
std::vector<Command> empty_commands() {
  return {QuoteCommand(),  CheckCommand(),   TiersCommand(),     TestCommand(), ValidateCommand(),
          ShowCommand(),   CompareCommand(), PlotCommand(),      DiffCommand(), BatchCommand(),
          SchemaCommand(), ExplainCommand(), CompletionCommand()};
}

namespace {

Diagnostic usage(std::string message, std::string remedy) {
  return Diagnostic{Code::usage, std::move(message), std::move(remedy)};
}

// ---- what a schedule declares ------------------------------------------------------------------

const Option* find_option(const Syntax& syntax, const std::string& name) {
  for (const Option& option : syntax.options) {
    if (!option.is_argument() && option.name == name) return &option;
  }
  return nullptr;
}

// Takes the options that are not levy's out of the words, "--method bank" or "--method=bank": left
// in, their values would pass for the amount.
Checked<NamedTexts> take_declared(const Syntax& syntax, std::vector<std::string>& words) {
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
    const Option* known = is_long ? find_option(syntax, name) : nullptr;
    if (!is_long || known != nullptr || name == "--help") {
      kept.push_back(word);
      bool value_follows = known != nullptr && !known->is_flag() && word == name;
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

// ---- CLI11 -------------------------------------------------------------------------------------

// name=value texts, each put where it belongs; one that is neither is refused.
struct Pairs {
  std::string option;
  NamedTexts* into;
  std::vector<std::string> texts;
};

std::optional<Diagnostic> split(const Pairs& pairs) {
  for (const std::string& text : pairs.texts) {
    std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return usage(pairs.option + " \"" + text + "\" is not name=value",
                   "write " + pairs.option + " name=value");
    }
    pairs.into->emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return std::nullopt;
}

// A command as CLI11 fills it. Nothing moves once `app` holds addresses.
struct Entry {
  Syntax syntax;
  std::deque<Pairs> pairs;
  CLI::App* app = nullptr;
};

CLI::Option* add(Entry& entry, const Option& option, bool* flag) {
  return entry.app->add_flag(option.name, *flag, option.help);
}

CLI::Option* add(Entry& entry, const Option& option, std::string* text) {
  return entry.app->add_option(option.name, *text, option.help);
}

CLI::Option* add(Entry& entry, const Option& option, std::optional<std::string>* text) {
  auto set = [text](const std::string& value) { *text = value; };
  return entry.app->add_option_function<std::string>(option.name, set, option.help);
}

CLI::Option* add(Entry& entry, const Option& option, std::vector<std::string>* texts) {
  return entry.app->add_option(option.name, *texts, option.help)
      ->allow_extra_args(option.is_argument());
}

CLI::Option* add(Entry& entry, const Option& option, NamedTexts* pairs) {
  entry.pairs.push_back({option.name, pairs, {}});
  return entry.app->add_option(option.name, entry.pairs.back().texts, option.help)
      ->allow_extra_args(false);
}

void add_to(CLI::App& app, Entry& entry) {
  entry.app = app.add_subcommand(entry.syntax.command, entry.syntax.purpose);
  entry.app->footer(entry.syntax.footer);
  entry.app->allow_extras();
  for (const Option& option : entry.syntax.options) {
    CLI::Option* added =
        std::visit([&](auto* into) { return add(entry, option, into); }, option.into);
    added->required(option.required);
    if (!option.values.empty()) added->check(CLI::IsMember(option.values));
  }
}

// ---- faults ------------------------------------------------------------------------------------

Diagnostic unknown_command(const std::vector<Entry>& entries, const std::string& word) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.syntax.command);
  return usage("levy has no command \"" + word + "\"" + did_you_mean(word, names),
               "its commands are " + join_or(names) + "; see levy --help");
}

Diagnostic unknown_option(const Syntax& syntax, const std::string& word) {
  std::vector<std::string> names;
  for (const Option& option : syntax.options) {
    if (!option.is_argument()) names.push_back(option.name);
  }
  std::string bare = word.substr(0, word.find('='));
  return usage("levy " + syntax.command + " has no option or further argument " + word +
                   did_you_mean(bare, names),
               "see levy " + syntax.command + " --help");
}

std::string version_text() {
  return "levy " LEVY_VERSION "\nISO 4217 currencies as of " + std::string(iso_4217_date()) + "\n";
}

// Fills the command that `entry` describes.
std::optional<Diagnostics> fill(CLI::App& app, Entry& entry, std::vector<std::string> words) {
  if (entry.syntax.declared != nullptr) {
    Checked<NamedTexts> taken = take_declared(entry.syntax, words);
    if (!taken) return std::move(taken).faults();
    *entry.syntax.declared = std::move(*taken);
  }
  std::reverse(words.begin(), words.end());  // CLI11 takes its words from the back
  app.parse(words);
  for (const std::string& word : entry.app->remaining()) {
    if (word != "--") return Diagnostics{unknown_option(entry.syntax, word)};
  }
  for (const Pairs& pairs : entry.pairs) {
    if (auto fault = split(pairs)) return Diagnostics{*fault};
  }
  return std::nullopt;
}

// What the words are without a command: --help, --version or nothing.
Command without_command(CLI::App& app, std::vector<std::string> words) {
  std::reverse(words.begin(), words.end());
  app.parse(words);
  return PrintCommand{app.help()};
}

Checked<Command> parse(CLI::App& app, std::vector<Command>& commands, std::vector<Entry>& entries,
                       const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with("-")) return without_command(app, words);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].syntax.command != words.front()) continue;
    if (auto faults = fill(app, entries[i], words)) return *faults;
    return std::move(commands[i]);
  }
  return unknown_command(entries, words.front());
}

}  // namespace

Checked<Command> parse_command_line(const std::vector<std::string>& words) {
  CLI::App app("Computes payment charges and limits exactly, from fee schedules in JSON.", "levy");
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(0, 1);
  std::vector<Command> commands = empty_commands();
  std::vector<Entry> entries;
  for (Command& command : commands)
    entries.push_back({std::visit([](auto& one) { return syntax_of(one); }, command), {}});
  for (Entry& entry : entries) add_to(app, entry);
  try {
    return parse(app, commands, entries, words);
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
