#include "batch/plain_number.h"

#include <algorithm>

#include "batch/wide_loops.h"
#include "formats/json_scan.h"

namespace levy {
namespace {

LEVY_WIDE_LOOPS void read_words(const std::uint64_t* characters, const std::uint64_t* firsts,
                                std::size_t count, std::uint64_t* __restrict digits,
                                std::uint64_t* __restrict places) {
  for (std::size_t i = 0; i < count; ++i) {
    PlainWord::Number number = PlainWord{characters[i], firsts[i]}.number();
    digits[i] = number.digits;
    places[i] = number.places;
  }
}

}  // namespace

void PlainNumbers::begin(std::size_t count) {
  count_ = count;
  for (auto* all : {&characters_, &firsts_, &digits_, &places_}) all->resize(count);
}

void PlainNumbers::read() {
  read_words(characters_.data(), firsts_.data(), count_, digits_.data(), places_.data());
}

// Character by character.
std::optional<std::int64_t> read_plain_number(std::string_view text, int digits) {
  if (std::size_t at = text.find('.'); at != std::string_view::npos && digits >= 0) {
    // Zeros beyond those places say nothing; one digit stays behind the point.
    std::size_t most = at + 1 + static_cast<std::size_t>(std::max(digits, 1));
    while (text.size() > most && text.back() == '0') text.remove_suffix(1);
    if (digits == 0 && text.size() == at + 2 && text.back() == '0') text = text.substr(0, at);
  }
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto digit = static_cast<unsigned>(text[i] - '0');
    if (digit <= 9) {
      value = value * 10 + static_cast<std::int64_t>(digit);
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return std::nullopt;
    }
  }
  bool has_point = point < text.size(),
       leading_zero = text[0] == '0' && text.size() > 1 && point != 1;
  int places = has_point ? static_cast<int>(text.size() - point) - 1 : 0;
  if (leading_zero || point == 0 || places > digits || (has_point && places == 0))
    return std::nullopt;
  for (; places < digits; ++places) {
    if (value > 100'000'000'000'000'000) return std::nullopt;
    value *= 10;
  }
  return value;
}

bool is_plain_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

MoneyText split_money(std::string_view text) {
  std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return {text, {}};
  if (blank + 1 == text.size()) return {};
  return {text.substr(0, blank), text.substr(blank + 1)};
}

std::size_t plain_number_end(std::string_view text, std::size_t begin) {
  std::size_t end = number_end(text, begin);
  bool is_plain = text.substr(begin, end - begin).find_first_of("-eE") == std::string_view::npos;
  return is_plain ? end : begin;
}

}  // namespace levy
