#include "batch/fast/bytes.h"

#include <array>

#include "batch/fast/wide_loops.h"

namespace levy::batch::fast {
namespace {

constexpr std::array<char, 200> make_pairs() {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}

constexpr std::array<char, 200> pairs = make_pairs();

// The digits of value, right-aligned before `end`; answers where they begin.
char* write_backwards(char* end, std::uint64_t value) {
  while (value >= 100) {
    std::uint64_t rest = value % 100;
    value /= 100;
    end -= 2;
    std::memcpy(end, &pairs[2 * rest], 2);
  }
  if (value >= 10) {
    end -= 2;
    std::memcpy(end, &pairs[2 * value], 2);
  } else {
    *--end = static_cast<char>('0' + value);
  }
  return end;
}

// So many of the characters stand before the first that is no zero, seven at most.
[[gnu::always_inline]] inline std::uint64_t leading_zeros(std::uint64_t characters) {
  constexpr std::uint64_t ones = 0x0101010101010101, rest_by_byte = 0x0706050403020100;
  std::uint64_t others = (characters + ones * (0x7F - '0')) & (ones * 0x80);
  std::uint64_t first = (others & (0 - others)) >> 7;  // the lowest bit of its byte; 0: all zeros
  return 7 - ((first * rest_by_byte) >> 56);
}

struct Spelt {
  std::uint64_t *wholes, *places, *sizes;
};

LEVY_WIDE_LOOPS void spell_all(const std::uint64_t* values, const std::uint64_t* all_digits,
                               std::size_t count, Spelt spelt) {
  std::uint64_t* __restrict wholes = spelt.wholes;
  std::uint64_t* __restrict places = spelt.places;
  std::uint64_t* __restrict sizes = spelt.sizes;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t characters = eight_characters(values[i]), digits = all_digits[i];
    std::uint64_t zeros = std::min(leading_zeros(characters), (7 - digits) & 7);
    wholes[i] = characters >> (8 * zeros);
    places[i] = characters >> ((64 - 8 * digits) & 63);  // of none, anything
    std::uint64_t size = (8 - digits - zeros) + ((digits != 0 ? digits + 1 : 0) << 8);
    sizes[i] = values[i] >= 100'000'000 || digits > 7 ? 0 : size;
  }
}

}  // namespace

void Figures::begin(std::size_t count) {
  for (auto* all : {&values_, &digits_, &wholes_, &places_, &sizes_}) all->resize(count);
}

void Figures::spell() {
  spell_all(values_.data(), digits_.data(), values_.size(),
            {wholes_.data(), places_.data(), sizes_.data()});
}

char* write_units(char* at, std::int64_t value, int digits) {
  char scratch[units_width_max];
  char* end = scratch + sizeof scratch;
  auto size = static_cast<std::uint64_t>(value);
  if (value < 0) {
    *at++ = '-';
    size = 0 - size;
  }
  char* begin = write_backwards(end, size);
  auto places = static_cast<std::ptrdiff_t>(digits);
  while (end - begin <= places) *--begin = '0';  // at least one digit before the point
  std::ptrdiff_t whole = (end - begin) - places;
  std::memcpy(at, begin, static_cast<std::size_t>(whole));
  at += whole;
  if (places == 0) return at;
  *at++ = '.';
  std::memcpy(at, begin + whole, static_cast<std::size_t>(places));
  return at + places;
}

}  // namespace levy::batch::fast
