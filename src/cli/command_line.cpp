#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <optional>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/command_words.h"
#include "cli/help.h"
#include "cli/syntax.h"
#include "cli/version.h"
#include "render/words/finding_words.h"

namespace levy::cli {

// In the order of levy --help.
std::vector<Command> empty_commands() {
  return {QuoteCommand(),   CheckCommand(),      TiersCommand(),    ListCommand(),    ShowCommand(),
          CompareCommand(), PlotCommand(),       BatchCommand(),    MappingCommand(), InitCommand(),
          InferCommand(),   TestCommand(),       ValidateCommand(), DiffCommand(),    FmtCommand(),
          ExplainCommand(), CompletionCommand(), SchemaCommand(),   HelpCommand()};
}

namespace {

// ---- CLI11 -------------------------------------------------------------------------------------

// name=value texts, and where they belong.
struct Pairs {
  NamedTexts* into;
  std::vector<std::string> texts;
};

void split(const Pairs& pairs) {
  for (const std::string& text : pairs.texts) {
    std::size_t equals = text.find('=');
    pairs.into->emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
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
  entry.pairs.push_back({pairs, {}});
  return entry.app->add_option(option.name, entry.pairs.back().texts, option.help)
      ->allow_extra_args(false);
}

void add_to(CLI::App& app, Entry& entry) {
  entry.app = app.add_subcommand(entry.syntax.command, entry.syntax.purpose);
  for (const Option& option : entry.syntax.options) {
    CLI::Option* added =
        std::visit([&](auto* into) { return add(entry, option, into); }, option.into);
    added->required(option.required);
  }
}

// The command line that would have done it, where one surely would.
Diagnostic unknown_command(const std::vector<Entry>& entries,
                           const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.syntax.command);
  std::string meant = command_meant(words[0]);
  if (meant.empty()) meant = suggest(words[0], names);
  std::string message = "levy has no command " + in_quotes(words[0]);
  if (meant.empty())
    return usage(message, "its commands are " + join_or(names) + "; see levy --help");
  std::vector<std::string> line = {"levy", meant};
  line.insert(line.end(), words.begin() + 1, words.end());
  return usage(message + " (did you mean " + meant + "?)",
               "write " + cut_short(render::words::shell_line(line)));
}

// The words as CLI11 takes them, from the back, with nothing left for it to guess.
std::vector<std::string> plain_words(const Syntax& syntax, const SortedWords& sorted) {
  std::vector<std::string> plain(sorted.arguments.rbegin(), sorted.arguments.rend());
  plain.emplace_back("--");
  plain.insert(plain.end(), sorted.options.rbegin(), sorted.options.rend());
  plain.push_back(syntax.command);
  return plain;
}

// levy quote okpay --help: of the command, and of the tariff that stands before the option.
HelpCommand help_of(const Syntax& syntax, const SortedWords& sorted) {
  HelpCommand help;
  help.command = syntax.command;
  std::size_t at = 0;
  for (const Option& option : syntax.options) {
    if (!option.is_argument()) continue;
    if (option.name == "SCHEDULE" && at < sorted.arguments.size())
      help.schedule = sorted.arguments[at];
    ++at;
  }
  for (std::size_t i = 0; i + 1 < sorted.options.size(); ++i) {
    if (sorted.options[i] == "--schedules") help.common.schedules = sorted.options[i + 1];
    if (sorted.options[i] == "--lang") help.common.lang = sorted.options[i + 1];
    if (sorted.options[i] == "--at") help.common.at = sorted.options[i + 1];
  }
  return help;
}

// An answer has one form.
std::optional<Diagnostic> check_forms(const SortedWords& sorted) {
  std::string first;
  for (const std::string& option : sorted.options) {
    bool is_form =
        option == "--json" || option == "--markdown" || option == "--html" || option == "--letter";
    if (!is_form || option == first) continue;
    if (!first.empty())
      return usage(first + " and " + option + " cannot both be meant", "keep one of them");
    first = option;
  }
  return std::nullopt;
}

// Fills the command that `entry` describes with the words after its name.
Checked<Command> fill(CLI::App& app, Entry& entry, Command& command,
                      const std::vector<std::string>& words) {
  Checked<SortedWords> sorted = sort_words(entry.syntax, words);
  if (!sorted) return std::move(sorted).faults();
  if (sorted->help) return Command(help_of(entry.syntax, *sorted));
  if (auto fault = check_forms(*sorted)) return *std::move(fault);
  app.parse(plain_words(entry.syntax, *sorted));
  for (const Pairs& pairs : entry.pairs) split(pairs);
  if (entry.syntax.declared != nullptr) {
    *entry.syntax.declared = {std::move(sorted->declared), option_names(entry.syntax)};
  }
  return std::move(command);
}

// What the words are where the first is no command: --help, --version or nothing.
Checked<Command> without_command(const std::vector<std::string>& words) {
  if (words.empty()) return Command(HelpCommand());
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") return Command(HelpCommand());
  auto is_part = [](const std::string& word) { return word == "--version" || word == "--json"; };
  auto stranger = std::find_if_not(words.begin(), words.end(), is_part);
  bool asks = std::find(words.begin(), stranger, "--version") != stranger;
  if (!asks || stranger != words.end()) {
    const std::string& unknown = asks ? *stranger : first;
    return usage(
        "levy has no option " + cut_short(unknown) + did_you_mean(unknown, {"--help", "--version"}),
        "a command comes first and then its options; see levy --help");
  }
  bool as_json = std::find(words.begin(), words.end(), "--json") != words.end();
  return Command(PrintCommand{as_json ? version_json() : version_text()});
}

Checked<Command> parse(CLI::App& app, std::vector<Command>& commands, std::vector<Entry>& entries,
                       const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with("-")) return without_command(words);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].syntax.command != words.front()) continue;
    return fill(app, entries[i], commands[i], {words.begin() + 1, words.end()});
  }
  return unknown_command(entries, words);
}

}  // namespace

Checked<Command> parse_command_line(const std::vector<std::string>& words) {
  CLI::App app("Computes payment charges and limits exactly, from fee schedules in JSON.", "levy");
  app.require_subcommand(0, 1);
  std::vector<Command> commands = empty_commands();
  std::vector<Entry> entries;
  for (Command& command : commands)
    entries.push_back({std::visit([](auto& one) { return syntax_of(one); }, command), {}});
  for (Entry& entry : entries) add_to(app, entry);
  try {
    return parse(app, commands, entries, words);
  } catch (const CLI::Error& error) {
    return usage(error.what(), "see levy --help");
  }
}

}  // namespace levy::cli
