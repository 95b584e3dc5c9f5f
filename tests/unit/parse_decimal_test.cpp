#include <string>

#include "money/decimal.h"
#include "unit/catch.h"

namespace levy {
namespace {

using namespace std::string_literals;

struct Good {
  std::string text, value;
};

struct Bad {
  std::string text;
  Code code;
  std::size_t column;
  std::string message, remedy;
};

void check_bad(const Checked<Decimal>& parsed, const Bad& row) {
  CAPTURE(row.text);
  REQUIRE_FALSE(parsed);
  REQUIRE(parsed.faults().size() == 1);
  const Diagnostic& fault = parsed.faults()[0];
  CHECK(to_string(fault.code) == to_string(row.code));
  CHECK(Source("", row.text).place(fault.place.begin(), fault.place.end()).column() == row.column);
  CHECK(fault.message == row.message);
  CHECK(fault.remedy == row.remedy);
}

TEST_CASE("parse_decimal: what it takes") {
  const Good rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.00", "0"},
      {"12.50", "12.5"},
      {"10", "10"},
      {"-7.125", "-7.125"},
      {"0.0000000000000000000000000000000000000001", "0.0000000000000000000000000000000000000001"},
      {std::string(60, '9'), std::string(60, '9')},
      {"0." + std::string(40, '0'), "0"},
      {"9223372036854775808", "9223372036854775808"},
      {"170141183460469231731687303715884105728", "170141183460469231731687303715884105728"},
      {"1000000000000000000000000000001", "1000000000000000000000000000001"},
      {"12345678901234567890.1234567890123456789012345678901234567890",
       "12345678901234567890.123456789012345678901234567890123456789"},
  };
  for (const Good& row : rows) {
    CAPTURE(row.text);
    auto value = parse_decimal(row.text);
    REQUIRE(value);
    CHECK(value->to_string() == row.value);
  }
}

TEST_CASE("parse_decimal: what it refuses, and the remedy") {
  const auto bad = Code::bad_decimal;
  const auto form = "a number has digits, at most one point and perhaps a minus sign before them"s;
  const auto any = "write a decimal, such as 12.50"s;
  const auto comma = "the decimal point is a point, not a comma"s;
  const auto groups = "a number has no thousands separators"s;
  const auto spaces = "a number has no spaces"s;
  const auto digits = "a number is written with the digits 0 to 9 of ASCII"s;
  const auto finite = "NaN and Infinity are not decimals"s;
  const auto zeros = "a number has no leading zeros"s;
  const auto exponent = "a number has no exponent here"s;
  const Bad rows[] = {
      {"", bad, 1, "a number is missing", any},  // Boost: 0
      {"-", bad, 2, form, any},                  // Boost: 0
      {"010", bad, 1, zeros, "write 10"},        // Boost: octal 8
      {"-007,5", bad, 2, zeros, "write -7.5"},
      {"000", bad, 1, zeros, "write 0"},
      {"12\0"s, bad, 3, "a number has no NUL byte", "write 12"},  // Boost: 12
      {"\0"s, bad, 1, "a number has no NUL byte", any},
      {"12,345.67", bad, 3, groups, "write 12345.67"},  // cpp_dec_float: 12.67
      {"12,50", bad, 3, comma, "write 12.50"},
      {"0,345", bad, 2, comma, "write 0.345"},
      {"1234,567", bad, 5, comma, "write 1234.567"},
      {"1.234,56", bad, 6, comma, "write 1234.56"},
      {"12,345", bad, 3, "a comma may be a decimal point or a thousands separator",
       "write 12345 or 12.345"},
      {"1,234,567", bad, 2, groups, "write 1234567"},
      {"1,00,000", bad, 2, groups, "write 100000"},
      {"1,23,4", bad, 2, groups, any},
      {"1.234.567", bad, 6, groups, "write 1234567"},
      {"1_000", bad, 2, groups, "write 1000"},
      {"1'234.5", bad, 2, groups, "write 1234.5"},
      {"1.2.3", bad, 4, "a number has one point", any},
      {"1/0", bad, 2, form, any},  // cpp_rational: a value
      {"0x1F", bad, 2, form, any},
      {"+5", bad, 1, "a number has no plus sign", "write 5"},
      {"+012,50", bad, 1, "a number has no plus sign", "write 12.50"},
      {".5", bad, 1, "a number has a digit before its point", "write 0.5"},
      {"-.5", bad, 2, "a number has a digit before its point", "write -0.5"},
      {"5.", bad, 3, "a number has a digit after its point", "write 5"},
      {" 5", bad, 1, spaces, "write 5"},
      {"5\n", bad, 2, spaces, "write 5"},
      {"1 234.50", bad, 2, spaces, "write 1234.50"},
      {"1\u00a0234,50", bad, 2, spaces, "write 1234.50"},
      {"1 5", bad, 2, spaces, any},
      {"１２.５０", bad, 1, digits, "write 12.50"},
      {"12．5", bad, 3, "the decimal point is the ASCII \".\"", "write 12.5"},
      {"٣", bad, 1, digits, "write 3"},
      {"−5", bad, 1, "the minus sign is the ASCII \"-\"", "write -5"},
      {"\ufeff5", bad, 1, "a number has no byte order mark", "write 5"},
      {"NaN", bad, 1, finite, any},
      {"-inf", bad, 2, finite, any},
      {"Infinity", bad, 1, finite, any},
      {"1e3", bad, 2, exponent, "write 1000"},
      {"1.50e-2", bad, 5, exponent, "write 0.015"},
      {"1e999", bad, 2, exponent, any},
      {"1e", bad, 2, exponent, any},
      {"5%", bad, 2, "a number has no percent sign", "write 5"},
      {"abc", bad, 1, form, any},
      {"--5", bad, 2, form, any},
      {"--5e1", bad, 2, form, any},
      {"\xff", bad, 1, form, any},
      {std::string(61, '9'), Code::precision, 1, "the number has 61 digits",
       "write at most 60 significant digits"},
      {"1" + std::string(60, '0'), Code::precision, 1, "the number has 61 digits",
       "write at most 60 significant digits"},
      {"0." + std::string(41, '0'), Code::precision, 1, "the number has 41 digits after its point",
       "write at most 40 digits after the point"},
      {std::string(30, '1') + "." + std::string(31, '0'), Code::precision, 1,
       "the number has 61 digits", "write at most 60 significant digits"},
  };
  for (const Bad& row : rows) check_bad(parse_decimal(row.text), row);
}

TEST_CASE("parse_decimal: an endless text is only counted") {
  CHECK_FALSE(parse_decimal(std::string(5'000'000, '7')));
  CHECK_FALSE(parse_decimal(std::string(5'000'000, ',')));
}

TEST_CASE("parse_json_number: the exponent is expanded, then bounded") {
  const Good good[] = {
      {"1.5e3", "1500"},
      {"1E+3", "1000"},
      {"-1.25E-2", "-0.0125"},
      {"-0", "0"},
      {"0e50", "0"},
      {"100e-2", "1"},
      {"1.50e1", "15"},
      {"12.50", "12.5"},
      {"1e-40", "0.0000000000000000000000000000000000000001"},
      {"1e59", "1" + std::string(59, '0')},
      {"0.0001e4", "1"},
      {"100000000000000000000000000000000000000000000000000000000000e-40", "10000000000000000000"},
  };
  for (const Good& row : good) {
    CAPTURE(row.text);
    auto value = parse_json_number(row.text);
    REQUIRE(value);
    CHECK(value->to_string() == row.value);
  }
  const auto range = "write an exponent from -100 to 100"s;
  const auto beyond = "the number's exponent is beyond 100"s;
  const Bad bad[] = {
      {"1e60", Code::precision, 1, "the number has 61 digits",
       "write at most 60 significant digits"},
      {"1e-41", Code::precision, 1, "the number has 41 digits after its point",
       "write at most 40 digits after the point"},
      {"1e101", Code::precision, 1, beyond, range},
      {"1e-101", Code::precision, 1, beyond, range},
      {"1e" + std::string(1'000'000, '9'), Code::precision, 1, beyond, range},
      {"01", Code::bad_decimal, 1, "a number has no leading zeros", "write 1"},
      {"1e+", Code::bad_decimal, 4,
       "a number has digits, at most one point and perhaps a minus sign before them",
       "write a decimal, such as 12.50"},
  };
  for (const Bad& row : bad) check_bad(parse_json_number(row.text), row);
}

}  // namespace
}  // namespace levy
