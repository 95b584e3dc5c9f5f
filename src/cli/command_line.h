// From words to a Command. The only sight of CLI11.
#pragma once

#include <string>
#include <vector>

#include "base/checked.h"
#include "cli/commands.h"

namespace levy::cli {

// One of each, nothing filled in; in the order of levy --help.
std::vector<Command> empty_commands();

// Code usage; the remedy names the nearest command or option.
Checked<Command> parse_command_line(const std::vector<std::string>& words);

}  // namespace levy::cli
