// How each line of a quote came about, for people.
#pragma once

#include <string_view>
#include <vector>

#include "ask/expand.h"
#include "fees/quote.h"
#include "render/text/page.h"

namespace levy::render::pages {

// Nothing unless the quote was explained.
void add_steps(text::Page& page, const fees::Quote& quote, std::string_view language);

// A quote for someone who reads it to a customer.

// Lines, totals, the rate; then what was assumed. With steps in it, how each line came about, with
// the rule's file:line:column, and why every other fee and case was not taken.
void add_quote(text::Page& page, const fees::Quote& quote, std::string_view language);

// One row a choice of what was not said: fees, what is debited, what arrives, or the error.
text::Page expansion_page(const std::vector<ask::Expanded>& rows, std::string_view language);

}  // namespace levy::render::pages
