// A meter of a tariff, as a ledger keeps it: what it counts, and its windows.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "facts/counting.h"
#include "fees/tariff.h"

namespace levy::ledger {

// Where the calendar period lies that holds an instant, found once for all instants in it.
class Periods {
 public:
  struct Period {
    Instant before;  // the start of the period before
    Instant from, until;
  };
  const Period& at(const Window& calendar, Instant time, const TimeZone& zone);

 private:
  static constexpr std::size_t days = 64;  // remembered at once
  std::array<std::optional<Period>, days> by_day_;
};

class LedgerMeter {
 public:
  LedgerMeter(facts::Counter counter, const schedule::Schedule& schedule);

  const facts::Counter& counter() const { return counter_; }
  const schedule::Schedule& schedule() const { return *schedule_; }
  // Money has its currency's places, counts none; quantities are mostly written with few.
  int scale() const { return scale_; }
  bool is_whole() const { return whole_; }
  const Window& window() const { return counter_.use.meter->window; }

  // Of a calendar or previous window: the period that holds the time.
  const Periods::Period& period(Instant time) const;
  // span_of the window, never of `transaction`.
  Span span(Instant time) const;
  // The instants before which sums are needed for every span at or after `time`; ascending, and
  // from the last one on every entry is.
  std::vector<Instant> needed_from(Instant time) const;
  // leaves_window of the window.
  std::optional<Instant> leaves(Instant entry, Instant time) const;
  bool is_lifetime() const { return window().kind == Window::Kind::lifetime; }

  // Would it count the same, and read the same, for every operation?
  bool is_same(const LedgerMeter& other) const;

 private:
  facts::Counter counter_;
  const schedule::Schedule* schedule_;
  int scale_ = 0;
  bool whole_ = false;
  Window calendar_;  // of a calendar or previous window: its period
  mutable Periods periods_;
};

// What every version of the tariff reads, each meter once: versions whose meters are the same share
// one.
struct LedgerMeters {
  struct Read {                        // of one version
    facts::Counter counter;            // as this version has it
    std::optional<std::size_t> meter;  // index; none: a window of one operation, always 0
  };
  std::vector<LedgerMeter> meters;
  std::vector<std::vector<Read>> reads;  // by version
};
// With or without the meters of limits and of evidence.
LedgerMeters meters_of(const fees::Tariff& tariff, bool fees_only);

}  // namespace levy::ledger
