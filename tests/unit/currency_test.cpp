#include "money/currency.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ensure.h"
#include "unit/catch.h"

namespace levy {
namespace {

TEST_CASE("currency: the form of a code") {
  struct Row {
    const char* code;
    bool good;
  };
  const Row rows[] = {{"EUR", true},    {"BTC", true},          {"XX", true},
                      {"USDT20", true}, {"ABCDEFGHIJKL", true}, {"ABCDEFGHIJKLM", false},
                      {"", false},      {"E", false},           {"eur", false},
                      {"Eur", false},   {"1INCH", false},       {"EU R", false},
                      {"EUR ", false},  {"ÉUR", false},         {"A-B", false}};
  for (const Row& row : rows) {
    CAPTURE(row.code);
    auto currency = Currency::of(row.code);
    CHECK(currency.has_value() == row.good);
    if (currency) CHECK(currency->code() == row.code);
  }
  CHECK_FALSE(Currency::of(std::string_view("EU\0", 3)));
  CHECK(Currency().empty());
  CHECK(Currency().code().empty());
  CHECK(*Currency::of("EUR") < *Currency::of("USD"));
}

TEST_CASE("currency: ISO's minor digits") {
  struct Row {
    const char* code;
    std::optional<int> digits;
  };
  const Row rows[] = {
      {"EUR", 2},
      {"JPY", 0},
      {"KWD", 3},
      {"CLF", 4},
      {"UYW", 4},
      {"AED", 2},
      {"ZWG", 2},
      {"IQD", 3},
      {"ISK", 0},
      {"IDR", 2},
      {"HUF", 2},  // CLDR has 0 for the last
                   // three
      {"XAU", {}},
      {"XDR", {}},
      {"XXX", {}},  // no minor unit
      {"DEM", {}},
      {"HRK", {}},
      {"BGN", {}},  // withdrawn
      {"BTC", {}},
      {"EU", {}},
      {"EURX", {}},
      {"ZZZ", {}},
      {"AAA", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code);
    CHECK((Currencies().find_digits(*Currency::of(row.code)) == row.digits));
  }
  CHECK(iso_4217_date() == "2026-01-01");
}

TEST_CASE("currency: declarations add and override") {
  Currencies currencies;
  Currency btc = *Currency::of("BTC"), huf = *Currency::of("HUF"), token = *Currency::of("TOKEN");
  CHECK_THROWS_AS(currencies.digits(btc), Fault);
  currencies.declare(btc, 8);
  currencies.declare(huf, 0);
  currencies.declare(token, 30);
  CHECK(currencies.digits(btc) == 8);
  CHECK(currencies.digits(huf) == 0);
  CHECK(currencies.minor_unit(btc).to_string() == "0.00000001");
  CHECK(currencies.minor_unit(huf).to_string() == "1");
  CHECK(currencies.minor_unit(token) == Decimal::ten_to(-30));
  CHECK(currencies.declares(btc));
  CHECK_FALSE(currencies.declares(*Currency::of("EUR")));
  auto codes = currencies.known_codes();
  CHECK(std::is_sorted(codes.begin(), codes.end()));
  CHECK(std::count(codes.begin(), codes.end(), "HUF") == 1);
  CHECK(std::count(codes.begin(), codes.end(), "BTC") == 1);
  CHECK(codes.size() == Currencies().known_codes().size() + 2);
}

}  // namespace
}  // namespace levy
