// Small things that are asked of texts everywhere. ASCII only, whatever the locale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace levy {

// A command line, word by word: {"levy", "quote", "fee.json", "pay", "100.01 EUR"}.
using CommandWords = std::vector<std::string>;

inline constexpr std::size_t npos = std::string_view::npos;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

inline bool is_among(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// The text without the blanks and tabs around it.
inline std::string_view between_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  std::size_t begin = text.find_first_not_of(blanks);
  if (begin == npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// Text of a file or the command line within a message: of more than 200 bytes as many whole
// characters as fit, and "..." after them. `in_quotes` puts it in double quotes.
inline std::string cut_short(std::string_view text) {
  constexpr std::size_t shown_max = 200;
  if (text.size() <= shown_max) return std::string(text);
  std::size_t end = shown_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}
inline std::string in_quotes(std::string_view text) { return "\"" + cut_short(text) + "\""; }

// Columns are counted in Unicode code points, not in bytes.

// Is it not the first byte of a character in UTF-8?
constexpr bool continues_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Of UTF-8; a byte that continues none counts as nothing.
std::size_t count_code_points(std::string_view text);

}  // namespace levy
