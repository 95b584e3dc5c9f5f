// Two texts line by line, as diff -u shows them.
#pragma once

#include <string>
#include <string_view>

namespace levy::render::text {

// "--- a/NAME", "+++ b/NAME" (an absolute NAME alone) and the hunks, three lines of context around
// each; patch(1) and `git apply` take it. Empty where the texts are the same. The fewest lines that
// differ, unless there are thousands: then from the first to the last of them.
std::string unified_diff(const std::string& name, std::string_view before, std::string_view after);

}  // namespace levy::render::text
