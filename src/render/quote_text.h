// A quote for someone who reads it to a customer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/expand.h"
#include "fees/quote.h"

namespace levy {

// Lines, totals, the rate; then what was assumed. With steps in it, how each line came about, with
// the rule's file:line:column, and why every other fee and case was not taken.
std::string quote_text(const Quote& quote, std::string_view language);

// One row a choice of what was not said: fees, what is debited, what arrives, or the error.
std::string expansion_text(const std::vector<Expanded>& rows, std::string_view language);

}  // namespace levy
