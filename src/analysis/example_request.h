// Examples put into the words of a schedule. Used by suggestion.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/cells.h"
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

}  // namespace levy
