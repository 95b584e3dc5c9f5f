// validate: is the tariff itself sound?
//
// Every figure is proved from the curves of every cell (cells.h, fees/curve.h), for all amounts.
// What could not be decided is said in the report, not left out in silence.
//
//   {"slab": [{"up_to": "100 EUR", "flat": "1 EUR"}, {"flat": "5 EUR"}], "collect": "deducted"}
//   cliff: 100.01 EUR delivers 95.01 EUR, less than 100.00 EUR, which delivers 99.00 EUR
#pragma once

#include <vector>

#include "base/source.h"
#include "fees/plan.h"
#include "validation/finding.h"

namespace levy::validation {

// Schedules that share an id are held against each other as versions. Findings that a schedule
// accepts have its reason; an acceptance that accepts nothing is a finding itself. One finding a
// place, code and kind, however many cells show it. Plans are borrowed for the length of the call.
Report validate(const std::vector<const fees::Plan*>& plans);

// The same of files as they were read. One that is no schedule has its faults as findings; the
// others are looked at all the same.
Report validate_files(std::vector<Source> sources);

// By file, line, column, code.
void sort_findings(std::vector<Finding>& findings);

}  // namespace levy::validation
