// Command lines as they are pasted into a shell.
#pragma once

#include <string>
#include <vector>

#include "validation/finding.h"

namespace levy::render::words {

// For sh, each word as it is: {"levy", "quote", "it's"} is levy quote 'it'\''s'.
std::string shell_line(const std::vector<std::string>& words);

// What the forms of a report share.

// For sh: "levy quote fee.json pay '100.01 EUR' && levy quote ..."; "" where nothing shows it.
std::string reproduce_line(const validation::Finding& finding);

struct FindingCounts {
  std::size_t errors = 0, warnings = 0, accepted = 0;  // accepted ones are in neither of the others
  std::size_t undecided = 0;
};
FindingCounts count(const validation::Report& report);

// From what on a report fails; each includes those before it.
enum class FailOn { error, warning, undecided };
bool fails(const FindingCounts& counts, FailOn from);

// "2 errors, 1 warning (3 accepted, 1 undecided)"; "no findings"; of several schedules
// "45 schedules, no findings (132 accepted)".
std::string count_words(const FindingCounts& counts, std::size_t schedules);

std::string_view severity_word(const validation::Finding& finding);  // "error", "warning"

}  // namespace levy::render::words
