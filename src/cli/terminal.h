// What the user's terminal can show.
#pragma once

#include <cstddef>

#include "render/plot/plot_terminal.h"

namespace levy::cli {

// COLUMNS, else the window's width where standard output is one, else 80. Braille where LC_ALL,
// LC_CTYPE or LANG, the first that is set, names UTF-8.
render::plot::TerminalSize find_terminal();

// The columns of the window that the descriptor shows in: COLUMNS where it is set, else the
// window's, else 80.
std::size_t window_columns(int descriptor);

}  // namespace levy::cli
