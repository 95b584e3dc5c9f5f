// What the user's terminal can show, and which language the user reads.
#pragma once

#include <cstddef>
#include <string>

#include "render/plot/plot_terminal.h"

namespace levy::cli {

// COLUMNS, else the window's width where standard output is one, else 80. Braille where LC_ALL,
// LC_CTYPE or LANG, the first that is set, names UTF-8.
render::plot::TerminalSize find_terminal();

// The columns of the window that the descriptor shows in: COLUMNS where it is set, else the
// window's, else 80.
std::size_t window_columns(int descriptor);

// The language of an answer: --lang as given, else the first of LC_ALL, LC_MESSAGES and LANG that
// is set. A tag; "en" for an answer to a program, unless --lang is given, as that is never
// translated but for its titles.
std::string language_asked(const std::string& lang, bool for_program);

}  // namespace levy::cli
