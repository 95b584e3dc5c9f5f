// Walks over a schedule: where the parts of one kind stand.
#pragma once

#include "schedule/schedule.h"

namespace levy::schedule {

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

// Where a fee's meter stands: a `by`, `free` or `cap` of any of its charges; null: none.
const Meter* find_meter(const Charge& charge);
const Meter* find_meter(const Fee& fee);
bool counts_money(const Meter& meter);

}  // namespace levy::schedule
