#include "batch/separators.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/ensure.h"

namespace levy {
namespace {

struct Found {
  std::size_t count = 0, line_ends = 0;
  bool is_plain = true;
};

using Kind = Separators::Kind;
// `places` has room for 64 more than there can be.
using Find = Found (*)(const char* text, std::size_t size, std::uint16_t* places);

// So many bits as the text has, where less than 64 are left of it.
inline std::uint64_t within(std::size_t left) {
  return left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
}

#if defined(__x86_64__)

// A bit for each of 64 bytes.
struct Masks {
  std::uint64_t ends, marks, others;  // others: bytes that are not plain
};

// Writes the places of the bits, eight at a time: what stands beyond them means nothing, and how
// many there are is seldom guessed wrong.
inline void write_bits(std::uint16_t* at, std::uint64_t bits, std::size_t count, std::size_t base) {
  for (std::size_t i = 0; i < count; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) {
      at[i + k] =
          static_cast<std::uint16_t>(base + static_cast<std::size_t>(std::countr_zero(bits)));
      bits &= bits - 1;
    }
  }
}

__attribute__((target("avx2"))) inline std::uint64_t equal_avx2(__m256i low, __m256i high, char c) {
  __m256i wanted = _mm256_set1_epi8(c);
  auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)));
  auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)));
  return std::uint64_t{second} << 32 | first;
}

// Bytes as signed numbers: from 0x80 on they are below zero.
__attribute__((target("avx2"))) inline std::uint64_t below_space_avx2(__m256i low, __m256i high) {
  __m256i space = _mm256_set1_epi8(' ');
  auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpgt_epi8(space, low)));
  auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpgt_epi8(space, high)));
  return std::uint64_t{second} << 32 | first;
}

template <Kind kind>
__attribute__((target("avx2"))) inline Masks masks_avx2(const char* text) {
  __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(text));
  __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(text + 32));
  std::uint64_t ends = equal_avx2(low, high, '\n');
  if constexpr (kind == Kind::commas) {
    return {ends, equal_avx2(low, high, ','),
            equal_avx2(low, high, '"') | equal_avx2(low, high, '\r')};
  } else {
    return {ends, equal_avx2(low, high, '"'),
            equal_avx2(low, high, '\\') | equal_avx2(low, high, '\x7F') |
                (below_space_avx2(low, high) & ~ends)};
  }
}

template <Kind kind>
__attribute__((target("avx2,bmi,popcnt"))) Found find_avx2(const char* text, std::size_t size,
                                                           std::uint16_t* places) {
  Found found;
  std::uint64_t others = 0;
  for (std::size_t i = 0; i < size; i += 64) {
    Masks masks = masks_avx2<kind>(text + i);
    std::uint64_t ends = masks.ends & within(size - i);
    std::uint64_t all = ends | (masks.marks & within(size - i));
    others |= masks.others & within(size - i);
    auto more = static_cast<std::size_t>(std::popcount(all));
    write_bits(places + found.count, all, more, i);
    found.count += more;
    found.line_ends += static_cast<std::size_t>(std::popcount(ends));
  }
  found.is_plain = others == 0;
  return found;
}

template <Kind kind>
__attribute__((target("avx512f,avx512bw"))) inline Masks masks_avx512(__m512i bytes) {
  auto equal = [&](char c) __attribute__((target("avx512f,avx512bw"))) {
    return std::uint64_t{_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c))};
  };
  std::uint64_t ends = equal('\n');
  if constexpr (kind == Kind::commas) {
    return {ends, equal(','), equal('"') | equal('\r')};
  } else {
    std::uint64_t below_space = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(' '));
    return {ends, equal('"'), equal('\\') | equal('\x7F') | (below_space & ~ends)};
  }
}

// The numbers 0 to 63, of which those of the bits are packed side by side.
template <Kind kind>
__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) Found find_avx512(
    const char* text, std::size_t size, std::uint16_t* places) {
  alignas(64) static constexpr auto ascending = [] {
    struct {
      char numbers[64];
    } all{};
    for (int i = 0; i < 64; ++i) all.numbers[i] = static_cast<char>(i);
    return all;
  }();
  const __m512i numbers = _mm512_load_si512(ascending.numbers);
  Found found;
  std::uint64_t others = 0;
  for (std::size_t i = 0; i < size; i += 64) {
    Masks masks = masks_avx512<kind>(_mm512_loadu_si512(text + i));
    std::uint64_t ends = masks.ends & within(size - i);
    std::uint64_t all = ends | (masks.marks & within(size - i));
    others |= masks.others & within(size - i);
    __m512i packed = _mm512_maskz_compress_epi8(all, numbers);
    __m512i base = _mm512_set1_epi16(static_cast<short>(i));
    __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
    _mm512_storeu_si512(places + found.count, _mm512_add_epi16(base, first));
    auto more = static_cast<std::size_t>(std::popcount(all));
    if (more > 32) {
      __m512i rest = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));
      _mm512_storeu_si512(places + found.count + 32, _mm512_add_epi16(base, rest));
    }
    found.count += more;
    found.line_ends += static_cast<std::size_t>(std::popcount(ends));
  }
  found.is_plain = others == 0;
  return found;
}

#endif

bool is_other(Kind kind, char c) {
  if (kind == Kind::commas) return c == '"' || c == '\r';
  auto code = static_cast<unsigned char>(c);
  return c == '\\' || code >= 0x7F || (code < ' ' && c != '\n');
}

template <Kind kind>
Found find_bytes(const char* text, std::size_t size, std::uint16_t* places) {
  Found found;
  for (std::size_t i = 0; i < size; ++i) {
    bool is_end = text[i] == '\n';
    bool is_mark = text[i] == (kind == Kind::commas ? ',' : '"');
    places[found.count] = static_cast<std::uint16_t>(i);
    found.count += is_end || is_mark;
    found.line_ends += is_end;
    found.is_plain = found.is_plain && !is_other(kind, text[i]);
  }
  return found;
}

template <Kind kind>
Find choose() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw"))
    return find_avx512<kind>;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) return find_avx2<kind>;
#endif
  return find_bytes<kind>;
}

}  // namespace

void Separators::find(std::string_view text) {
  ensure(text.size() <= text_bytes_max, "places fit 16 bits");
  static const Find find_commas = choose<Kind::commas>(), find_quotes = choose<Kind::quotes>();
  if (places_.size() < text.size() + 65) places_.resize(text.size() + 65);
  places_[0] = 65'535;
  Find find_in = kind_ == Kind::commas ? find_commas : find_quotes;
  Found found = find_in(text.data(), text.size(), places_.data() + 1);
  count_ = found.count;
  line_ends_ = found.line_ends;
  is_plain_ = found.is_plain;
}

}  // namespace levy
