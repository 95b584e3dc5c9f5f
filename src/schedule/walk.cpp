#include "schedule/walk.h"

namespace levy::schedule {

const Meter* find_meter(const Charge& charge) {
  if (charge.by) return &*charge.by;
  if (charge.free) return &charge.free->meter;
  if (charge.cap) return &charge.cap->meter;
  return nullptr;
}

const Meter* find_meter(const Fee& fee) {
  for (const Case& one : fee.cases) {
    if (const Meter* meter = find_meter(one.charge)) return meter;
  }
  return nullptr;
}

bool counts_money(const Meter& meter) {
  switch (meter.measure) {
    case Meter::Measure::amount:
    case Meter::Measure::debit:
    case Meter::Measure::fee:
    case Meter::Measure::balance:
      return true;
    case Meter::Measure::count:
    case Meter::Measure::quantity:
    case Meter::Measure::units:
      return false;
  }
  return false;
}

}  // namespace levy::schedule
