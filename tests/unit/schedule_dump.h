// A schedule as text, complete but for its places: what tests compare. Parts that a file names by
// key (attributes, sets, conditions, tiers' bounds ...) come in the order of their names.
#pragma once

#include <string>

#include "schedule/schedule.h"

namespace levy {

std::string dump_schedule(const schedule::Schedule& schedule);
std::string dump_meter(const schedule::Meter& meter);
std::string dump_charge(const schedule::Charge& charge);
std::string dump_when(const std::optional<schedule::When>& when);

}  // namespace levy
