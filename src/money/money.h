// Money: an exact amount of one currency. Two currencies do not add.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "money/currency.h"
#include "money/rational.h"

namespace levy {

struct Money {
  Rational amount;
  Currency currency;
  bool operator==(const Money&) const = default;
};

Money operator+(const Money& a, const Money& b);  // a Fault across currencies
Money operator-(const Money& a, const Money& b);

// One amount per currency, as written; used where a price or bound differs by currency.
using MoneyList = std::vector<Money>;
const Money* find_money(const MoneyList& list, Currency currency);  // null: no entry

// "12.50 EUR": the decimal, one space, a known code. Without a code: `fallback`, if there is one.
// A fault's place carries only the column in `text` and the width; codes bad_amount, bad_decimal,
// precision, unknown_currency.
Checked<Money> parse_money(std::string_view text, const Currencies& currencies, Currency fallback);

// With at least the currency's minor digits: "12.50", and with the code "12.50 EUR". An exact value
// without a finite decimal form is "n/d".
std::string format_amount(const Money& money, const Currencies& currencies);
std::string to_string(const Money& money, const Currencies& currencies);

}  // namespace levy
