#include "facts/counting.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/suggest.h"
#include "base/text.h"
#include "facts/conditions.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::facts {
namespace {

const schedule::Charge* charge_with(const schedule::Fee& fee, const schedule::Meter* meter) {
  for (const schedule::Case& one : fee.cases) {
    if (schedule::find_meter(one.charge) == meter) return &one.charge;
  }
  ensure(false, "a fee's meter stands in one of its charges");
  return nullptr;
}

// levy-schedule(5), METERS: a fee's meter counts the fee's operations, and a `free` only those that
// met the fee's `when`; its own `operation` and `when` stand instead.
void inherit(Counter& counter, const schedule::Fee& fee) {
  counter.fee = &fee;
  counter.charge = charge_with(fee, counter.use.meter);
  if (counter.operations == nullptr) counter.operations = &fee.operations;
  bool of_free = counter.charge->free.has_value();
  if (counter.when == nullptr && of_free && fee.when) counter.when = &*fee.when;
}

Diagnostic missing_attributes(const WhenAnswer& answer, const schedule::Schedule& schedule,
                              const std::string& meter) {
  Diagnostic fault;
  fault.code = Code::missing_attributes;
  std::vector<std::string> names;
  for (const schedule::Condition* condition : answer.unknown) {
    names.push_back(condition->name);
    fault.missing.push_back(schedule::describe_attribute(schedule, condition->name));
  }
  fault.message =
      "the row does not give " + join_or(names) + ", which " + in_quotes(meter) + " counts by";
  fault.remedy = "add the column, or leave the row out";
  return fault;
}

Checked<bool> holds(const schedule::When& when, const Counter& counter,
                    const schedule::Schedule& schedule, const Operation& operation) {
  auto test = [&](const schedule::Condition& condition) {
    return test_number(condition, operation);
  };
  Checked<WhenAnswer> answer = decide(when, schedule, operation, test);
  if (!answer) return std::move(answer).faults();
  if (answer->truth == Truth::unknown) return missing_attributes(*answer, schedule, counter.use.id);
  return answer->truth == Truth::yes;
}

// The charge that the fee takes for the operation; the meter's own where the fee is not for it.
// Null: none of its cases is.
Checked<const schedule::Charge*> charge_taken(const Counter& counter,
                                              const schedule::Schedule& schedule,
                                              const Operation& operation) {
  const schedule::Fee& fee = *counter.fee;
  if (!concerns(fee.operations, operation.name)) return counter.charge;
  if (fee.when) {
    Checked<bool> applies = holds(*fee.when, counter, schedule, operation);
    if (!applies) return std::move(applies).faults();
    if (!*applies) return counter.charge;
  }
  for (const schedule::Case& one : fee.cases) {
    if (!one.when) return &one.charge;
    Checked<bool> taken = holds(*one.when, counter, schedule, operation);
    if (!taken) return std::move(taken).faults();
    if (*taken) return &one.charge;
  }
  return static_cast<const schedule::Charge*>(nullptr);
}

Diagnostic missing_column(const std::string& column, const std::string& meter) {
  return Diagnostic{
      Code::bad_file,
      "the row has no " + in_quotes(column) + ", which " + in_quotes(meter) + " counts",
      "add the column, or give the reading with --used " + meter + "=..."};
}

// An amount in a cell: bare in the operation's currency, or with a code.
Checked<Money> read_charged(const schedule::Schedule& schedule, const Operation& operation,
                            const std::string& column, std::string_view text) {
  Checked<Money> money = parse_money(text, schedule.currencies, operation.currency);
  if (money) return money;
  Diagnostic fault = money.faults().front();
  fault.message = column + " " + in_quotes(text) + ": " + fault.message;
  return fault;
}

bool has_column(const formats::Row& row, std::string_view name) {
  return std::find(row.names.begin(), row.names.end(), name) != row.names.end();
}

Diagnostic missing_quantity(const std::string& name, const std::string& meter) {
  Diagnostic fault{Code::missing_quantity,
                   "the row does not give " + name + ", which " + in_quotes(meter) + " counts",
                   "add the column, or leave the row out"};
  fault.missing.push_back({name, {"decimal"}, false});
  return fault;
}

Checked<Rational> counted_amount(const Counter& counter, const Operation& operation) {
  if (operation.amount) return *operation.amount;
  return Diagnostic{Code::bad_amount,
                    "the row has no amount, which " + in_quotes(counter.use.id) + " counts",
                    "give the amount, or leave the row out"};
}

Checked<Rational> counted_quantity(const Counter& counter, const Operation& operation,
                                   const std::string& name) {
  if (name == "amount") return counted_amount(counter, operation);
  auto found = operation.quantities.find(name);
  if (found == operation.quantities.end()) return missing_quantity(name, counter.use.id);
  return found->second;
}

Checked<Rational> counted_units(const Counter& counter, const Operation& operation) {
  ensure(counter.charge != nullptr, "only a fee counts units");
  Rational product(1);
  for (const std::string& name : counter.charge->units) {
    Checked<Rational> factor = counted_quantity(counter, operation, name);
    if (!factor) return factor;
    product = product * *factor;
  }
  return product;
}

}  // namespace

