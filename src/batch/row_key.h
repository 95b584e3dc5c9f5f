// RowKey: the words of a row that say which leaf answers it, as bytes to be hashed and compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace levy {

class RowKey {
 public:
  static constexpr std::size_t bytes_max = 120;

  // False: the key is too long, and the row is asked in full. `padded`: so many readable bytes
  // follow the text that it can be copied in whole words.
  bool append(std::string_view text, bool padded) {
    if (size_ + text.size() > bytes_max) return false;
    char* at = reinterpret_cast<char*>(words_) + size_;
    if (padded && text.size() <= 32) {
      std::memcpy(at, text.data(), 32);
    } else {
      std::memcpy(at, text.data(), text.size());
    }
    size_ += text.size();
    return true;
  }

  // After the last append: the rest of the last word is zero from here on.
  std::uint64_t finish() {
    std::memset(reinterpret_cast<char*>(words_) + size_, 0, sizeof(std::uint64_t));
    std::uint64_t hash = size_;
    for (std::size_t i = 0; i < word_count(); ++i) {
      hash = (hash ^ words_[i]) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 32;
    }
    return hash;
  }

  bool operator==(const RowKey& other) const {
    return size_ == other.size_ &&
           std::memcmp(words_, other.words_, word_count() * sizeof(std::uint64_t)) == 0;
  }

 private:
  std::size_t word_count() const { return (size_ + 7) / 8; }

  std::size_t size_ = 0;
  std::uint64_t words_[(bytes_max + 40) / 8];
};

}  // namespace levy
