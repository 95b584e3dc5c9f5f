// Random `when`s over everything that universe's schedules declare.
#pragma once

#include "universe_charge.h"

namespace oracle {

// No more than keys_max keys; may be empty.
Json random_when(World& world, int keys_max);

}  // namespace oracle
