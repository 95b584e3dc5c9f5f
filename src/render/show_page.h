// A tariff as a person reads it: what it is, what each operation costs, how the money is
// exchanged, what each tier needs and may do, what is promised, and what an operation can say.
#pragma once

#include <string>

#include "fees/tariff.h"
#include "render/page.h"

namespace levy {

// The version in force at `time`, else the one nearest to it, which is said; the other versions
// are named. Titles in `language`.
Page show_page(const Tariff& tariff, Instant time, const std::string& language);

}  // namespace levy
