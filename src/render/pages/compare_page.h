// Offers for someone who has to choose: cheapest first, and who is cheapest where.
#pragma once

#include "comparison/compare.h"
#include "render/text/page.h"

namespace levy::render::pages {

text::Page compare_page(const comparison::Comparison& comparison,
                        const std::vector<comparison::Candidate>& candidates,
                        std::string_view language);

}  // namespace levy::render::pages
