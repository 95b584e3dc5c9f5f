// What infer found of a table, for people and for programs: each kind of operation with its prices,
// what else the rows allow, and the rows that are not explained.
#pragma once

#include <string>

#include "formats/json_writer.h"
#include "inference/infer.h"
#include "render/text/page.h"

namespace levy::render::pages {

text::Page infer_page(const inference::Inferred& inferred);

// The members of the answer's object, without its brackets.
void write_inferred(formats::JsonWriter& json, const inference::Inferred& inferred,
                    const std::string& schedule);

}  // namespace levy::render::pages
