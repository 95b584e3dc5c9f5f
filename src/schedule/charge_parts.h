// What a charge, as written, needs: its prices, the amount, quantities.
#pragma once

#include <string>
#include <vector>

#include "schedule/schedule.h"

namespace levy::schedule {

// Is anything charged on the base, or exempt from it?
bool uses_base(const Charge& charge);

// Does it need the operation's amount, members of `greatest` and `least` included?
bool uses_amount(const Charge& charge);

// The quantities that its base is a product of, members included; and with that of `times`, all
// that it needs.
std::vector<std::string> base_quantities_of(const Charge& charge);
std::vector<std::string> quantities_of(const Charge& charge);

// Every price in the currency of the charge: each, flat, min, max, cap (save where the charge is
// converted `in` another), and per's charge, its bands' included; what decides the currency of a
// `units` line.
std::vector<const Price*> prices_of(const Charge& charge);

// Every bound that is compared with the base or measures it: bands' (unless a meter's reading
// chooses the band) and per's `every`.
std::vector<const Figure*> base_figures_of(const Charge& charge);

}  // namespace levy::schedule
