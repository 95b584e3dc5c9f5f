// levy schema: JSON Schemas of what levy reads, for editors and other programs.
#include "cli/output.h"
#include "cli/syntax.h"
#include "render/words/explain.h"

namespace levy::cli {

Syntax syntax_of(SchemaCommand& command) {
  Syntax syntax{"schema", translatable("JSON Schema of schedules, rates files or mappings"), {}};
  syntax.options.push_back({.name = "OF",
                            .into = &command.of,
                            .help = translatable("schedule (the default), rates or mapping"),
                            .values = {"schedule", "rates", "mapping"}});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy schema > levy.schema.json", translatable("for an editor or another program")}};
  return syntax;
}

int run(const SchemaCommand& command) {
  if (command.of == "mapping") return print(render::words::mapping_schema());
  return print(command.of == "rates" ? render::words::rates_schema()
                                     : render::words::schedule_schema());
}

}  // namespace levy::cli
