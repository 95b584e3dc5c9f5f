// Where diff looks beside the usual operation: values of quantities and readings of meters on which
// a cost turns.
//
// Between two neighbouring edges (bounds of conditions and bands, allowances, caps) a cost is of
// one rule. So a value on each edge and one on either side of it tell all that there is between,
// where a reading or a quantity only chooses the rule, and as a line does where something is
// charged by it.
#pragma once

#include <string>
#include <vector>

#include "comparison/diff.h"

namespace levy::comparison {

// One quantity or meter that the cost of an operation may depend on.
struct Dimension {
  std::string name;
  bool is_reading = false;
  Currency currency;             // of a reading of money
  bool chooses = true;           // it only chooses among prices, and nothing is charged by it
  std::vector<Rational> points;  // ascending
  Rational usual;                // one of them
};

// Of either plan. Meters of a fee that the plans count in two currencies are in `apart`.
struct Dimensions {
  std::vector<Dimension> all;
  std::vector<std::string> apart;
  // Those that the line of one fee may depend on together, as indices into `all`, ascending; none
  // of them is part of another.
  std::vector<std::vector<std::size_t>> together;
};
Dimensions dimensions_of(const fees::Plan& before, const fees::Plan& after,
                         const std::string& operation);

// What is tried of them: every combination, where there are few; else those that one fee may depend
// on; else one at a time.
struct Trials {
  enum class Reach { all, by_fee, single };
  std::vector<std::vector<Held>> held;  // each at one value, the others as usual
  Reach reach = Reach::all;
};
Trials trials_of(const Dimensions& dimensions);

bool same_held(const Held& a, const Held& b);  // but for what is told of others

// Neighbouring values of one dimension as one, `next` being the following trial's.
bool extend(std::vector<Held>& held, const std::vector<Held>& next,
            const std::vector<Dimension>& dimensions);

// One class of operations under two versions; used by diff.cpp.

struct DiffRates {
  const facts::Rates* rates = nullptr;  // null: none
  bool nominal = false;  // every currency at 1: margins are compared, not what arrives
};

// What of an operation is held against each other, the same for all of its cells.
struct DiffScope {
  const fees::Plan& before;
  const fees::Plan& after;
  const DiffRates& rates;
  const std::vector<Dimension>& dimensions;
  const Trials& trials;
  curves::GapMemo& memo;
};

// Whether all that this operation's cost depends on reads the same in both.
bool same_rules(const fees::Plan& before, const fees::Plan& after, const std::string& operation);

// Whether what is collected becomes totals in the same way, in the same currencies and time zone.
bool same_totals(const fees::Plan& before, const fees::Plan& after, const std::string& operation);

bool same_figure(const FigureDiff& a, const FigureDiff& b);
bool same_figures(const std::vector<FigureDiff>& a, const std::vector<FigureDiff>& b);

// What changes over the amounts; over each quantity, the others being as usual; and over the
// amounts at each of the trials, where that is not said by it. Empty: nothing.
std::vector<CellDiff> diff_cell(const DiffScope& scope, const cells::Cell& cell);

// Whether the line of each fee is the same at each trial, and so, with totals that are made alike,
// at what no trial combines, too; false: that is not proved.
bool fees_agree(const DiffScope& scope, const cells::Cell& cell);

}  // namespace levy::comparison
