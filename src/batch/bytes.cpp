#include "batch/bytes.h"

#include <array>

namespace levy {
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

}  // namespace

char* write_long_units(char* at, std::int64_t value, int digits) {
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

}  // namespace levy
