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

#include "analysis/diff.h"

namespace levy {

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
};
Dimensions dimensions_of(const Plan& before, const Plan& after, const std::string& operation);

// What is tried of them: every combination, where there are few, else one at a time.
struct Trials {
  std::vector<std::vector<Held>> held;  // each at one value, the others as usual
  bool all_combinations = true;
};
Trials trials_of(const std::vector<Dimension>& dimensions);

// Neighbouring values of one dimension as one, `next` being the following trial's.
bool extend(std::vector<Held>& held, const std::vector<Held>& next,
            const std::vector<Dimension>& dimensions);

}  // namespace levy
