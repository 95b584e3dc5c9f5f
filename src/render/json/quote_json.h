// A quote as levy-quote(1) and levy-check(1) describe it.
#pragma once

#include <string>
#include <string_view>

#include "ask/check.h"
#include "fees/quote.h"
#include "formats/json_writer.h"
#include "limits/verdict.h"

namespace levy::render::json {

// Writes the members of the quote's object, without its brackets, so that others can be added.
void write_quote(formats::JsonWriter& json, const fees::Quote& quote, std::string_view language,
                 bool explain);

// A verdict as levy-quote(1) and levy-check(1) describe it.

// Writes the members of the check's object, without its brackets: also a quote's "decision".
void write_verdict(formats::JsonWriter& json, const limits::Verdict& verdict);

// A quote with the decision of the limits beside it, as levy-quote(1) and levy-check(1) describe
// it.

// The members of the first row's quote, which must be one, and "decision" where limits apply.
void write_judged_quote(formats::JsonWriter& json, const ask::JudgedQuote& judged,
                        std::string_view language, bool explain);

// The whole answer, a fault included.
std::string judged_quote_json(const Checked<ask::JudgedQuote>& judged);
std::string verdict_answer_json(const Checked<limits::Verdict>& verdict);

}  // namespace levy::render::json
