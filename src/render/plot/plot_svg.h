// A plot as SVG: the same bytes for the same plot, light and dark, and readable to a screen reader
// by its title and description. It needs nothing from outside.
#pragma once

#include <string>

#include "render/plot/plot.h"

namespace levy::render::plot {

// `id` distinguishes several pictures on one page. With `own_style` false the page brings
// plot_style() itself.
std::string plot_svg(const Plot& plot, const std::string& id, bool own_style = true);
std::string plot_style();

// Text inside XML or HTML.
std::string xml_escaped(std::string_view text);

}  // namespace levy::render::plot
