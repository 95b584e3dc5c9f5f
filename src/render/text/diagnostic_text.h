// Diagnostics for people: the place, the line with a caret, and what would be right.
//
//   schedules/x.json:12:34: error: 12,50 is not a decimal [bad_decimal]
//      12 |       "flat": "12,50 EUR"
//         |                ^~~~~
//         = write 12.50 EUR
//   schedules/x.json:3:3: note: first given here
//       3 |   "flat": "1 EUR"
//         |   ^~~~~~
//
// What the user's files hold is shown so that a terminal obeys none of it.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace levy {

// Each ends with its line end.
std::string diagnostic_text(const Diagnostic& diagnostic, bool color);
std::string diagnostics_text(const Diagnostics& diagnostics, bool color);

}  // namespace levy
