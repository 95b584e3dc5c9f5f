#include "time/time_repairs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "time/instant.h"

namespace levy {
namespace {

using std::string_view;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string in_small_letters(string_view text) {
  std::string small;
  for (char c : text) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

// A run of digits or of letters; what stands between them is left out.
struct Part {
  string_view text;
  std::size_t begin = 0;

  bool is_number() const { return is_digit(text.front()); }
  int value() const {
    int value = 0;
    for (char c : text.substr(0, 8)) value = value * 10 + (c - '0');
    return value;
  }
  std::size_t end() const { return begin + text.size(); }
};

std::vector<Part> parts_of(string_view text) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    auto alike = is_digit(text[at]) ? is_digit : is_letter;
    std::size_t begin = at;
    while (at < text.size() && alike(text[at])) ++at;
    if (at > begin) parts.push_back({text.substr(begin, at - begin), begin});
    if (at == begin) ++at;
  }
  return parts;
}

std::string padded(int value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

// "2026-11-20" where there is such a day; "" otherwise.
std::string day_text(int year, int month, int day) {
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return "";
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  int last = lengths[static_cast<std::size_t>(month) - 1] + (month == 2 && leap ? 1 : 0);
  if (day > last) return "";
  return std::to_string(year) + "-" + padded(month) + "-" + padded(day);
}

// 1 to 12 for "Nov" or "November"; 0: not a month.
int month_number(string_view word) {
  constexpr std::array<string_view, 12> months = {"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
  std::string small = in_small_letters(word);
  if (small == "sept") return 9;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (small == months[i] || small == months[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

// What stands after the date as a time of day: "T15:00" for " 3:00 PM" and " 3 pm"; "" where there
// is none.
std::string clock_text(string_view text, std::size_t from) {
  std::vector<Part> parts = parts_of(text.substr(from));
  if (!parts.empty() && (parts[0].text == "T" || parts[0].text == "t")) parts.erase(parts.begin());
  if (parts.size() < 2 || !parts[0].is_number()) return "";
  int hour = parts[0].value();
  std::string last = in_small_letters(parts.back().text);
  bool halved = last == "am" || last == "pm";
  if (last == "pm" && hour < 12) hour += 12;
  if (last == "am" && hour == 12) hour = 0;
  string_view minute = halved && parts.size() == 2 ? string_view("00") : parts[1].text;
  auto sixtieths = [](string_view digits) {
    return digits.size() == 2 && digits[0] >= '0' && digits[0] <= '5' && is_digit(digits[1]);
  };
  if (hour > 23 || !sixtieths(minute)) return "";
  std::string clock = "T" + padded(hour) + ":" + std::string(minute);
  bool seconds = parts.size() > 2 && parts[2].is_number() && parts[2].text.size() == 2;
  if (seconds && !sixtieths(parts[2].text)) return "";
  return seconds ? clock + ":" + std::string(parts[2].text) : clock;
}

// Two numbers and a year, or a year and two numbers, with other marks than "-" between them.
std::optional<TimeRepair> repair_order(string_view text, const std::vector<Part>& parts) {
  if (parts.size() < 3 || !parts[0].is_number() || !parts[1].is_number() || !parts[2].is_number())
    return std::nullopt;
  std::string clock = clock_text(text, parts[2].end());
  if (parts[0].text.size() == 4) {
    std::string day = day_text(parts[0].value(), parts[1].value(), parts[2].value());
    if (day.empty() || text.starts_with(day)) return std::nullopt;
    return TimeRepair{"", "write " + day + clock};
  }
  if (parts[2].text.size() == 2 && parts[0].text.size() <= 2 && parts[0].begin == 0 &&
      text.find(':') >= parts[2].begin)
    return TimeRepair{"it has a year of two digits", "write the date as YYYY-MM-DD: 2026-11-20"};
  if (parts[2].text.size() != 4) return std::nullopt;
  int first = parts[0].value(), second = parts[1].value(), year = parts[2].value();
  std::string day_first = day_text(year, second, first),
              month_first = day_text(year, first, second);
  if (day_first.empty() && month_first.empty()) return std::nullopt;
  if (!day_first.empty() && !month_first.empty() && day_first != month_first) {
    return TimeRepair{"it may begin with the day or with the month",
                      "write the year first: " + day_first + clock + " or " + month_first + clock};
  }
  if (month_first.empty())
    return TimeRepair{"it begins with the day", "write " + day_first + clock};
  return TimeRepair{"it begins with the month", "write " + month_first + clock};
}

// "20 Nov 2026", "Nov 20, 2026".
std::optional<TimeRepair> repair_month_name(string_view text, const std::vector<Part>& parts) {
  if (parts.size() < 3 || !parts[2].is_number()) return std::nullopt;
  bool name_first = !parts[0].is_number();
  const Part &name = parts[name_first ? 0 : 1], &number = parts[name_first ? 1 : 0];
  if (name.is_number() || !number.is_number()) return std::nullopt;
  std::string day = day_text(parts[2].value(), month_number(name.text), number.value());
  if (day.empty()) return std::nullopt;
  return TimeRepair{"it has the month as a word",
                    "write " + day + clock_text(text, parts[2].end())};
}

// All digits: 20261120, or seconds since 1970.
std::optional<TimeRepair> repair_digits(string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  if (text.size() == 8) {
    std::vector<Part> parts = {{text.substr(0, 4), 0}, {text.substr(4, 2), 4}, {text.substr(6), 6}};
    std::string day = day_text(parts[0].value(), parts[1].value(), parts[2].value());
    if (day.empty()) return std::nullopt;
    return TimeRepair{"it has no marks between year, month and day", "write " + day};
  }
  bool milliseconds = text.size() == 13;
  if (text.size() != 10 && !milliseconds) return std::nullopt;
  std::int64_t seconds = 0;
  for (char c : text.substr(0, 10)) seconds = seconds * 10 + (c - '0');
  return TimeRepair{milliseconds ? "it is a count of milliseconds since 1970"
                                 : "it is a count of seconds since 1970",
                    "write " + to_string(Instant{seconds, 0}, TimeZone())};
}

// A date and time, right but for what follows: "CET", "UTC", "Europe/Berlin", "PM".
std::optional<TimeRepair> repair_end(string_view text, const std::vector<Part>& parts) {
  bool numbers = parts.size() >= 5 && parts[0].is_number() && parts[1].is_number() &&
                 parts[2].is_number() && parts[0].begin == 0;
  if (!numbers) return std::nullopt;
  std::string day = day_text(parts[0].value(), parts[1].value(), parts[2].value());
  if (day.empty() || !text.starts_with(day)) return std::nullopt;
  auto word = std::find_if(parts.begin() + 4, parts.end(), [](const Part& part) {
    return !part.is_number() && part.text.find_first_not_of("TtZz") != string_view::npos;
  });
  if (word == parts.end()) return std::nullopt;
  std::string clock = clock_text(text, 10), name = std::string(word->text);
  if (clock.empty()) return std::nullopt;
  std::string small = in_small_letters(name);
  if (small == "am" || small == "pm")
    return TimeRepair{"it counts hours to twelve", "write " + day + clock};
  if (clock.size() == 6) clock += ":00";
  bool universal = (small == "utc" || small == "gmt") && word + 1 == parts.end();
  if (universal) return TimeRepair{"it ends with a zone's name", "write " + day + clock + "Z"};
  return TimeRepair{"it ends with a zone's name",
                    "write the offset from UTC in its place, such as " + day + clock +
                        "+01:00, or leave it out where the schedule's time zone is meant"};
}

// "4:30 pm", "16:30": a time of day and nothing else.
std::string bare_clock(string_view text, const std::vector<Part>& parts) {
  if (parts.size() < 2 || parts.size() > 4 || parts[0].begin != 0 || parts[0].text.size() > 2)
    return "";
  std::string last = in_small_letters(parts.back().text);
  bool halved = last == "am" || last == "pm";
  bool separated = std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_letter(c) || c == ':' || c == ' ';
  });
  if (!separated || (!halved && text.find(':') == string_view::npos)) return "";
  std::size_t numbers = halved ? parts.size() - 1 : parts.size();
  for (std::size_t i = 0; i < numbers; ++i) {
    if (!parts[i].is_number() || parts[i].text.size() > 2) return "";
  }
  std::string clock = clock_text(text, 0);
  return clock.empty() ? "" : clock.substr(1);
}

std::optional<TimeRepair> repair_bare_clock(string_view text, const std::vector<Part>& parts) {
  std::string clock = bare_clock(text, parts);
  if (clock.empty()) return std::nullopt;
  return TimeRepair{"it has no date", "write the date before it: 2026-11-20T" + clock};
}

}  // namespace

std::optional<TimeRepair> repair_time_of_day(string_view text) {
  std::string clock = bare_clock(text, parts_of(text));
  if (clock.empty() || clock == text) return std::nullopt;
  char last = text.back();
  bool halved = last == 'm' || last == 'M';
  return TimeRepair{halved ? "it counts hours to twelve" : "", "write " + clock};
}

std::optional<TimeRepair> repair_time(string_view text) {
  constexpr std::size_t longest = 60;
  if (text.empty() || text.size() > longest) return std::nullopt;
  std::vector<Part> parts = parts_of(text);
  if (auto repair = repair_digits(text)) return repair;
  if (auto repair = repair_order(text, parts)) return repair;
  if (auto repair = repair_month_name(text, parts)) return repair;
  if (auto repair = repair_bare_clock(text, parts)) return repair;
  return repair_end(text, parts);
}

}  // namespace levy
