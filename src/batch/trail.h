// Trail: what one account has added to one meter, over time, in as little room as is exact.
//
// Sums are 64-bit multiples of 10^-scale at 64-bit microseconds, 16 bytes an entry, while every
// time and sum fits; otherwise rationals at instants, 80 bytes.
#pragma once

#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include "batch/ledger_meter.h"
#include "batch/running_sums.h"

namespace levy {

class Trail {
 public:
  // Can an operation at `time` still be read, or has what it needs been forgotten?
  bool knows(Instant time) const { return time.seconds >= settled_; }

  // What lies in the window at `time`, which it knows.
  Rational sum(const LedgerMeter& meter, Instant time) const;

  // A value at a time. For a `free` that is used whole or not at all, which it must know, it is
  // what the operation would use; what it and later ones do use is then decided anew.
  void add(const LedgerMeter& meter, Instant time, const Rational& value);

  // Before an entry at `next`: where room for it would have to be made, forgets what neither it can
  // see nor any operation at most `slack` seconds older than the newest one.
  void make_room(const LedgerMeter& meter, Instant next, std::int64_t slack);

 private:
  template <class Time, class Number>
  struct Entries {
    RunningSums<Time, Number> sums;
    std::vector<Number> offered;  // of a whole `free`: what each entry would use
  };
  using Narrow = Entries<std::int64_t, std::int64_t>;
  using Wide = Entries<Instant, Rational>;

  bool add_narrow(const LedgerMeter& meter, Instant time, const Rational& value);
  void widen(int scale);
  void forget(const LedgerMeter& meter, Instant settled);

  std::variant<Narrow, Wide> entries_;
  std::int64_t settled_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace levy
