// infer: a tariff from what it charged (levy-infer(1)).
//
//   operation,amount,fee        payment: 2.9 % and 0.30 EUR; the percentage may be
//   payment,100.00,3.20         anything from 2.8996 to 2.9004, and every row comes
//   payment,250.00,7.55   ->    out to the cent
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/checked.h"
#include "inference/fee_cells.h"
#include "inference/observations.h"
#include "tables/price_list.h"

namespace levy::inference {

// A row, or several that say the same, that the tariff does not explain.
struct Outlier {
  std::uint64_t line = 0;  // of the first
  std::size_t rows = 1;
  std::string operation, amount, fee;
  std::string expected;  // what the tariff charges; empty: nothing
};

struct Inferred {
  Observed observed;
  std::vector<FeeCell> cells;  // in the order of the schedule
  tables::PriceList list;
  std::vector<Outlier> outliers;   // the first, by line
  std::size_t explained_rows = 0;  // which levy charges as the table does: asked row by row
  std::size_t outlier_rows = 0;    // of cells that have a price
  std::size_t undecided_rows = 0;  // of cells with too little data
  bool complete = true;            // false: the work was used up, and more might be explained
};

// Faults are those of reading, and bad_file where no row has a fee. A tariff may explain nothing:
// then the list has no rows.
Checked<Inferred> infer(const std::string& file, formats::ReadBlock read,
                        const InferOptions& options);

// The rows of the cell in the schedule: one charge with its minimum and maximum, or bands.
std::vector<tables::PriceRow> price_rows(const FeeCell& cell);

// Decimals that lie inside of the interval, as wide as three digits of its width tell. Nothing: the
// interval is no wider than ties make it.
struct DecimalInterval {
  Decimal low, high;
};
std::optional<DecimalInterval> decimals_inside(const RationalInterval& interval,
                                               const Rational& width_min);

}  // namespace levy::inference
