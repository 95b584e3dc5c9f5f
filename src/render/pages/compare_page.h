// Offers for someone who has to choose: cheapest first, and who is cheapest where.
#pragma once

#include "comparison/compare.h"
#include "render/text/page.h"

namespace levy {

Page compare_page(const Comparison& comparison, const std::vector<Candidate>& candidates);

}  // namespace levy
