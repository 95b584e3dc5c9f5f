#include "analysis/one_window.h"

#include <algorithm>

#include "schedule/counting.h"
#include "schedule/meters.h"

namespace levy {
namespace {

const Charge& charge_of(const Plan& plan, const LineForm& line) {
  return plan.fees[line.fee].cases[line.case_index].as_written->charge;
}

bool counts_on(const Plan& plan, const LineForm& line) {
  const Meter* meter = find_meter(charge_of(plan, line));
  return meter != nullptr && meter->window.kind != Window::Kind::transaction;
}

Rational units_of(const Charge& charge, const Operation& operation) {
  Rational product = 1;
  for (const std::string& name : charge.units)
    product = product * (name == "amount" ? *operation.amount : operation.quantities.at(name));
  return product;
}

// What the first operation adds to a meter of a fee.
Rational added(const Counter& counter, const Plan& plan, const Operation& operation,
               const Evaluation& value) {
  Rational amount = operation.amount.value_or(Rational(0));
  switch (counter.use.meter->measure) {
    case Meter::Measure::amount:
      return amount;
    case Meter::Measure::debit:
      return value.debit.at(operation.currency).constant();
    case Meter::Measure::count:
      return 1;
    case Meter::Measure::quantity:
      return operation.quantities.at(counter.use.meter->quantity);
    case Meter::Measure::units:
      return units_of(*counter.charge, operation);
    case Meter::Measure::fee:
      break;
    case Meter::Measure::balance:
      return 0;
  }
  for (const LineForm& line : value.lines)
    if (plan.fees[line.fee].as_written == counter.fee) return line.amount.constant();
  return 0;
}

}  // namespace

bool is_metered(const Course& course) {
  return std::any_of(course.curve.begin(), course.curve.end(), [&](const CurvePiece& piece) {
    if (!piece.is_settled() || !*piece.result) return false;
    const auto& lines = (*piece.result)->lines;
    return std::any_of(lines.begin(), lines.end(),
                       [&](const LineForm& line) { return counts_on(*course.plan, line); });
  });
}

Operation operation_at(const Course& course, const Rational& x) {
  Operation operation = course.operation;
  if (course.of_amount()) {
    operation.amount = x;
  } else {
    operation.quantities[course.variable] = x;
  }
  return operation;
}

std::optional<Readings> readings_after(const Course& course, const Rational& x) {
  const Plan& plan = *course.plan;
  Checked<Evaluation> value = evaluate_at(course, x);
  if (!value) return std::nullopt;
  Operation operation = operation_at(course, x);
  Readings readings;
  for (const Counter& counter : counters_of(plan.schedule)) {
    if (counter.fee == nullptr || !counts_operation(counter, operation.name)) continue;
    Checked<bool> counted = counts(counter, plan.schedule, operation);
    if (!counted || !*counted) continue;
    Currency currency = counter.use.currency;
    if (!currency.empty() && currency != operation.currency) return std::nullopt;
    readings[counter.use.id] = Reading{added(counter, plan, operation, *value), currency, false};
  }
  return readings;
}

}  // namespace levy
