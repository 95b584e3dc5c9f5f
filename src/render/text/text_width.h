// Text for a terminal: how many columns it takes, and nothing in it that the terminal would obey.
// The locale does not matter. A wide character (CJK, emoji) takes 2 columns, a combining one 0.
//
//   display_width("手续费")   is 6
//   pad_right("é", 3)        is "é  "
//   printable("a\x1b[2J")    is "a\x1B[2J", in plain letters
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace levy::render::text {

// The columns of printable(utf8).
std::size_t display_width(std::string_view utf8);

// Spaces up to this many columns; text that is wider stays whole.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

// One character as it may be shown: control characters, marks that reorder or hide text, and bytes
// that are not UTF-8 are spelt out.
struct Glyph {
  std::string text;
  std::size_t width = 0;  // columns
  std::size_t size = 0;   // bytes of the input
};
Glyph glyph_at(std::string_view text, std::size_t at);

// Of text for people.
std::string printable(std::string_view text);

// Of text for programs, where it is shown all the same: line ends and tabs stay, and what printable
// spells out is written as JSON does, so that JSON keeps its meaning.
//
//   escaped_for_terminal("a\x1b[2J\n")   is "a\u001B[2J" in plain letters, and a line end
std::string escaped_for_terminal(std::string_view text);

}  // namespace levy::render::text
