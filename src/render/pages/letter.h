// An answer as a letter: two to five whole sentences to a customer, to be pasted into a chat, with
// its figures and what they hold for. Dates and money are written as the language writes them.
//
//   The fee for your withdrawal of 1,250.00 EUR is 12.50 EUR. 1,262.50 EUR is debited and
//   1,250.00 EUR arrives. This holds for method bank, as of 20 Nov 2026, 16:20 UTC. Your limits
//   allow it; at most 2,000.00 EUR is possible now.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ask/check.h"
#include "fees/quote.h"
#include "limits/account_status.h"
#include "limits/verdict.h"

namespace levy::render::pages {

// Each is one line, for the chat to fold.

// What it costs and what arrives; what limits say of it, where a decision is there.
std::string quote_letter(const fees::Quote& quote,
                         const std::optional<Checked<limits::Verdict>>& decision,
                         std::string_view language);
// May it be done, how much, and what would it take.
std::string verdict_letter(const limits::Verdict& verdict, std::string_view language);
// Where the account stands, what it may do there, what the next tier needs, and what expires.
std::string status_letter(const limits::AccountStatus& status, std::string_view language);

}  // namespace levy::render::pages
