#include "batch/fast_time.h"

#include "batch/wide_loops.h"

namespace levy {
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

}  // namespace levy
