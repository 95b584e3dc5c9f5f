// A quote as SPEC's "JSON answers" describe it.
#pragma once

#include <string>
#include <string_view>

#include "fees/quote.h"
#include "formats/json_writer.h"

namespace levy {

// Writes the members of the quote's object, without its brackets, so that others can be added.
void write_quote(JsonWriter& json, const Quote& quote, std::string_view language, bool explain);

}  // namespace levy
