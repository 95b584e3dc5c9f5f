#include "cli/help.h"

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

render::text::Grid list_of(const std::string& caption) {
  render::text::Grid grid;
  grid.caption = caption;
  grid.columns = {"", ""};
  return grid;
}

void add_examples(render::text::Page& page, const std::vector<HelpExample>& examples) {
  if (examples.empty()) return;
  render::text::Grid grid{{""}, {}, "Examples:"};
  for (const HelpExample& example : examples) {
    grid.row({example.command});  // on a line of its own, to be copied
    grid.rows.back().note = example.says;
  }
  page.push_back(std::move(grid));
}

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

render::text::Page overview_page(const std::vector<Syntax>& commands) {
  render::text::Page page = {render::text::Paragraph{
      "levy computes payment charges and limits exactly, from fee schedules in "
      "JSON."}};
  render::text::Grid examples = list_of("Examples:");
  examples.row({"levy list", "the tariffs that can be named"});
  examples.row({"levy quote okpay withdrawal 250", "what it costs, by every method"});
  examples.row({"levy check okpay withdrawal 250 --tier basic", "may this account do it"});
  examples.row({"levy help quote okpay", "what this tariff can be asked"});
  page.push_back(std::move(examples));
  render::text::Grid grid = list_of("Commands:");
  for (const Syntax& syntax : commands) grid.row({syntax.command, syntax.purpose});
  page.push_back(std::move(grid));
  render::text::Grid options = list_of("Options:");
  options.row({"-h, --help", "This help; after a command, its own"});
  options.row({"--version", "The version; with --json, what levy was built from as well"});
  page.push_back(std::move(options));
  page.push_back(render::text::Paragraph{
      "levy help COMMAND says what a command takes. The manual is levy(1)."});
  return page;
}

render::text::Page command_page(const Syntax& syntax) {
  render::text::Page page = {
      render::text::Paragraph{"levy " + syntax.command + ": " + syntax.purpose}};
  add_examples(page, syntax.examples);
  page.push_back(render::text::Paragraph{"Usage: " + usage_line(syntax) + " [options]"});
  render::text::Grid arguments = list_of("Arguments:"), options = list_of("Options:");
  for (const Option& option : syntax.options)
    (option.is_argument() ? arguments : options).row({option_words(option), option.help});
  options.row(
      {"-h, --help", "This help; with a SCHEDULE before it, what that tariff can be asked"});
  if (!arguments.rows.empty()) page.push_back(std::move(arguments));
  page.push_back(std::move(options));
  if (!syntax.footer.empty()) page.push_back(render::text::Paragraph{syntax.footer});
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
