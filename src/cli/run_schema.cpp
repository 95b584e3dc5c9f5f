// levy schema: JSON Schemas of what levy reads, for editors and other programs.
#include "cli/output.h"
#include "cli/syntax.h"
#include "render/words/explain.h"

namespace levy::cli {

Syntax syntax_of(SchemaCommand& command) {
  Syntax syntax{"schema", translatable("JSON Schema of schedules, or of rates files"), {}};
  syntax.options.push_back({.name = "OF",
                            .into = &command.of,
                            .help = translatable("schedule (the default) or rates"),
                            .values = {"schedule", "rates"}});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy schema > levy.schema.json", translatable("for an editor or another program")}};
  return syntax;
}

int run(const SchemaCommand& command) {
  return print(command.of == "rates" ? render::words::rates_schema()
                                     : render::words::schedule_schema());
}

}  // namespace levy::cli
