// A verdict for someone who reads it out to a customer.
#pragma once

#include <string_view>

#include "limits/verdict.h"
#include "render/page.h"

namespace levy {

// What was asked; allowed or declined and by what; how much is possible now, what it would take,
// when to try again; then every limit with its figures, overrides and what was assumed.
Page verdict_page(const Verdict& verdict, std::string_view language);

// The same without what was asked, to stand below a quote.
void add_decision(Page& page, const Verdict& verdict, std::string_view language);

}  // namespace levy
