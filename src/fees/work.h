// Work: how much a question may cost, in steps that are counted and not in seconds, so that its
// answer is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bounds.h"

namespace levy::fees {

// One step is roughly a rounding at one amount, a few tenths of a microsecond; an evaluation is
// some ten, and one more for each line. Shared by all that one question asks, in one thread. Where
// it is used up, what is left stays undecided. How many a question is given: base/bounds.h.
struct Work {
  std::int64_t steps = 0;

  bool is_done() const { return steps <= 0; }
  void spend(std::size_t count) { steps -= static_cast<std::int64_t>(count); }
};

}  // namespace levy::fees
