// Totals: the control totals of a run. Exact; of rows with status ok (and match, mismatch), save
// for the counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/code.h"
#include "facts/meters.h"
#include "ledger/snapshot.h"
#include "money/money.h"

namespace levy::batch::rows {

struct RowAnswer;

struct CurrencyTotals {
  std::uint64_t rows = 0;
  Rational amount, fee, debit;
};

struct LineTotals {
  std::uint64_t rows = 0;
  Rational amount;
};

// Of mismatches, difference = billed - computed.
struct BillingTotals {
  std::uint64_t over_rows = 0, under_rows = 0;
  Rational over, under;  // both >= 0
};

// By what is counted.
using RowCounts = std::map<std::string, std::uint64_t, std::less<>>;

struct Totals {
  std::uint64_t rows = 0, ok = 0, declined = 0, errors = 0, matched = 0, mismatched = 0;
  std::uint64_t skipped = 0;                      // rows that the mapping does not choose
  std::map<Currency, CurrencyTotals> currencies;  // the operations'
  std::map<Currency, Rational> credits;           // what arrives
  std::map<std::pair<std::string, Currency>, LineTotals> fees;  // by fee id
  std::map<Currency, Rational> other_fees;                      // in a third currency
  RowCounts error_codes, declined_by;                           // by code; by limit
  // With --reconcile, by what is named: "" (all), "fee ID" and "not attributed" (which
  // add up to all), "cause WORDS" and "month 2026-09" (which do so, too), "method bank", "tier
  // premium".
  std::map<std::pair<std::string, Currency>, BillingTotals> billing;
  RowCounts causes;
  std::optional<ledger::SnapshotCounts> snapshot;  // of the whole run; none: none was read
  std::optional<facts::HistoryCounts> history;     // of the whole run; none: no history was counted

  void add(const Totals& other);
  void add(const RowAnswer& answer);  // of a row that was evaluated in full
  void add_error(Code code);          // of a row that has no answer

 private:
  void add_billing(const RowAnswer& answer);
};

}  // namespace levy::batch::rows
