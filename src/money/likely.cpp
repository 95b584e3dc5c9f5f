#include "money/likely.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"
#include "money/decimal_text.h"

namespace levy {
namespace {

// In the folded text '_' is any separator that is neither a comma nor a point.
struct Fold {
  std::string_view from, to;
};
constexpr std::array folds = {
    Fold{" ", "_"},      Fold{"\t", "_"},     Fold{"'", "_"},
    Fold{"\u00a0", "_"}, Fold{"\u2009", "_"}, Fold{"\u202f", "_"},
    Fold{"\u2019", "_"}, Fold{"\u3000", "_"}, Fold{"\uff0e", "."},
    Fold{"\uff0c", ","}, Fold{"\uff0d", "-"}, Fold{"\u2212", "-"},
    Fold{"\uff0b", "+"}, Fold{"\ufeff", ""},  Fold{"%", ""},
    Fold{"\r", ""},      Fold{"\n", ""},      Fold{std::string_view("\0", 1), ""}};

// The ten digits of a script follow one another, each of these from its 0.
constexpr std::array<std::string_view, 3> zeros = {"\uff10", "\u0660", "\u06f0"};

// The length of the digit of another script at the start of `text`, appended to `folded`.
std::size_t fold_digit(std::string_view text, std::string& folded) {
  for (std::string_view zero : zeros) {
    std::size_t last = zero.size() - 1;
    if (text.size() <= last || text.substr(0, last) != zero.substr(0, last)) continue;
    int digit = static_cast<unsigned char>(text[last]) - static_cast<unsigned char>(zero[last]);
    if (digit < 0 || digit > 9) continue;
    folded += static_cast<char>('0' + digit);
    return zero.size();
  }
  return 0;
}

std::string fold(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    auto found = std::find_if(folds.begin(), folds.end(),
                              [&](const Fold& f) { return text.starts_with(f.from); });
    std::size_t length = fold_digit(text, folded);
    if (length == 0 && found != folds.end()) {
      folded += found->to;
      length = found->from.size();
    } else if (length == 0) {
      folded += text[0];
      length = 1;
    }
    text.remove_prefix(length);
  }
  while (folded.starts_with('_')) folded.erase(0, 1);
  while (folded.ends_with('_')) folded.pop_back();
  return folded;
}

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

// "1,234,567" and "1,00,000" without their separators, "0" for nothing before a point; empty where
// the groups are no thousands.
std::string join_groups(std::string_view text, char separator) {
  std::string joined;
  while (true) {
    std::size_t stop = text.find(separator);
    std::string_view group = text.substr(0, stop);
    bool last = stop == std::string_view::npos;
    bool first = joined.empty();
    if (first && last && group.empty()) return "0";
    std::size_t least = first ? 1 : last ? 3 : 2, most = first && last ? group.size() : 3;
    if (group.size() < least || group.size() > most || !are_digits(group)) return "";
    joined += group;
    if (last) return joined;
    text.remove_prefix(stop + 1);
  }
}

// The well-formed decimal of unsigned text with this separator and this point, or "".
std::string read_as(std::string_view text, char separator, char point) {
  std::size_t stop = text.find(point);
  std::string whole = join_groups(text.substr(0, stop), separator);
  if (whole.empty()) return "";
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  if (stop == std::string_view::npos || stop + 1 == text.size()) return whole;
  std::string_view fraction = text.substr(stop + 1);
  return are_digits(fraction) ? whole + "." + std::string(fraction) : "";
}

std::vector<std::string> read_unsigned(std::string_view text) {
  std::size_t comma = text.rfind(','), point = text.rfind('.');
  bool has_comma = comma != std::string_view::npos, has_point = point != std::string_view::npos;
  if (text.find('_') != std::string_view::npos) {
    return {read_as(text, '_', has_comma && !has_point ? ',' : '.')};
  }
  if (has_comma && has_point) {
    return {comma < point ? read_as(text, ',', '.') : read_as(text, '.', ',')};
  }
  if (!has_comma && text.find('.') == point) return {read_as(text, ',', '.')};
  if (!has_comma) return {join_groups(text, '.')};
  if (text.find(',') != comma) return {join_groups(text, ',')};
  std::string thousands = text.starts_with('0') ? "" : read_as(text, ',', '.');
  return {thousands, read_as(text, '.', ',')};
}

// "1.5e3" is 1500.
std::vector<std::string> expand(std::string_view text) {
  auto parts = DecimalText::scan(text, DecimalText::Form::json);
  auto exponent = parts.exponent_value();
  if (!parts.complete || !exponent || !parts.in_bounds(*exponent)) return {};
  return {parts.build(*exponent).to_string()};
}

bool is_acceptable(std::string_view text) {
  auto parts = DecimalText::scan(text, DecimalText::Form::plain);
  return parts.complete && parts.in_bounds(0);
}

}  // namespace

std::vector<std::string> likely_decimals(std::string_view text) {
  constexpr std::size_t longest = 200;  // nobody repairs a longer one by hand
  if (text.size() > longest) return {};
  std::string folded = fold(text);
  bool negative = folded.starts_with('-');
  if (negative || folded.starts_with('+')) folded.erase(0, 1);
  if (std::none_of(folded.begin(), folded.end(), is_digit)) return {};
  bool has_exponent = folded.find_first_of("eE") != std::string::npos;
  auto readings = has_exponent ? expand(folded) : read_unsigned(folded);
  if (negative) {
    for (std::string& reading : readings) reading.insert(reading.begin(), '-');
  }
  std::erase_if(readings, [](const std::string& reading) { return !is_acceptable(reading); });
  return readings;
}

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
