// What a meter counts: of which operations, on which conditions, and what each of them adds.
// Shared by histories, which read past operations, and batches, which add new ones.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "facts/meters.h"
#include "facts/operation.h"
#include "formats/row.h"

namespace levy::facts {

// A meter with what its owner leaves to it. Borrows from the schedule.
struct Counter {
  MeterUse use;
  const std::vector<std::string>* operations = nullptr;  // null or empty: all
  const schedule::When* when = nullptr;                  // null: always
  const schedule::Fee* fee = nullptr;                    // whose meter it is, where it is a fee's
  const schedule::Charge* charge = nullptr;  // that holds the meter, where it is a fee's
  bool of_limit = false;
};

// Every meter that counts anything, in meters_of's order; balances are told, not counted.
std::vector<Counter> counters_of(const schedule::Schedule& schedule);

bool counts_operation(const Counter& counter, std::string_view name);

// Does a past operation count? Code missing_attributes, where it lacks what the `when` needs.
Checked<bool> counts(const Counter& counter, const schedule::Schedule& schedule,
                     const Operation& operation);

// What the operation says of the attributes that the meter counts by separately (`per`): "" where
// it has none, else a text that is the same for the same values. Code missing_attributes.
Checked<std::string> part_of(const Counter& counter, const schedule::Schedule& schedule,
                             const Operation& operation);

// What the operation was charged, as far as the meter asks: its debit or its owner's line.
using ChargedFor = std::function<Checked<Money>(const Counter&)>;

// What the operation adds, in the meter's currency or as a plain number.
Checked<Rational> counted_value(const Counter& counter, const Operation& operation,
                                const ChargedFor& charged, const Rates* rates);

// What a row says was charged: its "debit", its "fee.ID" (or "fee", in a schedule of one fee).
Checked<Money> charged_in(const formats::Row& row, const Counter& counter,
                          const schedule::Schedule& schedule, const Operation& operation);

// Of a `free` that an operation uses whole or not at all. What was used of it depends on what was
// used before, so it is decided once, when the operation is charged, and remembered.
bool counts_whole(const Counter& counter);

// What a past operation would use of such a `free`, and how much there is of it at all: in the
// meter's currency, or as plain numbers.
struct Exemption {
  Rational value, allowance;
  bool fits(const Rational& used) const { return used + value <= allowance; }
};
// Of an operation of which nobody wrote down whether it was exempted. The allowance is that of the
// case that the fee takes for it; of the meter's own where the fee is not for this operation.
// None: its case exempts nothing. Codes: counts's, counted_value's, missing_money.
Checked<std::optional<Exemption>> exemption_of(const Counter& counter,
                                               const schedule::Schedule& schedule,
                                               const Operation& operation, const Rates* rates);

// The conditions that decide whether and what a past operation adds.
std::vector<const schedule::When*> conditions_of(const Counter& counter);

}  // namespace levy::facts
