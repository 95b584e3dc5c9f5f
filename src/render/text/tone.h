// Words that decide, in colour where there is colour. Without it they say the same.
#pragma once

#include <string>

namespace levy::render::text {

enum class Tone { plain, strong, good, bad, warning, note };

// With the terminal's codes around it; as it is where `color` is false or nothing is to be shown.
std::string painted(const std::string& text, Tone tone, bool color);

}  // namespace levy::render::text
