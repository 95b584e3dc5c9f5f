#include "batch/vocabulary.h"

#include <bit>
#include <utility>

namespace levy {
namespace {

constexpr std::size_t width_max = 8;
constexpr std::size_t first_places = 64;
// A small table is spread until each word is where it is looked for first: up to so many places a
// word, and at each size with so many multipliers.
constexpr std::size_t spread_words_max = 64, spread_places_a_word = 32;
constexpr int multipliers_tried = 8;

int shift_of(std::size_t places) { return 64 - std::countr_zero(places); }

}  // namespace

template <std::size_t width>
WordTable<width>::WordTable()
    : entries_(1),
      places_(first_places),
      shift_(shift_of(first_places)),
      multiplier_(odd_numbers[0]) {}

// Where it is or would be: it may have had to make way for another.
template <std::size_t width>
std::size_t WordTable<width>::place_of(const Word& word) const {
  std::size_t at = home_of(word, multiplier_, shift_);
  while (places_[at] != 0 && entries_[places_[at]].word != word) at = (at + 1) % places_.size();
  return at;
}

template <std::size_t width>
void WordTable<width>::add(const Word& word, std::uint64_t number) {
  std::size_t words = entries_.size();
  if (8 * words > places_.size()) spread(2 * places_.size());
  std::size_t at = place_of(word);
  entries_.push_back(Entry{word, number});
  places_[at] = static_cast<std::uint32_t>(words);
  bool all_home = at == home_of(word, multiplier_, shift_);
  for (std::size_t places = places_.size();
       !all_home && words <= spread_words_max && places <= spread_places_a_word * words;
       places *= 2)
    all_home = spread(places);
}

template <std::size_t width>
void WordTable<width>::change(const Word& word, std::uint64_t number) {
  entries_[places_[place_of(word)]].number = number;
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
      places_[at] = static_cast<std::uint32_t>(i);
      all_home = all_home && at == home_of(entries_[i].word, multiplier_, shift_);
    }
  }
  return all_home;
}

template class WordTable<1>;
template class WordTable<2>;
template class WordTable<4>;
template class WordTable<8>;

template <class Visit>
auto Vocabulary::with_table(Visit visit) {
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

std::uint64_t Vocabulary::number_of(std::string_view word) {
  if (word.size() >= 8 * width_max) {
    auto found = long_.find(std::string(word));
    if (found != long_.end()) return found->second;
    if (words_ == words_max) return 0;
    return long_[std::string(word)] = ++words_;
  }
  if (word.size() >= 8 * width_) widen(word.size());
  return with_table([&](auto& table) {
    auto key = table.word_of(word);
    std::uint64_t number = table.find(key);
    if (number != 0 || words_ == words_max) return number;
    table.add(key, ++words_);
    return words_;
  });
}

// All words move to a table that is wide enough for that size.
void Vocabulary::widen(std::size_t size) {
  std::vector<std::pair<std::string, std::uint64_t>> known;
  with_table([&](auto& table) {
    for (std::size_t i = 1; i < table.entries().size(); ++i)
      known.emplace_back(table.entries()[i].text(), table.entries()[i].number);
    table = {};
  });
  while (size >= 8 * width_) width_ *= 2;
  with_table([&](auto& table) {
    for (const auto& [text, number] : known) {
      std::string padded = text + std::string(8 * width_max, '\0');
      table.add(table.word_of(std::string_view(padded).substr(0, text.size())), number);
    }
  });
}

void Vocabulary::change(std::string_view word, std::uint64_t number) {
  if (word.size() >= 8 * width_max) {
    long_[std::string(word)] = number;
    return;
  }
  with_table([&](auto& table) { table.change(table.word_of(word), number); });
}

}  // namespace levy
