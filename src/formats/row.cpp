#include "formats/row.h"

#include <algorithm>

namespace levy {
std::string_view Row::text_of(std::string_view name) const {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return texts[static_cast<std::size_t>(found - names.begin())];
}

}  // namespace levy
