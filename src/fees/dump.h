// The lines of one fee in the notation of `dump(const Plan&)`.
#pragma once

#include <string>

#include "fees/plan.h"

namespace levy {

// All that a fee's charge depends on beside the operation; two fees with one text cost the same.
std::string dump(const FeePlan& fee, const Currencies& currencies);

}  // namespace levy
