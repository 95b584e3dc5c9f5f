#include "batch/fast/separators.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/ensure.h"
#include "base/text.h"
#include "formats/csv.h"

namespace levy::batch::fast {
namespace {

struct FoundPlaces {
  std::size_t count = 0, line_ends = 0;
  bool is_plain = true;
};

using Kind = Separators::Kind;
using StepSize = Separators::Step;
// Below, `places` has room for 64 more than there can be.

#if defined(__x86_64__)

#define LEVY_INLINE __attribute__((always_inline))
#define LEVY_AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define LEVY_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

// What is left of a text after its last 64 bytes, and no separators after it.
struct Rest {
  char text[64];
  Rest(const char* from, std::size_t size) {
    std::memset(text, 'x', sizeof text);
    std::memcpy(text, from, size);
  }
};

// ---- thirty-two bytes at a time ----------------------------------------------------------------

// Writes the places of the bits, eight at a time: what stands beyond them means nothing, and how
// many there are is seldom guessed wrong.
LEVY_AVX2 inline void write_bits(std::uint16_t* at, std::uint64_t bits, std::size_t count,
                                 std::size_t base) {
  for (std::size_t i = 0; i < count; i += 8) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < 8; ++k) {
      at[i + k] = static_cast<std::uint16_t>(base + _tzcnt_u64(bits));
      bits = _blsr_u64(bits);
    }
  }
}

LEVY_AVX2 inline std::uint64_t mask_of(__m256i low, __m256i high) {
  auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
  auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
  return std::uint64_t{second} << 32 | first;
}

// Which of 32 bytes are something, as bytes.
template <Kind kind>
struct Marks {
  __m256i ends, marks, others;  // others: that are not plain

  LEVY_AVX2 explicit Marks(__m256i bytes) {
    auto equal = [&](char c) LEVY_AVX2 { return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)); };
    ends = equal('\n');
    if constexpr (kind == Kind::commas) {
      marks = equal(',');
      others = _mm256_or_si256(equal('"'), equal('\r'));
    } else if constexpr (kind == Kind::tabs) {
      marks = equal('\t');
      others = _mm256_or_si256(equal('\\'), equal('\r'));
    } else {
      marks = equal('"');
      __m256i controls = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
      others = _mm256_or_si256(_mm256_andnot_si256(ends, controls), equal('\\'));
    }
  }
};

template <Kind kind>
LEVY_AVX2 FoundPlaces find_avx2(const char* text, std::size_t size, std::uint16_t* places) {
  FoundPlaces found;
  __m256i others = _mm256_setzero_si256();
  auto look_at = [&](std::size_t i, const char* from) LEVY_AVX2 LEVY_INLINE {
    Marks<kind> low(_mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(from)));
    Marks<kind> high(_mm256_loadu_si256(reinterpret_cast<const __m256i_u*>(from + 32)));
    std::uint64_t ends = mask_of(low.ends, high.ends);
    std::uint64_t all = ends | mask_of(low.marks, high.marks);
    others = _mm256_or_si256(others, _mm256_or_si256(low.others, high.others));
    auto more = static_cast<std::size_t>(std::popcount(all));
    write_bits(places + found.count, all, more, i);
    found.count += more;
    found.line_ends += static_cast<std::size_t>(std::popcount(ends));
  };
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) look_at(i, text + i);
  if (i < size) look_at(i, Rest(text + i, size - i).text);
  found.is_plain = _mm256_testz_si256(others, others) != 0;
  return found;
}

// ---- sixty-four bytes at a time ----------------------------------------------------------------

// A bit for each byte.
struct Masks {
  std::uint64_t ends, marks, others;  // others: bytes that are not plain
};

template <Kind kind>
LEVY_AVX512 inline Masks masks_avx512(__m512i bytes) {
  auto equal = [&](char c) LEVY_AVX512 {
    return std::uint64_t{_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c))};
  };
  std::uint64_t ends = equal('\n');
  if constexpr (kind == Kind::commas) {
    return {ends, equal(','), equal('"') | equal('\r')};
  } else if constexpr (kind == Kind::tabs) {
    return {ends, equal('\t'), equal('\\') | equal('\r')};
  } else {
    std::uint64_t controls = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(' '));
    return {ends, equal('"'), equal('\\') | (controls & ~ends)};
  }
}

// The numbers 0 to 63, of which those of the bits are packed side by side.
template <Kind kind>
LEVY_AVX512 FoundPlaces find_avx512(const char* text, std::size_t size, std::uint16_t* places) {
  alignas(64) static constexpr auto ascending = [] {
    struct {
      char numbers[64];
    } all{};
    for (int i = 0; i < 64; ++i) all.numbers[i] = static_cast<char>(i);
    return all;
  }();
  const __m512i numbers = _mm512_load_si512(ascending.numbers);
  FoundPlaces found;
  std::uint64_t others = 0;
  auto look_at = [&](std::size_t i, const char* from) LEVY_AVX512 LEVY_INLINE {
    Masks masks = masks_avx512<kind>(_mm512_loadu_si512(from));
    std::uint64_t all = masks.ends | masks.marks;
    others |= masks.others;
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
    found.line_ends += static_cast<std::size_t>(std::popcount(masks.ends));
  };
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) look_at(i, text + i);
  if (i < size) look_at(i, Rest(text + i, size - i).text);
  found.is_plain = others == 0;
  return found;
}

