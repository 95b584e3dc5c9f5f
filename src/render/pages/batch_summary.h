// The summary of a batch: its counts and control totals, for people and for programs.
#pragma once

#include <string>

#include "batch/rows/totals.h"
#include "render/text/page.h"

namespace levy {

std::string batch_summary_text(const Totals& totals, const Currencies& currencies,
                               const PageForm& form = {});
std::string batch_summary_markdown(const Totals& totals, const Currencies& currencies);
// {"rows", "ok", "declined", "errors", "matched", "mismatched", "currencies", "credits", "fees",
//  "other_fees", "error_codes", "declined_by", "billing", "causes"}
std::string batch_summary_json(const Totals& totals, const Currencies& currencies);

}  // namespace levy
