#include "batch/fast_time.h"

#include <cstdint>

namespace levy {
namespace {

struct Fields {
  int year, month, day, hour, minute, second;
};

int pair_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool is_shaped(std::string_view text) {
  if (text.size() != 20) return false;
  unsigned wrong = 0;
  for (std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u, 11u, 12u, 14u, 15u, 17u, 18u})
    wrong |= static_cast<unsigned>(static_cast<unsigned char>(text[at] - '0') > 9);
  return wrong == 0 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
         text[16] == ':' && text[19] == 'Z';
}

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

bool read(std::string_view text, Fields& f) {
  if (!is_shaped(text)) return false;
  f = {pair_at(text, 0) * 100 + pair_at(text, 2),
       pair_at(text, 5),
       pair_at(text, 8),
       pair_at(text, 11),
       pair_at(text, 14),
       pair_at(text, 17)};
  return f.month >= 1 && f.month <= 12 && f.day >= 1 && f.day <= days_in(f.year, f.month) &&
         f.hour <= 23 && f.minute <= 59 && f.second <= 59;
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
