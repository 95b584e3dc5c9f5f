#include "batch/fast/interner.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace levy::batch::fast {
namespace {

constexpr std::size_t first_places = 64;
// A small table is spread until each word is where it is looked for first: up to so many places a
// word, and at each size with so many seeds.
constexpr std::size_t spread_words_max = 64, spread_places_a_word = 32;
constexpr int seeds_tried = 8;

constexpr std::uint64_t odd_numbers[] = {0x9E3779B97F4A7C15, 0x8CB92BA72F3D8DD7, 0xF1357AEA2E62A9C5,
                                         0xD1342543DE82EF95, 0xAF251AF3B0F025B5, 0xC6A4A7935BD1E995,
                                         0xB492B66FBE98F273};

int shift_of(std::size_t places) { return 64 - std::countr_zero(places); }

template <std::size_t width>
constexpr auto ones_then_zeros = [] {
  std::array<unsigned char, 16 * width> bytes{};
  for (std::size_t i = 0; i < 8 * width; ++i) bytes[i] = 0xFF;
  return bytes;
}();

template <std::size_t width>
[[gnu::always_inline]] inline Word<width> word_of(std::string_view text) {
  const unsigned char* masks = ones_then_zeros<width>.data() + 8 * width - text.size();
  Word<width> word;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < width; ++i) {
    std::uint64_t part = 0, mask = 0;
    std::memcpy(&part, text.data() + 8 * i, sizeof part);
    std::memcpy(&mask, masks + 8 * i, sizeof mask);
    word.parts[i] = part & mask;
  }
  word.parts[width - 1] |= (text.size() + 1) << 56;
  return word;
}

// ---- one part after the other ------------------------------------------------------------------

// What a word's place comes from: the highest bits count most.
template <std::size_t width>
[[gnu::always_inline]] inline std::uint64_t mix_parts(const Word<width>& word, std::uint64_t seed) {
  std::uint64_t mixed = word.parts[0];
#pragma GCC unroll 8
  for (std::size_t i = 1; i < width; ++i) mixed ^= word.parts[i] * odd_numbers[i - 1];
  return mixed * seed;
}

// Of a table as it is while many words are looked up. What is not where it is looked for first,
// `search` finds.
template <std::size_t width>
struct View {
  const Word<width>* words;
  const std::uint16_t *numbers, *places;
  std::uint64_t seed;
  int shift;
};

template <std::size_t width, class Placed, class Search>
void find_by_parts(View<width> view, Placed cells, std::size_t count, std::uint64_t* numbers,
                   Search search) {
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view text = cells[i];
    std::uint64_t number = 0;
    if (text.size() <= Word<width>::bytes_max) [[likely]] {
      Word<width> word = word_of<width>(text);
      std::size_t at = view.places[mix_parts(word, view.seed) >> view.shift];
      number = word == view.words[at] ? view.numbers[at] : search(text);
    }
    numbers[i] = number;
  }
}

// ---- sixteen bytes at a time -------------------------------------------------------------------

#if defined(__x86_64__)

#define LEVY_BLOCKS __attribute__((target("avx2,bmi2,aes")))

// In each, zeros but for the last byte of a word of so many bytes.
constexpr auto last_blocks = [] {
  std::array<std::array<unsigned char, 16>, 64> blocks{};
  for (std::size_t size = 0; size < blocks.size(); ++size)
    blocks[size][15] = static_cast<unsigned char>(size + 1);
  return blocks;
}();

LEVY_BLOCKS inline __m128i block_at(const void* at) {
  return _mm_loadu_si128(static_cast<const __m128i_u*>(at));
}

// Rounds of AES mix well and are one instruction each.
template <std::size_t blocks>
LEVY_BLOCKS inline std::uint64_t mix_blocks(const __m128i* word, __m128i seed) {
  __m128i mixed = word[0];
#pragma GCC unroll 4
  for (std::size_t i = 1; i < blocks; ++i) mixed = _mm_aesenc_si128(mixed, word[i]);
  mixed = _mm_aesenc_si128(_mm_aesenc_si128(mixed, seed), seed);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(mixed));
}

LEVY_BLOCKS inline __m128i seed_of(std::uint64_t seed) {
  return _mm_set1_epi64x(static_cast<long long>(seed));
}

