// History: what an account's past operations come to, as readings of the schedule's meters (levy-
// schedule(5), "Histories"). ledger/read_history.h makes it from rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "schedule/meters.h"

namespace levy {

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

}  // namespace levy
