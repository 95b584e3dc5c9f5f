#include "money/currency.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/text.h"
#include "money/iso_4217.h"

namespace levy {
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