#endif

// ---- one byte at a time ------------------------------------------------------------------------

bool is_other(Kind kind, char c) {
  if (kind == Kind::commas) return c == '"' || c == '\r';
  if (kind == Kind::tabs) return c == '\\' || c == '\r';
  auto code = static_cast<unsigned char>(c);
  return c == '\\' || (code < ' ' && c != '\n');
}

char mark_of(Kind kind) { return kind == Kind::commas ? ',' : kind == Kind::tabs ? '\t' : '"'; }

template <Kind kind>
FoundPlaces find_bytes(const char* text, std::size_t size, std::uint16_t* places) {
  FoundPlaces found;
  for (std::size_t i = 0; i < size; ++i) {
    bool is_end = text[i] == '\n';
    bool is_mark = text[i] == mark_of(kind);
    places[found.count] = static_cast<std::uint16_t>(i);
    found.count += is_end || is_mark;
    found.line_ends += is_end;
    found.is_plain = found.is_plain && !is_other(kind, text[i]);
  }
  return found;
}

template <Kind kind>
FoundPlaces find_in(StepSize step, const char* text, std::size_t size, std::uint16_t* places) {
#if defined(__x86_64__)
  if (step == StepSize::sixty_four) return find_avx512<kind>(text, size, places);
  if (step == StepSize::thirty_two) return find_avx2<kind>(text, size, places);
#endif
  ensure(step == StepSize::one, "steps are those of the processor");
  return find_bytes<kind>(text, size, places);
}

}  // namespace

std::vector<StepSize> Separators::steps() {
  std::vector<StepSize> steps = {StepSize::one};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    steps.push_back(StepSize::thirty_two);
  if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw"))
    steps.push_back(StepSize::sixty_four);
#endif
  return steps;
}

void Separators::find(std::string_view text) {
  ensure(text.size() <= text_bytes_max, "places fit 16 bits");
  if (places_.size() < text.size() + 65) places_.resize(text.size() + 65);
  places_[0] = 65'535;
  std::uint16_t* places = places_.data() + 1;
  auto find = [&](auto in) { return in(step_, text.data(), text.size(), places); };
  FoundPlaces found = kind_ == Kind::commas ? find(find_in<Kind::commas>)
                      : kind_ == Kind::tabs ? find(find_in<Kind::tabs>)
                                            : find(find_in<Kind::quotes>);
  count_ = found.count;
  line_ends_ = found.line_ends;
  is_plain_ = found.is_plain;
}

// ---- cells, one by one -------------------------------------------------------------------------

namespace {

bool ends_plain_cell(char c, char delimiter) {
  return c == delimiter || c == '"' || c == '\n' || c == '\r';
}
bool ends_quoted_cell(char c) { return c == '"' || c == '\n' || c == '\r'; }

// The cell that begins there, and where it ends; nothing: it does not end in the step, or has
// quotes or line ends in it, which its reader tells apart.
std::optional<CellSpan> find_csv_cell(std::string_view step, std::size_t begin, char delimiter,
                                      std::size_t& end) {
  bool is_quoted = begin < step.size() && step[begin] == '"';
  std::size_t from = begin + (is_quoted ? 1 : 0);
  end = from;
  while (end < step.size() &&
         !(is_quoted ? ends_quoted_cell(step[end]) : ends_plain_cell(step[end], delimiter)))
    ++end;
  if (end == step.size() || is_quoted != (step[end] == '"')) return std::nullopt;
  CellSpan cell(from, end);
  if (is_quoted) ++end;
  return cell;
}

// The same of a TSV, whose "\N" is a cell that is not there.
std::optional<CellSpan> find_tab_cell(std::string_view step, std::size_t begin, std::size_t& end) {
  if (step.substr(begin, formats::tsv_null.size()) == formats::tsv_null) {
    end = begin + formats::tsv_null.size();
    bool ends = end < step.size() && (step[end] == '\t' || step[end] == '\n' || step[end] == '\r');
    return ends ? std::optional(CellSpan(begin, begin)) : std::nullopt;
  }
  end = std::min(step.find_first_of("\t\n\r\\", begin), step.size());
  if (end == step.size() || step[end] == '\\') return std::nullopt;
  return CellSpan(begin, end);
}

}  // namespace

std::optional<CellSpan> find_cell(const formats::TableShape& shape, std::string_view step,
                                  std::size_t begin, std::size_t& end) {
  return shape.is_tsv ? find_tab_cell(step, begin, end)
                      : find_csv_cell(step, begin, shape.delimiter, end);
}

bool is_plain(std::string_view text, char other) {
  if (text.find(other) != npos) return false;
  for (std::size_t at = text.find('\r'); at != npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return false;
  }
  return true;
}

bool are_regular(std::string_view text, const std::uint16_t* ends, std::size_t columns,
                 std::size_t records) {
  for (std::size_t i = 1; i <= records; ++i) {
    if (text[ends[i * columns - 1]] != '\n') return false;
  }
  return true;
}

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

bool holds_record(std::string_view step, std::size_t begin, const formats::TableShape& shape) {
  formats::CsvRecord record;
  formats::scan_record(shape, step.substr(begin), false, record);
  return record.complete;
}

}  // namespace levy::batch::fast
