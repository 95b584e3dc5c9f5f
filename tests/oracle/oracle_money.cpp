// Money as schedules write it, minor units, mid rates.
#include "oracle_operation.h"

#include <stdexcept>

namespace oracle {

namespace {

// Not all of ISO 4217: what the tests use.
const std::map<std::string, int> iso_digits = {
    {"AUD", 2}, {"BHD", 3}, {"BRL", 2}, {"CAD", 2}, {"CHF", 2}, {"CLF", 4}, {"CLP", 0},
    {"CNY", 2}, {"CZK", 2}, {"DKK", 2}, {"EUR", 2}, {"GBP", 2}, {"HKD", 2}, {"HUF", 2},
    {"INR", 2}, {"JPY", 0}, {"KES", 2}, {"KRW", 0}, {"KWD", 3}, {"MXN", 2}, {"NGN", 2},
    {"NOK", 2}, {"NZD", 2}, {"PEN", 2}, {"PLN", 2}, {"SEK", 2}, {"SGD", 2}, {"TND", 3},
    {"TRY", 2}, {"UGX", 0}, {"USD", 2}, {"UYW", 4}, {"VND", 0}, {"ZAR", 2}};

const Json* declared_currency(const Json& schedule, const std::string& code) {
  const auto all = schedule.find("currencies");
  if (all == schedule.end() || !all->contains(code)) {
    return nullptr;
  }
  return &all->at(code);
}

Money money_of(const Json& schedule, const Json& value) {
  const std::string text = plain_text(value);
  const std::size_t space = text.find(' ');
  const std::string currency = space == std::string::npos
                                   ? schedule.at("currency").get<std::string>()
                                   : text.substr(space + 1);
  return {decimal_of(text.substr(0, space)), currency};
}

Rational against_base(const Json& rates, const std::string& currency) {
  if (rates.is_null()) {
    throw Failure{"missing_rate"};
  }
  if (rates.at("base") == currency) {
    return 1;
  }
  if (!rates.at("rates").contains(currency)) {
    throw Failure{"missing_rate"};
  }
  return rate_of(plain_text(rates.at("rates").at(currency)));
}

}  // namespace

bool is_currency(const Json& schedule, const std::string& code) {
  return declared_currency(schedule, code) != nullptr || iso_digits.count(code) != 0;
}

int minor_digits(const Json& schedule, const std::string& currency) {
  const Json* declared = declared_currency(schedule, currency);
  return declared != nullptr ? declared->at("digits").get<int>() : iso_digits.at(currency);
}

Rational minor_unit(const Json& schedule, const std::string& currency) {
  return power_of_ten(-minor_digits(schedule, currency));
}

std::vector<Money> money_list(const Json& schedule, const Json& value) {
  if (!value.is_array()) {
    return {money_of(schedule, value)};
  }
  std::vector<Money> list;
  for (const Json& entry : value) {
    list.push_back(money_of(schedule, entry));
  }
  return list;
}

std::optional<Rational> entry_in(const std::vector<Money>& list, const std::string& currency) {
  for (const Money& money : list) {
    if (money.currency == currency) {
      return money.value;
    }
  }
  return std::nullopt;
}

Rational mid_rate(const Json& rates, const std::string& from, const std::string& to) {
  if (from == to) {
    return 1;
  }
  return against_base(rates, to) / against_base(rates, from);
}

}  // namespace oracle
