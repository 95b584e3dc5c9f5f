#include "schedule/walk.h"

namespace levy::schedule {

const Meter* find_meter(const Charge& charge) {
  const Meter* first = nullptr;
  each_meter(charge, [&](const Meter& meter) {
    if (first == nullptr) first = &meter;
  });
  return first;
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

const Figure* bound_in(const std::optional<Bounds>& bounds, std::string_view tier) {
  if (!bounds) return nullptr;
  for (const auto& [name, figure] : bounds->figures) {
    if (!bounds->by_tier || name == tier) return figure ? &*figure : nullptr;
  }
  return nullptr;
}

Rational value_of(const Figure& figure) {
  return figure.number ? Rational(*figure.number) : figure.money.front().amount;
}

}  // namespace levy::schedule
