// What validate found, for people: each finding as a diagnostic, with the command that shows it.
//
//   fee.json:5:3: warning: 100.01 EUR delivers 95.01 EUR, less than 100.00 EUR, ... [cliff]
//       5 |   {"flat": "5 EUR"}
//         |   ^~~~~~~~~~~~~~~~~
//         = let the charge go on from where it was ...
//         $ levy quote fee.json transfer '100.00 EUR' && levy quote fee.json transfer '100.01 EUR'
//   1 warning
#pragma once

#include <string>

#include "render/text/diagnostic_text.h"
#include "validation/finding.h"

namespace levy::render::pages {

std::string finding_text(const validation::Finding& finding, const text::DiagnosticForm& form);

// Accepted findings are only counted. The last line counts what was found, in how many schedules.
std::string findings_text(const validation::Report& report, const text::DiagnosticForm& form,
                          std::size_t schedules = 1);

}  // namespace levy::render::pages
