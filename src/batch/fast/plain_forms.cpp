#include "batch/fast/plain_forms.h"

#include <algorithm>

#include "batch/fast/wide_loops.h"
#include "formats/json_scan.h"

namespace levy::batch::fast {
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
  std::size_t end = formats::number_end(text, begin);
  bool is_plain = text.substr(begin, end - begin).find_first_of("-eE") == std::string_view::npos;
  return is_plain ? end : begin;
}

namespace {

// Days since 1970-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap
// day is a year's last, and 400 of them are 146 097 days.
std::int64_t day_number(const PlainTime& f) {
  std::int64_t year = f.year - (f.month <= 2 ? 1 : 0);
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year = (153 * (f.month + (f.month > 2 ? -3 : 9)) + 2) / 5 + f.day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

LEVY_WIDE_LOOPS bool check_all(const PlainTimeText* texts, std::uint64_t* plain,
                               std::size_t count) {
  std::uint64_t all = 1;
  for (std::size_t i = 0; i < count; ++i) {
    plain[i] = texts[i].is_in_every_year() ? 1 : 0;
    all &= plain[i];
  }
  return all != 0;
}

}  // namespace

void PlainTimes::begin(std::size_t count) {
  count_ = count;
  if (texts_.size() >= count) return;
  texts_.resize(count);
  plain_.resize(count);
}

bool PlainTimes::check() { return check_all(texts_.data(), plain_.data(), count_); }

bool PlainTimeText::is_leap_day() const {
  PlainTimeText day_before = *this;
  day_before.words_[1] -= 0x100;  // the day's second character, a 9
  PlainTime time = parts();
  bool is_leap = (time.year % 4 == 0 && time.year % 100 != 0) || time.year % 400 == 0;
  return time.month == 2 && time.day == 29 && is_leap && day_before.is_in_every_year();
}

PlainTime PlainTimeText::parts() const {
  auto pair = [](std::uint64_t word, int byte) {
    return static_cast<int>((word >> (8 * byte)) & 0xFF);
  };
  auto [date, middle, end] = pairs();
  return {pair(date, 0) * 100 + pair(date, 2),
          pair(date, 5),
          pair(middle, 0),
          pair(middle, 3),
          pair(middle, 6),
          pair(end, 5)};
}

std::optional<Instant> read_plain_instant(std::string_view text) {
  if (text.empty() || !is_plain_utc(text)) return std::nullopt;
  PlainTime time = PlainTimeText(text.data()).parts();
  std::int64_t seconds = time.hour * 3600 + time.minute * 60 + time.second;
  return Instant{day_number(time) * 86'400 + seconds, 0};
}

}  // namespace levy::batch::fast
