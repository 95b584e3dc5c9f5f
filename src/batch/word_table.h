// WordTable: short words and a number for each, laid out so that many look-ups are few
// instructions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "batch/rows.h"

namespace levy {

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
class WordTable {
 public:
  static constexpr std::uint16_t number_max = 65'535;

  // Sixteen bytes at a time, or one part after the other.
  explicit WordTable(bool by_blocks) : by_blocks_(by_blocks) { clear(); }
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

}  // namespace levy
