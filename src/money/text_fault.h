// A diagnostic about a part of a short text that stands on its own, such as an option's value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace levy {

// About bytes [begin, end) of `text`; the place has the column in `text` and the width only.
Diagnostic text_fault(std::string_view text, std::size_t begin, std::size_t end, Code code,
                      std::string_view message, std::string remedy = {});

}  // namespace levy
