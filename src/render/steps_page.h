// How each line of a quote came about, for people.
#pragma once

#include <string_view>

#include "fees/quote.h"
#include "render/page.h"

namespace levy {

// Nothing unless the quote was explained.
void add_steps(Page& page, const Quote& quote, std::string_view language);

}  // namespace levy
