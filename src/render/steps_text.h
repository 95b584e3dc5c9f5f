// How each line of a quote came about, for people.
#pragma once

#include <string>
#include <string_view>

#include "fees/quote.h"

namespace levy {

// "" unless the quote was explained.
std::string steps_text(const Quote& quote, std::string_view language);

}  // namespace levy
