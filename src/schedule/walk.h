// Walks over a schedule: where the parts of one kind stand.
#pragma once

#include "schedule/schedule.h"

namespace levy {

// Where a fee's meter stands: a `by`, `free` or `cap` of any of its charges; null: none.
const Meter* find_meter(const Charge& charge);
const Meter* find_meter(const Fee& fee);
bool counts_money(const Meter& meter);

}  // namespace levy
