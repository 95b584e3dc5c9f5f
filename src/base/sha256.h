// SHA-256 (FIPS 180-4) of a text, as sha256sum(1) prints it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace levy {

inline constexpr std::size_t sha256_digits = 64;

// Of a text that comes in pieces.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view text);
  // So many lower-case hexadecimal digits, of all that was added; nothing is added after it.
  std::string digest();

 private:
  std::array<std::uint32_t, 8> state_;
  std::string rest_;  // less than a block
  std::uint64_t size_ = 0;
};

std::string sha256(std::string_view text);

}  // namespace levy
