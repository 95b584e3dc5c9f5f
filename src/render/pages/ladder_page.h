// A verdict for someone who reads it out to a customer.
#pragma once

#include <string>
#include <string_view>

#include "limits/account_status.h"
#include "limits/verdict.h"
#include "render/text/page.h"

namespace levy::render::pages {

// What was asked; allowed or declined and by what; how much is possible now, the limit that is
// nearest with what is left of it, what it would take, when to try again; overrides and what was
// assumed. `all_limits` adds every limit with its figures; without it those that are near are named
// and the others counted.
text::Page verdict_page(const limits::Verdict& verdict, std::string_view language, bool all_limits);

// The same without what was asked, to stand below a quote.
void add_decision(text::Page& page, const limits::Verdict& verdict, std::string_view language,
                  bool all_limits);

// The ladder for someone who reads it out to a customer: `levy tiers`.

// Where the account stands, the limits by tier, what each tier takes, what is missing, what runs
// out soon. `horizon` is how far ahead was looked, in words: "30 days".
text::Page account_status_page(const limits::AccountStatus& status, std::string_view language,
                               const std::string& horizon);

}  // namespace levy::render::pages
