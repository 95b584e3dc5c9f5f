// A history of one account, as readings of a version's meters (facts/meters.h).
//
// Rows have batch's columns: account, time, operation, amount, currency, status, attributes,
// quantities, and where a meter asks for them debit, fee and fee.ID. They are streamed in any
// order, and counted as a batch counts them, by the same ledger; memory grows only with what lies
// inside rolling windows, and with rows whose use of an allowance depends on those before them.
//
//   withdrawals of 250 and 30 today, limit "withdrawal-daily"      readings: 280 EUR, not assumed
//   a row without "country", which a meter's `when` needs          missing_attributes, with its
//   line
#pragma once

#include <string>

#include "facts/meters.h"
#include "fees/tariff.h"
#include "formats/row.h"

namespace levy::ledger {

struct HistoryQuestion {
  const fees::Tariff& tariff;
  const fees::Plan& version;  // whose meters are read
  std::string account = {};   // empty: the only one that the rows name
  Instant time = {};          // later rows are not counted
  const facts::RatesHistory* rates =
      nullptr;            // null: none; each row is converted at its own time's
  std::string file = {};  // for the places of faults
  const facts::Operation* asked =
      nullptr;               // for meters that count `per` its attributes; null: none
  bool new_account = false;  // the rows may have none of the account
};

// A row without an account is the account's own. Faults: the first ten rows that cannot be read or
// counted; bad_file where rows name two accounts and none was asked for; unknown_account.
Checked<facts::History> read_history(const HistoryQuestion& question, const formats::NextRow& next);

}  // namespace levy::ledger
