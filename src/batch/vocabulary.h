// Vocabulary: a number for each word that a part of a row has had.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace levy {

// A table of words of up to 8 x width - 1 bytes, and the number of each.
template <std::size_t width>
class WordTable {
 public:
  static constexpr std::size_t bytes_max = 8 * width - 1;

  // Its bytes, zeros, and in the last byte its size + 1; all zero: none.
  using Word = std::array<std::uint64_t, width>;

  static Word word_of(std::string_view text) {
    static constexpr auto ones_then_zeros = [] {
      std::array<unsigned char, 16 * width> bytes{};
      for (std::size_t i = 0; i < 8 * width; ++i) bytes[i] = 0xFF;
      return bytes;
    }();
    const unsigned char* masks = ones_then_zeros.data() + 8 * width - text.size();
    Word word;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < width; ++i)
      word[i] = bytes_at(text.data() + 8 * i) & bytes_at(masks + 8 * i);
    word[width - 1] |= (text.size() + 1) << 56;
    return word;
  }

  WordTable();

  // 0: it is not where it is looked for first.
  std::uint32_t find_at_home(const Word& word) const {
    const Entry& entry = entries_[places_[home_of(word)]];
    bool is_here = true;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < width; ++i) is_here = is_here && word[i] == entry.word[i];
    return is_here ? entry.number : 0;
  }
  std::uint32_t find(const Word& word) const { return entries_[places_[place_of(word)]].number; }
  void add(const Word& word, std::uint32_t number);  // that is not there

 private:
  struct Entry {
    Word word{};
    std::uint32_t number = 0;
  };

  static std::uint64_t bytes_at(const void* from) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
  }
  std::size_t home_of(const Word& word) const {
    std::uint64_t mixed = word[0];
#pragma GCC unroll 4
    for (std::size_t i = 1; i < width; ++i) mixed ^= word[i] * odd_numbers[i - 1];
    return (mixed * multiplier_) >> shift_;
  }
  std::size_t place_of(const Word& word) const;
  bool spread(std::size_t places);

  static constexpr std::uint64_t odd_numbers[] = {0x9E3779B97F4A7C15, 0x8CB92BA72F3D8DD7,
                                                  0xF1357AEA2E62A9C5};

  // The words side by side, so that few of the nearest cache's lines hold them; the first is none.
  std::vector<Entry> entries_;
  std::vector<std::uint16_t> places_;  // of a power of two, an eighth full at most; 0: free
  int shift_ = 0;                      // 64 less its logarithm
  std::uint64_t multiplier_ = odd_numbers[0];
};

class Vocabulary {
 public:
  static constexpr std::uint32_t words_max = 65'535;

  // From 1 on, in the order of their first use; 0: there are too many. 32 bytes are readable from
  // the word's first.
  std::uint32_t number_of(std::string_view word) {
    if (word.empty() && empty_ != 0) return empty_;  // many columns of JSON are always
    if (word.size() <= WordTable<2>::bytes_max) return number_in(short_, word);
    if (word.size() <= WordTable<4>::bytes_max) return number_in(medium_, word);
    return number_of_long(word);
  }

  std::uint32_t size() const { return words_; }

 private:
  template <std::size_t width>
  std::uint32_t number_in(WordTable<width>& table, std::string_view text) {
    auto word = table.word_of(text);
    std::uint32_t number = table.find_at_home(word);
    return number != 0 ? number : search(table, word);
  }
  template <std::size_t width>
  std::uint32_t search(WordTable<width>& table, const typename WordTable<width>::Word& word);
  std::uint32_t number_of_long(std::string_view word);

  WordTable<2> short_;
  WordTable<4> medium_;
  std::unordered_map<std::string, std::uint32_t> long_;
  std::uint32_t words_ = 0;
  std::uint32_t empty_ = 0;  // the empty word's number; 0: it did not come yet
};

}  // namespace levy
