// A page as CommonMark with GitHub's tables, to be pasted into another page.
#pragma once

#include <string>

#include "render/page.h"

namespace levy {

std::string page_markdown(const Page& page);

}  // namespace levy
