// One row evaluated in full: by the evaluator and the limits, as `levy quote` and `levy check` are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/rows/cause.h"
#include "batch/rows/layout.h"
#include "fees/tariff.h"
#include "ledger/ledger.h"
#include "limits/ladder.h"
#include "limits/verdict.h"

namespace levy::batch::rows {

enum class RowStatus { ok, declined, error, match, mismatch, skipped };
std::string_view to_string(RowStatus status);

struct RowAnswer {
  RowStatus status = RowStatus::ok;
  Diagnostics faults;                      // of an error, never empty there
  std::optional<fees::Quote> quote;        // of every other status
  std::vector<limits::LimitState> limits;  // that were tested, of every row but an error
  std::vector<std::string> blocked_by;     // of a declined row
  // With --reconcile: what was billed less what it should be, of each comparison that was asked
  // for; and of the fees, as far as these tell: what is billed too much.
  struct Compared {
    const BilledColumn* billed = nullptr;
    Money difference;
  };
  std::vector<Compared> compared;
  Rational difference;
  Cause cause;  // of a mismatch
};

// A row as it is asked; what it does not give is "".
struct AskedRow {
  fees::Question question;  // without readings from the ledger
  std::string_view account, balance;
  std::vector<std::string_view> billed;  // as many as the layout has
};

// `cells` are the row's texts by column of the layout; "" is not given.
using RowCells = std::vector<std::string_view>;

class RowEvaluator {
 public:
  // `ledger` may be null: the run counts nothing. All are borrowed.
  RowEvaluator(const fees::Tariff& tariff, const BatchOptions& options, const Layout& layout,
               ledger::Ledger* ledger);

  RowAnswer ask(const RowCells& cells) { return ask(row_of(cells)); }
  RowAnswer ask(const AskedRow& row);

  // What the row asks, without its readings from the ledger.
  fees::Question question_of(const RowCells& cells) const;
  // The row's time, as the version that is in force then reads it.
  Checked<Instant> time_of(const RowCells& cells) const;
  std::string_view account_of(const RowCells& cells) const {
    return text_of(cells, layout_.account, "account");
  }

 private:
  AskedRow row_of(const RowCells& cells) const;
  // A field that is no part of the operation: its cell, else the constant; "" where neither is.
  std::string_view text_of(const RowCells& cells, const std::optional<std::size_t>& column,
                           std::string_view field) const;
  Checked<fees::ResolvedQuestion> resolve_row(const AskedRow& row);
  std::optional<Diagnostics> add_readings(const AskedRow& row,
                                          fees::ResolvedQuestion& resolved) const;
  std::optional<Diagnostics> judge(const AskedRow& row, fees::ResolvedQuestion& resolved,
                                   RowAnswer& answer) const;
  std::optional<Diagnostics> compare(const AskedRow& row, const fees::ResolvedQuestion& resolved,
                                     RowAnswer& answer);
  Rational tolerance_in(Currency currency) const;

  const fees::Tariff& tariff_;
  const BatchOptions& options_;
  const Layout& layout_;
  ledger::Ledger* ledger_;
  Causes causes_;
  fees::Question constant_;              // what every row asks
  std::vector<limits::Ladder> ladders_;  // by version, where limits are enforced
};

// Does a run over this tariff have to count what accounts did before? A meter of one operation
// alone counts nothing.
bool counts_past(const fees::Tariff& tariff, bool enforce_limits);

// May an answer depend on when the operation takes place?
bool depends_on_time(const fees::Tariff& tariff, const BatchOptions& options);

// What was billed, in the currency of what it is compared with; `what` is "fee". Codes as an
// amount's.
Checked<Rational> read_billed(std::string_view text, const fees::Plan& plan, Currency currency,
                              const std::string& what);

}  // namespace levy::batch::rows
