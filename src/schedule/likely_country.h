// Which country a word stands for that is not a code.
#pragma once

#include <string>
#include <string_view>

namespace levy {

// The code that a word surely stands for: itself in capitals, another code of the same country
// ("UK", "EL", "USA"), or its English name. "" for none: one letter makes another country.
std::string likely_country(std::string_view word);

}  // namespace levy