template <std::size_t width>
LEVY_BLOCKS std::uint64_t mix_word(const Word<width>& word, std::uint64_t seed) {
  __m128i blocks[width / 2];
  for (std::size_t i = 0; i < width / 2; ++i) blocks[i] = block_at(word.parts.data() + 2 * i);
  return mix_blocks<width / 2>(blocks, seed_of(seed));
}

template <std::size_t width, class Placed, class Search>
LEVY_BLOCKS void find_by_blocks(View<width> view, Placed cells, std::size_t count,
                                std::uint64_t* numbers, Search search) {
  const __m128i seed = seed_of(view.seed);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view text = cells[i];
    std::uint64_t number = 0;
    if (text.size() <= Word<width>::bytes_max) [[likely]] {
      __m128i word[width / 2];
      const unsigned char* masks = ones_then_zeros<width>.data() + 8 * width - text.size();
#pragma GCC unroll 4
      for (std::size_t k = 0; k < width / 2; ++k)
        word[k] = _mm_and_si128(block_at(text.data() + 16 * k), block_at(masks + 16 * k));
      word[width / 2 - 1] =
          _mm_or_si128(word[width / 2 - 1], block_at(last_blocks[text.size()].data()));
      std::size_t at = view.places[mix_blocks<width / 2>(word, seed) >> view.shift];
      const std::uint64_t* parts = view.words[at].parts.data();
      __m128i differing = _mm_xor_si128(word[0], block_at(parts));
#pragma GCC unroll 4
      for (std::size_t k = 1; k < width / 2; ++k)
        differing = _mm_or_si128(differing, _mm_xor_si128(word[k], block_at(parts + 2 * k)));
      number = view.numbers[at];
      if (!_mm_testz_si128(differing, differing)) [[unlikely]]
        number = search(text);
    }
    numbers[i] = number;
  }
}

// Words of one part are too short for blocks.
template <class Placed, class Search>
LEVY_BLOCKS void find_by_blocks(View<1> view, Placed cells, std::size_t count,
                                std::uint64_t* numbers, Search search) {
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view text = cells[i];
    std::uint64_t number = 0;
    if (text.size() <= Word<1>::bytes_max) [[likely]] {
      unsigned long long part = 0;
      std::memcpy(&part, text.data(), sizeof part);
      auto bits = static_cast<unsigned>(8 * text.size());
      Word<1> word{{_bzhi_u64(part, bits) | (text.size() + 1) << 56}};
      std::size_t at = view.places[mix_parts(word, view.seed) >> view.shift];
      number = view.numbers[at];
      if (word != view.words[at]) [[unlikely]]
        number = search(text);
    }
    numbers[i] = number;
  }
}

LEVY_BLOCKS std::uint64_t mix_word(const Word<1>& word, std::uint64_t seed) {
  return mix_parts(word, seed);
}

#endif

}  // namespace

bool has_word_blocks() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("aes");
#else
  return false;
#endif
}

template <std::size_t width>
void InternTable<width>::clear() {
  words_.assign(1, {});
  numbers_.assign(1, 0);
  places_.assign(first_places, 0);
  shift_ = shift_of(first_places);
  seed_ = odd_numbers[0];
}

template <std::size_t width>
std::uint64_t InternTable<width>::mix(const Word<width>& word) const {
#if defined(__x86_64__)
  if (by_blocks_) return mix_word(word, seed_);
#endif
  return mix_parts(word, seed_);
}

template <std::size_t width>
std::size_t InternTable<width>::home_of(const Word<width>& word) const {
  return mix(word) >> shift_;
}

// Where it is or would be: it may have had to make way for another.
template <std::size_t width>
std::size_t InternTable<width>::place_of(const Word<width>& word) const {
  std::size_t at = home_of(word);
  while (places_[at] != 0 && words_[places_[at]] != word) at = (at + 1) % places_.size();
  return at;
}

template <std::size_t width>
std::uint64_t InternTable<width>::find(std::string_view text) const {
  return numbers_[places_[place_of(word_of<width>(text))]];
}

