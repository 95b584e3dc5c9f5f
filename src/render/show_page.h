// A tariff as a person reads it: what it is, what each operation costs, how the money is
// exchanged, what each tier needs and may do, what is promised, and what an operation can say.
#pragma once

#include <string>

#include "fees/tariff.h"
#include "render/page.h"

namespace levy {

// `plan` is one of the tariff's versions; the others are named. Titles in `language`.
Page show_page(const Tariff& tariff, const Plan& plan, const std::string& language);

}  // namespace levy
