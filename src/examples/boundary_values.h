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

namespace levy::examples {

// "fee" and "1500.00 EUR".
using UsedTexts = std::vector<std::pair<std::string, std::string>>;

// What a quote or check has to say to ask for this operation of the cell.
formats::Node request_of(const schedule::Schedule& schedule, const cells::Cell& cell,
                         const facts::Operation& operation, const UsedTexts& used);

// "lines", "total", "debit", "credit" as the quote has them.
formats::Node expectation_of(const fees::Quote& quote);
// "allowed", and "by" where it is not.
formats::Node expectation_of(const limits::Verdict& verdict);

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
std::vector<Rational> boundary_amounts(const fees::AmountRange& amounts, Effort effort);

// What the fee's meter could have read, at and above each figure that the fee compares it with.
std::vector<facts::Reading> boundary_readings(const fees::FeePlan& fee);

// Values that a limit's bounds tell apart: at each, and by one step on either side.
std::vector<Rational> boundary_values(const schedule::Limit& limit, const Decimal& unit);

}  // namespace levy::examples
