#include "money/money.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy {

Money operator+(const Money& a, const Money& b) {
  ensure(a.currency == b.currency, "money adds within one currency");
  return {a.amount + b.amount, a.currency};
}

Money operator-(const Money& a, const Money& b) {
  ensure(a.currency == b.currency, "money subtracts within one currency");
  return {a.amount - b.amount, a.currency};
}

const Money* find_money(const MoneyList& list, Currency currency) {
  auto found = std::find_if(list.begin(), list.end(),
                            [&](const Money& money) { return money.currency == currency; });
  return found == list.end() ? nullptr : &*found;
}

std::string format_amount(const Money& money, const Currencies& currencies) {
  return money.amount.to_string(currencies.digits(money.currency));
}

std::string to_string(const Money& money, const Currencies& currencies) {
  return format_amount(money, currencies) + " " + std::string(money.currency.code());
}

}  // namespace levy
