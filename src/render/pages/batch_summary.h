// The summary of a batch: its counts and control totals, for people and for programs.
#pragma once

#include <string>

#include "batch/rows/totals.h"
#include "render/text/page.h"

namespace levy::render::pages {

std::string batch_summary_text(const batch::rows::Totals& totals, const Currencies& currencies,
                               const text::PageForm& form = {});
std::string batch_summary_markdown(const batch::rows::Totals& totals, const Currencies& currencies);
// {"rows", "ok", "declined", "errors", "matched", "mismatched", "currencies", "credits", "fees",
//  "other_fees", "error_codes", "declined_by", "billing", "causes"}
std::string batch_summary_json(const batch::rows::Totals& totals, const Currencies& currencies);

}  // namespace levy::render::pages
