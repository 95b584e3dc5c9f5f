// What the user's terminal can show.
#pragma once

#include "render/plot_terminal.h"

namespace levy {

// COLUMNS, else the window's width where standard output is one, else 80. Braille where LC_ALL,
// LC_CTYPE or LANG, the first that is set, names UTF-8.
TerminalSize find_terminal();

}  // namespace levy
