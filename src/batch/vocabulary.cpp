#include "batch/vocabulary.h"

#include <utility>
#include <vector>

namespace levy {
namespace {

constexpr std::size_t width_max = 8;

}  // namespace

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
    std::uint64_t number = table.find(word);
    if (number != 0 || words_ == words_max) return number;
    table.add(word, static_cast<std::uint16_t>(++words_));
    return words_;
  });
}

void Vocabulary::find(const CellRun& cells, std::size_t count, std::uint64_t* numbers) {
  with_table([&](auto& table) { table.find_all(cells, count, numbers); });
}

void Vocabulary::add(const CellRun& cells, std::size_t count, std::uint64_t* numbers) {
  for (std::size_t i = 0; i < count; ++i) {
    if (numbers[i] == 0) numbers[i] = number_of(cells[i]);
  }
}

// All words move to a table that is wide enough for that size.
void Vocabulary::widen(std::size_t size) {
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

void Vocabulary::change(std::string_view word, std::uint64_t number) {
  if (word.size() >= 8 * width_max) {
    long_[std::string(word)] = number;
    return;
  }
  with_table([&](auto& table) { table.change(word, static_cast<std::uint16_t>(number)); });
}

}  // namespace levy
