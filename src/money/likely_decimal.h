// What a badly written number most likely means, for remedies; never for computing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levy {

// Well-formed decimals, the likeliest first: "12,50" -> {"12.50"}, "1.234,56" -> {"1234.56"},
// "+012" -> {"12"}, "12,345" -> {"12345", "12.345"}. Empty where nothing sensible is near.
std::vector<std::string> likely_decimals(std::string_view text);

}  // namespace levy
