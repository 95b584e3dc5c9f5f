// Text in lines for a terminal.
//
//   wrap("at least 0.50 EUR, at most 25.00 EUR", 20)   is "at least 0.50 EUR,", "at most 25.00 EUR"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levy {

// Lines of at most `columns`, broken at spaces and beside Chinese characters, never between a
// figure and its currency. What has no place to break is cut. At least one line; a line end in the
// text counts as a space.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

// The columns of the widest part that wrap keeps together.
std::size_t longest_piece(std::string_view text);

}  // namespace levy
