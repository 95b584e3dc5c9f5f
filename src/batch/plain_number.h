// Numbers in the plain form that data is full of, "1234.56", without the general reader.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace levy {

class PlainNumber {
 public:
  // In steps of 10^-digits; nothing: it is of another form, has more than 18 characters or more
  // than `digits` places, or would not fit. No zeros may stand before it, and a digit must stand on
  // both sides of a point. 8 bytes are readable from the text's first.
  static std::optional<std::int64_t> read(std::string_view text, int digits) {
    if (text.size() > 8 || text.empty() || digits > 10) return read_long(text, digits);
    // The last character in the highest byte; below the first, zeros.
    std::size_t first = 8 - text.size();
    std::uint64_t characters = (bytes_at(text.data()) ^ (ones * '0')) << (8 * first);
    bool is_zero_first = ((characters >> (8 * first)) & 0xFF) == 0;
    std::uint64_t point_bit = zero_bytes(characters ^ (ones * ('.' ^ '0')));
    std::size_t point = static_cast<std::size_t>(std::countr_zero(point_bit)) / 8, places = 0;
    if (point_bit != 0) {
      if (point == first || point == 7) return std::nullopt;
      places = 7 - point;
      std::uint64_t below = (std::uint64_t{1} << (8 * point)) - 1;
      characters = (characters & ~(below << 8 | 0xFF)) | ((characters & below) << 8);
    }
    bool is_other = ((characters + ones * (0x7F - 9)) | characters) & (ones * 0x80);
    bool has_leading_zero = is_zero_first && point != first + 1;
    auto wanted = static_cast<std::size_t>(digits);
    if (is_other || has_leading_zero || places > wanted) return std::nullopt;
    return static_cast<std::int64_t>(value_of(characters) * powers_of_ten[wanted - places]);
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101;
  static constexpr std::array<std::uint64_t, 11> powers_of_ten = [] {
    std::array<std::uint64_t, 11> all{};
    all[0] = 1;
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = 10 * all[i - 1];
    return all;
  }();

  static std::uint64_t bytes_at(const char* text) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
  }

  // The top bits of the bytes that are 0.
  static std::uint64_t zero_bytes(std::uint64_t word) {
    constexpr std::uint64_t low_bits = ones * 0x7F;
    return ~(((word & low_bits) + low_bits) | word | low_bits);
  }

  // Of bytes from 0 to 9, the lowest one's counting most: in pairs, in fours, in eights.
  static std::uint64_t value_of(std::uint64_t digits) {
    digits = digits * 10 + (digits >> 8);
    constexpr std::uint64_t every_other = 0x000000FF000000FF;
    return (((digits & every_other) * (100 + (std::uint64_t{1'000'000} << 32))) +
            (((digits >> 16) & every_other) * (1 + (std::uint64_t{10'000} << 32)))) >>
           32;
  }

  static std::optional<std::int64_t> read_long(std::string_view text, int digits);
};

}  // namespace levy
