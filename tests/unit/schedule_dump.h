// A schedule as text, complete but for its places: what tests compare. Parts that a file names by
// key (attributes, sets, conditions, tiers' bounds ...) come in the order of their names.
#pragma once

#include <string>

#include "schedule/schedule.h"

namespace levy {

std::string dump_schedule(const Schedule& schedule);
std::string dump_meter(const Meter& meter);
std::string dump_charge(const Charge& charge);
std::string dump_when(const std::optional<When>& when);

}  // namespace levy
