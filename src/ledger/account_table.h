// AccountTable: what is kept of each account, found by its name.
//
// The name is hashed once; a slot has the hash's upper half, and the record, with the name itself,
// lies where it was made. So a row reads two places in memory, and both can be fetched before they
// are needed. There is no text of its own for each account, and nothing is ever moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace levy::ledger {

class AccountTable {
 public:
  // Each record has so many bytes for its owner, zeros at first; a multiple of 8.
  explicit AccountTable(std::size_t record_bytes);

  static std::uint64_t hash(std::string_view name);

  // Where the record will be looked for, and where it probably lies; the first comes first.
  void prefetch_slot(std::uint64_t hash) const;
  void prefetch_record(std::uint64_t hash) const;

  void* find(std::string_view name, std::uint64_t hash) const;  // null: there is none
  void* find_or_open(std::string_view name, std::uint64_t hash);
  std::size_t size() const { return size_; }
  // Of all accounts, in no order.
  std::vector<std::string_view> names() const;
  void clear();

 private:
  // 0: nobody. Else the number of the record's first word plus one, and the part of the hash that
  // chose the slot.
  struct Slot {
    std::uint32_t place = 0, tag = 0;
  };
  static constexpr std::size_t word = 8, chunk_words = std::size_t{1} << 16;

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::size_t first_slot(std::uint32_t tag) const { return tag & (slots_.size() - 1); }
  std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  std::uint64_t* at(std::uint32_t place) const {
    return chunks_[(place - 1) / chunk_words].get() + (place - 1) % chunk_words;
  }
  bool is_of(const std::uint64_t* record, std::string_view name) const;
  std::uint32_t make(std::string_view name);
  void grow();

  std::size_t record_words_;
  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<std::uint64_t[]>> chunks_;
  std::size_t used_ = chunk_words;  // words of the last chunk
  std::size_t size_ = 0;
};

}  // namespace levy::ledger
