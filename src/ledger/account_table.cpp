#include "ledger/account_table.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/ensure.h"

namespace levy::ledger {
namespace {

constexpr std::size_t slots_first = 1024;

std::uint64_t mix_words(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

AccountTable::AccountTable(std::size_t record_bytes)
    : record_words_(record_bytes / word), slots_(slots_first) {
  ensure(record_bytes % word == 0, "records are whole words");
}

std::uint64_t AccountTable::hash(std::string_view name) {
  constexpr std::uint64_t odd[] = {0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93};
  std::uint64_t hash = name.size() * odd[0];
  const char* at = name.data();
  std::size_t left = name.size();
  for (; left >= word; left -= word, at += word) {
    std::uint64_t part = 0;
    std::memcpy(&part, at, word);
    hash = mix_words(hash ^ part, odd[1]);
  }
  std::uint64_t part = 0;
  if (left > 0) std::memcpy(&part, at, left);  // an empty name may have no memory at all
  return mix_words(hash ^ part ^ odd[0], odd[1]);
}

void AccountTable::prefetch_slot(std::uint64_t hash) const {
  __builtin_prefetch(&slots_[first_slot(tag_of(hash))]);
}

void AccountTable::prefetch_record(std::uint64_t hash) const {
  const Slot& slot = slots_[first_slot(tag_of(hash))];
  if (slot.place == 0) return;
  const std::uint64_t* record = at(slot.place);
  __builtin_prefetch(record);
  __builtin_prefetch(record + word);
}

bool AccountTable::is_of(const std::uint64_t* record, std::string_view name) const {
  return record[record_words_] == name.size() &&
         (name.empty() || std::memcmp(record + record_words_ + 1, name.data(), name.size()) == 0);
}

void* AccountTable::find(std::string_view name, std::uint64_t hash) const {
  for (std::size_t i = first_slot(tag_of(hash)); slots_[i].place != 0; i = next(i)) {
    if (slots_[i].tag != tag_of(hash)) continue;
    std::uint64_t* record = at(slots_[i].place);
    if (is_of(record, name)) return record;
  }
  return nullptr;
}

void* AccountTable::find_or_open(std::string_view name, std::uint64_t hash) {
  if (void* known = find(name, hash)) return known;
  if (2 * (size_ + 1) > slots_.size()) grow();
  std::size_t i = first_slot(tag_of(hash));
  while (slots_[i].place != 0) i = next(i);
  slots_[i] = {make(name), tag_of(hash)};
  ++size_;
  return at(slots_[i].place);
}

// The owner's words, the name's length, the name. A name that is longer than a chunk has several
// for itself, and whatever comes next a new one.
std::uint32_t AccountTable::make(std::string_view name) {
  std::size_t words = record_words_ + 1 + (name.size() + word - 1) / word;
  if (used_ + words > chunk_words) {
    std::size_t chunks = (words + chunk_words - 1) / chunk_words;
    chunks_.push_back(std::make_unique<std::uint64_t[]>(chunks * chunk_words));
    used_ = 0;
    for (std::size_t i = 1; i < chunks; ++i) chunks_.push_back(nullptr);
  }
  std::size_t chunk =
      chunks_.size() - std::max<std::size_t>(1, (words + chunk_words - 1) / chunk_words);
  std::uint64_t* record = chunks_[chunk].get() + used_;
  record[record_words_] = name.size();
  if (!name.empty()) std::memcpy(record + record_words_ + 1, name.data(), name.size());
  std::size_t place = chunk * chunk_words + used_ + 1;
  ensure(place <= std::numeric_limits<std::uint32_t>::max(), "accounts fit 32 gigabytes");
  used_ = words > chunk_words ? chunk_words : used_ + words;
  return static_cast<std::uint32_t>(place);
}

std::vector<std::string_view> AccountTable::names() const {
  std::vector<std::string_view> names;
  names.reserve(size_);
  for (const Slot& slot : slots_) {
    if (slot.place == 0) continue;
    const std::uint64_t* record = at(slot.place);
    names.emplace_back(reinterpret_cast<const char*>(record + record_words_ + 1),
                       record[record_words_]);
  }
  return names;
}

void AccountTable::clear() {
  slots_.assign(slots_first, {});
  chunks_.clear();
  used_ = chunk_words;
  size_ = 0;
}

void AccountTable::grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.place == 0) continue;
    std::size_t i = first_slot(slot.tag);
    while (slots_[i].place != 0) i = next(i);
    slots_[i] = slot;
  }
}

}  // namespace levy::ledger
