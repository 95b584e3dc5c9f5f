// The request, read against its schedule: the amount, the currencies, what is known of the
// attributes and quantities; and money as a schedule writes it.
#pragma once

#include "oracle.h"
#include "oracle_number.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oracle {

struct Money {
  Rational value;
  std::string currency;
};

struct Instant {
  Rational day;     // whole days since 1970-01-01
  Rational second;  // of the day, in [0, 86400)
};

struct Operation {
  const Json& schedule;
  const Json& request;
  const Json& rates;  // null: none
  std::string name;
  std::string source;  // a currency
  std::string target;  // the source's where nothing is converted
  bool amount_given = false;
  Rational amount = 0;                            // in the source currency
  std::map<std::string, std::string> attributes;  // absent: unknown; booleans as text
  std::map<std::string, Rational> quantities;     // given or defaulted; absent: unknown
  std::optional<Instant> time;

  bool converts() const { return source != target; }
};

// SPEC's stages amount, target currency, operation, attributes; throws Failure.
// Quantities are read but their ranges are left to check_quantities.
Operation read_operation(const Json& schedule, const Json& request, const Json& rates);
void check_quantities(const Operation& operation);
void check_in_force(const Operation& operation);

bool is_currency(const Json& schedule, const std::string& code);
Rational minor_unit(const Json& schedule, const std::string& currency);
int minor_digits(const Json& schedule, const std::string& currency);

// "12.50 EUR", "12.50" (the schedule's currency), or a list of them, in the order written.
std::vector<Money> money_list(const Json& schedule, const Json& value);
std::optional<Rational> entry_in(const std::vector<Money>& list, const std::string& currency);

// How many units of `to` one unit of `from` is at the mid rate; missing_rate.
Rational mid_rate(const Json& rates, const std::string& from, const std::string& to);

std::optional<Instant> parse_instant(const std::string& text);
Rational parse_time_of_day(const std::string& text);  // HH:MM or HH:MM:SS, in seconds
const Instant& time_of(const Operation& operation);   // throws std::logic_error without one

// A JSON string, number or boolean as text.
std::string plain_text(const Json& value);

}  // namespace oracle
