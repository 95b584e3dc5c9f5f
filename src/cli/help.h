// What levy says of itself: its commands, what one of them takes, and what a tariff can be asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/syntax.h"
#include "render/text/page.h"

namespace levy::cli {

// levy --help: examples first, then every command.
render::text::Page overview_page(const std::vector<Syntax>& commands, std::string_view language);

// levy help COMMAND: examples, arguments, options.
render::text::Page command_page(const Syntax& syntax, std::string_view language);

// "levy quote SCHEDULE [OPERATION] [AMOUNT]".
std::string usage_line(const Syntax& syntax);

// Each command's syntax, in the order of levy --help. They borrow from `commands`.
std::vector<Syntax> syntaxes_of(std::vector<Command>& commands);

// The command that a word from another program stands for ("ls" is list, "cost" quote); "" where
// it is none that levy knows.
std::string command_meant(const std::string& word);

}  // namespace levy::cli
