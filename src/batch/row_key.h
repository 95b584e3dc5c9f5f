// RowKey: the words of a row that say which leaf answers it, as bytes to be hashed and compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace levy {

class ShortKey;

class RowKey {
 public:
  static constexpr std::size_t bytes_max = 46;

  // False: the key is too long, and the row is asked in full. `padded`: so many readable bytes
  // follow the text that it can be copied in whole words.
  bool append(std::string_view text, bool padded) {
    if (size_ + text.size() > bytes_max) return false;
    if (text.empty()) return true;
    char* at = reinterpret_cast<char*>(words_) + size_;
    if (padded) {
      std::memcpy(at, text.data(), 48);
    } else {
      std::memcpy(at, text.data(), text.size());
    }
    size_ += text.size();
    return true;
  }

  bool append(char separator) {
    if (size_ + 1 > bytes_max) return false;
    reinterpret_cast<char*>(words_)[size_++] = separator;
    return true;
  }

  // After the last append: what follows the text is zero from here on. The hash.
  std::uint64_t finish() {
    std::memset(reinterpret_cast<char*>(words_) + size_, 0, 48);
    words_[5] |= static_cast<std::uint64_t>(size_ + 1) << 48;
    return hash_of(words_);
  }

  // Three products side by side rather than six after one another.
  static std::uint64_t hash_of(const std::uint64_t* words) {
    return mix(words[0] ^ 0x9E3779B97F4A7C15u, words[1] ^ 0xD1B54A32D192ED03u) ^
           mix(words[2] ^ 0x8CB92BA72F3D8DD7u, words[3] ^ 0xAEF17502108EF2D9u) ^
           mix(words[4] ^ 0xF1357AEA2E62A9C5u, words[5] ^ 0x94D049BB133111EBu);
  }

 private:
  friend class ShortKey;

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  std::size_t size_ = 0;
  std::uint64_t words_[13];  // 46 bytes of text, its size, and room to write beyond
};

// A finished key to keep: text, zeros and in the last two bytes the size + 1. All zero: none.
class ShortKey {
 public:
  ShortKey() = default;
  explicit ShortKey(const RowKey& key) { std::memcpy(words_, key.words_, sizeof words_); }

  bool is_empty() const { return words_[5] == 0; }
  std::uint64_t hash() const { return RowKey::hash_of(words_); }
  bool operator==(const RowKey& key) const {
    std::uint64_t differs = 0;
    for (std::size_t i = 0; i < 6; ++i) differs |= words_[i] ^ key.words_[i];
    return differs == 0;
  }

 private:
  std::uint64_t words_[6] = {};
};

}  // namespace levy
