// A quote with the decision of the limits beside it, as SPEC's "JSON answers" describe it.
#pragma once

#include <string_view>

#include "analysis/check.h"
#include "render/quote_json.h"

namespace levy {

// The members of the first row's quote, which must be one, and "decision" where limits apply.
void write_judged_quote(JsonWriter& json, const JudgedQuote& judged, std::string_view language,
                        bool explain);

// The whole answer, a fault included.
std::string judged_quote_json(const Checked<JudgedQuote>& judged);
std::string verdict_answer_json(const Checked<Verdict>& verdict);

}  // namespace levy
