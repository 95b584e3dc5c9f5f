// levy show: the tariff as a person reads it.
#include "cli/files.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "render/show_json.h"
#include "render/show_markdown.h"
#include "render/show_page.h"
#include "render/show_text.h"

namespace levy {
namespace {

// --at, else the clock.
Checked<Instant> time_asked(const Common& common, const Tariff& tariff) {
  if (common.at.empty()) return now();
  Checked<Instant> at = parse_instant(common.at, tariff.versions.front().schedule.timezone);
  if (at) return at;
  Diagnostic fault = at.faults().front();
  fault.message = "--at: " + fault.message;
  fault.place = Place{};
  return fault;
}

std::string as_json(const Plan& plan, const std::string& language) {
  JsonWriter json;
  json.begin_object();
  write_tariff(json, plan, language);
  json.end_object();
  return json.text() + "\n";
}

}  // namespace

Syntax syntax_of(ShowCommand& command) {
  Syntax syntax{"show", "A tariff as a person reads it", {schedule_argument(command.schedule)}};
  syntax.options.push_back({"--markdown", &command.markdown, "As Markdown"});
  add_common(syntax, command.common);
  return syntax;
}

int run(const ShowCommand& command) {
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  const Tariff& tariff = *loaded.tariff;
  Checked<Instant> time = time_asked(command.common, tariff);
  if (!time) return refuse(time.faults(), command.common);
  const std::string& language = command.common.language;
  if (command.common.json) return print(as_json(tariff.nearest(*time), language));
  Page page = show_page(tariff, *time, language);
  return print(command.markdown ? show_markdown(page) : show_text(page));
}

}  // namespace levy
