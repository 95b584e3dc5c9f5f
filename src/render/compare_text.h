// Offers for someone who has to choose: cheapest first, and who is cheapest where.
#pragma once

#include <string>

#include "analysis/compare.h"

namespace levy {

std::string compare_text(const Comparison& comparison, const std::vector<Candidate>& candidates);

}  // namespace levy
