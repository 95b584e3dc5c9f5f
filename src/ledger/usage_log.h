// UsageLog: what one account has added to one meter, over time, in as little room as is exact.
//
// Sums are 64-bit multiples of 10^-scale at 64-bit microseconds, 16 bytes an entry, while every
// time and sum fits; otherwise rationals at instants, 80 bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "ledger/ledger_meter.h"
#include "ledger/running_sums.h"

namespace levy::ledger {

inline constexpr std::int64_t microseconds_a_second = 1'000'000;

// Whole microseconds since 1970; none: it has a finer fraction, or is out of reach.
std::optional<std::int64_t> microseconds_of(Instant time);
std::int64_t microseconds_before(Instant time);  // rounded down
Instant instant_of(std::int64_t microseconds);

class UsageLog {
 public:
  struct Entry {
    Instant at;
    Rational value;
  };

  // What lies in the window at `time`. Not for a time before which it was told to forget.
  Rational sum(const LedgerMeter& meter, Instant time) const;

  // Of a previous period's window: what lies in the period that `time` is in, up to it.
  Rational present_sum(const LedgerMeter& meter, Instant time) const;
  // All that is kept, oldest first; what adds nothing is left out.
  std::vector<Entry> entries(const LedgerMeter& meter) const;
  // What questions at `time` or later need, everything being at it or before: the entries of a
  // rolling window, else one for each period that is looked at.
  std::vector<Entry> settled_entries(const LedgerMeter& meter, Instant time) const;
  // Of a rolling window: what lies in it, oldest first.
  std::vector<Entry> entries_in(const LedgerMeter& meter, Instant time) const;

  // How that sum goes on after `time` when nothing new is added: each later than it, ascending,
  // none 0. What leaves the window, and for a previous period what enters it.
  std::vector<facts::Change> changes(const LedgerMeter& meter, Instant time) const;

  void add(const LedgerMeter& meter, Instant time, const Rational& value);

  // Before an entry at `next`: where room for it would have to be made, forgets what neither it can
  // see nor any operation at most `slack` seconds older than the newest one.
  void make_room(const LedgerMeter& meter, Instant next, std::int64_t slack);

 private:
  using Narrow = RunningSums<std::int64_t, std::int64_t>;
  using Wide = RunningSums<Instant, Rational>;

  bool add_narrow(const LedgerMeter& meter, Instant time, const Rational& value);
  void widen(int scale);
  void forget(const LedgerMeter& meter, Instant settled);
  Rational sum_in(const Span& span, int scale) const;

  std::variant<Narrow, Wide> entries_;
};

}  // namespace levy::ledger
