// The words after a command's name, told apart and checked against what the command takes.
#pragma once

#include <string>
#include <vector>

#include "base/checked.h"
#include "cli/syntax.h"

namespace levy::cli {

struct SortedWords {
  bool help = false;                   // asked for; what follows it was not looked at
  std::vector<std::string> options;    // levy's own: name and value in turn; a flag's name alone
  std::vector<std::string> arguments;  // what is no option, and all that follows "--"
  NamedTexts declared;                 // "--method bank", where the command takes such: as typed
};

// An option's value follows it, or stands after "=". A word that begins with a dash is an option,
// but for numbers ("-5 EUR") and a lone "-". Code usage: an option that is unknown, without its
// value, given twice or with a value it cannot have; arguments missing or too many; money in two
// words (100 EUR for "100 EUR").
//
// A misspelt option of levy's cannot always be told from one that the schedule declares; where it
// would take the SCHEDULE for its value it is refused, and else the schedule decides later.
Checked<SortedWords> sort_words(const Syntax& syntax, const std::vector<std::string>& words);

// The long names of the options, "--at", in the syntax's order.
std::vector<std::string> option_names(const Syntax& syntax);

// Code usage: the command lacks this argument.
Diagnostic needs_argument(const Syntax& syntax, const Option& option);

Diagnostic given_twice(const std::string& option, const std::string& first,
                       const std::string& second);

}  // namespace levy::cli
