// Walks over a schedule: where the parts of one kind stand.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "schedule/schedule.h"

namespace levy::schedule {

// The part (fee, limit, tier, meter in use ...) with that id; null where there is none.
template <class Part>
const Part* find_id(const std::vector<Part>& parts, std::string_view id) {
  auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
  return found == parts.end() ? nullptr : &*found;
}

// Visits every figure that a condition names, as it is written: those of its list, or its bounds.
// `AnyCondition` is Condition, const or not.
template <class AnyCondition, class Visit>
void each_figure(AnyCondition& condition, Visit visit) {
  for (auto& figure : condition.figures) visit(figure);
  if (!condition.range) return;
  auto& range = *condition.range;
  for (auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
    if (*bound) visit(**bound);
}

// Visits the meters of a charge: those of `by`, `free` and `cap`. `AnyCharge` is Charge, const or
// not.
template <class AnyCharge, class Visit>
void each_meter(AnyCharge& charge, Visit visit) {
  if (charge.by) visit(*charge.by);
  if (charge.free) visit(charge.free->meter);
  if (charge.cap) visit(charge.cap->meter);
}

// Visits the conditions of a meter: its `when`, and that of its `counts`.
template <class AnyMeter, class Visit>
void each_when(AnyMeter& meter, Visit visit) {
  if (meter.when) visit(*meter.when);
  if (meter.counts && meter.counts->when) visit(*meter.counts->when);
}

// Visits every condition that a price depends on: those of fees and their cases, but of no meter.
template <class Visit>
void each_condition(const Schedule& schedule, Visit visit) {
  auto all = [&](const std::optional<When>& when) {
    if (!when) return;
    for (const Condition& condition : when->conditions) visit(condition);
  };
  for (const Fee& fee : schedule.fees) {
    all(fee.when);
    for (const Case& one : fee.cases) all(one.when);
  }
}

// Where a fee's meter stands: a `by`, `free` or `cap` of any of its charges; null: none.
const Meter* find_meter(const Charge& charge);
const Meter* find_meter(const Fee& fee);
bool counts_money(const Meter& meter);

// What a limit's `min` or `max` is in a tier ("" where it is the same in all); null: no bound.
const Figure* bound_in(const std::optional<Bounds>& bounds, std::string_view tier);
// The number of a figure, or its only money.
Rational value_of(const Figure& figure);

}  // namespace levy::schedule
