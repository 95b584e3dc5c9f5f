// The difference of two figures whose forms were found apart, each on its own stretch.
#pragma once

#include "fees/form.h"

namespace levy {

// a - b wherever both stretches hold, which must have recorded their roundings. A rounding that
// both figures contain cancels, also where the two arguments differ by what the rounding passes on
// unchanged: 1 % + 0.25 and 1 % + 0.50, each rounded to 0.01, differ by exactly 0.25. So the result
// is exact for most changes of a tariff. It has no shares.
Form subtract(const Form& a, const Stretch& on_a, const Form& b, const Stretch& on_b);

}  // namespace levy
