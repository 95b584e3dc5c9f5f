// Pieces of curves as text, so that tables can say: this goes in, that comes out.
//
//   a range    "0 to 49.99"   "50 on"   "7"
//   a form       "0.5"   "0.25 + 0.01x"   "0.01x + e[-0.005, 0.005] every 100 on 0.01"
//                e: what roundings may add; "every": after so many steps it adds the same again
//                (absent: not known to repeat); "on": all values are multiples of this
//   a piece      "50 on: 0.01x + e[-0.005, 0.005] every 100 on 0.01"
#pragma once

#include <string>
#include <vector>

#include "curves/difference.h"
#include "fees/curve.h"
#include "fees/plan.h"

namespace levy {

using Dump = std::vector<std::string>;  // a line for each piece, in order

std::string dump(const fees::AmountRange& amounts);
std::string dump(const fees::Form& form);
// The fees of each piece, in the currency; a fault is its code.
Dump dump(const fees::Curve& curve, Currency currency);
// "0 to 49.99: less -0.5 at 0 to -0.01 at 49": who is less, and the extremes of the difference.
Dump dump(const std::vector<curves::Gap>& gaps);

// A schedule in EUR whose fees these are, JSON objects with commas between them.
fees::Plan plan_with_fees(const std::string& fees);

}  // namespace levy
