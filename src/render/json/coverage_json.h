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

namespace levy::render::json {

void write_coverage(formats::JsonWriter& json, const examples::Coverage& coverage,
                    const words::Wording& wording);
void write_suggestions(formats::JsonWriter& json, const examples::Suggestions& suggestions,
                       const examples::Coverage& coverage, const words::Wording& wording);

}  // namespace levy::render::json
