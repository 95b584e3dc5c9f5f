#include "facts/mapping.h"

#include "facts/number_forms.h"
#include "formats/encoding.h"
#include "time/time_format.h"
#include "unit/catch.h"

namespace levy {
namespace {

using facts::NumberSign;

std::string number(std::string_view text, const facts::NumberForm& form,
                   std::optional<int> minor_digits = {}, NumberSign sign = NumberSign::keep) {
  std::string out = "<";
  return facts::append_number(text, form, sign, minor_digits, out) ? out.substr(1) : "none";
}

// The time as levy writes it, in UTC where the text has no offset; "none".
std::string time_of(std::string_view text, std::string_view pattern) {
  Checked<TimeFormat> format = TimeFormat::of(pattern, {{"EDT", -4 * 3600}, {"CET", 3600}});
  if (!format) return format.faults().front().message;
  std::optional<TimeFormat::Reading> read = format->read(text);
  if (!read) return "none";
  std::string out;
  Instant instant{std::int64_t{read->day.number} * 86'400 + read->second - read->offset.value_or(0),
                  read->nanosecond};
  return append_utc(out, instant) ? out : "none";
}

std::string decoded(std::string_view bytes, const std::string& encoding, std::size_t step) {
  formats::ReadBlock trickle = [bytes, step](char* into, std::size_t size) mutable {
    std::size_t count = std::min({step, size, bytes.size()});
    bytes.copy(into, count);
    bytes.remove_prefix(count);
    return count;
  };
  Checked<formats::ReadBlock> read = formats::read_as_utf8(trickle, encoding);
  if (!read) return read.faults().front().message;
  std::string text;
  char block[7];
  for (std::size_t count = 0; (count = (*read)(block, sizeof block)) > 0;)
    text.append(block, count);
  return text;
}

}  // namespace

TEST_CASE("Numbers as others write them") {
  struct Row {
    std::string text, expected;
  };
  facts::NumberForm german;
  german.decimal = ',';
  german.group = ".";
  german.parentheses = german.trailing = true;
  for (const auto& [text, expected] : std::vector<Row>{
           {"0", "0"},
           {"1.234.567,89", "1234567.89"},
           {"1234567,89", "1234567.89"},
           {"123456789012345678901234567890,123456789", "123456789012345678901234567890.123456789"},
           {"-1,5", "-1.5"},
           {"\u22121,5", "-1.5"},
           {"1,5-", "-1.5"},
           {"(1,5)", "-1.5"},
           {"-0,00", "0.00"},
           {" 12,50 EUR ", "12.50 EUR"},
           {"12,50- EUR", "-12.50 EUR"},
           {"1.23,4", "none"},
           {"12.3456", "none"},
           {"1.2345,6", "none"},
           {".123,4", "none"},
           {"1.234.", "none"},
           {"1234.567", "none"},
           {"1,", "none"},
           {",5", "none"},
           {"1,2,3", "none"},
           {"--1", "none"},
           {"-1-", "none"},
           {"+1", "none"},
           {"1e3", "none"},
           {"", "none"},
           {"\uFF11", "none"}}) {
    CAPTURE(text);
    CHECK(number(text, german) == expected);
  }
  facts::NumberForm blank;
  blank.group = " ";
  CHECK(number("1 234 567.8", blank) == "1234567.8");
  CHECK(number("1\u00a0234\u202f567", blank) == "1234567");
  CHECK(number("1  234", blank) == "none");
  facts::NumberForm plain;
  CHECK(number("1234", plain, 2) == "12.34");
  CHECK(number("5", plain, 2) == "0.05");
  CHECK(number("-5", plain, 3) == "-0.005");
  CHECK(number("0", plain, 2) == "0.00");
  CHECK(number("5", plain, 0) == "5");
  CHECK(number("12.34", plain, 2) == "none");
  CHECK(number("5", plain, 2, NumberSign::negate) == "-0.05");
  CHECK(number("-5", plain, {}, NumberSign::negate) == "5");
  CHECK(number("-5", plain, {}, NumberSign::absolute) == "5");
  CHECK(number("0", plain, {}, NumberSign::negate) == "0");
}

TEST_CASE("Times as others write them") {
  struct Row {
    std::string text, pattern, expected;
  };
  for (const auto& [text, pattern, expected] : std::vector<Row>{
           {"20.11.2026", "%d.%m.%Y", "2026-11-20T00:00:00Z"},
           {"1.2.2026  9:05", "%d.%m.%Y %H:%M", "2026-02-01T09:05:00Z"},
           {"29.02.2024", "%d.%m.%Y", "2024-02-29T00:00:00Z"},
           {"29.02.2026", "%d.%m.%Y", "none"},
           {"20.11.2026 24:00", "%d.%m.%Y %H:%M", "none"},
           {"11/20/68", "%m/%d/%y", "2068-11-20T00:00:00Z"},
           {"11/20/69", "%m/%d/%y", "1969-11-20T00:00:00Z"},
           {"20 Nov 2026", "%d %b %Y", "2026-11-20T00:00:00Z"},
           {"november 3, 2026", "%B %e, %Y", "2026-11-03T00:00:00Z"},
           {"Sept. 3, 2026", "%b %d, %Y", "2026-09-03T00:00:00Z"},
           {"Novem 3, 2026", "%b %d, %Y", "none"},
           {"12:30 AM 2026-11-20", "%I:%M %p %Y-%m-%d", "2026-11-20T00:30:00Z"},
           {"12:30 pm 2026-11-20", "%I:%M %p %Y-%m-%d", "2026-11-20T12:30:00Z"},
           {"13:30 PM 2026-11-20", "%I:%M %p %Y-%m-%d", "none"},
           {"2026-11-20 16:05:07.1250", "%Y-%m-%d %H:%M:%S", "2026-11-20T16:05:07.125Z"},
           {"2026-11-20T16:05:07+0530", "%Y-%m-%dT%H:%M:%S%z", "2026-11-20T10:35:07Z"},
           {"2026-11-20T16:05:07Z", "%Y-%m-%dT%H:%M:%S%z", "2026-11-20T16:05:07Z"},
           {"2026-11-20 16:05 EDT", "%Y-%m-%d %H:%M %Z", "2026-11-20T20:05:00Z"},
           {"2026-11-20 16:05 PST", "%Y-%m-%d %H:%M %Z", "none"},
           {"1763650800", "%s", "2025-11-20T15:00:00Z"},
           {"-1", "%s", "1969-12-31T23:59:59Z"},
           {"1763650800.5", "%s", "2025-11-20T15:00:00.5Z"},
           {"100 % 20.11.2026", "100 %% %d.%m.%Y", "2026-11-20T00:00:00Z"},
           {"20.11.2026 x", "%d.%m.%Y", "none"},
           {"", "%d.%m.%Y", "none"},
           {"", "%d.%m", "the format lacks the year, %Y or %y"},
           {"", "%d.%m.%Y %I", "the format lacks the half of the day that %I is an hour of, %p"},
           {"", "%Y-%m-%d %y", "\"%y\" says again what was said"},
           {"", "%Y-%m-%d %q", "\"%q\" is not a part of a time"},
           {"", "%Y-%m-%d %", "\"%\" is not a part of a time"}}) {
    CAPTURE(text, pattern);
    CHECK(time_of(text, pattern) == expected);
  }
}

TEST_CASE("Texts of other encodings, however they come in") {
  for (std::size_t step : {1U, 2U, 3U, 64U}) {
    CAPTURE(step);
    CHECK(decoded("M\xfc"
                  "ller;1\n",
                  "windows-1252", step) == "M\u00fcller;1\n");
    CHECK(decoded("\xa4\n", "latin-9", step) == "\u20ac\n");
    CHECK(decoded("a\x81"
                  "b",
                  "windows-1252", step) ==
          "a\xff\x81"
          "b");
    CHECK(decoded("\xbd\xf0\xb6\xee,1\n", "gb18030", step) == "\u91d1\u989d,1\n");
    CHECK(decoded("\x81\x30\x81\x30\n", "gb18030", step) == "\u0080\n");
    CHECK(decoded("\xbd", "gbk", step) == "\xff\xbd");
    CHECK(decoded(std::string_view("\xff\xfe"
                                   "a\0\n\0",
                                   6),
                  "utf-16", step) == "a\n");
    CHECK(decoded("\xc3\xbc", "utf-8", step) == "\u00fc");
  }
  CHECK(decoded("", "ebcdic", 1) == "this system does not convert \"ebcdic\"");
}

}  // namespace levy
