// The one form of time that data is full of, "2026-11-20T15:04:05Z", without the general reader.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "time/instant.h"

namespace levy {

// A text of that form: its parts as numbers.
struct PlainTime {
  int year, month, day, hour, minute, second;
};

// What, added to eight bytes, sets the top bit of those that are above the limits, the first byte's
// first.
constexpr std::uint64_t above(unsigned a, unsigned b, unsigned c, unsigned d, unsigned e,
                              unsigned f, unsigned g, unsigned h) {
  std::uint64_t bytes = 0;
  for (unsigned limit : {h, g, f, e, d, c, b, a}) bytes = bytes << 8 | (0x7F - limit);
  return bytes;
}

// Its twenty characters in three words, of which the last two overlap.
class PlainTimeText {
 public:
  static constexpr std::size_t size = 20;

  PlainTimeText() = default;
  explicit PlainTimeText(const char* text) {
    std::memcpy(words_, text, 2 * sizeof words_[0]);
    std::memcpy(words_ + 2, text + 12, sizeof words_[2]);
  }

  // Is it of that form, and does the instant exist? A leap second does not.
  bool is_instant() const { return is_in_every_year() || is_leap_day(); }
  // The same, but for the 29th of February. Without a branch.
  bool is_in_every_year() const {
    constexpr std::uint64_t digits[] = {above(9, 9, 9, 9, 0, 9, 9, 0),
                                        above(9, 9, 0, 9, 9, 0, 9, 9),
                                        above(9, 0, 9, 9, 0, 9, 9, 0)};
    constexpr std::uint64_t limits[] = {above(99, 99, 99, 99, 99, 12, 99, 99),
                                        above(31, 99, 99, 23, 99, 99, 59, 99),
                                        above(99, 99, 99, 99, 99, 59, 99, 99)};
    auto [date_digits, middle_digits, end_digits] = values();
    std::uint64_t no_form = (date_digits + digits[0]) | date_digits | (middle_digits + digits[1]) |
                            middle_digits | (end_digits + digits[2]) | end_digits;
    auto [date, middle, end] = pairs();
    std::uint64_t too_great = (date + limits[0]) | (middle + limits[1]) | (end + limits[2]);
    std::uint64_t month = (date >> 40) & 0xFF, day = middle & 0xFF;
    // From March on the odd ones have 31 days until July, from August on the even ones.
    std::uint64_t most_days = 30 + ((month ^ (month >> 3)) & 1) - (month == 2 ? 2u : 0u);
    std::uint64_t below_zero = (month - 1) | (day - 1) | (most_days - day);
    return ((no_form | too_great | (below_zero >> 56)) & top_bits) == 0;
  }

  PlainTime parts() const;  // of an instant

 private:
  static constexpr std::uint64_t top_bits = 0x8080808080808080;

  static std::uint64_t bytes_at(const char* text) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
  }
  struct Words {
    std::uint64_t date, middle, end;
  };
  // Each character with that of "0000-00-00T00:00:00Z" taken off: a digit's value, or 0 for a sign.
  Words values() const {
    return {words_[0] ^ bytes_at("0000-00-"), words_[1] ^ bytes_at("00T00:00"),
            words_[2] ^ bytes_at("0:00:00Z")};
  }
  // In each byte ten times its value and the next one's.
  Words pairs() const {
    Words of = values();
    return {of.date * 10 + (of.date >> 8), of.middle * 10 + (of.middle >> 8),
            of.end * 10 + (of.end >> 8)};
  }
  bool is_leap_day() const;

  std::uint64_t words_[3] = {};
};

// Is it that form, or nothing at all, and does the instant exist?
inline bool is_plain_utc(std::string_view text) {
  if (text.size() != PlainTimeText::size) return text.empty();
  return PlainTimeText(text.data()).is_instant();
}

// Which of many texts are plain_utc; one of a leap day may be called other.
class PlainTimes {
 public:
  void begin(std::size_t count);
  void put(std::size_t i, std::string_view text) {
    static constexpr char any[] = "2026-11-20T15:04:05Z", other[] = "....................";
    bool is_whole = text.size() == PlainTimeText::size;
    texts_[i] = PlainTimeText(is_whole ? text.data() : text.empty() ? any : other);
  }
  bool check();  // are all of them?
  bool get(std::size_t i) const { return plain_[i]; }

 private:
  std::size_t count_ = 0;
  std::vector<PlainTimeText> texts_;
  std::vector<std::uint64_t> plain_;
};

// Nothing: it is not; the general reader may still know it.
std::optional<Instant> read_plain_instant(std::string_view text);

}  // namespace levy
