// Offers for programs, for `levy compare --json`.
//
//   {"currency": of the costs,
//    "offers": [{"rank", "schedule": {"id", "version"}, "given": {...}, "amount", "currency",
//                "fees", "debit", "credit": by currency, "cost", "percent", "assumed": [...]}],
//    "leads": with --curve [{"from", "until", "cheapest": [{"schedule", "given"}], "equal",
//                            "settled", "cost_from", "cost_until"}],
//    "undecided": {"code", "message", ...} where the work was used up,
//    "without_curve": [{"schedule", "given", "error"}]}
//
// An offer without a quote or a cost has "error" instead of what it lacks, and the rank null.
#pragma once

#include "comparison/compare.h"
#include "formats/json_writer.h"

namespace levy::render::json {

void write_comparison(formats::JsonWriter& json, const comparison::Comparison& comparison,
                      const std::vector<comparison::Candidate>& candidates, bool with_curve);

}  // namespace levy::render::json