template <std::size_t width>
void InternTable<width>::find_all(const CellRun& cells, std::size_t count,
                                  std::uint64_t* numbers) const {
  View<width> view{words_.data(), numbers_.data(), places_.data(), seed_, shift_};
  auto search = [this](std::string_view text) { return find(text); };
  cells.look([&](auto placed) {
#if defined(__x86_64__)
    if (by_blocks_) return find_by_blocks(view, placed, count, numbers, search);
#endif
    find_by_parts(view, placed, count, numbers, search);
  });
}

template <std::size_t width>
void InternTable<width>::add(std::string_view text, std::uint16_t number) {
  auto word = word_of<width>(text);
  std::size_t words = words_.size();
  if (8 * words > places_.size()) spread(2 * places_.size());
  std::size_t at = place_of(word);
  words_.push_back(word);
  numbers_.push_back(number);
  places_[at] = static_cast<std::uint16_t>(words);
  bool all_home = at == home_of(word);
  for (std::size_t places = places_.size();
       !all_home && words <= spread_words_max && places <= spread_places_a_word * words;
       places *= 2)
    all_home = spread(places);
}

template <std::size_t width>
void InternTable<width>::change(std::string_view text, std::uint16_t number) {
  numbers_[places_[place_of(word_of<width>(text))]] = number;
}

// Over so many places. Is each word where it is looked for first?
template <std::size_t width>
bool InternTable<width>::spread(std::size_t places) {
  shift_ = shift_of(places);
  bool all_home = false;
  for (int tried = 0; tried < seeds_tried && !all_home; ++tried) {
    seed_ += odd_numbers[1] << 1;  // odd, as it was
    places_.assign(places, 0);
    all_home = true;
    for (std::size_t i = 1; i < words_.size(); ++i) {
      std::size_t at = place_of(words_[i]);
      places_[at] = static_cast<std::uint16_t>(i);
      all_home = all_home && at == home_of(words_[i]);
    }
  }
  return all_home;
}

template class InternTable<1>;
template class InternTable<2>;
template class InternTable<4>;
template class InternTable<8>;

namespace {

constexpr std::size_t width_max = 8;

}  // namespace

template <class Visit>
auto Interner::with_table(Visit visit) {
  switch (width_) {
    case 1:
      return visit(narrow_);
    case 2:
      return visit(short_);
    case 4:
      return visit(medium_);
    default:
      return visit(wide_);
  }
}

std::uint64_t Interner::number_of(std::string_view word) {
  if (word.size() >= 8 * width_max) {
    auto found = long_.find(std::string(word));
    if (found != long_.end()) return found->second;
    if (words_ == words_max) return 0;
    return long_[std::string(word)] = ++words_;
  }
  if (word.size() >= 8 * width_) widen(word.size());
  return with_table([&](auto& table) {
    std::uint64_t number = table.find(word);
    if (number != 0 || words_ == words_max) return number;
    table.add(word, static_cast<std::uint16_t>(++words_));
    return words_;
  });
}

void Interner::find(const CellRun& cells, std::size_t count, std::uint64_t* numbers) {
  with_table([&](auto& table) { table.find_all(cells, count, numbers); });
}

void Interner::add(const CellRun& cells, std::size_t count, std::uint64_t* numbers) {
  for (std::size_t i = 0; i < count; ++i) {
    if (numbers[i] == 0) numbers[i] = number_of(cells[i]);
  }
}

// All words move to a table that is wide enough for that size.
void Interner::widen(std::size_t size) {
  std::vector<std::pair<std::string, std::uint16_t>> known;
  with_table([&](auto& table) {
    table.each(
        [&](std::string_view text, std::uint16_t number) { known.emplace_back(text, number); });
    table.clear();
  });
  while (size >= 8 * width_) width_ *= 2;
  with_table([&](auto& table) {
    for (const auto& [text, number] : known) {
      std::string padded = text + std::string(8 * width_max, '\0');
      table.add(std::string_view(padded).substr(0, text.size()), number);
    }
  });
}

void Interner::change(std::string_view word, std::uint64_t number) {
  if (word.size() >= 8 * width_max) {
    long_[std::string(word)] = number;
    return;
  }
  with_table([&](auto& table) { table.change(word, static_cast<std::uint16_t>(number)); });
}

}  // namespace levy::batch::fast
