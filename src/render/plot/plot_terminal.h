// A plot in characters: braille dots where the terminal can show them, plain ASCII otherwise.
#pragma once

#include <string>

#include "render/plot/plot.h"

namespace levy::render::plot {

struct TerminalSize {
  int columns = 80;
  bool braille = false;
};

// The picture, its axes and a legend. Each line is marked at its right end with the letter that
// stands before it in the legend; in ASCII it is drawn with that letter.
std::string plot_terminal(const Plot& plot, const TerminalSize& size);

}  // namespace levy::render::plot
