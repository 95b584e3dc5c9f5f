// Texts that the program carries with it: the files of render/texts/, compiled in by CMake.
#pragma once

#include <string_view>

namespace levy {

std::string_view schedule_schema_text();  // texts/schedule.schema.json
std::string_view rates_schema_text();     // texts/rates.schema.json
std::string_view explain_text();          // texts/explain.txt

}  // namespace levy
