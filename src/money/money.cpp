#include "money/money.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/ensure.h"
#include "base/suggest.h"
#include "base/text.h"
#include "money/currency.h"
#include "money/likely.h"

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

namespace {

using std::string_view;

// What a remedy takes a sign to mean. `one` is false where several currencies use it.
struct Sign {
  string_view sign, code;
  bool one;
};
constexpr std::array signs = {
    Sign{"€", "EUR", true},  Sign{"£", "GBP", false}, Sign{"US$", "USD", true},
    Sign{"$", "USD", false}, Sign{"¥", "JPY", false}, Sign{"￥", "JPY", false},
    Sign{"₹", "INR", true},  Sign{"₩", "KRW", false}, Sign{"₺", "TRY", true},
    Sign{"₽", "RUB", true},  Sign{"₴", "UAH", true},  Sign{"₫", "VND", true},
    Sign{"₦", "NGN", true},  Sign{"฿", "THB", true},  Sign{"₪", "ILS", true},
    Sign{"₱", "PHP", true},  Sign{"₿", "BTC", true}};

std::string to_capitals(string_view text) {
  std::string capitals;
  for (char c : text) capitals += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

string_view trim(string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// --- Remedies: what the text most likely means ---

// The code that a word or a sign stands for; "" for none.
std::string exact_code(string_view word, const Currencies& currencies) {
  for (const Sign& sign : signs) {
    if (word == sign.sign) return std::string(sign.code);
  }
  std::string capitals = to_capitals(word);
  auto currency = Currency::of(capitals);
  return currency && currencies.find_digits(*currency) ? capitals : "";
}

std::string likely_code(string_view word, const Currencies& currencies) {
  std::string exact = exact_code(word, currencies);
  return exact.empty() ? likely_currency(word, currencies) : exact;
}

bool is_ambiguous(string_view word) {
  return std::any_of(signs.begin(), signs.end(),
                     [&](const Sign& sign) { return !sign.one && sign.sign == word; });
}

// A text's number and what else is there, on one side of it: "€12.50" is {"12.50", "€"}.
struct Pieces {
  string_view number, word;
};

bool starts_number(char c) { return is_digit(c) || c == '-' || c == '+' || c == '.'; }

bool is_no_exponent(char c) {
  return (c >= 'a' && c <= 'z' && c != 'e') || (c >= 'A' && c <= 'Z' && c != 'E');
}

std::optional<Pieces> take_apart(string_view text) {
  auto first = std::find_if(text.begin(), text.end(), starts_number);
  auto last = std::find_if(text.rbegin(), text.rend(), starts_number).base();
  if (first >= last) return std::nullopt;
  auto begin = static_cast<std::size_t>(first - text.begin());
  auto end = static_cast<std::size_t>(last - text.begin());
  string_view before = trim(text.substr(0, begin)), after = trim(text.substr(end));
  string_view number = text.substr(begin, end - begin);
  bool words_inside = std::any_of(number.begin(), number.end(), is_no_exponent);
  if (words_inside || (!before.empty() && !after.empty())) return std::nullopt;
  return Pieces{number, before.empty() ? after : before};
}

// `write 12.50 EUR`; an example where the text does not say enough.
std::string write_money(string_view number, string_view word, const Currencies& currencies) {
  auto readings = likely_decimals(number);
  std::string code = likely_code(word, currencies);
  if (readings.empty() || code.empty()) return "write the number, a space and a code: 12.50 EUR";
  for (std::string& reading : readings) reading += " " + code;
  std::string remedy = "write " + join_or(readings);
  if (is_ambiguous(word)) remedy += ", or the code of another " + std::string(word);
  return remedy;
}

// --- Faults ---

// The text has no code of its own where one is needed.
Diagnostic no_currency(string_view text) {
  return text_fault(text, 0, text.size(), Code::bad_amount, "an amount needs a currency here",
                    "write its code after it, such as " + std::string(text) + " EUR");
}

Diagnostic misarranged(string_view text, const Currencies& currencies) {
  auto pieces = take_apart(text).value_or(Pieces{});
  return text_fault(text, 0, text.size(), Code::bad_amount,
                    "an amount is a number, one space and a currency code",
                    write_money(pieces.number, pieces.word, currencies));
}

// Of a text that is not "decimal code" and no decimal. Where it holds nothing but a number, or
// neither number nor code, what is wrong is its form as a number.
Diagnostics arrangement_faults(string_view text, const Currencies& currencies) {
  if (trim(text).empty()) return parse_decimal("").faults();
  auto pieces = take_apart(text);
  bool has_digit = std::any_of(text.begin(), text.end(), is_digit);
  bool is_number =
      pieces ? pieces->word.empty() : !has_digit && exact_code(trim(text), currencies).empty();
  if (is_number) return parse_decimal(text).faults();
  return {misarranged(text, currencies)};
}

std::string unknown_message(string_view code) {
  return in_quotes(code) +
         (lacks_minor_unit(code) ? " has no minor unit in ISO 4217" : " is not a known currency");
}

std::string unknown_remedy(string_view number, string_view code, const Currencies& currencies) {
  std::string declare = declare_words(code), meant = likely_currency(code, currencies);
  return meant.empty() ? declare : "write " + std::string(number) + " " + meant + ", or " + declare;
}

// `code` stands at the end of `text`; the number before it is right.
Diagnostic code_fault(string_view text, string_view number, string_view code,
                      const Currencies& currencies) {
  std::size_t begin = text.size() - code.size();
  if (Currency::of(code)) {
    return text_fault(text, begin, text.size(), Code::unknown_currency, unknown_message(code),
                      unknown_remedy(number, code, currencies));
  }
  bool lower = Currency::of(to_capitals(code)).has_value();
  return text_fault(text, begin, text.size(), Code::unknown_currency,
                    lower ? "a currency code is in capital letters"
                          : "a currency is written as its code, such as EUR",
                    write_money(number, code, currencies));
}

// The number of `text` is wrong, its code is right: the remedy shows both.
Diagnostics with_code(Diagnostics faults, string_view number, string_view code) {
  auto readings = likely_decimals(number);
  for (std::string& reading : readings) reading += " " + std::string(code);
  if (readings.empty()) readings.push_back("an amount such as 12.50 " + std::string(code));
  for (Diagnostic& fault : faults) {
    if (fault.code == Code::bad_decimal) fault.remedy = "write " + join_or(readings);
  }
  return faults;
}

Checked<Money> parse_bare(string_view text, const Currencies& currencies, Currency fallback) {
  auto number = parse_decimal(text);
  if (!number) return arrangement_faults(text, currencies);
  if (fallback.empty()) return no_currency(text);
  return Money{*std::move(number), fallback};
}

}  // namespace

Checked<Money> parse_money(string_view text, const Currencies& currencies, Currency fallback) {
  std::size_t space = text.rfind(' ');
  if (space == string_view::npos) return parse_bare(text, currencies, fallback);
  string_view number = text.substr(0, space), code = text.substr(space + 1);
  auto amount = parse_decimal(number);
  auto currency = Currency::of(code);
  bool known = currency && currencies.find_digits(*currency);
  if (amount && known) return Money{*std::move(amount), *currency};
  if (known) return with_code(std::move(amount).faults(), number, code);
  bool is_code = !code.empty() && !starts_number(code[0]);
  if (amount && is_code) return code_fault(text, number, code, currencies);
  return arrangement_faults(text, currencies);
}

std::string likely_money(string_view text, const Currencies& currencies) {
  auto pieces = take_apart(text);
  if (!pieces || is_ambiguous(pieces->word)) return "";
  auto readings = likely_decimals(pieces->number);
  std::string code = exact_code(pieces->word, currencies);
  return readings.size() != 1 || code.empty() ? "" : readings.front() + " " + code;
}

}  // namespace levy
