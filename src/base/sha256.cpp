#include "base/sha256.h"

#include <algorithm>
#include <bit>

namespace levy {
namespace {

constexpr std::size_t block_bytes = 64, rounds = 64, size_bytes = 8;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2).
constexpr std::uint32_t round_constants[rounds] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using State = std::array<std::uint32_t, 8>;

// 5.3.3: of the square roots of the first eight primes.
constexpr State first_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::array<std::uint32_t, rounds> schedule_of(std::string_view block) {
  std::array<std::uint32_t, rounds> words{};
  for (std::size_t i = 0; i < block_bytes; ++i)
    words[i / 4] = words[i / 4] << 8 | static_cast<unsigned char>(block[i]);
  for (std::size_t i = block_bytes / 4; i < rounds; ++i) {
    std::uint32_t a = words[i - 15], b = words[i - 2];
    std::uint32_t small_a = std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3);
    std::uint32_t small_b = std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10);
    words[i] = words[i - 16] + small_a + words[i - 7] + small_b;
  }
  return words;
}

// 6.2.2, of one block.
void add_block(State& state, std::string_view block) {
  std::array<std::uint32_t, rounds> words = schedule_of(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < rounds; ++i) {
    std::uint32_t large_e = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    std::uint32_t first = h + large_e + ((e & f) ^ (~e & g)) + round_constants[i] + words[i];
    std::uint32_t large_a = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    std::uint32_t second = large_a + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  const State added = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += added[i];
}

}  // namespace

Sha256::Sha256() : state_(first_state) {}

void Sha256::add(std::string_view text) {
  size_ += text.size();
  if (!rest_.empty()) {
    std::size_t missing = std::min(block_bytes - rest_.size(), text.size());
    rest_ += text.substr(0, missing);
    text.remove_prefix(missing);
    if (rest_.size() < block_bytes) return;
    add_block(state_, rest_);
    rest_.clear();
  }
  for (; text.size() >= block_bytes; text.remove_prefix(block_bytes))
    add_block(state_, text.substr(0, block_bytes));
  rest_ = text;
}

std::string Sha256::digest() {
  // The rest, a one, zeros, and the size in bits fill one block or two (5.1.1).
  const std::uint64_t bits = 8 * size_;
  std::string end = rest_ + '\x80';
  while (end.size() % block_bytes != block_bytes - size_bytes) end += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) end += static_cast<char>(bits >> shift & 0xFF);
  for (std::size_t at = 0; at < end.size(); at += block_bytes)
    add_block(state_, std::string_view(end).substr(at, block_bytes));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::uint32_t word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) text += digits[word >> shift & 0xF];
  }
  return text;
}

std::string sha256(std::string_view text) {
  Sha256 all;
  all.add(text);
  return all.digest();
}

}  // namespace levy
