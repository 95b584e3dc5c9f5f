// Which command it is.
#include <algorithm>

#include "cli/command_line.h"
#include "cli/output.h"
#include "cli/syntax.h"

namespace levy {

Syntax syntax_of(PrintCommand&) { return {}; }

int run(const PrintCommand& command) { return print_for_people(command.text); }

int run_levy(const std::vector<std::string>& words) {
  if (words.size() > 2 && words[0] == "completion" && words[1] == "candidates")
    return print_candidates({words.begin() + 2, words.end()});
  Checked<Command> command = parse_command_line(words);
  if (!command) {
    Common common;
    common.json = std::find(words.begin(), words.end(), "--json") != words.end();
    return refuse(command.faults(), common);
  }
  return std::visit([](const auto& one) { return run(one); }, *command);
}

}  // namespace levy
