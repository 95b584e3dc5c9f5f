#include "render/text/text_width.h"

#include <algorithm>

#include "formats/utf8.h"
#include "render/text/text_width_table.h"

namespace levy::render::text {
namespace {

template <std::size_t n>
bool contains(const std::array<CodePointRange, n>& ranges, char32_t value) {
  auto range = std::lower_bound(ranges.begin(), ranges.end(), value,
                                [](const CodePointRange& r, char32_t v) { return r.last < v; });
  return range != ranges.end() && range->first <= value;
}

std::size_t width_of(char32_t value) {
  if (value < 0x300) return 1;
  if (contains(zero_width, value)) return 0;
  return contains(double_width, value) ? 2 : 1;
}

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

// Reorders or hides what stands around it, so that a reader sees another text than levy does.
bool is_deceptive(char32_t value) {
  constexpr std::array<CodePointRange, 6> ranges = {{{0x61C, 0x61C},
                                                     {0x200B, 0x200B},
                                                     {0x200E, 0x200F},
                                                     {0x2028, 0x202E},
                                                     {0x2066, 0x2069},
                                                     {0xFEFF, 0xFEFF}}};
  return contains(ranges, value);
}

std::string hex(char32_t value, unsigned digits) {
  std::string text;
  while (digits-- > 0) text += "0123456789ABCDEF"[(value >> (4 * digits)) & 0xFU];
  return text;
}

Glyph spelt_out(std::string text, std::size_t size) { return {text, text.size(), size}; }

}  // namespace

Glyph glyph_at(std::string_view text, std::size_t at) {
  formats::CodePoint point = formats::code_point_at(text, at);
  if (!point.valid) return spelt_out("\\x" + hex(static_cast<unsigned char>(text[at]), 2), 1);
  if (point.value == '\n') return spelt_out("\\n", 1);
  if (point.value == '\t') return spelt_out("\\t", 1);
  if (is_control(point.value)) return spelt_out("\\x" + hex(point.value, 2), point.size);
  if (is_deceptive(point.value)) return spelt_out("\\u" + hex(point.value, 4), point.size);
  return {std::string(text.substr(at, point.size)), width_of(point.value), point.size};
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    Glyph glyph = glyph_at(utf8, at);
    width += glyph.width;
    at += glyph.size;
  }
  return width;
}

std::string pad_right(std::string_view text, std::size_t columns) {
  std::size_t width = display_width(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  std::size_t width = display_width(text);
  return std::string(columns > width ? columns - width : 0, ' ') + std::string(text);
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    Glyph glyph = glyph_at(text, at);
    shown += glyph.text;
    at += glyph.size;
  }
  return shown;
}

std::string escaped_for_terminal(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    formats::CodePoint point = formats::code_point_at(text, at);
    bool stays = point.value == '\n' || point.value == '\t';
    if (!point.valid) {
      shown += "\\x" + hex(static_cast<unsigned char>(text[at]), 2);
    } else if (!stays && (is_control(point.value) || is_deceptive(point.value))) {
      shown += "\\u" + hex(point.value, 4);
    } else {
      shown.append(text, at, point.size);
    }
    at += point.size;
  }
  return shown;
}

}  // namespace levy::render::text
