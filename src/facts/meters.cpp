#include "facts/meters.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/walk.h"

namespace levy::facts {
namespace {

Diagnostic bad_reading(const MeterUse& use, std::string_view text, const Diagnostics& faults) {
  Diagnostic bad = faults.front();
  if (bad.code != Code::unknown_currency) bad.code = Code::bad_value;
  bad.message = "reading of " + use.id + " " + in_quotes(text) + ": " + bad.message;
  bad.place = Place{};
  return bad;
}

// Nothing was before the operation within its own window; a balance is what is there already.
bool reads_always_zero(const schedule::Meter& meter) {
  return meter.window.kind == Window::Kind::transaction &&
         meter.measure != schedule::Meter::Measure::balance;
}

Checked<Reading> read_value(const schedule::Schedule& schedule, const MeterUse& use,
                            std::string_view text, const Rates* rates) {
  if (!schedule::counts_money(*use.meter)) {
    Checked<Decimal> number = parse_decimal(text);
    if (!number) return bad_reading(use, text, number.faults());
    return Reading{Rational(*number), Currency(), false};
  }
  Checked<Money> money = parse_money(text, schedule.currencies, use.currency);
  if (!money) return bad_reading(use, text, money.faults());
  if (money->currency == use.currency) return Reading{money->amount, use.currency};
  Checked<Rational> mid = convert(Money{1, money->currency}, use.currency, rates);
  if (!mid) return std::move(mid).faults();
  return Reading{money->amount * *mid, use.currency, false, *mid};
}

}  // namespace

std::vector<MeterUse> meters_of(const schedule::Schedule& schedule) {
  std::vector<MeterUse> meters;
  auto add = [&](const std::string& id, const schedule::Meter* meter) {
    if (meter != nullptr) meters.push_back({id, meter, meter->currency});
  };
  for (const schedule::Fee& fee : schedule.fees) add(fee.id, schedule::find_meter(fee));
  for (const schedule::Limit& limit : schedule.limits) add(limit.id, &limit.meter);
  for (const schedule::Evidence& evidence : schedule.evidence)
    add(evidence.id, evidence.meter ? &*evidence.meter : nullptr);
  return meters;
}

std::vector<std::string> readable_meters(const schedule::Schedule& schedule) {
  std::vector<std::string> ids;
  for (const MeterUse& use : meters_of(schedule)) {
    if (!reads_always_zero(*use.meter)) ids.push_back(use.id);
  }
  return ids;
}

Checked<Readings> read_used(const schedule::Schedule& schedule,
                            const std::vector<std::pair<std::string, std::string>>& used,
                            const Rates* rates) {
  Readings readings;
  if (used.empty()) return readings;
  std::vector<MeterUse> meters = meters_of(schedule);
  for (const auto& named : used) {
    const std::string& id = named.first;
    const std::string& text = named.second;
    const MeterUse* use = schedule::find_id(meters, id);
    if (use == nullptr) {
      std::vector<std::string> ids = readable_meters(schedule);
      return Diagnostic{Code::unknown_meter,
                        "this tariff has no meter " + in_quotes(id) + did_you_mean(id, ids),
                        ids.empty() ? "it counts nothing" : "it counts " + join_or(ids)};
    }
    if (reads_always_zero(*use->meter)) {
      return Diagnostic{Code::unknown_meter,
                        "\"" + id + "\" counts within one operation and always reads 0",
                        "leave the reading out, or give the meter a \"window\" in the schedule"};
    }
    Checked<Reading> reading = read_value(schedule, *use, text, rates);
    if (!reading) return std::move(reading).faults();
    readings[id] = *reading;
  }
  return readings;
}

Checked<Rational> convert(const Money& money, Currency target, const Rates* rates) {
  if (money.currency == target || money.amount.is_zero()) return money.amount;
  std::optional<Rational> mid =
      rates == nullptr ? std::nullopt : rates->mid(money.currency, target);
  if (mid) return money.amount * *mid;
  std::string pair = std::string(money.currency.code()) + " to " + std::string(target.code());
  Diagnostic fault{Code::missing_rate, "no rate from " + pair,
                   rates == nullptr ? "give rates of that time or before with --rates"
                                    : "add the currency to the rates file"};
  if (rates != nullptr && rates->begins) {
    fault.message +=
        ": the rates begin at " + to_string(*rates->begins, TimeZone()) + ", after the operation";
    fault.remedy = "give rates that begin before it, or a later time";
  }
  return fault;
}

}  // namespace levy::facts
