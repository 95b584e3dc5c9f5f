// Examples put into the words of a schedule. Used by suggestion.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cells/cells.h"
#include "fees/form.h"
#include "fees/plan.h"
#include "fees/quote.h"
#include "limits/verdict.h"

namespace levy {

// "fee" and "1500.00 EUR".
using UsedTexts = std::vector<std::pair<std::string, std::string>>;

// What a quote or check has to say to ask for this operation of the cell.
Node request_of(const Schedule& schedule, const Cell& cell, const Operation& operation,
                const UsedTexts& used);

// "lines", "total", "debit", "credit" as the quote has them.
Node expectation_of(const Quote& quote);
// "allowed", and "by" where it is not.
Node expectation_of(const Verdict& verdict);

// Values worth an example. Used by suggestion.cpp.

// How far one has to go from what a person would choose.
enum class Effort {
  round,  // a round value from 1 on, and near it such as make roundings show
  ends,   // the ends of the range, and next to them
  zero,
};
inline constexpr Effort efforts[] = {Effort::round, Effort::ends, Effort::zero};

//   [0.01, 49.99]             10, 10.01, 10.03 ...   then 0.01, 49.99, 0.02 ...
//   [2500.01, without end]    3000, 3000.01 ...      then 2500.01, 2500.02 ...
std::vector<Rational> boundary_amounts(const AmountRange& amounts, Effort effort);

// What the fee's meter could have read, at and above each figure that the fee compares it with.
std::vector<Reading> boundary_readings(const FeePlan& fee);

// Values that a limit's bounds tell apart: at each, and by one step on either side.
std::vector<Rational> boundary_values(const Limit& limit, const Decimal& unit);

}  // namespace levy
