#include "batch/fast/row_classes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "batch/fast/wide_loops.h"

namespace levy::batch::fast {
namespace {

int bits_of(std::uint64_t number) { return static_cast<int>(std::bit_width(number)); }

constexpr std::uint64_t new_word = ~std::uint64_t{0};  // 0 less one

// The greatest number less one, which that of 0 is.
LEVY_WIDE_LOOPS std::uint64_t add_at(int offset, const std::uint64_t* numbers, std::size_t count,
                                     std::uint64_t* __restrict keys) {
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    keys[i] |= numbers[i] << offset;
    last = std::max(last, numbers[i] - 1);
  }
  return last;
}

// The table as it is while many keys are looked up.
struct KeyTable {
  const std::uint64_t* known;
  const std::uint64_t* places;
  std::uint64_t multiplier;
  int shift;
};

// The classes of keys that are where they are looked for first, else 0. True: some are 0.
bool find_keys(KeyTable table, const std::uint64_t* keys, std::size_t count,
               std::uint64_t* __restrict classes) {
  const std::uint64_t* known = table.known;
  const std::uint64_t* places = table.places;
  std::uint64_t missing = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t kind = places[(keys[i] * table.multiplier) >> table.shift];
    kind &= known[kind] == keys[i] ? ~std::uint64_t{0} : 0;
    missing |= kind - 1;
    classes[i] = kind;
  }
  return missing >> 63 != 0;
}

}  // namespace

RowClasses::RowClasses(std::vector<ColumnRun> runs, bool moments)
    : runs_(std::move(runs)), moments_(moments), known_(1) {
  fields_.resize(runs_.size() + (moments ? 1 : 0));
  place_all(std::size_t{1} << 9);
}

void RowClasses::begin(std::size_t rows) {
  keys_.assign(rows, some_class);
  classes_.resize(rows);
  numbers_.resize(rows);
}

const std::vector<std::uint64_t>& RowClasses::find(const Rows& rows,
                                                   const std::vector<std::uint64_t>& moments) {
  do {
    begin(rows.count());
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      Field& field = fields_[i];
      CellRun cells = rows.run(runs_[i]);
      field.words.find(cells, rows.count(), numbers_.data());
      std::uint64_t last = add_numbers(field);
      if (last == new_word) {
        field.words.add(cells, rows.count(), numbers_.data());
        last = add_numbers(field);
      }
      if (last >= field.numbers) mark_others(field);
    }
    if (moments_) add_moments(moments);
  } while (widen());
  look_up();
  return classes_;
}

// The greatest number less one; new_word: some are 0.
std::uint64_t RowClasses::add_numbers(const Field& field) {
  return add_at(field.offset, numbers_.data(), numbers_.size(), keys_.data());
}

// Rows whose number the field's bits cannot say.
void RowClasses::mark_others(const Field& field) {
  for (std::size_t row = 0; row < numbers_.size(); ++row) {
    if (numbers_[row] - 1 >= field.numbers) keys_[row] |= no_class;
  }
}

// Their bytes are words like any other.
void RowClasses::add_moments(const std::vector<std::uint64_t>& moments) {
  static constexpr std::size_t bytes = sizeof moments[0], together = 4096;
  static const auto cells = [] {
    std::array<CellSpan, together> all{};
    for (std::size_t i = 0; i < together; ++i) all[i] = CellSpan(bytes * i, bytes * (i + 1));
    return all;
  }();
  std::vector<char> text(moments.size() * bytes + cell_padding);
  std::memcpy(text.data(), moments.data(), moments.size() * bytes);
  for (std::size_t i = 0; i < moments.size(); i += together) {
    std::size_t count = std::min(together, moments.size() - i);
    Rows rows = Rows::of_cells(text.data() + i * bytes, cells.data(), 1, count);
    CellRun words = rows.run({0, 0});
    fields_.back().words.find(words, count, numbers_.data() + i);
    fields_.back().words.add(words, count, numbers_.data() + i);
  }
  if (add_numbers(fields_.back()) >= fields_.back().numbers) mark_others(fields_.back());
}

void RowClasses::give_value_class(std::size_t run, std::string_view word,
                                  const std::string& value_class) {
  Field& field = fields_[run];
  std::uint64_t number = field.words.number_of(word);
  if (number == 0) return;
  auto [known, is_new] = field.value_classes.emplace(value_class, number);
  if (!is_new && known->second != number) field.words.change(word, known->second);
}

// Gives each field the bits that its words need, as long as there are any left. True: the keys that
// were made last are to be made again.
bool RowClasses::widen() {
  bool changes = false;
  int left = key_bits;
  std::vector<std::pair<int, int>> before;
  for (const Field& field : fields_) {
    before.emplace_back(field.offset, field.bits);
    left -= field.bits;
  }
  int offset = 0;
  for (Field& field : fields_) {
    int more = std::clamp(bits_of(field.words.size()) - field.bits, 0, left);
    changes = changes || more > 0;
    left -= more;
    field.bits += more;
    field.numbers = (std::uint64_t{1} << field.bits) - 1;
    field.offset = offset;
    offset += field.bits;
  }
  if (!changes) return false;
  for (std::size_t kind = 1; kind < known_.size(); ++kind)
    known_[kind] = moved(known_[kind], before);
  place_all(places_.size());
  return true;
}

// The key of the same words, each field having been at an offset of so many bits.
std::uint64_t RowClasses::moved(std::uint64_t key,
                                const std::vector<std::pair<int, int>>& before) const {
  std::uint64_t result = some_class;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    auto [offset, bits] = before[i];
    std::uint64_t number = (key >> offset) & ((std::uint64_t{1} << bits) - 1);
    result |= number << fields_[i].offset;
  }
  return result;
}

void RowClasses::look_up() {
  KeyTable table{known_.data(), places_.data(), multiplier, shift_};
  if (!find_keys(table, keys_.data(), keys_.size(), classes_.data())) return;
  for (std::size_t row = 0; row < keys_.size(); ++row) {
    if (classes_[row] == 0) classes_[row] = search(keys_[row]);
  }
}

// Where it is or would be: it may have had to make way for another of the same hash.
std::size_t RowClasses::place_of(std::uint64_t key) const {
  std::size_t at = home_of(key);
  while (places_[at] != 0 && known_[places_[at]] != key) at = (at + 1) % places_.size();
  return at;
}

std::uint64_t RowClasses::search(std::uint64_t key) {
  if ((key & no_class) != 0) return 0;
  std::size_t at = place_of(key);
  if (places_[at] != 0) return places_[at];
  if (known_.size() > classes_max) return 0;
  known_.push_back(key);
  if (8 * known_.size() > places_.size()) {
    place_all(2 * places_.size());
  } else {
    places_[at] = known_.size() - 1;
  }
  return known_.size() - 1;
}

void RowClasses::place_all(std::size_t places) {
  shift_ = 64 - std::countr_zero(places);
  places_.assign(places, 0);
  for (std::size_t kind = 1; kind < known_.size(); ++kind) places_[place_of(known_[kind])] = kind;
}

}  // namespace levy::batch::fast
