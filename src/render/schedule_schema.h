// The JSON Schema (draft 2020-12) of the schedule format: it refuses what decoding refuses, as far
// as a schema can. What takes arithmetic or looks across the document (bands out of order, names
// that are not declared, digits of a currency) it does not see; tests/schema lists these codes.
#pragma once

#include <string>

namespace levy {

std::string schedule_schema();  // ends with a line end

}  // namespace levy
