#include "money/likely_currency.h"

#include <algorithm>
#include <array>

namespace levy {
namespace {

std::string capitals_of(std::string_view text) {
  std::string capitals;
  for (char c : text) capitals += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

struct OtherName {
  std::string_view name, code;
};
constexpr std::array other_names = {
    OtherName{"EURO", "EUR"}, OtherName{"EUROS", "EUR"}, OtherName{"RMB", "CNY"},
    OtherName{"YEN", "JPY"},  OtherName{"NIS", "ILS"},   OtherName{"NTD", "TWD"},
    OtherName{"UKP", "GBP"},  OtherName{"XBT", "BTC"},   OtherName{"RUPEE", "INR"}};

// Of codes that ISO 4217 does not give minor digits: what their own systems count in.
struct UsualDigits {
  std::string_view code;
  int digits;
};
constexpr std::array usual_digits = {
    UsualDigits{"BTC", 8},  UsualDigits{"BCH", 8},   UsualDigits{"LTC", 8},  UsualDigits{"DOGE", 8},
    UsualDigits{"DASH", 8}, UsualDigits{"ETH", 18},  UsualDigits{"BNB", 18}, UsualDigits{"POL", 18},
    UsualDigits{"DAI", 18}, UsualDigits{"AVAX", 18}, UsualDigits{"USDT", 6}, UsualDigits{"USDC", 6},
    UsualDigits{"TRX", 6},  UsualDigits{"XRP", 6},   UsualDigits{"ADA", 6},  UsualDigits{"SOL", 9},
    UsualDigits{"TON", 9},  UsualDigits{"DOT", 10},  UsualDigits{"XMR", 12}, UsualDigits{"ATOM", 6},
    UsualDigits{"XLM", 7}};

}  // namespace

std::string likely_currency(std::string_view word, const Currencies& currencies) {
  std::string meant = capitals_of(word);
  for (const OtherName& other : other_names) {
    if (meant == other.name) meant = std::string(other.code);
  }
  std::optional<Currency> currency = Currency::of(meant);
  return currency && currencies.find_digits(*currency) ? meant : "";
}

std::string declare_words(std::string_view code) {
  auto known = std::find_if(usual_digits.begin(), usual_digits.end(),
                            [&](const UsualDigits& one) { return one.code == code; });
  bool usual = known != usual_digits.end();
  return "declare it in the schedule" + std::string(usual ? "" : ", with its own digits") +
         ": \"currencies\": {\"" + std::string(code) +
         "\": {\"digits\": " + std::to_string(usual ? known->digits : 2) + "}}";
}

}  // namespace levy
