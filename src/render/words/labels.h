// What the lines of a comparison or of a picture are called, and figures rounded for reading.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fees/quote.h"
#include "fees/tariff.h"
#include "render/text/translate.h"

namespace levy::render::words {

struct Labelled {
  const schedule::Schedule* schedule = nullptr;
  std::vector<std::pair<std::string, std::string>> given;
};

// "okpay (bank, basic)", or "bank, basic" where all lines are of one tariff; "okpay" where nothing
// was chosen.
std::vector<std::string> labels_of(const std::vector<Labelled>& lines);

// What the schedule is called among others: "okpay"; with its version, else its file, where one id
// stands for several of them: "okpay 2026.1".
std::string name_among(const schedule::Schedule& schedule,
                       const std::vector<const schedule::Schedule*>& others);

// "1.50 %", or with a mark where it is rounded for reading: "≈1.87 %".
std::string percent_words(const Rational& percent);
// "12.50 EUR", "≈12.51 EUR": to the minor unit, for reading.
std::string near_money_words(const Money& money, const Currencies& currencies);
inline constexpr const char* rounded_note =  // for translate
    text::translatable("≈ is rounded for reading; --json has the exact figure.");

// "0.00 to 249.50 EUR", "from 250.00 EUR", "250.00 EUR".
std::string amounts_words(const Rational& from, const std::optional<Rational>& until,
                          Currency currency, const Currencies& currencies,
                          std::string_view language = "en");

// "missing_money: no amount in EUR stands here (fee.json:4:43)": a fault within a line or cell,
// with its code and, where it speaks of a place, the place.
std::string fault_words(const Diagnostic& fault);

// Why a fee or case was not taken, in words; and what a fee is called.

// "Withdrawal: To a bank account"; the fee's id where it has no title. `taken` may be null.
std::string title_of(const schedule::Fee& fee, const schedule::Case* taken,
                     std::string_view language);

// "method is bank, not card", "amount 250.00 is 50.00 below 300.00", "for transaction only".
std::string reason_of(const fees::Skipped& skipped, const fees::Quote& quote,
                      std::string_view language = "en");

// "1 EUR = 1.0743 USD", "1 EUR ≈1.1294 USD": the rate of a quote that converts.
std::string rate_equation(const fees::Quote& quote);

}  // namespace levy::render::words
