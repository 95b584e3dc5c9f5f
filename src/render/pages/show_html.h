// A tariff as one web page that needs nothing from outside: for a phone, a screen and paper, light
// and dark as the reader's system is.
#pragma once

#include <string>
#include <vector>

#include "render/plot/plot.h"
#include "render/text/page.h"
#include "validation/finding.h"

namespace levy::render::pages {

// `page` begins with the title. Plots stand below it, then what validate found.
std::string show_html(const text::Page& page, const std::vector<plot::Plot>& plots,
                      const validation::Report& report);

}  // namespace levy::render::pages
