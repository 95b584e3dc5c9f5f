#include "schedule/meter_currency.h"

#include <algorithm>

#include "base/ensure.h"
#include "schedule/walk.h"

namespace levy::schedule {
namespace {

void add_figure(MeterGroup& counter, const Figure& figure, bool in_its_currency) {
  if (!figure.number) counter.compared.push_back({&figure.money, &figure.place, in_its_currency});
}

void add_bands(MeterGroup& counter, const std::vector<Band>& bands, bool in_its_currency) {
  for (const Band& band : bands) {
    if (band.bound) add_figure(counter, *band.bound, in_its_currency);
  }
}

void add_by(MeterGroup& counter, const Charge& charge) {
  counter.meters.push_back(&*charge.by);
  add_bands(counter, charge.slab(), true);
  add_bands(counter, charge.graduated(), false);
  if (const Per* per = charge.terms.find<Per>()) add_figure(counter, per->every, false);
}

void add_charge(MeterGroup& counter, const Charge& charge) {
  if (charge.by) add_by(counter, charge);
  if (charge.free) {
    counter.meters.push_back(&charge.free->meter);
    const std::optional<Price>& amount = charge.free->amount;
    if (amount) counter.compared.push_back({&amount->money, &amount->place, false});
  }
  if (charge.cap) {
    counter.meters.push_back(&charge.cap->meter);
    counter.compared.push_back({&charge.cap->max.money, &charge.cap->max.place, false});
  }
}

void add_comparisons(MeterGroup& counter, const Requirement& requirement, std::string_view id) {
  if (requirement.evidence == id && requirement.at_least)
    add_figure(counter, *requirement.at_least, true);
  for (const Requirement& part : requirement.of) add_comparisons(counter, part, id);
}

// The currencies that every amount has.
std::vector<Currency> shared_currencies(const MeterGroup& counter) {
  std::vector<Currency> shared;
  for (const Money& money : *counter.compared.front().money) {
    bool everywhere = std::all_of(
        counter.compared.begin(), counter.compared.end(),
        [&](const Compared& one) { return find_money(*one.money, money.currency) != nullptr; });
    if (everywhere) shared.push_back(money.currency);
  }
  return shared;
}

void settle(Meter& meter, Currency currency) {
  if (counts_money(meter)) meter.currency = currency;
}

void settle_fee(Fee& fee, Currency currency) {
  for (Case& one : fee.cases)
    each_meter(one.charge, [&](Meter& meter) { settle(meter, currency); });
}

Currency settled(const MeterGroup& counter, const Schedule& schedule) {
  if (!counter.counts_money()) return Currency();
  std::optional<Currency> currency = find_currency(counter, schedule);
  ensure(currency.has_value(), "a meter's currency was checked");
  return *currency;
}

}  // namespace

bool MeterGroup::counts_money() const { return !meters.empty() && schedule::counts_money(meter()); }

MeterGroup counter_of(const Fee& fee) {
  MeterGroup counter;
  for (const Case& one : fee.cases) add_charge(counter, one.charge);
  return counter;
}

MeterGroup counter_of(const Limit& limit) {
  MeterGroup counter{{&limit.meter}, {}};
  for (const std::optional<Bounds>* bounds : {&limit.min, &limit.max}) {
    if (!*bounds) continue;
    for (const auto& [tier, figure] : (*bounds)->figures) {
      if (figure) add_figure(counter, *figure, true);
    }
  }
  return counter;
}

MeterGroup counter_of(const Evidence& evidence, const Schedule& schedule) {
  MeterGroup counter;
  if (!evidence.meter) return counter;
  counter.meters.push_back(&*evidence.meter);
  for (const Tier& tier : schedule.tiers) {
    if (tier.requires_) add_comparisons(counter, *tier.requires_, evidence.id);
  }
  return counter;
}

std::optional<Currency> find_currency(const MeterGroup& counter, const Schedule& schedule) {
  if (!counter.meter().currency.empty()) return counter.meter().currency;
  if (counter.compared.empty())
    return schedule.currency.empty() ? std::nullopt : std::optional(schedule.currency);
  std::vector<Currency> shared = shared_currencies(counter);
  if (shared.size() == 1) return shared.front();
  bool own = std::find(shared.begin(), shared.end(), schedule.currency) != shared.end();
  return own ? std::optional(schedule.currency) : std::nullopt;
}

void settle_meter_currencies(Schedule& schedule) {
  for (Fee& fee : schedule.fees) settle_fee(fee, settled(counter_of(fee), schedule));
  for (Limit& limit : schedule.limits) settle(limit.meter, settled(counter_of(limit), schedule));
  for (Evidence& evidence : schedule.evidence) {
    if (evidence.meter) settle(*evidence.meter, settled(counter_of(evidence, schedule), schedule));
  }
}

}  // namespace levy::schedule
