// What badly written money can only mean, for repairs; never for computing.
#pragma once

#include <string>
#include <string_view>

#include "money/currency.h"

namespace levy {

// "1EUR", "1,50 eur", "€ 1.50" -> "1 EUR", "1.50 EUR", "1.50 EUR". Empty where the number or the
// currency may be more than one ("$1", "1,500 EUR"), is not known, or is missing.
std::string likely_money(std::string_view text, const Currencies& currencies);

}  // namespace levy
