// levy quote without words, on a terminal: it asks for them.
#pragma once

#include <optional>

#include "cli/commands.h"

namespace levy::cli {

// Both standard input and output are a terminal.
bool can_ask();

// The tariff, the operation, the amount, and then each attribute and quantity that decides the
// answer, one at a time. Nothing where the user leaves; `status` is then that of the last fault, or
// 0. What cannot be answered for another reason is left to the command itself to say.
std::optional<QuoteCommand> ask_for_quote(const QuoteCommand& begun, int& status);

// The command line that asks the same: "levy quote okpay withdrawal 250 --method bank".
std::string command_line_of(const QuoteCommand& command);

}  // namespace levy::cli
