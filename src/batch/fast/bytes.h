// Bytes: an output buffer that is written through a cursor, room being made once a row.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace levy::batch::fast {

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

// value x 10^-digits in plain decimal, with exactly `digits` places; answers the end. digits <= 24,
// and units_width_max bytes may be written.
char* write_units(char* at, std::int64_t value, int digits);

// A value below 10^8 as eight characters, the first in the lowest byte. Halves, quarters and
// eighths of the digits are split side by side.
[[gnu::always_inline]] inline std::uint64_t eight_characters(std::uint64_t value) {
  std::uint64_t half = (value * 109'951'163) >> 40;  // value / 10 000
  std::uint64_t fours = half | (value - half * 10'000) << 32;
  std::uint64_t hundreds = ((fours * 10'486) >> 20) & 0x0000007F0000007F;
  std::uint64_t twos = ((fours - 100 * hundreds) << 16) + hundreds;
  std::uint64_t tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
  return (((twos - 10 * tens) << 8) + tens) | 0x3030303030303030;
}

// Figures, of which many are turned into characters together.
class Figures {
 public:
  void begin(std::size_t count);
  // value x 10^-digits; digits <= 24.
  void put(std::size_t i, std::int64_t value, int digits) {
    values_[i] = static_cast<std::uint64_t>(value);
    digits_[i] = static_cast<std::uint64_t>(digits);
  }
  void spell();
  // The same for one that is put after that; it is turned when it is written.
  void put_late(std::size_t i, std::int64_t value, int digits) {
    put(i, value, digits);
    sizes_[i] = 0;
  }
  // In plain decimal, with exactly `digits` places; answers the end. units_width_max bytes may be
  // written.
  [[gnu::always_inline]] char* write(std::size_t i, char* at) const {
    std::uint64_t sizes = sizes_[i];
    if (sizes == 0) [[unlikely]]
      return write_units(at, static_cast<std::int64_t>(values_[i]), static_cast<int>(digits_[i]));
    std::memcpy(at, &wholes_[i], sizeof wholes_[i]);
    at += sizes & 0xFF;
    *at = '.';
    std::memcpy(at + 1, &places_[i], sizeof places_[i]);
    return at + (sizes >> 8);
  }

 private:
  std::vector<std::uint64_t> values_, digits_;
  // By figure: the characters before the point and those behind it; how many those are, and 256
  // times how many these are with the point. 0: it has more than eight digits or seven places.
  std::vector<std::uint64_t> wholes_, places_, sizes_;
};

// Copies a cell, of which more bytes are readable and for which there is more room than it has.
inline char* write_cell(char* at, std::string_view cell) {
  std::memcpy(at, cell.data(), 16);
  if (cell.size() > 16) std::memcpy(at + 16, cell.data() + 16, cell.size() - 16);
  return at + cell.size();
}

}  // namespace levy::batch::fast
