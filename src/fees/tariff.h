// Tariff: the versions of one schedule, and a question put to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/mapped_rows.h"
#include "fees/quote.h"
#include "fees/reverse.h"

namespace levy::fees {

// Versions by ascending time in force, never overlapping; at least one.
struct Tariff {
  std::vector<Plan> versions;
  // The version in force at t; null: none.
  const Plan* at(Instant t) const;
  // The version that a question about t is put to: the one in force, else the nearest before, else
  // the first (which will answer not_in_force).
  const Plan& nearest(Instant t) const;
};

// Files that share an `id` are versions of one tariff. Faults of every file in one run; two
// versions in force at one time are overlapping_versions, two ids are bad_schedule.
Checked<Tariff> load_tariff(std::vector<Source> sources);

// What a mapping has to know of it; `is_history`: of past rows.
facts::MappingTarget mapping_target(const Tariff& tariff, bool is_history);

// Some version has an attribute or a quantity of this name.
bool declares(const Tariff& tariff, std::string_view name);

// What is asked, as text and files give it.
struct Question {
  facts::Request request;
  std::optional<std::string> receive, pay;                // instead of an amount: a reverse quote
  std::vector<std::pair<std::string, std::string>> used;  // readings, meter id and value
  // Readings that a profile or a history gave, by meter id; `used` stands before them.
  facts::Readings readings;
  const facts::RatesHistory* rates = nullptr;
  std::optional<std::int64_t> max_age_seconds;  // of the rates, at the operation's time
  bool strict = false;                          // an assumed reading is a fault
  Instant now;                                  // --at or the clock
  Explain explain = Explain::no;
};

// What both a quote and a check start from: the version, the operation, the rates, the readings.
struct ResolvedQuestion {
  const Plan* plan = nullptr;
  facts::Operation operation;
  const facts::Rates* rates = nullptr;
  facts::Readings readings;
};
Checked<ResolvedQuestion> resolve(const Tariff& tariff, const Question& question);

Checked<Quote> quote(const Tariff& tariff, const Question& question);
// Of a question that is resolved already: nothing of it is read again but its target.
Checked<Quote> quote(const ResolvedQuestion& setting, const Question& question);

}  // namespace levy::fees
