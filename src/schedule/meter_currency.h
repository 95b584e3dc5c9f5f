// In which currency a meter counts money (levy-schedule(5), METERS and LIMITS): `currency`, else
// that of the amounts it is compared with, else the schedule's. Money lists agree in a currency
// that all of them have; where there are several, the schedule's own decides.
#pragma once

#include <optional>
#include <vector>

#include "schedule/schedule.h"

namespace levy::schedule {

// An amount that a reading is compared with.
struct Compared {
  const MoneyList* money;
  const Place* place;
  // In the meter's own currency: a limit's bound, a comparison, a band chosen by the reading. Else
  // the reading is converted and the entry in the operation's currency taken.
  bool in_its_currency = true;
};

// The meters that are one and the same, and all amounts they are compared with.
struct MeterGroup {
  std::vector<const Meter*> meters;
  std::vector<Compared> compared;

  bool counts_money() const;
  const Meter& meter() const { return *meters.front(); }
};

MeterGroup counter_of(const Fee& fee);  // without meters where the fee has none
MeterGroup counter_of(const Limit& limit);
MeterGroup counter_of(const Evidence& evidence, const Schedule& schedule);

// Nothing: the amounts do not agree, or nothing names a currency.
std::optional<Currency> find_currency(const MeterGroup& counter, const Schedule& schedule);

// Writes it into every meter that counts money. The schedule's references are sound.
void settle_meter_currencies(Schedule& schedule);

}  // namespace levy::schedule
