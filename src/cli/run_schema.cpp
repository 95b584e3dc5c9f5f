// levy schema: the JSON Schema of the schedule format, for editors and other programs.
#include "cli/output.h"
#include "cli/syntax.h"
#include "render/schedule_schema.h"

namespace levy {

Syntax syntax_of(SchemaCommand& command) {
  Syntax syntax{"schema", "JSON Schema of the schedule format", {}};
  add_common(syntax, command.common);
  return syntax;
}

int run(const SchemaCommand&) { return print(schedule_schema()); }

}  // namespace levy
