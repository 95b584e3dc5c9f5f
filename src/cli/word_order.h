// Arguments that are all there, but in another order than a command takes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/commands.h"

namespace levy::cli {

// Does the word name a schedule: a file, or an id that can be looked up?
bool names_schedule(const std::string& word, const Common& common);

// Is it a number, with or without a currency, rather than a name?
bool is_like_amount(const std::string& word);

// For the commands that take SCHEDULE OPERATION AMOUNT: the command line in the right order, as the
// remedy. Nothing where the order is right, or cannot be told.
std::optional<Diagnostic> wrong_order(const Command& command,
                                      const std::vector<std::string>& words);

// `levy okpay withdrawal 250`: a tariff where a command is expected. Nothing where it is none.
std::optional<Diagnostic> lacks_command(const std::vector<std::string>& words,
                                        const Common& common);

// OPERATION AMOUNT SCHEDULE... in any order that says which is which.
void put_in_order(CompareCommand& command);

}  // namespace levy::cli
