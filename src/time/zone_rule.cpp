#include "time/zone_rule.h"

#include <date/date.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

#include "base/text.h"

namespace levy {
namespace {

constexpr std::int64_t seconds_a_day = 86400;

// ---- the footer's text -------------------------------------------------------------------------

struct FooterReader {
  std::string_view rest;

  bool take(char wanted) {
    if (rest.empty() || rest.front() != wanted) return false;
    rest.remove_prefix(1);
    return true;
  }

  // A name: letters, or anything between angle brackets.
  bool skip_name() {
    bool quoted = take('<');
    std::size_t size = 0;
    auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    while (size < rest.size() && (quoted ? rest[size] != '>' : is_letter(rest[size]))) ++size;
    if (size == 0) return false;
    rest.remove_prefix(size);
    return !quoted || take('>');
  }

  std::optional<int> number(int max) {
    std::size_t size = 0;
    int value = 0;
    for (; size < rest.size() && rest[size] >= '0' && rest[size] <= '9'; ++size) {
      value = value * 10 + (rest[size] - '0');
      if (value > max) return std::nullopt;
    }
    if (size == 0) return std::nullopt;
    rest.remove_prefix(size);
    return value;
  }

  // "5", "-3:30", "24": seconds.
  std::optional<std::int32_t> clock() {
    std::int32_t sign = take('-') ? -1 : 1;
    if (sign > 0) take('+');
    std::optional<int> hours = number(167);
    if (!hours) return std::nullopt;
    std::int32_t seconds = *hours * 3600;
    for (std::int32_t unit : {60, 1}) {
      if (!take(':')) break;
      std::optional<int> part = number(59);
      if (!part) return std::nullopt;
      seconds += *part * unit;
    }
    return sign * seconds;
  }

