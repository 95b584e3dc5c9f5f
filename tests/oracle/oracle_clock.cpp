#include "oracle_clock.h"

#include <array>
#include <stdexcept>

namespace oracle {

namespace {

std::optional<int> number_at(const std::string& text, std::size_t start, std::size_t length) {
  if (start + length > text.size()) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t index = start; index < start + length; ++index) {
    if (text[index] < '0' || text[index] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[index] - '0');
  }
  return value;
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

// Counted year by year and month by month, from 1970 on.
std::optional<Rational> days_of(const std::string& text) {
  const std::optional<int> year = number_at(text, 0, 4);
  const std::optional<int> month = number_at(text, 5, 2);
  const std::optional<int> day = number_at(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  if (*year < 1970 || *month < 1 || *month > 12 || *day < 1 ||
      *day > days_in_month(*year, *month)) {
    return std::nullopt;
  }
  int days = *day - 1;
  for (int earlier = 1970; earlier < *year; ++earlier) {
    days += is_leap(earlier) ? 366 : 365;
  }
  for (int earlier = 1; earlier < *month; ++earlier) {
    days += days_in_month(*year, earlier);
  }
  return Rational(days);
}

std::string without_offset(const std::string& clock) {
  for (const std::string offset : {"Z", "+00:00"}) {
    if (clock.size() > offset.size() &&
        clock.compare(clock.size() - offset.size(), offset.size(), offset) == 0) {
      return clock.substr(0, clock.size() - offset.size());
    }
  }
  return clock;
}

std::optional<Rational> clock_of(const std::string& text) {
  const std::optional<int> hour = number_at(text, 0, 2);
  const std::optional<int> minute = number_at(text, 3, 2);
  if (!hour || !minute || text[2] != ':' || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  if (text.size() > 5 && text[5] != ':') {
    return std::nullopt;
  }
  std::string seconds = text.size() > 5 ? text.substr(6) : "00";
  if (!number_at(seconds, 0, 2)) {
    return std::nullopt;
  }
  if (seconds.front() == '0') {
    seconds.erase(0, 1);  // the grammar of decimals has no leading zero
  }
  const std::optional<Rational> second = parse_decimal(seconds);
  if (!second || *second < 0 || *second >= 60) {
    return std::nullopt;
  }
  return Rational(*hour * 3600 + *minute * 60) + *second;
}

}  // namespace

std::string weekday_of(const Rational& day) {
  constexpr std::array<const char*, 7> names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const Integer index = (floor_of(day) + 3) % 7;  // 1970-01-01 was a Thursday
  return names.at(static_cast<std::size_t>(index));
}

Rational seconds_of(const Instant& instant) { return instant.day * 86400 + instant.second; }

Rational parse_time_of_day(const std::string& text) {
  const std::optional<Rational> seconds = clock_of(text);
  if (!seconds) {
    throw std::logic_error("not a time of day: " + text);
  }
  return *seconds;
}

std::optional<Instant> parse_instant(const std::string& text) {
  const std::optional<Rational> day = days_of(text);
  if (!day) {
    return std::nullopt;
  }
  if (text.size() == 10) {
    return Instant{*day, 0};
  }
  const std::optional<Rational> second = clock_of(without_offset(text.substr(11)));
  if (text[10] != 'T' || !second) {
    return std::nullopt;
  }
  return Instant{*day, *second};
}

}  // namespace oracle
