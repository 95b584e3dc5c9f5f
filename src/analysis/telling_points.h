// Values worth an example. Used by suggestion.cpp.
#pragma once

#include <string>
#include <vector>

#include "analysis/example_request.h"
#include "fees/form.h"
#include "fees/plan.h"

namespace levy {

// How far one has to go from what a person would choose.
enum class Effort {
  round,  // a round value from 1 on, and near it such as make roundings show
  ends,   // the ends of the stretch, and next to them
  zero,
};
inline constexpr Effort efforts[] = {Effort::round, Effort::ends, Effort::zero};

//   [0.01, 49.99]             10, 10.01, 10.03 ...   then 0.01, 49.99, 0.02 ...
//   [2500.01, without end]    3000, 3000.01 ...      then 2500.01, 2500.02 ...
std::vector<Rational> telling_points(const Stretch& stretch, Effort effort);

// What the fee's meter could have read, at and above each figure that the fee compares it with.
std::vector<Reading> telling_readings(const FeePlan& fee);

// Values that a limit's bounds tell apart: at each, and by one step on either side.
std::vector<Rational> telling_values(const Limit& limit, const Decimal& unit);

}  // namespace levy
