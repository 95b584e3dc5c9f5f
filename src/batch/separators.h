// Where the commas and line ends of a text stand, in one pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace levy {

// A position, with its top bit set where it is a line end's.
inline constexpr std::uint32_t line_end_bit = std::uint32_t{1} << 31;

// Of a text below 2 GiB; `padding` readable bytes follow it. Fills `found` and answers how many
// there are; what stands in it beyond them means nothing.
std::size_t find_separators(std::string_view text, std::vector<std::uint32_t>& found);

inline constexpr std::size_t separators_padding = 64;

}  // namespace levy
