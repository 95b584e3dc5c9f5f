// The same for programs, as objects within `levy test --json`:
//
//   coverage     {"file", "items", "covered", "list": [{"name", "covered", "description", "file",
//                 "line", "column", "pointer", "by": {"title", "line", "column"} or null}]}
//   suggestions  {"file", "examples": [{"exercises": [names], "example": {…}}],
//                 "not_found": [{"name", "reason"}]}
#pragma once

#include "examples/suggestion.h"
#include "formats/json_writer.h"
#include "render/words/words.h"

namespace levy {

void write_coverage(JsonWriter& json, const Coverage& coverage, const Wording& wording);
void write_suggestions(JsonWriter& json, const Suggestions& suggestions, const Coverage& coverage,
                       const Wording& wording);

}  // namespace levy
