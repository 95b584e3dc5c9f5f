// Bytes: an output buffer that is written through a cursor, room being made once a row.
#pragma once

#include <algorithm>
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

// value x 10^-digits in plain decimal, with exactly `digits` places; answers the end. digits <= 24.
char* write_units(char* at, std::int64_t value, int digits);

}  // namespace levy
