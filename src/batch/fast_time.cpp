#include "batch/fast_time.h"

#include <cstdint>
#include <cstring>

namespace levy {
namespace {

struct Fields {
  int year, month, day, hour, minute, second;
};

std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

std::uint64_t word_of(const char (&text)[9]) { return word_at({text, 8}, 0); }

// Eight characters against "0000-00-", where a 0 stands for any digit: their digits as bytes, and
// whether they fit.
struct Matched {
  unsigned char digits[8];
  bool fits;
};

Matched match(std::uint64_t word, const char (&form)[9]) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::uint64_t wanted = word_of(form), value = word ^ wanted;
  // A digit of the form is 0x30: what is xored with it is at most 9. Elsewhere it must be 0.
  std::uint64_t is_digit = ~(((wanted ^ (ones * 0x30)) + ones * 0x7F)) & (ones * 0x80);
  std::uint64_t signs = ~((is_digit >> 7) * 0xFF);  // bytes that are no digits
  std::uint64_t above_nine = ((value & ~(ones * 0x80)) + ones * 0x76) | value;
  Matched matched{};
  matched.fits = (above_nine & (ones * 0x80)) == 0 && (value & signs) == 0;
  std::memcpy(matched.digits, &value, sizeof value);
  return matched;
}

int pair_at(const Matched& matched, std::size_t at) {
  return matched.digits[at] * 10 + matched.digits[at + 1];
}

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

bool read(std::string_view text, Fields& f) {
  if (text.size() != 20) return false;
  Matched date = match(word_at(text, 0), "0000-00-");
  Matched middle = match(word_at(text, 8), "00T00:00");
  Matched end = match(word_at(text, 12), "0:00:00Z");
  if (!date.fits || !middle.fits || !end.fits) return false;
  f = {pair_at(date, 0) * 100 + pair_at(date, 2),
       pair_at(date, 5),
       pair_at(middle, 0),
       pair_at(middle, 3),
       pair_at(middle, 6),
       pair_at(end, 5)};
  return f.month >= 1 && f.month <= 12 && f.day >= 1 &&
         (f.day <= 28 || f.day <= days_in(f.year, f.month)) && f.hour <= 23 && f.minute <= 59 &&
         f.second <= 59;
}

// Days since 1970-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap
// day is a year's last, and 400 of them are 146 097 days.
std::int64_t day_number(const Fields& f) {
  std::int64_t year = f.year - (f.month <= 2 ? 1 : 0);
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year = (153 * (f.month + (f.month > 2 ? -3 : 9)) + 2) / 5 + f.day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

}  // namespace

bool is_plain_utc(std::string_view text) {
  Fields fields;
  return text.empty() || read(text, fields);
}

std::optional<Instant> read_plain_instant(std::string_view text) {
  Fields f;
  if (!read(text, f)) return std::nullopt;
  std::int64_t seconds = f.hour * 3600 + f.minute * 60 + f.second;
  return Instant{day_number(f) * 86'400 + seconds, 0};
}

}  // namespace levy
