// Vocabulary: a number for each word that a part of a row has had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "batch/rows.h"
#include "batch/word_table.h"

namespace levy {

// Its words lie in one table, as wide as the longest has needed so far.
class Vocabulary {
 public:
  static constexpr std::uint64_t words_max = WordTable<1>::number_max;

  explicit Vocabulary(bool by_blocks = has_word_blocks())
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
  WordTable<1> narrow_;
  WordTable<2> short_;
  WordTable<4> medium_;
  WordTable<8> wide_;
  std::unordered_map<std::string, std::uint64_t> long_;  // beyond the widest
  std::uint64_t words_ = 0;
};

}  // namespace levy
