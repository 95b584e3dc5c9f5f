// What validate found, for programs (SPEC section 8):
//
//   {"findings": [{"code", "severity", "file", "line", "column", "pointer", "message", "fix",
//                  "figures": {name: text}, "related": [places], "reproduce": command,
//                  "accepted": reason}],
//    "undecided": [sentences], "errors", "warnings", "accepted", "undecided_count"}
//
// The counts leave out what is accepted, which has a count of its own.
#pragma once

#include <string>

#include "analysis/finding.h"
#include "formats/json_writer.h"

namespace levy {

void write_finding(JsonWriter& json, const Finding& finding);
std::string findings_json(const Report& report);

}  // namespace levy
