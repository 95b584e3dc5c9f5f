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

#include <cstddef>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace levy::render::text {

// For a file or another program each message and each remedy is one line. For a window they are
// folded, the lines after the first indented, and the excerpt is cut around its caret.
struct DiagnosticForm {
  static constexpr std::size_t unfolded = static_cast<std::size_t>(-1);
  std::size_t columns = unfolded;
  bool color = false;
};

// Each ends with its line end.
std::string diagnostic_text(const Diagnostic& diagnostic, const DiagnosticForm& form);
std::string diagnostics_text(const Diagnostics& diagnostics, const DiagnosticForm& form);

// A command to be copied: "$ levy quote fee.json pay 5", after `indent` spaces; folded by a
// backslash between words, so that a shell takes all of it.
std::string command_text(std::string_view command, std::size_t indent, const DiagnosticForm& form);

}  // namespace levy::render::text
