// An operation: what someone wants to do, as said (Request) and as the schedule types it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "schedule/schedule.h"

namespace levy::facts {

// Names and text values, as a command line, a JSON object or a row gives them. Empty: not given.
struct Request {
  std::string operation;
  std::string amount;  // "250" or "250 EUR"
  std::string currency;
  // to_currency, country, to_country, cross_border, tier, time, rate, attributes, quantities; a
  // name given twice counts once, the later one.
  std::vector<std::pair<std::string, std::string>> fields;

  void set(std::string_view name, std::string_view value);
};

struct Operation {
  std::string name;
  std::optional<Rational> amount;  // in `currency`, a multiple of its minor unit, >= 0
  Currency currency;               // of the amount, else the schedule's
  Currency to_currency;            // empty: does not convert
  // The mid rate of its conversion, > 0, where the operation says it; in place of the rates file's.
  std::optional<Rational> rate;
  Instant time;
  // Given or derived: country, to_country, cross_border ("true", "false"), tier, declared ones.
  std::map<std::string, std::string, std::less<>> attributes;
  std::map<std::string, Rational, std::less<>> quantities;  // given or defaulted

  bool converts() const { return !to_currency.empty(); }
};

// `time` is the request's, in the schedule's zone. Faults in the manual's order (amount, target
// currency, operation, time, attributes, quantities); the first one only. An amount may be absent.
Checked<Operation> decode_operation(const schedule::Schedule& schedule, const Request& request,
                                    const Checked<Instant>& time);
// `fallback_time` is --at or now.
Checked<Operation> decode_operation(const schedule::Schedule& schedule, const Request& request,
                                    Instant fallback_time);

// What can be wrong with an operation that lacks nothing: out_of_range, then not_in_force.
std::optional<Diagnostic> check_operation(const schedule::Schedule& schedule,
                                          const Operation& operation);

// The time that decides which version is in force.
Checked<Instant> time_of(const Request& request, const TimeZone& zone, Instant fallback_time);

// The value of a discrete attribute, built-in or declared ("currency", "weekday" ...), as a
// condition sees it; nothing: not given.
std::optional<std::string> attribute_of(const schedule::Schedule& schedule,
                                        const Operation& operation, std::string_view name);

// Questions about an operation that are also asked by themselves, without reading all of it.

// What the request says of its time; "": nothing.
std::string_view time_text(const Request& request);
// The time that decides which version is in force. An empty text is the fallback.
Checked<Instant> time_of(std::string_view text, const TimeZone& zone, Instant fallback_time);

bool is_in_force(const schedule::Schedule& schedule, Instant t);

// Is a quantity out of its range? Code out_of_range.
std::optional<Diagnostic> check_quantities(const schedule::Schedule& schedule,
                                           const Operation& operation);

}  // namespace levy::facts
