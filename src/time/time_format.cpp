#include "time/time_format.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "time/calendar.h"

namespace levy {
namespace {

constexpr std::string_view known_fields = "YymdebBHIMSpzZs";
constexpr std::int64_t unix_day_seconds = 86'400;
constexpr std::int32_t half_day_hours = 12;

Diagnostic pattern_fault(std::string_view pattern, std::size_t begin, std::size_t end,
                         std::string message, std::string remedy) {
  return text_fault(pattern, begin, end, Code::bad_value, std::move(message), std::move(remedy));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// ---- reading -----------------------------------------------------------------------------------

// What the fields of a text came to, as far as they were read.
struct Fields {
  int year = -1, month = -1, day = -1, hour = 0, minute = 0, second = 0, nanosecond = 0;
  bool is_afternoon = false, has_half = false;
  std::optional<std::int32_t> offset;
  std::optional<std::int64_t> unix_seconds;
};

class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  bool is_done() const { return rest_.empty(); }

  bool literal(std::string_view wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (rest_.empty() || rest_[0] != wanted[i]) return false;
      rest_.remove_prefix(1);
      while (is_blank(wanted[i]) && !rest_.empty() && is_blank(rest_[0])) rest_.remove_prefix(1);
    }
    return true;
  }

  bool field(char letter, Fields& fields,
             const std::map<std::string, std::int32_t, std::less<>>& zones) {
    switch (letter) {
      case 'Y':
        return digits(4, 4, fields.year);
      case 'y':
        if (!digits(2, 2, fields.year)) return false;
        fields.year += fields.year < 69 ? 2000 : 1900;
        return true;
      case 'm':
        return digits(1, 2, fields.month);
      case 'd':
      case 'e':
        if (letter == 'e') skip_blanks();
        return digits(1, 2, fields.day);
      case 'b':
      case 'B':
        return month_name(fields.month);
      case 'H':
      case 'I':
        return digits(1, 2, fields.hour) && (letter == 'H' || is_hour_of_half(fields.hour));
      case 'M':
        return digits(2, 2, fields.minute);
      case 'S':
        return digits(2, 2, fields.second) && fraction(fields.nanosecond);
      case 'p':
        return half(fields);
      case 'z':
        return offset(fields.offset);
      case 'Z':
        return zone(zones, fields.offset);
      default:
        return unix_time(fields);
    }
  }

 private:
  static bool is_hour_of_half(int hour) { return hour >= 1 && hour <= half_day_hours; }

  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_[0])) rest_.remove_prefix(1);
  }

  bool digits(std::size_t least, std::size_t most, int& value) {
    std::size_t count = 0;
    value = 0;
    for (; count < most && count < rest_.size() && is_digit(rest_[count]); ++count)
      value = 10 * value + (rest_[count] - '0');
    rest_.remove_prefix(count);
    return count >= least;
  }

  // ".123456", as far as nanoseconds go; nothing is one too.
  bool fraction(int& nanoseconds) {
    if (rest_.size() < 2 || (rest_[0] != '.' && rest_[0] != ',') || !is_digit(rest_[1]))
      return true;
    rest_.remove_prefix(1);
    int unit = 1'000'000'000;
    for (; !rest_.empty() && is_digit(rest_[0]); rest_.remove_prefix(1)) {
      unit /= 10;
      if (unit == 0) return false;
      nanoseconds += (rest_[0] - '0') * unit;
    }
    return true;
  }

  std::string letters() {
    std::string word;
    for (; !rest_.empty() && (is_capital(rest_[0]) || is_lower(rest_[0])); rest_.remove_prefix(1))
      word += is_capital(rest_[0]) ? static_cast<char>(rest_[0] - 'A' + 'a') : rest_[0];
    return word;
  }

  // Whole, or its first three letters, perhaps with a point.
  bool month_name(int& month) {
    static constexpr std::array<std::string_view, 12> names = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    std::string word = letters();
    if (word == "sept") word = "sep";
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (word != names[i] && (word.size() != 3 || !names[i].starts_with(word))) continue;
      month = static_cast<int>(i) + 1;
      if (word.size() == 3 && rest_.starts_with('.')) rest_.remove_prefix(1);
      return true;
    }
    return false;
  }

  bool half(Fields& fields) {
    std::string word = letters();
    fields.has_half = true;
    fields.is_afternoon = word == "pm";
    return word == "am" || word == "pm";
  }

  bool offset(std::optional<std::int32_t>& offset) {
    std::size_t size = 0;
    while (size < rest_.size() &&
           (is_digit(rest_[size]) || rest_[size] == ':' || (size == 0 && !is_blank(rest_[size]))))
      ++size;
    offset = read_utc_offset(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return offset.has_value();
  }

  bool zone(const std::map<std::string, std::int32_t, std::less<>>& zones,
            std::optional<std::int32_t>& offset) {
    std::size_t size = 0;
    while (size < rest_.size() && !is_blank(rest_[size])) ++size;
    auto found = zones.find(rest_.substr(0, size));
    if (found == zones.end()) return false;
    offset = found->second;
    rest_.remove_prefix(size);
    return true;
  }

  bool unix_time(Fields& fields) {
    constexpr std::size_t digits_max = 12;
    bool is_negative = rest_.starts_with('-');
    if (is_negative) rest_.remove_prefix(1);
    std::int64_t value = 0;
    std::size_t count = 0;
    for (; count < rest_.size() && is_digit(rest_[count]); ++count) {
      if (count == digits_max) return false;
      value = 10 * value + (rest_[count] - '0');
    }
    rest_.remove_prefix(count);
    fields.unix_seconds = is_negative ? -value : value;
    return count > 0 && (is_negative || fraction(fields.nanosecond));
  }

  std::string_view rest_;
};

