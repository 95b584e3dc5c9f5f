// A tariff for programs that explain it: its structure as JSON, each rule in words, figures apart.
#pragma once

#include <string>

#include "fees/plan.h"
#include "formats/json_writer.h"

namespace levy::render::json {

// Writes the members of the tariff's object, without its brackets. Titles in `language`.
void write_tariff(formats::JsonWriter& json, const fees::Plan& plan, const std::string& language);

}  // namespace levy::render::json
