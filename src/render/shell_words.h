// Command lines as they are pasted into a shell.
#pragma once

#include <string>
#include <vector>

namespace levy {

// For sh, each word as it is: {"levy", "quote", "it's"} is levy quote 'it'\''s'.
std::string shell_line(const std::vector<std::string>& words);

}  // namespace levy
