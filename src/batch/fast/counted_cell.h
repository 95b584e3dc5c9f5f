// CountedCell: by what limits the operations of one cell are judged, and to which meters they add,
// in integers. A cell is one choice of all words (lowered_curve.h); what is left is the amount, the
// time and the account.
//
//   withdrawals in EUR at the tier basic    daily: reading + n <= 30000 of meter 1; they add n to
//   it
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "fees/tariff.h"
#include "ledger/ledger.h"
#include "limits/ladder.h"

namespace levy {

struct CountedCell {
  static constexpr std::size_t tests_max = 64;  // one bit each

  enum class Added { nothing, amount, debit, one };  // n; the debit in minor units; 1
  struct Test {
    const Limit* limit = nullptr;
    std::optional<std::size_t> meter;  // of the ledger; none: of one operation, it reads 0
    Added added = Added::amount;
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::uint64_t blocked = 0;  // so many rows
  };
  struct Sum {
    std::size_t meter = 0;
    Added added = Added::amount;
  };

  std::vector<Test> tests;  // in the schedule's order
  std::vector<Sum> sums;
  bool asks_debit = false;
  std::uint64_t declined = 0;  // so many rows
};

// Is the fee, where it is for the operation, charged by what the account did before?
bool charges_by_past(const Fee& fee, std::string_view operation);

// Of the cell that the setting is of. `ladder` is null where rows are not judged, `ledger` where
// nothing is counted. None: what its operations may do, or what they add, also depends on something
// else (a condition on the amount or the clock, a price that a reading changes, another currency, a
// balance, a meter that counts `per` attributes), or cannot be said; they are evaluated in full.
std::optional<CountedCell> count_cell(const ResolvedQuestion& setting, const Ladder* ladder,
                                      const Ledger* ledger);

}  // namespace levy
