// The JSON Schemas (draft 2020-12) of what levy reads. That of a schedule refuses what
// decoding refuses, as far as a schema can. What takes arithmetic or looks across the document
// (bands out of order, names that are not declared, digits of a currency) it does not see;
// tests/schema lists these codes.
#pragma once

#include <string>

namespace levy {

std::string schedule_schema();  // ends with a line end
std::string rates_schema();     // of levy's own rates files

}  // namespace levy
