// WindowCounter: what one account has added to one meter, where operations come in the order of
// time: of a calendar window the sum and the period's end, of a rolling one the operations in it.
//
//   limit of 300 EUR a day: 250 at 09:00, 30 at 11:00      {sum 280.00, edge 2026-11-21T00:00Z}
//   asked the next day                                     {sum 0, edge 2026-11-22T00:00Z}
//
// Sums count units of 10^-scale of the meter; times are microseconds since 1970. What does not fit
// is for a UsageLog (usage_log.h), which also takes what comes late.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "ledger/usage_log.h"

namespace levy::ledger {

// The operations in a rolling window, oldest first, around in a circle.
struct UsageRing {
  struct Entry {
    std::int64_t at, value;
  };
  std::uint32_t first = 0, count = 0, capacity = 0, unused = 0;  // a power of two

  Entry* entries() { return reinterpret_cast<Entry*>(this + 1); }
  const Entry& operator[](std::uint32_t i) { return entries()[(first + i) & (capacity - 1)]; }
  const Entry& front() { return entries()[first]; }
  void drop() {
    first = (first + 1) & (capacity - 1);
    --count;
  }
  void push(const Entry& entry) { entries()[(first + count++) & (capacity - 1)] = entry; }
};

// Where rings lie. One that is full moves into a larger one; what it leaves is used again.
class RingStore {
 public:
  // One of twice the capacity with the same entries; of null, an empty one.
  UsageRing* grown(UsageRing* ring);

 private:
  UsageRing* make(std::uint32_t capacity);

  std::vector<std::unique_ptr<std::uint64_t[]>> chunks_;
  std::size_t used_ = 0, room_ = 0;             // words of the last chunk
  std::vector<std::vector<UsageRing*>> spare_;  // by capacity's logarithm
};

struct WindowCounter {
  std::int64_t sum = 0;  // in the window; for a previous period's, in the present one
  // Of a calendar window: the first microsecond after the period that was counted last.
  std::int64_t edge = std::numeric_limits<std::int64_t>::min();
  std::int64_t before = 0;    // of a previous period's window: in the period before
  UsageRing* ring = nullptr;  // of a rolling window; null: empty

  // What is read at a time, not before what it was settled at; `at` is the same in microseconds,
  // rounded down.
  std::int64_t read(const LedgerMeter& meter, Instant time, std::int64_t at) const;
  // An operation is answered at that time: no question is earlier from now on.
  void settle(const LedgerMeter& meter, Instant time, std::int64_t at);
  bool has_room(std::int64_t value) const {
    std::int64_t larger = 0;
    return !__builtin_add_overflow(sum, value, &larger);
  }
  // At the time that it is settled at, where there is room.
  void add(const LedgerMeter& meter, std::int64_t at, std::int64_t value, RingStore& rings);

  // The same as a log knows it, settled at `time`, after everything in it. False: it does not fit.
  bool take(const LedgerMeter& meter, const UsageLog& log, Instant time, RingStore& rings);
  // The same in a log, for questions at `time` or later, which it is settled at.
  void give(const LedgerMeter& meter, UsageLog& log, Instant time);
};

}  // namespace levy::ledger
