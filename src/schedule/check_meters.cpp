// Meters: all of one fee are the same, measure what they are added to, and count in one currency.
#include "schedule/check_parts.h"
#include "schedule/meter_currency.h"
#include "schedule/same_meter.h"

namespace levy {
namespace {

using Measure = Meter::Measure;

// A reading is compared in the meter's currency, so each such amount needs an entry in it.
void check_entries(const MeterGroup& counter, Currency currency, Findings& findings) {
  std::string code(currency.code());
  for (const Compared& one : counter.compared) {
    if (!one.in_its_currency || find_money(*one.money, currency)) continue;
    findings.add(*one.place, Code::missing_money,
                 "the meter counts in " + code + ", and no amount in " + code + " stands here",
                 "give the amount in " + code + ", or change the meter's \"currency\"",
                 {counter.meter().place});
  }
}

// Of the amounts without a currency in common: the first that does not fit the first one.
void report_disagreement(const MeterGroup& counter, Findings& findings) {
  const Compared& first = counter.compared.front();
  std::string code(first.money->front().currency.code());
  std::string remedy = first.in_its_currency
                           ? "write every amount in the same currency, for example " + code
                           : "say which it counts in, \"currency\": \"" + code + "\"";
  for (const Compared& one : counter.compared) {
    if (find_money(*one.money, first.money->front().currency)) continue;
    findings.add(*one.place, Code::mixed_currencies,
                 "a meter counts in one currency, and its amounts are in " + code + " and " +
                     std::string(one.money->front().currency.code()),
                 remedy, {*first.place});
    return;
  }
  findings.add(*first.place, Code::mixed_currencies,
               "a meter counts in one currency, and this amount is given in several", remedy);
}

void check_currency(const MeterGroup& counter, const Schedule& schedule, Findings& findings) {
  if (!counter.counts_money()) return;
  std::optional<Currency> currency = find_currency(counter, schedule);
  if (currency) {
    check_entries(counter, *currency, findings);
  } else if (!counter.compared.empty()) {
    report_disagreement(counter, findings);
  } else {
    findings.add(counter.meter().place, Code::missing_key,
                 "nothing says in which currency this counts",
                 "add \"currency\": \"EUR\", here or to the schedule");
  }
}

// With `graduated` or `per` the base is added to the reading, so both count the same thing.
void check_by(const Charge& charge, Findings& findings) {
  if (!charge.by || (charge.graduated().empty() && charge.terms.find<Per>() == nullptr)) return;
  const Meter& by = *charge.by;
  if (charge.units.empty()) {
    if (by.measure == Measure::amount) return;
    findings.add(by.place, Code::conflicting_keys,
                 "the amount is added to the reading of \"by\", which measures something else",
                 "write \"measure\": \"amount\", or choose the band with \"slab\"");
    return;
  }
  const std::string& unit = charge.units.front();
  bool one = charge.units.size() == 1 && unit != "amount";
  if (one && by.measure == Measure::quantity && by.quantity == unit) return;
  findings.add(by.place, Code::conflicting_keys,
               "\"units\" are added to the reading of \"by\", which measures something else",
               one ? "write \"measure\": \"" + unit + "\""
                   : "a meter can go on only where \"units\" is a single quantity");
}

void check_same(const Fee& fee, Findings& findings) {
  std::vector<FeeMeter> meters = meters_of(fee);
  for (const FeeMeter& other : meters) {
    std::string_view difference = find_difference(fee, meters.front(), other);
    if (difference.empty()) continue;
    findings.add(
        other.meter->place, Code::conflicting_keys,
        "the fee's meters differ in \"" + std::string(difference) + "\", and a fee has one meter",
        "make them alike, or write two fees", {meters.front().meter->place});
    return;
  }
}

}  // namespace

void check_meters(const Schedule& schedule, Findings& findings) {
  for (const Fee& fee : schedule.fees) {
    check_same(fee, findings);
    for (const Case& one : fee.cases) check_by(one.charge, findings);
    check_currency(counter_of(fee), schedule, findings);
  }
  for (const Limit& limit : schedule.limits) check_currency(counter_of(limit), schedule, findings);
  for (const Evidence& evidence : schedule.evidence)
    check_currency(counter_of(evidence, schedule), schedule, findings);
}

}  // namespace levy
