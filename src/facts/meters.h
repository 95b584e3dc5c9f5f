// Meters: what an account has done before, as far as fees and limits ask (levy-schedule(5), METERS
// and LIMITS).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "facts/rates.h"
#include "schedule/walk.h"

namespace levy::facts {

// A meter with its owner, whose id is its own.
struct MeterUse {
  std::string id;
  const schedule::Meter* meter = nullptr;
  Currency currency;  // of an amount, debit, fee or balance; empty for counts and quantities
};

// Every meter of the schedule, fees' first, then limits', then evidence's; each id once.
std::vector<MeterUse> meters_of(const schedule::Schedule& schedule);
// The ids of those whose reading can be given: not of those that count within one operation.
std::vector<std::string> readable_meters(const schedule::Schedule& schedule);

struct Reading {
  Rational value;  // in the meter's currency, or a plain number
  Currency currency;
  bool assumed = false;  // nobody gave it: 0
  std::optional<Rational> mid =
      {};  // it was given in another currency, and `value` is at this rate
};

// By meter id. A meter that is not here was not read.
using Readings = std::map<std::string, Reading, std::less<>>;

// From `at` on, a reading differs by so much.
struct Change {
  Instant at;
  Rational by;
};
using Changes = std::map<std::string, std::vector<Change>, std::less<>>;  // by meter id

// "--used id=value": bare values are in the meter's currency, money of another is converted at the
// mid rate. Codes unknown_meter, bad_value, missing_rate.
Checked<Readings> read_used(const schedule::Schedule& schedule,
                            const std::vector<std::pair<std::string, std::string>>& used,
                            const Rates* rates);

// `money` in `target` at the mid rate, exactly; nothing is nothing at any rate. Code missing_rate,
// the remedy naming --rates.
Checked<Rational> convert(const Money& money, Currency target, const Rates* rates);

// History: what an account's past operations come to, as readings of the schedule's meters (levy-
// schedule(5), "Histories"). ledger/read_history.h makes it from rows.

// What became of the rows of a history: rows = those of other accounts + account, and account =
// counted + later + left out.
struct HistoryCounts {
  std::uint64_t rows = 0;     // read
  std::uint64_t account = 0;  // of these, of the account asked about
  std::uint64_t counted = 0;  // of these, taken into account by the meters that are about them
  std::uint64_t later = 0;    // of these, after the time asked about
  std::map<std::string, std::uint64_t> left_out;  // of these, by the status that does not count
};

struct History {
  Readings readings;  // of every meter but balances, at the time asked about; none is assumed
  // How the readings go on after that time when nothing new happens, each later than it and
  // ascending: what leaves a window, and for a previous period what enters it. Of the meters of
  // limits and evidence; of fees' too where a limit measures the debit.
  Changes changes;
  HistoryCounts counts;
};

}  // namespace levy::facts
