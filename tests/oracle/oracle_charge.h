// Charges: SPEC §3's table, one key after the other.
#pragma once

#include "oracle_operation.h"

#include <map>
#include <optional>
#include <string>

namespace oracle {

struct Line {
  std::string fee;
  Rational amount;
  std::string currency;
  std::string collect;
};

// What a charge may look at beside itself.
struct Scene {
  const Operation& operation;
  const std::map<std::string, Line>& lines;  // of the earlier fees, as rounded
  std::string fee;                           // the charging fee's id, and its meter's
};

// The exact charge, of one where it is for each, bounds applied and not rounded; nothing where no
// fee that its `of` names has a line. Not for margins. Throws Failure.
std::optional<Money> charge(const Json& rule, const Scene& scene);

// How many times the charge is for one. Throws out_of_range.
Rational times_of(const Json& rule, const Operation& operation);

// A rounded line held to the charge's cap, which holds after rounding.
Rational capped(const Json& rule, const Money& line, const Scene& scene);

// Whether the charge needs the operation's amount.
bool uses_amount(const Json& rule);

// Throws missing_quantity where its `units` name a quantity that is not known.
void check_units(const Json& rule, const Operation& operation);

}  // namespace oracle
