#include "batch/row_kinds.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace levy {
namespace {

int bits_of(std::uint32_t number) { return static_cast<int>(std::bit_width(number)); }

}  // namespace

RowKinds::RowKinds(std::vector<ColumnRun> runs, bool moments)
    : runs_(std::move(runs)), moments_(moments), known_(1) {
  fields_.resize(runs_.size() + (moments ? 1 : 0));
  place_all(std::size_t{1} << 8);
}

void RowKinds::begin(std::size_t rows) {
  keys_.assign(rows, some_kind);
  kinds_.resize(rows);
}

void RowKinds::add_moments(const std::vector<std::uint64_t>& moments) {
  for (std::size_t row = 0; row < keys_.size(); ++row) {
    char bytes[32] = {};
    std::memcpy(bytes, &moments[row], sizeof moments[row]);
    add(row, fields_.back(), fields_.back().words.number_of({bytes, sizeof moments[row]}));
  }
}

// Gives each field the bits that its words need, as long as there are any left. True: the keys that
// were made last are to be made again.
bool RowKinds::widen() {
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
std::uint64_t RowKinds::moved(std::uint64_t key,
                              const std::vector<std::pair<int, int>>& before) const {
  std::uint64_t result = some_kind;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    auto [offset, bits] = before[i];
    std::uint64_t number = (key >> offset) & ((std::uint64_t{1} << bits) - 1);
    result |= number << fields_[i].offset;
  }
  return result;
}

void RowKinds::look_up() {
  for (std::size_t row = 0; row < keys_.size(); ++row) {
    std::uint32_t kind = places_[home_of(keys_[row])];
    kinds_[row] = known_[kind] == keys_[row] ? kind : search(keys_[row]);
  }
}

// Where it is or would be: it may have had to make way for another of the same hash.
std::size_t RowKinds::place_of(std::uint64_t key) const {
  std::size_t at = home_of(key);
  while (places_[at] != 0 && known_[places_[at]] != key) at = (at + 1) % places_.size();
  return at;
}

std::uint32_t RowKinds::search(std::uint64_t key) {
  if ((key & no_kind) != 0) return 0;
  std::size_t at = place_of(key);
  if (places_[at] != 0) return places_[at];
  if (known_.size() > kinds_max) return 0;
  known_.push_back(key);
  if (4 * known_.size() > places_.size()) {
    place_all(2 * places_.size());
  } else {
    places_[at] = static_cast<std::uint16_t>(known_.size() - 1);
  }
  return static_cast<std::uint32_t>(known_.size() - 1);
}

void RowKinds::place_all(std::size_t places) {
  shift_ = 64 - std::countr_zero(places);
  places_.assign(places, 0);
  for (std::size_t kind = 1; kind < known_.size(); ++kind)
    places_[place_of(known_[kind])] = static_cast<std::uint16_t>(kind);
}

}  // namespace levy
