// InternTable: short words and a number for each, laid out so that many look-ups are few
// instructions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/fast/rows.h"

namespace levy::batch::fast {

// A text of up to 8 x width - 1 bytes: those, zeros, and in the last byte its size + 1. All zero:
// no word.
template <std::size_t width>
struct alignas(8 * width) Word {
  static constexpr std::size_t bytes_max = 8 * width - 1;
  std::array<std::uint64_t, width> parts{};

  std::string_view text() const {
    return {reinterpret_cast<const char*>(parts.data()), (parts[width - 1] >> 56) - 1};
  }
  bool operator==(const Word&) const = default;
};

// Can this processor compare and mix words sixteen bytes at a time?
bool has_word_blocks();

template <std::size_t width>
class InternTable {
 public:
  static constexpr std::uint16_t number_max = 65'535;

  // Sixteen bytes at a time, or one part after the other.
  explicit InternTable(bool by_blocks) : by_blocks_(by_blocks) { clear(); }
  void clear();

  // Of words that are not too long. 8 x width bytes are readable from a text's first.
  std::uint64_t find(std::string_view text) const;  // 0: it is not there
  // One that is not there; there may be number_max of them.
  void add(std::string_view text, std::uint16_t number);
  void change(std::string_view text, std::uint16_t number);  // one that is there

  // The numbers of the first cells; 0 where a word is not there or too long.
  void find_all(const CellRun& cells, std::size_t count, std::uint64_t* numbers) const;

  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t i = 1; i < words_.size(); ++i) visit(words_[i].text(), numbers_[i]);
  }

 private:
  std::uint64_t mix(const Word<width>& word) const;
  std::size_t home_of(const Word<width>& word) const;
  std::size_t place_of(const Word<width>& word) const;
  bool spread(std::size_t places);

  bool by_blocks_;
  // Side by side, so that few of the nearest cache's lines hold them. The first is no word.
  std::vector<Word<width>> words_;
  std::vector<std::uint16_t> numbers_;
  std::vector<std::uint16_t> places_;  // of a power of two, an eighth full at most; 0: free
  int shift_ = 0;                      // 64 less its logarithm
  std::uint64_t seed_ = 0;
};

// Interner: a number for each word that a part of a row has had.

// Its words lie in one table, as wide as the longest has needed so far.
class Interner {
 public:
  static constexpr std::uint64_t words_max = InternTable<1>::number_max;

  explicit Interner(bool by_blocks = has_word_blocks())
      : narrow_(by_blocks), short_(by_blocks), medium_(by_blocks), wide_(by_blocks) {}

  // From 1 on, in the order of their first use, unless it was changed; 0: there are too many. 64
  // bytes are readable from the word's first.
  std::uint64_t number_of(std::string_view word);
  // Those of the first cells; 0 where a word is new.
  void find(const CellRun& cells, std::size_t count, std::uint64_t* numbers);
  // Gives numbers to the new words.
  void add(const CellRun& cells, std::size_t count, std::uint64_t* numbers);
  void change(std::string_view word, std::uint64_t number);  // that has had one

  std::uint64_t size() const { return words_; }  // the greatest number given

 private:
  void widen(std::size_t size);
  template <class Visit>
  auto with_table(Visit visit);

  std::size_t width_ = 1;  // of the table in use: 1, 2, 4 or 8
  InternTable<1> narrow_;
  InternTable<2> short_;
  InternTable<4> medium_;
  InternTable<8> wide_;
  std::unordered_map<std::string, std::uint64_t> long_;  // beyond the widest
  std::uint64_t words_ = 0;
};

}  // namespace levy::batch::fast
