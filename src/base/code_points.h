// Columns are counted in Unicode code points, not in bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace levy {

// Of UTF-8; a byte that continues none counts as nothing.
std::size_t count_code_points(std::string_view text);

}  // namespace levy