  // "M3.5.0/2", "J60", "300/24".
  std::optional<ZoneRule::Date> date() {
    using Kind = ZoneRule::Date::Kind;
    ZoneRule::Date date;
    std::optional<int> first, week, weekday;
    if (take('M')) {
      first = number(12);
      if (!first || !take('.') || !(week = number(5)) || !take('.') || !(weekday = number(6)))
        return std::nullopt;
      if (*first == 0 || *week == 0) return std::nullopt;
      date.month = *first;
      date.week = *week;
      date.weekday = *weekday;
    } else {
      date.kind = take('J') ? Kind::julian : Kind::zero_based;
      first = number(365);
      if (!first || (date.kind == Kind::julian && *first == 0)) return std::nullopt;
      date.day = *first;
    }
    if (!take('/')) return date;
    std::optional<std::int32_t> time = clock();
    if (!time) return std::nullopt;
    date.seconds = *time;
    return date;
  }
};

// ---- days of a year ----------------------------------------------------------------------------

date::sys_days day_in(const ZoneRule::Date& rule, date::year year) {
  using Kind = ZoneRule::Date::Kind;
  if (rule.kind == Kind::zero_based)
    return date::sys_days(year / date::January / 1) + date::days(rule.day);
  if (rule.kind == Kind::julian) {
    bool after_february = rule.day >= 60;
    date::days leap(after_february && year.is_leap() ? 1 : 0);
    return date::sys_days(year / date::January / 1) + date::days(rule.day - 1) + leap;
  }
  date::weekday weekday(static_cast<unsigned>(rule.weekday));
  date::month month(static_cast<unsigned>(rule.month));
  if (rule.week == 5) return date::sys_days(year / month / weekday[date::last]);
  return date::sys_days(year / month / weekday[static_cast<unsigned>(rule.week)]);
}

// By the clock as it shows.
std::int64_t shown_at(const ZoneRule::Date& rule, date::year year) {
  return day_in(rule, year).time_since_epoch().count() * seconds_a_day + rule.seconds;
}

// ---- the file ----------------------------------------------------------------------------------

// Where the time zone library looks as well.
constexpr std::string_view zones_folder = "/usr/share/zoneinfo/";
constexpr std::size_t zone_file_max = 1 << 16;

// Big-endian, two's complement.
std::int64_t integer_at(std::string_view bytes, std::size_t size) {
  std::uint64_t value = static_cast<unsigned char>(bytes.front()) >= 0x80 && size < 8
                            ? std::numeric_limits<std::uint64_t>::max()
                            : 0;
  for (char byte : bytes.substr(0, size)) value = value << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

// One block of the file: a header of 44 bytes and the data that it counts.
struct Block {
  std::size_t times = 0, size = 0;  // how many transitions; bytes, header included
};

std::optional<Block> block_at(std::string_view bytes, std::size_t time_size) {
  constexpr std::size_t header = 44;
  if (bytes.size() < header || bytes.substr(0, 4) != "TZif") return std::nullopt;
  auto count = [&](std::size_t index) {
    return static_cast<std::size_t>(integer_at(bytes.substr(20 + 4 * index), 4));
  };
  Block block;
  block.times = count(3);
  block.size = header + count(0) + count(1) + count(2) * (time_size + 4) +
               block.times * (time_size + 1) + count(4) * 6 + count(5);
  if (block.size > bytes.size()) return std::nullopt;
  return block;
}

}  // namespace

Diagnostic unreadable_zone(std::string_view zone, int error) {
  return Diagnostic{Code::unreadable,
                    "the time zone " + in_quotes(zone) + " cannot be read: " + std::strerror(error),
                    "check " + std::string(zones_folder) + std::string(zone)};
}

Checked<std::optional<std::string>> read_zone_file(std::string_view zone) {
  // No other name is a zone's, and none leads out of the folder.
  bool is_name = std::all_of(zone.begin(), zone.end(), [](char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) ||
           std::string_view("_+-/").find(c) != npos;
  });
  if (!is_name || zone.empty()) return std::optional<std::string>();
  std::string path = std::string(zones_folder) + std::string(zone);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::string bytes(zone_file_max, '\0');
  if (file) bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  if (file && std::ferror(file.get()) == 0) return std::optional(std::move(bytes));
  bool is_none = errno == ENOENT || errno == ENOTDIR || errno == EISDIR || errno == ENAMETOOLONG;
  if (is_none) return std::optional<std::string>();
  return unreadable_zone(zone, errno);
}

std::optional<ZoneRule> ZoneRule::find(std::string_view bytes) {
  std::optional<Block> old = block_at(bytes, 4);
  if (!old || bytes[4] < '2') return std::nullopt;  // the first version has no footer
  bytes.remove_prefix(old->size);
  std::optional<Block> block = block_at(bytes, 8);
  if (!block) return std::nullopt;
  std::int64_t since = std::numeric_limits<std::int64_t>::min();
  if (block->times > 0) since = integer_at(bytes.substr(44 + 8 * (block->times - 1)), 8);
  bytes.remove_prefix(block->size);
  std::size_t end = bytes.find('\n', 1);
  if (bytes.empty() || bytes.front() != '\n' || end == std::string_view::npos) return std::nullopt;
  return parse(bytes.substr(1, end - 1), since);
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view footer, std::int64_t since) {
  FooterReader in{footer};
  ZoneRule rule;
  rule.since_ = since;
  if (!in.skip_name()) return std::nullopt;
  std::optional<std::int32_t> west = in.clock();
  if (!west) return std::nullopt;
  rule.standard_ = rule.summer_ = -*west;
  if (in.rest.empty()) return rule;
  if (!in.skip_name()) return std::nullopt;
  rule.has_summer_ = true;
  rule.summer_ = rule.standard_ + 3600;
  if (!in.rest.empty() && in.rest.front() != ',') {
    west = in.clock();
    if (!west) return std::nullopt;
    rule.summer_ = -*west;
  }
  if (!in.take(',')) return std::nullopt;
  std::optional<Date> start = in.date();
  if (!start || !in.take(',')) return std::nullopt;
  std::optional<Date> end = in.date();
  if (!end || !in.rest.empty()) return std::nullopt;
  rule.start_ = *start;
  rule.end_ = *end;
  return rule;
}

// Summer all the year ends and begins at the same instants: it is summer then.
std::vector<ZoneRule::Transition> ZoneRule::transitions_near(std::int64_t shown) const {
  std::int64_t day = shown / seconds_a_day - (shown % seconds_a_day < 0 ? 1 : 0);
  date::year_month_day ymd(date::sys_days(date::days(static_cast<int>(day))));
  std::vector<Transition> transitions;
  for (int beside : {-1, 0, 1}) {
    date::year year = ymd.year() + date::years(beside);
    transitions.push_back({shown_at(start_, year) - standard_, true});
    transitions.push_back({shown_at(end_, year) - summer_, false});
  }
  std::sort(transitions.begin(), transitions.end(), [](const auto& a, const auto& b) {
    return a.at != b.at ? a.at < b.at : a.to_summer < b.to_summer;
  });
  return transitions;
}

std::int32_t ZoneRule::offset_seconds(std::int64_t instant) const {
  if (!has_summer_) return standard_;
  bool summer = false;
  for (const Transition& one : transitions_near(instant + standard_)) {
    if (one.at <= instant) summer = one.to_summer;
  }
  return summer ? summer_ : standard_;
}

ZoneRule::Found ZoneRule::instant(std::int64_t shown) const {
  for (std::int32_t offset : {std::max(standard_, summer_), std::min(standard_, summer_)}) {
    if (offset_seconds(shown - offset) == offset) return {shown - offset, false};
  }
  for (const Transition& one : transitions_near(shown)) {
    std::int64_t before = one.at + offset_seconds(one.at - 1);
    std::int64_t after = one.at + offset_seconds(one.at);
    if (before <= shown && shown < after) return {one.at, true};
  }
  return {shown - standard_, false};
}

}  // namespace levy
