#include "base/code.h"

#include <array>

namespace levy {
namespace {

constexpr std::array words = {
#define LEVY_WORD(word) std::string_view(#word),
    LEVY_CODES(LEVY_WORD)
#undef LEVY_WORD
};

}  // namespace

std::string_view to_string(Code code) { return words[static_cast<std::size_t>(code)]; }

std::optional<Code> find_code(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Code>(i);
  }
  return std::nullopt;
}

const std::vector<Code>& all_codes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> all;
    for (std::size_t i = 0; i < words.size(); ++i) all.push_back(static_cast<Code>(i));
    return all;
  }();
  return codes;
}

}  // namespace levy
