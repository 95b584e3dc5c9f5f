// UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace levy::formats {

struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t size = 1;  // bytes; 1 where they are not UTF-8
  bool valid = false;
};

// The code point at byte `at`, which lies inside the text.
CodePoint code_point_at(std::string_view text, std::size_t at);

// Where the first byte that is no UTF-8 stands; npos: all of it is.
std::size_t find_not_utf8(std::string_view text);

// By its mark, or because every other byte of its beginning is NUL.
bool is_utf16(std::string_view text);

void append_utf8(std::string& text, char32_t value);

}  // namespace levy::formats
