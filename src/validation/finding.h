// A finding: one thing about a tariff that is unsound, or that its author should have meant.
//
// Every figure in it is exact and holds as said; `reproduce` shows it with the program itself.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "money/rational.h"

namespace levy::validation {

struct Finding {
  Diagnostic what;  // code, severity, message, remedy (the fix), place, the other places involved
  std::vector<std::pair<std::string, std::string>> figures;  // by name; "100.01 EUR", "12"
  std::vector<CommandWords> reproduce;  // empty: there is no operation that shows it
  std::optional<std::string> accepted;  // the reason that the schedule gives

  // Found in several cells, it is reported once: of those with one key the weightiest, with how
  // many more there are.
  std::string where;  // "withdrawal, currency EUR, method bank"; "" where it is of no cell
  std::string key;    // beside code and place
  Rational weight;
  std::size_t others = 0;
};

// What was not decided, and of what.
struct Undecided {
  std::string where, what;
  std::string file = {};
  std::size_t others = 0;  // more cells of which the same holds
};
// "fee.json: trade, currency EUR and 2 other cells: cliffs beyond ...".
std::string to_words(const Undecided& undecided);

// What validate says of some schedules.
struct Report {
  std::vector<Finding> findings;  // ordered by file, line, column, code
  std::vector<Undecided> undecided;
};

}  // namespace levy::validation
