// Columns are counted in Unicode code points, not in bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace levy {

// Is it not the first byte of a character in UTF-8?
constexpr bool continues_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Of UTF-8; a byte that continues none counts as nothing.
std::size_t count_code_points(std::string_view text);

}  // namespace levy
