// A page for a terminal.
#pragma once

#include <string>

#include "render/page.h"

namespace levy {

// At most 100 columns wide, as far as words can be broken; tables fold their cells. What the page's
// texts hold of control characters and marks that reorder text is spelt out (text_width.h), so that
// no file's text reaches the terminal as it is.
std::string page_text(const Page& page);

}  // namespace levy
