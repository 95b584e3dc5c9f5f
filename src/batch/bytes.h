// Bytes: an output buffer that is written through a cursor, room being made once a row.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace levy {

class Bytes {
 public:
  Bytes() = default;
  Bytes(Bytes&& other) noexcept { swap(other); }
  Bytes& operator=(Bytes&& other) noexcept {
    swap(other);
    return *this;
  }

  std::string_view text() const { return {begin_.get(), size_}; }
  void clear() { size_ = 0; }
  void cut(std::size_t size) { size_ = size; }  // back to what it was

  void append(std::string_view text) {
    char* at = room(text.size());
    std::memcpy(at, text.data(), text.size());
    size_ += text.size();
  }

  // Where the next `count` bytes may be written; `wrote` says where they end.
  char* room(std::size_t count) {
    if (size_ + count > capacity_) grow(count);
    return begin_.get() + size_;
  }
  void wrote(const char* end) { size_ = static_cast<std::size_t>(end - begin_.get()); }

 private:
  void swap(Bytes& other) noexcept {
    begin_.swap(other.begin_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  void grow(std::size_t count) {
    std::size_t capacity = std::max(2 * capacity_, size_ + count + 4096);
    std::unique_ptr<char[]> larger(new char[capacity]);
    if (size_ > 0) std::memcpy(larger.get(), begin_.get(), size_);
    begin_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> begin_;
  std::size_t size_ = 0, capacity_ = 0;
};

// The longest that write_units writes: a sign, 19 digits, a point, and zeros before them.
inline constexpr std::size_t units_width_max = 48;

// For any value; write_units is for most.
char* write_long_units(char* at, std::int64_t value, int digits);

// The digits of a value below 10^8, the first in the lowest byte: halves, quarters and eighths side
// by side.
inline std::uint64_t eight_digits(std::uint64_t value) {
  std::uint64_t fours = value / 10'000 | (value % 10'000) << 32;
  std::uint64_t hundreds = ((fours * 10'486) >> 20) & 0x0000007F0000007F;
  std::uint64_t twos = ((fours - 100 * hundreds) << 16) + hundreds;
  std::uint64_t tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
  return ((twos - 10 * tens) << 8) + tens;
}

// value x 10^-digits in plain decimal, with exactly `digits` places; answers the end. digits <= 24,
// and units_width_max bytes may be written.
inline char* write_units(char* at, std::int64_t value, int digits) {
  if (static_cast<std::uint64_t>(value) >= 100'000'000 || digits > 7)
    return write_long_units(at, value, digits);
  std::uint64_t characters = eight_digits(static_cast<std::uint64_t>(value));
  int zeros = std::min(std::countr_zero(characters | std::uint64_t{1} << 56) / 8, 7 - digits);
  characters |= 0x3030303030303030;
  std::uint64_t whole = characters >> (8 * zeros);
  std::uint64_t places = characters >> ((64 - 8 * digits) & 63);  // of none, anything
  std::memcpy(at, &whole, sizeof whole);
  at += 8 - digits - zeros;
  *at = '.';
  std::memcpy(at + 1, &places, sizeof places);
  return digits == 0 ? at : at + 1 + digits;
}

// Copies a cell, of which more bytes are readable and for which there is more room than it has.
inline char* write_cell(char* at, std::string_view cell) {
  std::memcpy(at, cell.data(), 16);
  if (cell.size() > 16) std::memcpy(at + 16, cell.data() + 16, cell.size() - 16);
  return at + cell.size();
}

}  // namespace levy
