// What a question is put to: the version, the operation, the rates and the readings.
#pragma once

#include <string_view>

#include "fees/tariff.h"

namespace levy::fees {

// What follows from an operation's time.
struct ResolvedTime {
  const Plan* plan = nullptr;  // the version that is asked, as Tariff::nearest says
  Instant time;
  const facts::Rates* rates = nullptr;  // null: none were given
};

// Are the rates older than may be, or do they not say how old they are? Not where there are none,
// nor without `max_age_seconds`.
bool are_stale(const facts::Rates* rates, const std::optional<std::int64_t>& max_age_seconds,
               Instant time);

// The one place that decides it. `rates` may be null. A time without an offset is in the zone of
// the version it is put to; versions of different zones are distinguished in the first one's.
ResolvedTime resolve_time(const Tariff& tariff, Instant time, const facts::RatesHistory* rates);
// An empty text is the fallback. Code bad_time.
Checked<ResolvedTime> resolve_time(const Tariff& tariff, std::string_view text,
                                   Instant fallback_time, const facts::RatesHistory* rates);

// As resolve for a tariff does (fees/tariff.h), put to this version whether it is in force or not.
Checked<ResolvedQuestion> resolve(const Plan& plan, const Question& question);

}  // namespace levy::fees
