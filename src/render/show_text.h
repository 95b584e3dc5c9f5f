// A page for a terminal.
#pragma once

#include <string>

#include "render/page.h"

namespace levy {

// At most 100 columns wide, as far as words can be broken; tables fold their cells.
std::string show_text(const Page& page);

}  // namespace levy
