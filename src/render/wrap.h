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

// The columns of the widest word that wrap keeps together, and of the widest part of one: the parts
// of "(cash-deposit-day)" end at its hyphens.
std::size_t longest_piece(std::string_view text);
std::size_t longest_part(std::string_view text);

}  // namespace levy
