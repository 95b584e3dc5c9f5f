#include "money/money.h"

#include <string>

#include "base/ensure.h"
#include "unit/catch.h"

namespace levy {
namespace {

using namespace std::string_literals;

const Currency eur = *Currency::of("EUR");
const Currency usd = *Currency::of("USD");
const Currency none;

Currencies with_btc() {
  Currencies currencies;
  currencies.declare(*Currency::of("BTC"), 8);
  return currencies;
}

TEST_CASE("parse_money: what it takes") {
  struct Row {
    std::string text;
    Currency fallback;
    std::string money;
  };
  const Row rows[] = {
      {"12.50 EUR", none, "12.50 EUR"}, {"12.5 EUR", usd, "12.50 EUR"},
      {"12.50", eur, "12.50 EUR"},      {"40 JPY", none, "40 JPY"},
      {"40.5 JPY", none, "40.5 JPY"},   {"0.1 BTC", none, "0.10000000 BTC"},
      {"-5 KWD", none, "-5.000 KWD"},   {"0.123456 EUR", none, "0.123456 EUR"},
      {"0 EUR", none, "0.00 EUR"},
  };
  Currencies currencies = with_btc();
  for (const Row& row : rows) {
    CAPTURE(row.text);
    auto money = parse_money(row.text, currencies, row.fallback);
    REQUIRE(money);
    CHECK(to_string(*money, currencies) == row.money);
  }
}

TEST_CASE("parse_money: what it refuses, and the remedy") {
  struct Row {
    std::string text;
    Code code;
    std::size_t column;
    std::string remedy;
  };
  const auto any = "write the number, a space and a code: 12.50 EUR"s;
  const Row rows[] = {
      {"12.50", Code::bad_amount, 1, "write its code after it, such as 12.50 EUR"},
      {"EUR 12.50", Code::bad_amount, 1, "write 12.50 EUR"},
      {"EUR12.50", Code::bad_amount, 1, "write 12.50 EUR"},
      {"12.50EUR", Code::bad_amount, 1, "write 12.50 EUR"},
      {"12,50eur", Code::bad_amount, 1, "write 12.50 EUR"},
      {"€12.50", Code::bad_amount, 1, "write 12.50 EUR"},
      {"12.50€", Code::bad_amount, 1, "write 12.50 EUR"},
      {"€ 1.234,50", Code::bad_amount, 1, "write 1234.50 EUR"},
      {"$5", Code::bad_amount, 1, "write 5 USD, or the code of another $"},
      {"12.50\tEUR", Code::bad_amount, 1, "write 12.50 EUR"},
      {"12.50 EUR ", Code::bad_amount, 1, "write 12.50 EUR"},
      {"5 EU R", Code::bad_amount, 1, any},
      {"1 EUR 2", Code::bad_amount, 1, any},
      {"EUR", Code::bad_amount, 1, any},
      {"12.50 eur", Code::unknown_currency, 7, "write 12.50 EUR"},
      {"12.50 €", Code::unknown_currency, 7, "write 12.50 EUR"},
      {"5 E", Code::unknown_currency, 3, any},
      {"5 \xff", Code::unknown_currency, 3, any},
      {"12.50 euro", Code::unknown_currency, 7, "write 12.50 EUR"},
      {"12.50 USDT", Code::unknown_currency, 7,
       "declare it in the schedule: \"currencies\": {\"USDT\": {\"digits\": 6}}"},
      {"12.50 RMB", Code::unknown_currency, 7,
       "write 12.50 CNY, or declare it in the schedule, with its own digits: "
       "\"currencies\": {\"RMB\": {\"digits\": 2}}"},
      {"12.50 EUX", Code::unknown_currency, 7,
       "declare it in the schedule, with its own digits: \"currencies\": {\"EUX\": {\"digits\": "
       "2}}"},
      {"5 XAU", Code::unknown_currency, 3,
       "declare it in the schedule, with its own digits: \"currencies\": {\"XAU\": {\"digits\": "
       "2}}"},
      {"5 HRK", Code::unknown_currency, 3,
       "declare it in the schedule, with its own digits: \"currencies\": {\"HRK\": {\"digits\": "
       "2}}"},
      {"12,50 EUR", Code::bad_decimal, 3, "write 12.50 EUR"},
      {"12,345 EUR", Code::bad_decimal, 3, "write 12345 EUR or 12.345 EUR"},
      {"12.50  EUR", Code::bad_decimal, 6, "write 12.50 EUR"},
      {" 12.50 EUR", Code::bad_decimal, 1, "write 12.50 EUR"},
      {"12 345.67 EUR", Code::bad_decimal, 3, "write 12345.67 EUR"},
      {"12 345.67", Code::bad_decimal, 3, "write 12345.67"},
      {"+5 EUR", Code::bad_decimal, 1, "write 5 EUR"},
      {"1e3 EUR", Code::bad_decimal, 2, "write 1000 EUR"},
      {"１２ EUR", Code::bad_decimal, 1, "write 12 EUR"},
      {"NaN EUR", Code::bad_decimal, 1, "write an amount such as 12.50 EUR"},
      {"NaN", Code::bad_decimal, 1, "write a decimal, such as 12.50"},
      {"", Code::bad_decimal, 1, "write a decimal, such as 12.50"},
      {"  ", Code::bad_decimal, 1, "write a decimal, such as 12.50"},
      {std::string(61, '9') + " EUR", Code::precision, 1, "write at most 60 significant digits"},
  };
  Currencies currencies = with_btc();
  for (const Row& row : rows) {
    CAPTURE(row.text);
    auto money = parse_money(row.text, currencies, none);
    REQUIRE_FALSE(money);
    const Diagnostic& fault = money.faults()[0];
    CHECK(to_string(fault.code) == to_string(row.code));
    CHECK(Source("", row.text).place(fault.place.begin(), fault.place.end()).column() ==
          row.column);
    CHECK(fault.remedy == row.remedy);
  }
  auto near = parse_money("5 EUX", currencies, none);
  CHECK(near.faults()[0].message == "\"EUX\" is not a known currency");
}

TEST_CASE("money: one currency at a time") {
  Money a{Rational(5), eur}, b{Rational(2), eur}, c{Rational(2), usd};
  CHECK(a + b == Money{Rational(7), eur});
  CHECK(a - b == Money{Rational(3), eur});
  CHECK_THROWS_AS(a + c, Fault);
  CHECK_THROWS_AS(a - c, Fault);
  MoneyList list{a, c};
  CHECK(find_money(list, usd) == &list[1]);
  CHECK(find_money(list, *Currency::of("JPY")) == nullptr);
  CHECK(find_money({}, eur) == nullptr);
}

TEST_CASE("money: text") {
  Currencies currencies;
  Money third{Rational(100) / Rational(3), eur};
  CHECK(to_string(third, currencies) == "100/3 EUR");
  CHECK(format_amount({Rational(1) / Rational(8), eur}, currencies) == "0.125");
  CHECK(format_amount({Rational(7), eur}, currencies) == "7.00");
  CHECK_THROWS_AS(to_string({Rational(1), *Currency::of("QQQ")}, currencies), Fault);
}

}  // namespace
}  // namespace levy
