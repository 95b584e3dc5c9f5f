// levy help: what a command takes, and what a tariff can be asked.
#include <algorithm>

#include "base/suggest.h"
#include "cli/command_line.h"
#include "cli/files.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/question.h"
#include "render/pages/show_page.h"

namespace levy::cli {
namespace {

int print_tariff(render::text::Page page, const HelpCommand& command) {
  Loaded loaded = read_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) {
    // What was asked about the command is answered all the same.
    int status = print_page(page, command.common);
    return std::max(status, report_error(loaded.faults, command.common, loaded.as));
  }
  Checked<Instant> time = time_asked(command.common, loaded.tariff->versions[0].schedule.timezone);
  if (!time) return report_error(time.faults(), command.common);
  render::pages::add_what_can_be_asked(page, loaded.tariff->nearest(*time).schedule,
                                       command.common.language);
  return print_page(page, command.common);
}

}  // namespace

Syntax syntax_of(HelpCommand& command) {
  Syntax syntax{"help", translatable("What a command takes, and what a tariff can be asked"), {}};
  syntax.options.push_back(
      {"COMMAND", &command.command, translatable("A command of levy's: quote")});
  syntax.options.push_back(
      {"SCHEDULE", &command.schedule, translatable("A schedule's path or id")});
  add_common(syntax, command.common);
  syntax.examples = {{"levy help quote", translatable("what quote takes")},
                     {"levy help quote okpay", translatable("also what okpay can be asked")}};
  return syntax;
}

int run(const HelpCommand& command) {
  std::vector<Command> commands = empty_commands();
  std::vector<Syntax> all = syntaxes_of(commands);
  if (command.command.empty())
    return print_page(overview_page(all, command.common.language), command.common);
  for (const Syntax& syntax : all) {
    if (syntax.command != command.command) continue;
    render::text::Page page = command_page(syntax, command.common.language);
    return command.schedule.empty() ? print_page(page, command.common)
                                    : print_tariff(std::move(page), command);
  }
  std::vector<std::string> ids = schedule_ids(command.common);
  if (std::find(ids.begin(), ids.end(), command.command) != ids.end()) {
    HelpCommand quote = command;  // `levy help okpay`: of the command that tariffs are for
    quote.command = "quote";
    quote.schedule = command.command;
    return run(quote);
  }
  std::vector<std::string> names;
  for (const Syntax& syntax : all) names.push_back(syntax.command);
  std::string meant = command_meant(command.command);
  if (meant.empty()) meant = suggest(command.command, names);
  return report_error(
      {usage("levy has no command " + in_quotes(command.command),
             meant.empty() ? "its commands are " + join_or(names) : "write levy help " + meant)},
      command.common);
}

}  // namespace levy::cli
