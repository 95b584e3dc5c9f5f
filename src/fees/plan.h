// Plan: a schedule made ready to be quoted. What the schedule leaves to be looked up or inherited
// (an id, the schedule's own rounding, the fee's way of collecting) is settled here, once; charges
// stay in the schedule's own types. compile cannot fail: load_schedule has checked the references.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/meters.h"
#include "schedule/schedule.h"

namespace levy::fees {

// How a figure of some currency is rounded: the multiple of which quantum, and how.
struct Rounder {
  bool exact = false;  // not at all
  RoundingMode mode = RoundingMode::half_even;
  schedule::RoundRule rule;  // its `to`; without one, the minor unit

  Decimal quantum(Currency currency, const Currencies& currencies) const;
};

struct CasePlan {
  const schedule::Case* as_written = nullptr;
  schedule::Collect collect = schedule::Collect::on_top;
};

struct FeePlan {
  const schedule::Fee* as_written = nullptr;
  Rounder line;
  std::vector<CasePlan> cases;
  facts::MeterUse meter;  // meter.meter is null where the fee counts nothing
};

struct Plan {
  schedule::Schedule schedule;  // owned; everything below points into it
  std::vector<FeePlan> fees;
  std::map<std::string, std::size_t, std::less<>> fee_index;
  Rounder total;  // of collected sums, with "apply": "total"

  Plan() = default;
  Plan(Plan&&) = default;  // a moved vector keeps its elements where they are
  Plan& operator=(Plan&&) = default;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
};

Plan compile(schedule::Schedule schedule);

// One line a fee and case, in the order in which they are tried: what the program reads, for
// people who check it and for tests.
std::string dump(const Plan& plan);

// The lines of one fee in the notation of `dump(const Plan&)`.

// All that a fee's charge depends on beside the operation; two fees with one text cost the same.
std::string dump(const FeePlan& fee, const Currencies& currencies);

}  // namespace levy::fees
