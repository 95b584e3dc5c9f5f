// Numbers as others write them, as levy's own (levy-mapping(5), NUMBERS): digit by digit, exactly.
//
//   "1.234,50-"  with a decimal comma, "." between thousands and the minus behind   "-1234.50"
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace levy::facts {

// How numbers are written.
struct NumberForm {
  char decimal = '.';
  std::string group;  // a character that stands between thousands; empty: none does
  bool minus = true, parentheses = false, trailing = false;  // ways to write what is below 0
  bool minor_units = false;  // amounts are whole numbers of the currency's minor unit
};

enum class NumberSign { keep, negate, absolute };

// Appends the number; a currency's code behind a blank stays behind it. With `minor_digits` it is a
// whole number of units of which so many digits stand after the point. False: it is of another
// form, and what was appended means nothing.
bool append_number(std::string_view text, const NumberForm& form, NumberSign sign,
                   std::optional<int> minor_digits, std::string& out);

// "a number with a comma before its decimals": for messages.
std::string words_of(const NumberForm& form, bool in_units);

}  // namespace levy::facts
