#include "batch/separators.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace levy {
namespace {

using Find = std::size_t (*)(const char* text, std::size_t size, std::uint32_t* found);

// Writes the positions of the bits of `any`; those that are in `ends` too are line ends.
inline std::uint32_t* write_bits(std::uint32_t* at, std::uint64_t any, std::uint64_t ends,
                                 std::uint32_t base) {
  while (any != 0) {
    auto bit = static_cast<std::uint32_t>(std::countr_zero(any));
    auto is_end = static_cast<std::uint32_t>((ends >> bit) & 1);
    *at++ = (base + bit) | (is_end << 31);
    any &= any - 1;
  }
  return at;
}

#if defined(__x86_64__)

// The masks of 32 bytes: line ends, commas.
struct Masks {
  std::uint64_t ends, commas;
};

__attribute__((target("avx2"))) inline Masks masks_of(const char* text) {
  __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(text));
  __m256i ends = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
  __m256i commas = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(','));
  return {static_cast<std::uint32_t>(_mm256_movemask_epi8(ends)),
          static_cast<std::uint32_t>(_mm256_movemask_epi8(commas))};
}

__attribute__((target("avx2"))) std::size_t find_avx2(const char* text, std::size_t size,
                                                      std::uint32_t* found) {
  std::uint32_t* at = found;
  for (std::size_t i = 0; i < size; i += 64) {
    Masks low = masks_of(text + i), high = masks_of(text + i + 32);
    std::uint64_t ends = low.ends | (high.ends << 32);
    std::uint64_t any = ends | low.commas | (high.commas << 32);
    if (size - i < 64) any &= (std::uint64_t{1} << (size - i)) - 1;
    at = write_bits(at, any, ends, static_cast<std::uint32_t>(i));
  }
  return static_cast<std::size_t>(at - found);
}

#endif

std::size_t find_bytes(const char* text, std::size_t size, std::uint32_t* found) {
  std::uint32_t* at = found;
  for (std::size_t i = 0; i < size; ++i) {
    if (text[i] == ',') *at++ = static_cast<std::uint32_t>(i);
    if (text[i] == '\n') *at++ = static_cast<std::uint32_t>(i) | line_end_bit;
  }
  return static_cast<std::size_t>(at - found);
}

Find choose() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return find_avx2;
#endif
  return find_bytes;
}

}  // namespace

std::size_t find_separators(std::string_view text, std::vector<std::uint32_t>& found) {
  static const Find find = choose();
  if (found.size() < text.size() + 64) found.resize(text.size() + 64);
  return find(text.data(), text.size(), found.data());
}

}  // namespace levy