Day unix_day(std::int64_t seconds, std::int32_t& second) {
  std::int64_t day = seconds / unix_day_seconds;
  second = static_cast<std::int32_t>(seconds - day * unix_day_seconds);
  if (second < 0) {
    second += static_cast<std::int32_t>(unix_day_seconds);
    --day;
  }
  return Day{static_cast<std::int32_t>(day)};
}

std::optional<TimeFormat::Reading> reading_of(const Fields& fields) {
  TimeFormat::Reading reading;
  reading.nanosecond = fields.nanosecond;
  if (fields.unix_seconds) {
    reading.day = unix_day(*fields.unix_seconds, reading.second);
    reading.offset = 0;
    return reading;
  }
  auto date = date::year(fields.year) / date::month(static_cast<unsigned>(fields.month)) /
              date::day(static_cast<unsigned>(fields.day));
  int hour = fields.hour;
  if (fields.has_half) hour = hour % half_day_hours + (fields.is_afternoon ? half_day_hours : 0);
  if (!date.ok() || hour > 23 || fields.minute > 59 || fields.second > 59) return std::nullopt;
  reading.day = day_of(date::sys_days(date));
  reading.second = hour * 3600 + fields.minute * 60 + fields.second;
  reading.offset = fields.offset;
  return reading;
}

// What a pattern needs to say a time, and what it lacks of that: "the year, %Y".
std::string_view missing_field(const std::string& fields) {
  auto has = [&](std::string_view any) { return fields.find_first_of(any) != std::string::npos; };
  if (has("s")) return {};
  if (!has("Yy")) return "the year, %Y or %y";
  if (!has("mbB")) return "the month, %m or %b";
  if (!has("de")) return "the day, %d";
  if (has("I") && !has("p")) return "the half of the day that %I is an hour of, %p";
  if (has("p") && !has("I")) return "the hour of that half of the day, %I";
  if (has("M") && !has("HI")) return "the hour, %H";
  if (has("S") && !has("M")) return "the minute, %M";
  return {};
}

// Which of the same thing as another field: 'm' and 'b' are both the month.
char meaning_of(char field) {
  constexpr std::string_view same[] = {"Yy", "mbB", "de", "HI", "zZ"};
  for (std::string_view group : same) {
    if (group.find(field) != npos) return group[0];
  }
  return field;
}

}  // namespace

Checked<TimeFormat> TimeFormat::of(std::string_view pattern,
                                   std::map<std::string, std::int32_t, std::less<>> zones) {
  TimeFormat format;
  format.pattern_ = pattern;
  format.zones_ = std::move(zones);
  format.literals_.emplace_back();
  std::string meanings;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      // One blank stands for several.
      bool repeats = is_blank(pattern[at]) && !format.literals_.back().empty() &&
                     is_blank(format.literals_.back().back());
      if (!repeats) format.literals_.back() += pattern[at];
      continue;
    }
    char letter = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
    std::string written(pattern.substr(at, 2));
    if (letter == '%') {
      format.literals_.back() += '%';
    } else if (letter == '\0' || known_fields.find(letter) == npos) {
      return pattern_fault(pattern, at, at + written.size(),
                           in_quotes(written) + " is not a part of a time",
                           "the parts are %Y %y %m %d %e %b %B %H %I %M %S %p %z %Z %s and %%");
    } else if (meanings.find(meaning_of(letter)) != npos) {
      return pattern_fault(pattern, at, at + 2, in_quotes(written) + " says again what was said",
                           "give each part of the time once");
    } else {
      meanings += meaning_of(letter);
      format.fields_ += letter;
      format.literals_.emplace_back();
    }
    ++at;
  }
  std::string_view missing = missing_field(format.fields_);
  if (!missing.empty())
    return pattern_fault(pattern, 0, pattern.size(), "the format lacks " + std::string(missing),
                         "write all parts of the time, as in %d.%m.%Y %H:%M:%S");
  return format;
}

std::optional<TimeFormat::Reading> TimeFormat::read(std::string_view text) const {
  FieldReader in(text);
  Fields fields;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!in.literal(literals_[i]) || !in.field(fields_[i], fields, zones_)) return std::nullopt;
  }
  if (!in.literal(literals_.back()) || !in.is_done()) return std::nullopt;
  return reading_of(fields);
}

std::optional<std::int32_t> read_utc_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::string digits;
  for (char c : text.substr(1)) {
    if (c != ':') digits += c;
  }
  bool has_form = text.size() == 3 || (text.size() == 5 && text[3] != ':') ||
                  (text.size() == 6 && text[3] == ':');
  if (!has_form || digits.find_first_not_of("0123456789") != npos) return std::nullopt;
  digits.resize(4, '0');
  int hours = (digits[0] - '0') * 10 + (digits[1] - '0');
  int minutes = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

bool append_utc(std::string& out, Instant instant) {
  std::int32_t second = 0;
  Day day = unix_day(instant.seconds, second);
  date::year_month_day date(sys_days_of(day));
  int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) return false;
  auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  auto day_of_month = static_cast<int>(static_cast<unsigned>(date.day()));
  char text[] = "0000-00-00T00:00:00Z";
  auto put = [&](int at, int value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(0, year / 100);
  put(2, year % 100);
  put(5, month);
  put(8, day_of_month);
  put(11, second / 3600);
  put(14, second / 60 % 60);
  put(17, second % 60);
  constexpr std::size_t size = sizeof text - 1;
  if (instant.nanoseconds == 0) {
    out.append(text, size);
    return true;
  }
  std::string fraction = std::to_string(1'000'000'000 + instant.nanoseconds).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  out.append(text, size - 1).append(".").append(fraction).append("Z");
  return true;
}

}  // namespace levy
