// Tariffs by name: what `levy list` answers.
#pragma once

#include <string>
#include <vector>

#include "fees/tariff.h"
#include "formats/json_writer.h"
#include "render/text/page.h"

namespace levy {

// A row a tariff: id, title, operations, currency, and which version is in force at `time`.
Page tariff_list(const std::vector<Tariff>& tariffs, Instant time, const std::string& language);

// {"id", "title", "currency", "operations", "in_force", "versions": [{"version", "file", "from",
// "until"}]}; "in_force" is the version's name, null where none is in force.
void write_listed(JsonWriter& json, const Tariff& tariff, Instant time,
                  const std::string& language);

}  // namespace levy
