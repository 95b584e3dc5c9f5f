// diff: what a new version of a tariff changes, for whom, at which amounts, by how much.
//
// Every class of operations that conditions distinguish (cells.h) is drawn under both versions, and
// the two curves are held against each other (difference.h): exact for every amount, not sampled.
//
//   the withdrawal's maximum rises from 25 EUR to 30 EUR      method bank: up to 2500.00 the same;
//   from 2500.01 fees rise by 0.01 to 5.00; from 3000.00 by 5.00
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cells/cells.h"
#include "curves/difference.h"

namespace levy::comparison {

struct DiffRow {
  enum class Kind {
    same,
    falls,
    rises,
    varies,    // roundings decide from one amount to the next
    starts,    // only the new one has a figure
    ends,      // only the old one has
    refused,   // neither has, for another reason than before
    unsettled  // could not be determined exactly
  };
  Rational from;
  std::optional<Rational> until;  // included; none: without end
  // Of a quantity, whose values lie between those of the grid, too: where neighbouring ranges meet
  // at a figure that is written, the one that it does not belong to begins above or ends below it.
  // `from` and `until` are then its first and last value on the grid.
  std::optional<Rational> above = {}, below = {};
  Kind kind = Kind::same;
  std::optional<fees::Form> line;  // how much more, where one line says it for the whole row
  std::optional<curves::Extreme> minimum, maximum;  // new - old; none: without end, or not compared
  std::optional<Diagnostic> before, after;          // why there is no figure
};

// One figure of one class of operations.
struct FigureDiff {
  enum class Kind { fees, debited, arrives, margin };
  Kind kind = Kind::fees;
  Currency currency;          // empty: of a margin, which is in percent
  std::vector<DiffRow> rows;  // ascending, covering all amounts
};

// A quantity or a reading that is not as usual (a quantity's usual value, a reading of 0).
struct Held {
  std::string name;  // of the quantity or the meter
  bool is_reading = false;
  Currency currency;             // of a reading of money
  std::vector<Rational> values;  // ascending
  // Between the first and the last value nothing else changes; `open`: nor behind the last.
  bool is_range = false, open = false;
  std::size_t others = 0;  // further values at which it changes, which are not told
};

// Cells that change alike.
struct CellDiff {
  std::vector<cells::Cell> cells;
  Currency amounts_in;
  std::string variable;                 // the quantity that the ranges are of; empty: the amount
  std::optional<Rational> amount = {};  // along a quantity: of which amount, where fees use it
  std::vector<Held> held = {};          // what is not as usual
  // Those that change, but not what follows from another: what arrives falls as deducted fees rise.
  std::vector<FigureDiff> figures;
};

struct OperationDiff {
  std::string operation;
  bool in_old = true, in_new = true;
  std::size_t cells = 0, same = 0;
  bool complete = true;  // false: there are too many cells to look at all of them
  std::vector<CellDiff> changed;
  // What the cost may depend on that was not compared in every combination; it may change.
  std::vector<std::string> not_compared;

  bool is_same() const;  // proved
};

struct Diff {
  const fees::Plan* before = nullptr;
  const fees::Plan* after = nullptr;
  bool nominal_rates = false;  // without rates of conversions only the margins were compared
  std::vector<OperationDiff> operations;

  bool is_same() const;  // of all costs
};

// Without rates, of operations that convert the fees and the margins are compared. Borrows the
// plans.
Diff diff(const fees::Plan& before, const fees::Plan& after, const facts::Rates* rates);

std::string_view to_string(DiffRow::Kind kind);  // "rises"

// The cells of one operation that tell both versions apart.
cells::Cells cells_of(const fees::Plan& before, const fees::Plan& after,
                      const std::string& operation, const cells::CellScope& scope);

}  // namespace levy::comparison
