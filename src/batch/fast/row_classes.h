// RowClasses: rows whose words are the same, or say the same, are of one class, and classes are
// numbered.
//
// The columns that choose the price are taken in runs of neighbours. Each run has an interner; the
// numbers of a row's words, side by side in 64 bits, are looked up once. Run by run, so that what a
// pass looks at stays in cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batch/fast/interner.h"
#include "batch/fast/rows.h"

namespace levy::batch::fast {

class RowClasses {
 public:
  static constexpr std::uint32_t classes_max = 65'535;

  // `moments`: are rows of different moments (find) of different classes?
  RowClasses(std::vector<ColumnRun> runs, bool moments);

  // The classes of all rows, from 1 on; 0: there are too many classes or words. `moments`, where
  // they matter, is one number a row. What was found stays valid until the next call.
  const std::vector<std::uint64_t>& find(const Rows& rows,
                                         const std::vector<std::uint64_t>& moments);

  std::size_t count() const { return known_.size(); }  // above the greatest class
  const std::vector<ColumnRun>& runs() const { return runs_; }
  // From now on rows are of one class whichever word of this value class a run has; a word has one.
  void give_value_class(std::size_t run, std::string_view word, const std::string& value_class);

 private:
  // The part of a key that says one run's word.
  struct Field {
    Interner words;
    int offset = 0, bits = 0;
    std::uint64_t numbers = 0;  // that the bits can say, from 1 on
    std::unordered_map<std::string, std::uint64_t> value_classes;  // and the number of their words
  };

  // A key: the fields' numbers in its low bits, and two bits more.
  static constexpr int key_bits = 62;
  static constexpr std::uint64_t some_class = std::uint64_t{1} << 62;  // so that no key is 0
  static constexpr std::uint64_t no_class = std::uint64_t{1} << 63;
  static constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;

  void begin(std::size_t rows);
  std::uint64_t add_numbers(const Field& field);
  void mark_others(const Field& field);
  void add_moments(const std::vector<std::uint64_t>& moments);
  bool widen();
  std::uint64_t moved(std::uint64_t key, const std::vector<std::pair<int, int>>& before) const;
  void look_up();
  std::uint64_t search(std::uint64_t key);
  std::size_t place_of(std::uint64_t key) const;
  void place_all(std::size_t places);
  std::size_t home_of(std::uint64_t key) const { return (key * multiplier) >> shift_; }

  std::vector<ColumnRun> runs_;
  bool moments_;
  std::vector<Field> fields_;          // one a run, and the moments'
  std::vector<std::uint64_t> known_;   // the key of each class; the first is none, and 0
  std::vector<std::uint64_t> places_;  // of a power of two, an eighth full at most; 0: free
  int shift_ = 0;                      // 64 less its logarithm
  // Of the rows at hand.
  std::vector<std::uint64_t> numbers_;  // of one field's words
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint64_t> classes_;
};

}  // namespace levy::batch::fast
