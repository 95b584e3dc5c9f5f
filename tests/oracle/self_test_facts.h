// Quotes computed by hand: schedule, request, what the answer must hold.
#pragma once

#include <vector>

// schedule: without levy, id and (euro) currency. request: without operation ("transfer").
// expected: keys of the answer; see abridged in self_test.cpp.
struct Fact {
  const char* title;
  const char* schedule;
  const char* request;
  const char* expected;
  bool has_rates = true;  // fact_rates; else none
};

inline constexpr const char* fact_rates =
    R"({"levy_rates": 1, "base": "EUR", "rates": {"USD": "1.25", "JPY": "160", "KWD": "0.3"}})";

std::vector<Fact> charge_facts();  // charges, bounds, meters
std::vector<Fact> quote_facts();   // conditions, rounding, totals, conversion, errors

inline std::vector<Fact> facts() {
  std::vector<Fact> all = charge_facts();
  for (const Fact& fact : quote_facts()) {
    all.push_back(fact);
  }
  return all;
}
