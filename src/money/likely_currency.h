// Which currency a word stands for that is not a code, and how a code is declared.
#pragma once

#include <string>
#include <string_view>

#include "money/currency.h"

namespace levy {

// The known code that a word surely stands for: itself in capitals, or a known other name ("EURO",
// "RMB"). "" for none: one letter makes another currency, so nearness says nothing.
std::string likely_currency(std::string_view word, const Currencies& currencies);

// How the schedule declares a code that is not known: "declare it, "currencies": {"BTC": {"digits":
// 8}}", with the digits that it is known to have.
std::string declare_words(std::string_view code);

}  // namespace levy
