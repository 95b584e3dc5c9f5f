#include "base/text.h"

#include <algorithm>

namespace levy {

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !continues_code_point(byte); }));
}

}  // namespace levy
