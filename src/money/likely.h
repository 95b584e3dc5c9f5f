// What a badly written number most likely means, for remedies; never for computing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "money/currency.h"

namespace levy {

// Well-formed decimals, the likeliest first: "12,50" -> {"12.50"}, "1.234,56" -> {"1234.56"},
// "+012" -> {"12"}, "12,345" -> {"12345", "12.345"}. Empty where nothing sensible is near.
std::vector<std::string> likely_decimals(std::string_view text);

// Which currency a word stands for that is not a code, and how a code is declared.

// The known code that a word surely stands for: itself in capitals, or a known other name ("EURO",
// "RMB"). "" for none: one letter makes another currency, so nearness says nothing.
std::string likely_currency(std::string_view word, const Currencies& currencies);

// How the schedule declares a code that is not known: "declare it, "currencies": {"BTC": {"digits":
// 8}}", with the digits that it is known to have.
std::string declare_words(std::string_view code);

// What badly written money can only mean, for repairs; never for computing.

// "1EUR", "1,50 eur", "€ 1.50" -> "1 EUR", "1.50 EUR", "1.50 EUR". Empty where the number or the
// currency may be more than one ("$1", "1,500 EUR"), is not known, or is missing.
std::string likely_money(std::string_view text, const Currencies& currencies);

}  // namespace levy
