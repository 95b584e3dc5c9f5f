// A JSON tree as text again, on one line, numbers as they were written.
#pragma once

#include <string>

#include "formats/json.h"
#include "formats/json_writer.h"

namespace levy {

void write_node(JsonWriter& json, const Node& node);
std::string to_json(const Node& node);

}  // namespace levy
