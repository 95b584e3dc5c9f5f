// Tariffs by name: what `levy list` answers.
#pragma once

#include <string>
#include <vector>

#include "fees/tariff.h"
#include "formats/json_writer.h"
#include "render/text/page.h"

namespace levy::render::pages {

// A row a tariff: id, title, operations, currency, and which version is in force at `time`.
text::Page tariff_list(const std::vector<fees::Tariff>& tariffs, Instant time,
                       const std::string& language);

// {"id", "title", "currency", "operations", "in_force", "versions": [{"version", "file", "from",
// "until"}]}; "in_force" is the version's name, null where none is in force.
void write_listed(formats::JsonWriter& json, const fees::Tariff& tariff, Instant time,
                  const std::string& language);

}  // namespace levy::render::pages
