// History: an account's past operations, as readings of the schedule's meters (SPEC section 4).
//
// Rows have batch's columns: account, time, operation, amount, currency, status, attributes,
// quantities, and where a meter asks for them debit, fee and fee.ID. They are streamed in any
// order; memory grows only with what still lies inside rolling windows.
//
//   withdrawals of 250 and 30 today, limit "withdrawal-daily"      readings: 280 EUR, not assumed
//   a row without "country", which a meter's `when` needs          missing_attributes, with its
//   line
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/checked.h"
#include "formats/row.h"
#include "schedule/meters.h"

namespace levy {

// From `at` on, a reading differs by so much.
struct Change {
  Instant at;
  Rational by;
};
using Changes = std::map<std::string, std::vector<Change>, std::less<>>;  // by meter id

struct History {
  Readings readings;  // of every meter but balances, at the time asked about; none is assumed
  // How the readings go on after that time when nothing new happens, each later than it and
  // ascending: what leaves a window, and for a previous period what enters it. Of the meters of
  // limits and evidence; of fees' too where a limit measures the debit.
  Changes changes;
};

struct HistoryQuestion {
  const Schedule& schedule;
  std::string account;           // empty: the only one that the rows name
  Instant time;                  // later rows are not counted
  const Rates* rates = nullptr;  // null: none
  std::string file;              // for the places of faults
};

// A row without an account is the account's own. Faults: the first ten rows that cannot be read or
// counted; bad_file where rows name two accounts and none was asked for.
Checked<History> read_history(const HistoryQuestion& question, const NextRow& next);

}  // namespace levy
