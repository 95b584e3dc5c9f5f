// Diagnostics for programs: the object under "error" of a failed command's answer.
//
//   {"code": "missing_rate", "message": "...", "file": "x.json", "line": 12, "column": 34}
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "formats/json_writer.h"

namespace levy::render::text {

// One object; what is unknown is left out.
void write_diagnostic(formats::JsonWriter& json, const Diagnostic& diagnostic);

// The first one's object, with the further ones, if any, under "others". Not for an empty list.
void write_diagnostics(formats::JsonWriter& json, const Diagnostics& diagnostics);
// As the member "error", instead of what could not be answered. `as` replaces the code
// (bad_schedule, bad_file), the faults then being its "findings".
void write_error(formats::JsonWriter& json, const Diagnostics& diagnostics,
                 std::optional<Code> as = {});

}  // namespace levy::render::text
