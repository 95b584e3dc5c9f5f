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

#include "batch/rows/lowered_curve.h"
#include "fees/tariff.h"
#include "ledger/ledger.h"
#include "limits/ladder.h"

namespace levy::batch::fast {

struct CountedCell {
  static constexpr std::size_t tests_max = 64;  // one bit each

  // n; the debit in minor units; 1; what the fee of a line came to; n, where its line was exempted.
  enum class Added { nothing, amount, debit, one, line, exempted };
  struct Test {
    const schedule::Limit* limit = nullptr;
    std::optional<std::size_t> meter;  // of the ledger; none: of one operation, it reads 0
    Added added = Added::amount;
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::uint64_t blocked = 0;  // so many rows
  };
  struct Sum {
    std::size_t meter = 0;
    Added added = Added::amount;
    std::size_t line = 0;  // index into `lines`
  };
  // A line that is counted: what it came to, at so many places, or what it exempted.
  struct CountedLine {
    std::size_t fee = 0;  // index into plan.fees
    int scale = 0;
    bool is_exemption = false;
  };
  // What a row of the cell came to.
  struct Row {
    static constexpr std::size_t lines_max = 16;
    std::int64_t n = 0, debit = 0;
    std::int64_t lines[lines_max] = {};  // by counted line; 0 where there is none
    std::uint32_t exempted = 0;          // a bit for each
  };

  std::vector<Test> tests;  // in the schedule's order
  std::vector<Sum> sums;
  std::vector<CountedLine> lines;     // at most Row::lines_max
  std::vector<std::size_t> readings;  // meters that fees ask, in the order of the curve's readings
  bool asks_debit = false;
  std::uint64_t declined = 0;  // so many rows
};

// A meter of the ledger that fees of the cell's operations ask.
struct CellReading {
  rows::OpenReading reading;
  std::size_t meter = 0;
};
// All of them. None: a row's fees ask a meter that is no counter of its account's, or a reading
// that the run gives to all rows.
std::optional<std::vector<CellReading>> readings_of(const fees::ResolvedQuestion& setting,
                                                    const ledger::Ledger* ledger);

// Of the cell that the setting is of. `ladder` is null where rows are not judged, `ledger` where
// nothing is counted. None: what its operations may do, or what they add, also depends on something
// else (a condition on the amount or the clock, another currency, a balance, a meter that counts
// `per` attributes), or cannot be said; they are evaluated in full.
std::optional<CountedCell> count_cell(const fees::ResolvedQuestion& setting,
                                      const limits::Ladder* ladder, const ledger::Ledger* ledger);

}  // namespace levy::batch::fast
