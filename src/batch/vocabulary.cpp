#include "batch/vocabulary.h"

#include <bit>
#include <utility>

namespace levy {
namespace {

constexpr std::size_t first_places = 64;
constexpr char padded_empty[32] = {};
// A small table is spread until each word is where it is looked for first: up to so many places a
// word, and at each size with so many multipliers.
constexpr std::size_t spread_words_max = 64, spread_places_a_word = 32;
constexpr int multipliers_tried = 8;

int shift_of(std::size_t places) { return 64 - std::countr_zero(places); }

}  // namespace

template <std::size_t width>
WordTable<width>::WordTable()
    : entries_(1), places_(first_places), shift_(shift_of(first_places)) {}

// Where it is or would be: it may have had to make way for another.
template <std::size_t width>
std::size_t WordTable<width>::place_of(const Word& word) const {
  std::size_t at = home_of(word);
  while (places_[at] != 0 && entries_[places_[at]].word != word) at = (at + 1) % places_.size();
  return at;
}

template <std::size_t width>
void WordTable<width>::add(const Word& word, std::uint32_t number) {
  std::size_t words = entries_.size();
  if (8 * words > places_.size()) spread(2 * places_.size());
  std::size_t at = place_of(word);
  entries_.push_back(Entry{word, number});
  places_[at] = static_cast<std::uint16_t>(words);
  bool all_home = at == home_of(word);
  for (std::size_t places = places_.size();
       !all_home && words <= spread_words_max && places <= spread_places_a_word * words;
       places *= 2)
    all_home = spread(places);
}

// Over so many places. Is each word where it is looked for first?
template <std::size_t width>
bool WordTable<width>::spread(std::size_t places) {
  shift_ = shift_of(places);
  bool all_home = false;
  for (int tried = 0; tried < multipliers_tried && !all_home; ++tried) {
    multiplier_ += odd_numbers[1] << 1;  // odd, as it was
    places_.assign(places, 0);
    all_home = true;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      std::size_t at = place_of(entries_[i].word);
      places_[at] = static_cast<std::uint16_t>(i);
      all_home = all_home && at == home_of(entries_[i].word);
    }
  }
  return all_home;
}

template class WordTable<2>;
template class WordTable<4>;

template <std::size_t width>
std::uint32_t Vocabulary::search(WordTable<width>& table,
                                 const typename WordTable<width>::Word& word) {
  std::uint32_t number = table.find(word);
  if (number != 0 || words_ == words_max) return number;
  table.add(word, ++words_);
  if (word == table.word_of(std::string_view(padded_empty, 0))) empty_ = words_;
  return words_;
}

template std::uint32_t Vocabulary::search(WordTable<2>&, const WordTable<2>::Word&);
template std::uint32_t Vocabulary::search(WordTable<4>&, const WordTable<4>::Word&);

std::uint32_t Vocabulary::number_of_long(std::string_view word) {
  auto found = long_.find(std::string(word));
  if (found != long_.end()) return found->second;
  if (words_ == words_max) return 0;
  return long_[std::string(word)] = ++words_;
}

}  // namespace levy
