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
  struct Entry {
    Word word{};
    std::uint64_t number = 0;
    std::string_view text() const {
      return {reinterpret_cast<const char*>(word.data()), (word[width - 1] >> 56) - 1};
    }
  };

  // 8 x width bytes are readable from the text's first.
  [[gnu::always_inline]] static Word word_of(std::string_view text) {
    static constexpr auto ones_then_zeros = [] {
      std::array<unsigned char, 16 * width> bytes{};
      for (std::size_t i = 0; i < 8 * width; ++i) bytes[i] = 0xFF;
      return bytes;
    }();
    const unsigned char* masks = ones_then_zeros.data() + 8 * width - text.size();
    Word word;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < width; ++i)
      word[i] = bytes_at(text.data() + 8 * i) & bytes_at(masks + 8 * i);
    word[width - 1] |= (text.size() + 1) << 56;
    return word;
  }

  WordTable();

  // 0: it is not there.
  std::uint64_t find(const Word& word) const { return entries_[places_[place_of(word)]].number; }
  // The table as it is until a word is added.
  struct View {
    const Entry* entries;
    const std::uint32_t* places;
    std::uint64_t multiplier;
    int shift;
    // 0: it is not where it is looked for first.
    [[gnu::always_inline]] std::uint64_t find_at_home(const Word& word) const {
      const Entry& entry = entries[places[home_of(word, multiplier, shift)]];
      std::uint64_t differing = 0;
#pragma GCC unroll 8
      for (std::size_t i = 0; i < width; ++i) differing |= word[i] ^ entry.word[i];
      return differing == 0 ? entry.number : 0;
    }
  };
  View view() const { return {entries_.data(), places_.data(), multiplier_, shift_}; }
  void add(const Word& word, std::uint64_t number);               // that is not there
  void change(const Word& word, std::uint64_t number);            // that is there
  const std::vector<Entry>& entries() const { return entries_; }  // but the first

 private:
  static std::uint64_t bytes_at(const void* from) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
  }

  static constexpr std::uint64_t odd_numbers[] = {
      0x9E3779B97F4A7C15, 0x8CB92BA72F3D8DD7, 0xF1357AEA2E62A9C5, 0xD1342543DE82EF95,
      0xAF251AF3B0F025B5, 0xC6A4A7935BD1E995, 0xB492B66FBE98F273};

  [[gnu::always_inline]] static std::size_t home_of(const Word& word, std::uint64_t multiplier,
                                                    int shift) {
    std::uint64_t mixed = word[0];
#pragma GCC unroll 8
    for (std::size_t i = 1; i < width; ++i) mixed ^= word[i] * odd_numbers[i - 1];
    return (mixed * multiplier) >> shift;
  }
  std::size_t place_of(const Word& word) const;
  bool spread(std::size_t places);

  // The words side by side, so that few of the nearest cache's lines hold them; the first is none.
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> places_;  // of a power of two, an eighth full at most; 0: free
  int shift_ = 0;                      // 64 less its logarithm
  std::uint64_t multiplier_ = 0;
};

// Its words lie in one table, as wide as the longest has needed so far.
class Vocabulary {
 public:
  static constexpr std::uint64_t words_max = 65'535;

  // From 1 on, in the order of their first use, unless it was changed; 0: there are too many. 64
  // bytes are readable from the word's first.
  std::uint64_t number_of(std::string_view word);
  // Those of words[0], words[1], ... Valid until the next call.
  template <class Words>
  const std::uint64_t* numbers_of(std::size_t count, Words words) {
    numbers_.resize(count);
    bool some_are_new = false;
    switch (width_) {
      case 1:
        some_are_new = find_all(narrow_, count, words);
        break;
      case 2:
        some_are_new = find_all(short_, count, words);
        break;
      case 4:
        some_are_new = find_all(medium_, count, words);
        break;
      default:
        some_are_new = find_all(wide_, count, words);
    }
    for (std::size_t i = 0; some_are_new && i < count; ++i) {
      if (numbers_[i] == 0) numbers_[i] = number_of(words[i]);
    }
    return numbers_.data();
  }
  void change(std::string_view word, std::uint64_t number);  // that has had one

  std::uint64_t size() const { return words_; }  // the greatest number given

 private:
  // 0 where a word is new, or too long for the table. True: some are.
  template <std::size_t width, class Words>
  bool find_all(const WordTable<width>& table, std::size_t count, Words words) {
    typename WordTable<width>::View view = table.view();
    std::uint64_t* numbers = numbers_.data();
    bool some_are_new = false;
    for (std::size_t i = 0; i < count; ++i) {
      std::string_view text = words[i];
      std::uint64_t number = 0;
      if (text.size() <= table.bytes_max) [[likely]]
        number = view.find_at_home(table.word_of(text));
      numbers[i] = number;
      some_are_new |= number == 0;
    }
    return some_are_new;
  }
  void widen(std::size_t size);
  template <class Visit>
  auto with_table(Visit visit);

  std::size_t width_ = 1;  // of the table in use: 1, 2, 4 or 8
  WordTable<1> narrow_;
  WordTable<2> short_;
  WordTable<4> medium_;
  WordTable<8> wide_;
  std::unordered_map<std::string, std::uint64_t> long_;  // beyond the widest
  std::uint64_t words_ = 0;
  std::vector<std::uint64_t> numbers_;
};

}  // namespace levy
