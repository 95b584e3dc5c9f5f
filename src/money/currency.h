// Currencies and their minor units.
//
// A code is [A-Z][A-Z0-9]{1,11}. ISO 4217's active codes with a minor unit are built in, with the
// date of the list; codes without one (XAU, XDR), withdrawn ones and anything else must be declared
// by the schedule, which may also change an ISO code's digits.
#pragma once

#include <array>
#include <compare>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "money/decimal.h"

namespace levy {

class Currency {
 public:
  Currency() = default;  // no currency; the code is ""
  // Nothing unless `code` is well formed; whether it is known is Currencies' matter.
  static std::optional<Currency> of(std::string_view code);

  std::string_view code() const;
  bool empty() const { return letters_[0] == '\0'; }
  bool operator==(const Currency&) const = default;
  // Nearly always a currency is compared with itself.
  std::strong_ordering operator<=>(const Currency& other) const {
    if (*this == other) return std::strong_ordering::equal;
    return letters_ <=> other.letters_;
  }

 private:
  std::array<char, 12> letters_{};
};

// The date of ISO 4217's list, "2026-01-01"; `levy --version` names it.
std::string_view iso_4217_date();

class Currencies {
 public:
  // Digits after the point, 0 to 30.
  void declare(Currency currency, int digits) { declared_[currency] = digits; }

  std::optional<int> find_digits(Currency currency) const;  // nothing: unknown
  int digits(Currency currency) const;                      // a Fault when unknown
  Decimal minor_unit(Currency currency) const;              // 0.01 for EUR
  bool declares(Currency currency) const { return declared_.contains(currency); }
  std::vector<std::string> known_codes() const;  // sorted; for suggestions

 private:
  std::map<Currency, int> declared_;
};

// ISO 4217's list one: the active codes, as published by its maintenance agency (SIX).

// Digits after the point; nothing for codes that are not active or have no minor unit.
std::optional<int> find_iso_digits(std::string_view code);

// Active, but without a minor unit: metals, funds' units, test codes.
bool lacks_minor_unit(std::string_view code);

// Each a code followed by its digit, "EUR2"; sorted.
std::span<const std::string_view> iso_4217_entries();

}  // namespace levy
