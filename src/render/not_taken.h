// Why a fee or case was not taken, in words; and what a fee is called.
#pragma once

#include <string>
#include <string_view>

#include "fees/quote.h"

namespace levy {

// "Withdrawal: To a bank account"; the fee's id where it has no title. `taken` may be null.
std::string title_of(const Fee& fee, const Case* taken, std::string_view language);

// "method is bank, not card", "amount 250.00 is 50.00 below 300.00", "for transaction only".
std::string reason_of(const Skipped& skipped, const Quote& quote);

}  // namespace levy
