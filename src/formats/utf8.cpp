#include "formats/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

using namespace std::string_view_literals;

namespace levy::formats {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// How many bytes a lead byte announces; 0: it is none.
std::size_t announced_size(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool is_scalar_value(char32_t value, std::size_t size) {
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value >= smallest[size] && value <= 0x10FFFF && !surrogate;
}

// Are the bytes from there on ASCII? So many must be left. Nearly every block of a table is, so
// that fewer tests count for more than where in the block another byte stands.
template <std::size_t bytes>
bool is_ascii_block(const char* at) {
  constexpr std::uint64_t top_bits = 0x8080808080808080;
  std::uint64_t words[bytes / sizeof(std::uint64_t)], all = 0;
  std::memcpy(words, at, sizeof words);
  for (std::uint64_t word : words) all |= word;
  return (all & top_bits) == 0;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  unsigned lead = byte_at(text, at);
  std::size_t size = announced_size(lead);
  if (size == 1) return {lead, 1, true};
  if (size == 0) return {};
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    unsigned byte = byte_at(text, at + i);
    if (!is_continuation(byte)) return {};
    value = (value << 6U) | (byte & 0x3FU);
  }
  if (!is_scalar_value(value, size)) return {};
  return {value, size, true};
}

std::size_t find_not_utf8(std::string_view text) {
  constexpr std::size_t large = 256, small = 32;
  for (std::size_t at = 0; at < text.size();) {
    while (text.size() - at >= large && is_ascii_block<large>(text.data() + at)) at += large;
    if (text.size() - at >= small && is_ascii_block<small>(text.data() + at)) {
      at += small;
      continue;
    }
    // To the next place from which all may be ASCII again.
    std::size_t end = std::min(at + small, text.size());
    while (at < end) {
      CodePoint point = code_point_at(text, at);
      if (!point.valid) return at;
      at += point.size;
    }
  }
  return std::string_view::npos;
}

bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) return true;
  if (text.starts_with("\0\0\xFE\xFF"sv)) return true;
  // Without a mark: the first two characters are ASCII, so every other byte is NUL.
  if (text.size() < 4) return false;
  bool little = text[0] != 0 && text[1] == 0 && text[3] == 0;
  bool big = text[0] == 0 && text[1] != 0 && text[2] == 0;
  bool big_32 = text[0] == 0 && text[1] == 0 && text[2] == 0 && text[3] != 0;
  return little || big || big_32;
}

void append_utf8(std::string& text, char32_t value) {
  auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  auto put_tail = [&](unsigned shift) { put(0x80U | ((value >> shift) & 0x3FU)); };
  if (value < 0x80) return put(value);
  if (value < 0x800) {
    put(0xC0U | (value >> 6U));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put_tail(6);
  } else {
    put(0xF0U | (value >> 18U));
    put_tail(12);
    put_tail(6);
  }
  put_tail(0);
}

}  // namespace levy::formats
