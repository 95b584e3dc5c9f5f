// Numbers in the plain form that data is full of, "1234.56", without the general reader.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "time/instant.h"

namespace levy::batch::fast {

// One to eight characters as a number, all at once, without a branch.
class PlainWord {
 public:
  static constexpr std::uint64_t none = ~std::uint64_t{0};

  // The characters in the highest bytes, the last one in the highest of all, each with that of '0'
  // taken off; below the first, zeros. `first` is the lowest bit of the first one.
  std::uint64_t characters = 0, first = 0;

  // Of an empty or a longer text it is a word that is no number. 8 bytes are readable from the
  // text's first.
  static PlainWord of(std::string_view text) {
    if (text.empty() || text.size() > 8) [[unlikely]]
      return {none, 0};
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    std::size_t shift = 64 - 8 * text.size();
    return {(bytes ^ (ones * '0')) << shift, std::uint64_t{1} << shift};
  }

  struct Number {
    std::uint64_t digits;  // as a whole number, without the point; none: it is of another form
    std::uint64_t places;  // after the point
  };
  // No zeros may stand before it, and a digit must stand on both sides of a point.
  [[gnu::always_inline]] Number number() const {
    std::uint64_t points = zero_bytes(characters ^ (ones * ('.' ^ '0')));
    std::uint64_t point = (points & (0 - points)) >> 7;  // its lowest bit; 0: there is none
    std::uint64_t is_there = point != 0 ? 1 : 0;
    std::uint64_t through_point = (point << 8) - is_there, below_point = point - is_there;
    std::uint64_t digits = (characters & ~through_point) | ((characters & below_point) << 8);
    std::uint64_t other = ((digits + ones * (0x7F - 9)) | digits) & (ones * 0x80);
    std::uint64_t first_digit = characters & (first * 0xFF);  // 0: a zero
    other |= point == first ? 1 : 0;
    other |= point == last ? 1 : 0;
    other |= (first_digit != 0 ? 0 : 1) & (point != first << 8 ? 1 : 0);
    return {value_of(digits) | (other != 0 ? none : 0), (point * places_by_byte) >> 56};
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101, last = std::uint64_t{1} << 56;
  static constexpr std::uint64_t places_by_byte = 0x0706050403020100;

  // The top bits of the bytes that are 0.
  static std::uint64_t zero_bytes(std::uint64_t word) {
    constexpr std::uint64_t low_bits = ones * 0x7F;
    return ~(((word & low_bits) + low_bits) | word | low_bits);
  }

  // Of bytes from 0 to 9, the lowest one's counting most: in pairs, in fours, in eights.
  static std::uint64_t value_of(std::uint64_t digits) {
    digits = digits * 10 + (digits >> 8);
    constexpr std::uint64_t every_other = 0x000000FF000000FF;
    return (((digits & every_other) * (100 + (std::uint64_t{1'000'000} << 32))) +
            (((digits >> 16) & every_other) * (1 + (std::uint64_t{10'000} << 32)))) >>
           32;
  }
};

// In steps of 10^-digits; nothing: the text is of another form, has more than 18 characters or more
// than `digits` places that are no zeros, or would not fit. 8 bytes are readable from the text's
// first.
std::optional<std::int64_t> read_plain_number(std::string_view text, int digits);

// Digits, and perhaps a point among them: what either of them might read.
bool is_plain_number(std::string_view text);

// "12.50 EUR": a number, one blank, a currency, which is empty in a number alone. Both are where
// the text ends with the blank.
struct MoneyText {
  std::string_view number, currency;
};
MoneyText split_money(std::string_view text);

// Where a JSON number of digits and a point ends; where it begins: it is none.
std::size_t plain_number_end(std::string_view text, std::size_t begin);

// Many texts, read together.
class PlainNumbers {
 public:
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

  void begin(std::size_t count);
  void put(std::size_t i, std::string_view text) {
    PlainWord word = PlainWord::of(text);
    characters_[i] = word.characters;
    firsts_[i] = word.first;
  }
  void read();

  // In steps of 10^-digits, as read_plain_number; none: that knows it, or nobody here.
  std::int64_t get(std::size_t i, int digits) const {
    std::size_t more = static_cast<std::size_t>(digits) - places_[i];
    if (digits_[i] == PlainWord::none || more >= powers_of_ten.size()) [[unlikely]]
      return none;
    return static_cast<std::int64_t>(digits_[i] * powers_of_ten[more]);
  }

 private:
  static constexpr std::array<std::uint64_t, 11> powers_of_ten = [] {
    std::array<std::uint64_t, 11> all{};
    all[0] = 1;
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = 10 * all[i - 1];
    return all;
  }();

  std::size_t count_ = 0;
  std::vector<std::uint64_t> characters_, firsts_;  // of the words
  std::vector<std::uint64_t> digits_, places_;      // of their numbers
};

// The one form of time that data is full of, "2026-11-20T15:04:05Z", without the general reader.

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

}  // namespace levy::batch::fast
