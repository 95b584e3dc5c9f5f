#include "money/currency.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ensure.h"
#include "base/text.h"

namespace levy {
namespace {

// Published 2026-01-01, after amendments that brought XCG and XAD and withdrew ANG, BGN and CUC.
constexpr std::array<std::string_view, 165> entries = {
    "AED2", "AFN2", "ALL2", "AMD2", "AOA2", "ARS2", "AUD2", "AWG2", "AZN2", "BAM2", "BBD2", "BDT2",
    "BHD3", "BIF0", "BMD2", "BND2", "BOB2", "BOV2", "BRL2", "BSD2", "BTN2", "BWP2", "BYN2", "BZD2",
    "CAD2", "CDF2", "CHE2", "CHF2", "CHW2", "CLF4", "CLP0", "CNY2", "COP2", "COU2", "CRC2", "CUP2",
    "CVE2", "CZK2", "DJF0", "DKK2", "DOP2", "DZD2", "EGP2", "ERN2", "ETB2", "EUR2", "FJD2", "FKP2",
    "GBP2", "GEL2", "GHS2", "GIP2", "GMD2", "GNF0", "GTQ2", "GYD2", "HKD2", "HNL2", "HTG2", "HUF2",
    "IDR2", "ILS2", "INR2", "IQD3", "IRR2", "ISK0", "JMD2", "JOD3", "JPY0", "KES2", "KGS2", "KHR2",
    "KMF0", "KPW2", "KRW0", "KWD3", "KYD2", "KZT2", "LAK2", "LBP2", "LKR2", "LRD2", "LSL2", "LYD3",
    "MAD2", "MDL2", "MGA2", "MKD2", "MMK2", "MNT2", "MOP2", "MRU2", "MUR2", "MVR2", "MWK2", "MXN2",
    "MXV2", "MYR2", "MZN2", "NAD2", "NGN2", "NIO2", "NOK2", "NPR2", "NZD2", "OMR3", "PAB2", "PEN2",
    "PGK2", "PHP2", "PKR2", "PLN2", "PYG0", "QAR2", "RON2", "RSD2", "RUB2", "RWF0", "SAR2", "SBD2",
    "SCR2", "SDG2", "SEK2", "SGD2", "SHP2", "SLE2", "SOS2", "SRD2", "SSP2", "STN2", "SVC2", "SYP2",
    "SZL2", "THB2", "TJS2", "TMT2", "TND3", "TOP2", "TRY2", "TTD2", "TWD2", "TZS2", "UAH2", "UGX0",
    "USD2", "USN2", "UYI0", "UYU2", "UYW4", "UZS2", "VED2", "VES2", "VND0", "VUV0", "WST2", "XAD2",
    "XAF0", "XCD2", "XCG2", "XOF0", "XPF0", "YER2", "ZAR2", "ZMW2", "ZWG2"};

constexpr std::array<std::string_view, 13> without_minor_unit = {
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"};

static_assert(std::is_sorted(entries.begin(), entries.end()));

constexpr std::size_t letters = 26;

// Three capital letters as a number.
constexpr std::size_t index_of(std::string_view code) {
  std::size_t index = 0;
  for (char c : code) index = index * letters + static_cast<std::size_t>(c - 'A');
  return index;
}

// Looked up for every figure that is rounded or written.
constexpr std::int8_t unknown = -1;
constexpr auto digits_by_code = [] {
  std::array<std::int8_t, letters * letters * letters> digits{};
  digits.fill(unknown);
  for (std::string_view entry : entries)
    digits[index_of(entry.substr(0, 3))] = static_cast<std::int8_t>(entry[3] - '0');
  return digits;
}();

}  // namespace

std::string_view iso_4217_date() { return "2026-01-01"; }

std::optional<int> find_iso_digits(std::string_view code) {
  bool is_code = code.size() == 3 &&
                 std::all_of(code.begin(), code.end(), [](char c) { return is_capital(c); });
  if (!is_code) return std::nullopt;
  std::int8_t digits = digits_by_code[index_of(code)];
  return digits == unknown ? std::nullopt : std::optional<int>(digits);
}

bool lacks_minor_unit(std::string_view code) {
  return std::find(without_minor_unit.begin(), without_minor_unit.end(), code) !=
         without_minor_unit.end();
}

std::span<const std::string_view> iso_4217_entries() { return entries; }

namespace {}  // namespace

std::optional<Currency> Currency::of(std::string_view code) {
  Currency currency;
  if (code.size() < 2 || code.size() > currency.letters_.size()) return std::nullopt;
  bool well_formed = is_capital(code[0]) && std::all_of(code.begin(), code.end(), [](char c) {
                       return is_capital(c) || is_digit(c);
                     });
  if (!well_formed) return std::nullopt;
  std::copy(code.begin(), code.end(), currency.letters_.begin());
  return currency;
}

std::string_view Currency::code() const {
  auto end = std::find(letters_.begin(), letters_.end(), '\0');
  return {letters_.data(), static_cast<std::size_t>(end - letters_.begin())};
}

std::optional<int> Currencies::find_digits(Currency currency) const {
  if (auto found = declared_.find(currency); found != declared_.end()) return found->second;
  return find_iso_digits(currency.code());
}

int Currencies::digits(Currency currency) const {
  auto digits = find_digits(currency);
  ensure(digits.has_value(), "a currency in use is known");
  return *digits;
}

Decimal Currencies::minor_unit(Currency currency) const {
  return Decimal::ten_to(-digits(currency));
}

std::vector<std::string> Currencies::known_codes() const {
  std::vector<std::string> codes;
  for (std::string_view entry : iso_4217_entries()) codes.emplace_back(entry.substr(0, 3));
  for (const auto& [currency, digits] : declared_) codes.emplace_back(currency.code());
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

}  // namespace levy
