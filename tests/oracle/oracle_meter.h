// Readings of a fee's meter (`free`, `by`, `cap`): from the request's "used", else 0.
#pragma once

#include "oracle_charge.h"

#include <vector>

namespace oracle {

// A meter that measures a count or a quantity.
Rational plain_reading(const Json& meter, const Scene& scene);

// A meter that measures money, converted at the mid rate into `currency`.
// own: the meter's currency, in which a bare reading is given.
Rational money_reading(const Json& meter, const Scene& scene, const std::string& own,
                       const std::string& currency);

// Its `currency`, else that of the amounts it is compared with, else the schedule's.
std::string meter_currency(const Json& meter, const std::vector<Json>& compared,
                           const Json& schedule);

}  // namespace oracle
