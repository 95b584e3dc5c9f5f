#include "cli/help.h"

#include "render/text/translate.h"

#include <algorithm>
#include <utility>

#include "base/suggest.h"

namespace levy::cli {
namespace {

// "-o, --output VALUE", "--color auto|always|never", "SCHEDULE".
std::string option_words(const Option& option) {
  std::string text = option.is_argument() || option.short_name() == option.long_name()
                         ? option.long_name()
                         : option.short_name() + ", " + option.long_name();
  if (option.is_argument() || option.is_flag()) return text;
  if (std::holds_alternative<NamedTexts*>(option.into)) return text + " NAME=VALUE";
  std::string values;
  for (const std::string& value : option.values) values += (values.empty() ? "" : "|") + value;
  return text + " " + (values.empty() ? "VALUE" : values);
}

// Sentences of help, which options and commands carry in English.
class HelpWriter {
 public:
  explicit HelpWriter(std::string_view language) : language_(language) {}

  std::string say(std::string_view sentence, render::text::PlaceValues values = {}) const {
    return render::text::translate(language_, sentence, values);
  }
  render::text::Grid list_of(std::string_view caption) const {
    render::text::Grid grid;
    grid.caption = say(caption);
    grid.columns = {"", ""};
    return grid;
  }
  void add_examples(render::text::Page& page, const std::vector<HelpExample>& examples) const {
    if (examples.empty()) return;
    render::text::Grid grid{{""}, {}, say("Examples:")};
    for (const HelpExample& example : examples) {
      grid.row({example.command});  // on a line of its own, to be copied
      grid.rows.back().note = say(example.says);
    }
    page.push_back(std::move(grid));
  }

 private:
  std::string_view language_;
};

}  // namespace

std::vector<Syntax> syntaxes_of(std::vector<Command>& commands) {
  std::vector<Syntax> all;
  for (Command& command : commands)
    all.push_back(std::visit([](auto& one) { return syntax_of(one); }, command));
  return all;
}

std::string usage_line(const Syntax& syntax) {
  std::string line = "levy " + syntax.command;
  for (const Option& option : syntax.options) {
    if (!option.is_argument()) continue;
    line += option.required ? " " + option.name : " [" + option.name + "]";
    if (std::holds_alternative<std::vector<std::string>*>(option.into)) line += "...";
  }
  return line;
}

render::text::Page overview_page(const std::vector<Syntax>& commands, std::string_view language) {
  HelpWriter help(language);
  auto say = [&](std::string_view sentence) { return help.say(sentence); };
  render::text::Page page = {render::text::Paragraph{
      say("levy computes payment charges and limits exactly, from fee schedules in JSON.")}};
  render::text::Grid examples = help.list_of(translatable("Examples:"));
  examples.row({"levy list", say("the tariffs that can be named")});
  examples.row({"levy quote okpay withdrawal 250", say("what it costs, by every method")});
  examples.row({"levy check okpay withdrawal 250 --tier basic", say("may this account do it")});
  examples.row({"levy help quote okpay", say("what this tariff can be asked")});
  page.push_back(std::move(examples));
  render::text::Grid grid = help.list_of(translatable("Commands:"));
  for (const Syntax& syntax : commands) grid.row({syntax.command, say(syntax.purpose)});
  page.push_back(std::move(grid));
  render::text::Grid options = help.list_of(translatable("Options:"));
  options.row({"-h, --help", say("This help; after a command, its own")});
  options.row({"--version", say("The version; with --json, what levy was built from as well")});
  page.push_back(std::move(options));
  page.push_back(render::text::Paragraph{
      say("levy help COMMAND says what a command takes. The manual is levy(1).")});
  return page;
}

render::text::Page command_page(const Syntax& syntax, std::string_view language) {
  HelpWriter help(language);
  render::text::Page page = {render::text::Paragraph{
      help.say(translatable("levy {command}: {purpose}"),
               {{"command", syntax.command}, {"purpose", help.say(syntax.purpose)}})}};
  help.add_examples(page, syntax.examples);
  page.push_back(render::text::Paragraph{
      help.say(translatable("Usage: {usage} [options]"), {{"usage", usage_line(syntax)}})});
  render::text::Grid arguments = help.list_of(translatable("Arguments:")),
                     options = help.list_of(translatable("Options:"));
  for (const Option& option : syntax.options)
    (option.is_argument() ? arguments : options).row({option_words(option), help.say(option.help)});
  options.row({"-h, --help", help.say("This help; with a SCHEDULE before it, what that tariff can "
                                      "be asked")});
  if (!arguments.rows.empty()) page.push_back(std::move(arguments));
  page.push_back(std::move(options));
  if (!syntax.footer.empty()) page.push_back(render::text::Paragraph{help.say(syntax.footer)});
  return page;
}

std::string command_meant(const std::string& word) {
  constexpr std::pair<std::string_view, std::string_view> others[] = {
      {"ls", "list"},          {"tariffs", "list"},     {"schedules", "list"},
      {"fee", "quote"},        {"fees", "quote"},       {"cost", "quote"},
      {"costs", "quote"},      {"price", "quote"},      {"calc", "quote"},
      {"calculate", "quote"},  {"compute", "quote"},    {"charge", "quote"},
      {"limit", "check"},      {"limits", "check"},     {"allowed", "check"},
      {"can", "check"},        {"tier", "tiers"},       {"ladder", "tiers"},
      {"levels", "tiers"},     {"lint", "validate"},    {"verify", "validate"},
      {"run", "batch"},        {"csv", "batch"},        {"table", "batch"},
      {"reconcile", "batch"},  {"changes", "diff"},     {"chart", "plot"},
      {"graph", "plot"},       {"curve", "plot"},       {"print", "show"},
      {"cat", "show"},         {"view", "show"},        {"describe", "show"},
      {"info", "show"},        {"examples", "test"},    {"tests", "test"},
      {"cheapest", "compare"}, {"rank", "compare"},     {"errors", "explain"},
      {"code", "explain"},     {"codes", "explain"},    {"man", "help"},
      {"usage", "help"},       {"version", "--version"}};
  for (const auto& [other, meant] : others) {
    if (word == other) return std::string(meant);
  }
  return "";
}

}  // namespace levy::cli
