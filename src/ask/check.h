// check: may this account do this operation, and if not, what would it take? Brings together the
// tariff, the profile, the history and the limits.
//
//   basic, 250 EUR of withdrawal where 100 is the most at once     declined, blocked by
//   "withdrawal-single"; 100.00 is possible now; allowed at "verified", for which two
//   documents are missing
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ask/expand.h"
#include "fees/tariff.h"
#include "formats/json.h"
#include "formats/row.h"
#include "limits/ladder.h"
#include "limits/verdict.h"

namespace levy::ask {

struct CheckQuestion {
  // `receive` and `pay` are for quotes only. Fields "account" and "balance" of its request are
  // taken as those below, unless the schedule declares attributes of these names.
  fees::Question question;
  std::string account;                 // whose rows of the history count; else the profile's
  std::optional<std::string> balance;  // "120 EUR"; else the profile's
  const formats::Document* profile = nullptr;  // null: none
  formats::NextRow history;                    // none: no history; read once
  bool new_account = false;                    // the history may have no row of the account
  std::string history_file;                    // for the places of faults
};

// Faults in this order: the operation's (as a quote has them), the profile's, the history's, the
// readings', the limits'.
Checked<limits::Verdict> check(const fees::Tariff& tariff, const CheckQuestion& asked);

// A quote with the decision beside it.
struct JudgedQuote {
  // One row, unless attributes were to be expanded; a row's quote may be a fault.
  std::vector<Expanded> rows;
  // Of a single row with a quote. None: no limit applies to the operation. A fault: it cannot be
  // judged, which is no fault of the quote (the tier is not known, a reading is missing).
  std::optional<Checked<limits::Verdict>> decision;
  std::optional<facts::HistoryCounts> history;  // what became of its rows; none: there is none
};

// The operation's tier, country and readings come from the profile and the history, as for check.
// `expands`: what is missing becomes rows (expand.h) instead of a fault.
Checked<JudgedQuote> quote_and_check(const fees::Tariff& tariff, const CheckQuestion& asked,
                                     bool expands);

}  // namespace levy::ask