std::vector<Counter> counters_of(const schedule::Schedule& schedule) {
  std::vector<Counter> counters;
  for (const MeterUse& use : meters_of(schedule)) {
    const schedule::Meter& meter = *use.meter;
    if (meter.measure == schedule::Meter::Measure::balance) continue;
    Counter counter{use};
    if (meter.operations) counter.operations = &*meter.operations;
    if (meter.when) counter.when = &*meter.when;
    if (meter.counts) {
      counter.operations = meter.counts->operations ? &*meter.counts->operations : nullptr;
      counter.when = meter.counts->when ? &*meter.counts->when : nullptr;
    }
    if (const schedule::Fee* fee = schedule::find_id(schedule.fees, use.id)) inherit(counter, *fee);
    counter.of_limit = schedule::find_id(schedule.limits, use.id) != nullptr;
    counters.push_back(std::move(counter));
  }
  return counters;
}

bool counts_operation(const Counter& counter, std::string_view name) {
  return counter.operations == nullptr || concerns(*counter.operations, name);
}

Checked<bool> counts(const Counter& counter, const schedule::Schedule& schedule,
                     const Operation& operation) {
  if (counter.when == nullptr) return true;
  return holds(*counter.when, counter, schedule, operation);
}

Checked<std::string> part_of(const Counter& counter, const schedule::Schedule& schedule,
                             const Operation& operation) {
  std::string part;
  for (const std::string& name : counter.use.meter->per) {
    std::optional<std::string> value = attribute_of(schedule, operation, name);
    if (!value) {
      Diagnostic fault{Code::missing_attributes,
                       "nothing says " + name + ", by which \"" + counter.use.id + "\" counts",
                       "give " + name, counter.use.meter->place};
      fault.missing.push_back(schedule::describe_attribute(schedule, name));
      return fault;
    }
    part += '\0' + *value;
  }
  return part;
}

Checked<Rational> counted_value(const Counter& counter, const Operation& operation,
                                const ChargedFor& charged, const Rates* rates) {
  const schedule::Meter& meter = *counter.use.meter;
  switch (meter.measure) {
    case schedule::Meter::Measure::amount: {
      Checked<Rational> amount = counted_amount(counter, operation);
      if (!amount) return amount;
      return convert({*amount, operation.currency}, counter.use.currency, rates);
    }
    case schedule::Meter::Measure::debit:
    case schedule::Meter::Measure::fee: {
      Checked<Money> money = charged(counter);
      if (!money) return std::move(money).faults();
      return convert(*money, counter.use.currency, rates);
    }
    case schedule::Meter::Measure::count:
      return Rational(1);
    case schedule::Meter::Measure::quantity:
      return counted_quantity(counter, operation, meter.quantity);
    case schedule::Meter::Measure::units:
      return counted_units(counter, operation);
    case schedule::Meter::Measure::balance:
      break;
  }
  ensure(false, "a balance is not counted");
  return Rational(0);
}

Checked<Money> charged_in(const formats::Row& row, const Counter& counter,
                          const schedule::Schedule& schedule, const Operation& operation) {
  const std::string& id = counter.use.id;
  if (counter.use.meter->measure == schedule::Meter::Measure::debit) {
    std::string_view text = row.text_of("debit");
    if (text.empty()) return missing_column("debit", id);
    return read_charged(schedule, operation, "debit", text);
  }
  std::string column = "fee." + id;
  if (!has_column(row, column) && schedule.fees.size() == 1) column = "fee";
  if (!has_column(row, column)) return missing_column("fee." + id, id);
  std::string_view text = row.text_of(column);
  if (text.empty()) return Money{0, operation.currency};  // the fee had no line
  return read_charged(schedule, operation, column, text);
}

bool counts_whole(const Counter& counter) {
  if (counter.charge == nullptr || !counter.charge->free) return false;
  const schedule::Free& free = *counter.charge->free;
  return free.whole && free.kind != schedule::Free::Kind::count;
}

Checked<std::optional<Exemption>> exemption_of(const Counter& counter,
                                               const schedule::Schedule& schedule,
                                               const Operation& operation, const Rates* rates) {
  Checked<const schedule::Charge*> charge = charge_taken(counter, schedule, operation);
  if (!charge) return std::move(charge).faults();
  if (*charge == nullptr || !(*charge)->free) return std::optional<Exemption>();
  const schedule::Free& free = *(*charge)->free;
  Counter own = counter;
  own.charge = *charge;
  Checked<Rational> value = counted_value(own, operation, {}, rates);
  if (!value) return std::move(value).faults();
  if (free.kind != schedule::Free::Kind::amount)
    return std::optional(Exemption{std::move(*value), Rational(free.units)});
  const Money* money = find_money(free.amount->money, operation.currency);
  if (money == nullptr && (*charge)->convert) money = &free.amount->money.front();
  if (money == nullptr) return missing_money(operation.currency, free.amount->place);
  Checked<Rational> allowance = convert(*money, counter.use.currency, rates);
  if (!allowance) return std::move(allowance).faults();
  return std::optional(Exemption{std::move(*value), std::move(*allowance)});
}

std::vector<const schedule::When*> conditions_of(const Counter& counter) {
  std::vector<const schedule::When*> conditions;
  if (counter.when != nullptr) conditions.push_back(counter.when);
  if (!counts_whole(counter)) return conditions;
  if (counter.fee->when) conditions.push_back(&*counter.fee->when);
  for (const schedule::Case& one : counter.fee->cases) {
    if (one.when) conditions.push_back(&*one.when);
  }
  return conditions;
}

}  // namespace levy::facts
