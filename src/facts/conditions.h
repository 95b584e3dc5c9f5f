// Three-valued conditions: does a `when` hold for an operation (levy-schedule(5), CONDITIONS)?
#pragma once

#include <functional>
#include <vector>

#include "base/checked.h"
#include "facts/operation.h"
#include "schedule/schedule.h"

namespace levy::facts {

enum class Truth { no, yes, unknown };

// Whether one condition on a number (the amount or a quantity) holds. The caller answers, because
// it may be asking about a whole range of amounts at once. A fault: the amount is needed and
// absent, or has no entry in the currency at hand.
using NumericTest = std::function<Checked<Truth>(const schedule::Condition&)>;

struct WhenAnswer {
  Truth truth = Truth::yes;
  std::vector<const schedule::Condition*> unknown;   // when truth is unknown
  const schedule::Condition* first_false = nullptr;  // when truth is no
};

// A false key makes the whole false, whatever else is unknown or faulty. Otherwise an amount that
// is needed and absent is the fault; otherwise an unknown key makes the whole unknown; otherwise an
// entry missing from a money list is the fault.
Checked<WhenAnswer> decide(const schedule::When& when, const schedule::Schedule& schedule,
                           const Operation& operation, const NumericTest& test);

// The usual answer for a single operation: compares the amount and the quantities it carries.
Checked<Truth> test_number(const schedule::Condition& condition, const Operation& operation);

// Is the number that a condition asks about above the bound (`or_equal`: at least the bound)? The
// answer is for one number, or for all numbers of a range at once.
using IsAbove = std::function<bool(const Rational& bound, bool or_equal)>;

// The condition's range or list of figures, against the number that `is_above` knows. `currency`
// picks the entry of a money list. A bound that fails decides, whatever else has no entry; where
// nothing else decides, an entry that is missing is the fault missing_money.
Checked<bool> holds_for(const schedule::Condition& condition, Currency currency,
                        const IsAbove& is_above);
// The same for a plain value; nothing where an entry is missing.
std::optional<bool> holds_for(const schedule::Condition& condition, const Rational& value,
                              Currency currency);

// "No amount in JPY stands here": the fault of a price, bound or condition without an entry.
Diagnostic missing_money(Currency currency, const Place& place);

// Does the fee, limit or meter with this list of operations concern `name`?
bool concerns(const std::vector<std::string>& operations, std::string_view name);

}  // namespace levy::facts
