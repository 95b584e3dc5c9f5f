// A verdict as SPEC's "JSON answers" describe it.
#pragma once

#include "formats/json_writer.h"
#include "limits/verdict.h"

namespace levy {

// Writes the members of the check's object, without its brackets: also a quote's "decision".
void write_verdict(JsonWriter& json, const Verdict& verdict);

}  // namespace levy
