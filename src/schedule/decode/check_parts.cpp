// What fees say of other fees, and tiers of evidence.
#include "schedule/decode/check_parts.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/charge_parts.h"
#include "schedule/decode/load.h"
#include "schedule/decode/reader.h"
#include "schedule/meter_currency.h"
#include "schedule/same_meter.h"
#include "schedule/walk.h"

namespace levy::schedule::decode {
namespace {

// One name in the `of` of schedule.fees[index].
void check_base(const Schedule& schedule, std::size_t index, const OfTerm& term,
                Findings& findings) {
  const Fee* named = find_id(schedule.fees, term.fee);
  std::size_t position =
      named == nullptr ? 0 : static_cast<std::size_t>(named - schedule.fees.data());
  std::string name = in_quotes(term.fee);
  if (named == nullptr) {
    findings.add(term.place, Code::unknown_fee,
                 "there is no fee " + name + did_you_mean(term.fee, schedule.fee_ids()),
                 "name an earlier fee, or \"amount\"");
  } else if (position == index) {
    findings.add(term.place, Code::forward_of, "the fee " + name + " cannot be its own base",
                 "name an earlier fee, or \"amount\"");
  } else if (position > index) {
    findings.add(term.place, Code::forward_of, "the fee " + name + " is computed after this one",
                 "fees are computed in the order written: move " + name + " in front of this fee",
                 {named->place});
  } else if (is_margin(*named)) {
    findings.add(term.place, Code::forward_of,
                 name + " is a margin: it changes the rate and yields no line to be a base",
                 "name a fee that charges, or \"amount\"", {named->place});
  }
}

void check_terms(const Schedule& schedule, std::size_t index, const Charge& charge,
                 Findings& findings) {
  std::set<std::string> named;
  for (const OfTerm& term : charge.of) {
    if (!term.fee.empty()) check_base(schedule, index, term, findings);
    if (named.insert(term.fee).second) continue;
    findings.add(term.place, Code::duplicate_id,
                 in_quotes(term.fee.empty() ? "amount" : term.fee) + " is named twice",
                 "remove one of the two; for a multiple of it raise the percentage");
  }
}

void check_evidence(const Schedule& schedule, const Requirement& requirement, Findings& findings) {
  const Evidence* evidence = schedule.find_evidence(requirement.evidence);
  std::string name = in_quotes(requirement.evidence);
  if (evidence == nullptr) {
    Words known;
    for (const Evidence& each : schedule.evidence) known.push_back(each.id);
    findings.add(requirement.place, Code::unknown_evidence,
                 "there is no evidence " + name + did_you_mean(requirement.evidence, known),
                 known.empty() ? "declare it under \"evidence\""
                               : "declare it under \"evidence\"; known: " + join_or(known));
    return;
  }
  bool compared =
      evidence->kind == Evidence::Kind::number || evidence->kind == Evidence::Kind::activity;
  if (compared == requirement.at_least.has_value()) return;
  std::string example = evidence->kind == Evidence::Kind::number ? "90" : "5000 EUR";
  findings.add(requirement.place, Code::wrong_type,
               name + (compared ? " is a number, and how much is asked for is not said"
                                : " is there or is not there, and cannot be compared"),
               compared ? "write {" + name + ": {\"at_least\": " + in_quotes(example) + "}}"
                        : "write " + name + " alone",
               {evidence->place});
}

void check_requirement(const Schedule& schedule, const Requirement& requirement,
                       Findings& findings) {
  if (requirement.kind == Requirement::Kind::evidence)
    check_evidence(schedule, requirement, findings);
  for (const Requirement& part : requirement.of) check_requirement(schedule, part, findings);
}

}  // namespace

void Findings::add(const Place& place, Code code, std::string message, std::string remedy,
                   std::vector<Place> related) {
  Diagnostic finding;
  finding.code = code;
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  finding.place = place;
  finding.related = std::move(related);
  all.push_back(std::move(finding));
}

bool is_margin(const Fee& fee) {
  return std::all_of(fee.cases.begin(), fee.cases.end(),
                     [](const Case& one) { return one.charge.margin.has_value(); });
}

std::vector<const Charge*> charges_of(const Fee& fee) {
  std::vector<const Charge*> charges;
  for (const Case& one : fee.cases) {
    charges.push_back(&one.charge);
    for (const Charge& member : one.charge.greatest) charges.push_back(&member);
    for (const Charge& member : one.charge.least) charges.push_back(&member);
  }
  return charges;
}

void check_bases(const Schedule& schedule, Findings& findings) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    for (const Charge* charge : charges_of(schedule.fees[i]))
      check_terms(schedule, i, *charge, findings);
  }
}

void check_margins(const Schedule& schedule, Findings& findings) {
  std::vector<const Rate*> margins;
  for (const Fee& fee : schedule.fees) {
    for (const Case& one : fee.cases) {
      if (one.charge.margin) margins.push_back(&*one.charge.margin);
    }
  }
  bool some_positive = std::any_of(margins.begin(), margins.end(),
                                   [](const Rate* margin) { return margin->fraction.sign() > 0; });
  for (const Rate* margin : margins) {
    if (margin->fraction >= Rational(1)) {
      findings.add(margin->place, Code::margin,
                   "a margin of " + margin->text + "% leaves nothing of the rate",
                   "write less than 100; it is percent off the mid rate");
    } else if (margin->fraction.sign() < 0 && !some_positive) {
      findings.add(margin->place, Code::margin,
                   "a margin of " + margin->text + "% is better than the mid rate",
                   "the margins that apply add up to 0 or more; a negative one only reduces "
                   "another");
    }
  }
}

void check_debit_shares(const Schedule& schedule, Findings& findings) {
  for (const Fee& fee : schedule.fees) {
    for (const Case& one : fee.cases) {
      const Charge& charge = one.charge;
      if (!charge.of_debit) continue;
      if (debit_share(charge) >= Rational(1)) {
        auto share = std::find_if(charge.terms.list.begin(), charge.terms.list.end(),
                                  [](const Term& term) { return rate_of(term) != nullptr; });
        findings.add(rate_of(*share)->place, Code::margin,
                     "no debit is large enough to pay all of itself",
                     "write less than 100 percent; the share is of what is paid in the end");
      }
      if (one.collect.value_or(fee.collect.value_or(schedule.collect)) == Collect::on_top) continue;
      findings.add(charge.place, Code::conflicting_keys,
                   "a share of the debit is part of the debit, and this fee is not paid on top",
                   "write \"collect\": \"on_top\", or take it of the amount");
    }
  }
}

void check_requirements(const Schedule& schedule, Findings& findings) {
  for (const Tier& tier : schedule.tiers) {
    if (tier.requires_) check_requirement(schedule, *tier.requires_, findings);
  }
}

Diagnostics check_references(const Schedule& schedule) {
  Findings findings;
  check_bases(schedule, findings);
  check_margins(schedule, findings);
  check_debit_shares(schedule, findings);
  check_requirements(schedule, findings);
  check_bounds(schedule, findings);
  check_meters(schedule, findings);
  sort_by_place(findings.all);
  return std::move(findings.all);
}

// Meters: all of one fee are the same, measure what they are added to, and count in one currency.

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

// Bands ascend, minimums lie below maximums, and a lone flat price shares its bounds' currency.

namespace {

// A figure's value per currency; a plain number has none.
std::map<Currency, Rational> values_of(const Figure& figure) {
  if (figure.number) return {{Currency(), Rational(*figure.number)}};
  std::map<Currency, Rational> values;
  for (const Money& money : figure.money) values[money.currency] = money.amount;
  return values;
}

std::string value_text(Currency currency, const Rational& value, const Schedule& schedule) {
  return currency.empty() ? value.to_string() : to_string({value, currency}, schedule.currencies);
}

Figure figure_of(const Price& price) { return Figure{std::nullopt, price.money, price.place}; }

// ---- min and max -------------------------------------------------------------------------------

void check_order(const Schedule& schedule, const Figure& min, const Figure& max,
                 Findings& findings) {
  std::map<Currency, Rational> maxima = values_of(max);
  for (const auto& [currency, low] : values_of(min)) {
    auto high = maxima.find(currency);
    if (high == maxima.end() || low <= high->second) continue;
    findings.add(min.place, Code::min_above_max,
                 "the minimum " + value_text(currency, low, schedule) + " is above the maximum " +
                     value_text(currency, high->second, schedule),
                 "swap them, or correct one", {max.place});
    return;
  }
}

void check_terms_order(const Schedule& schedule, const Terms& terms, Findings& findings) {
  if (terms.min && terms.max)
    check_order(schedule, figure_of(*terms.min), figure_of(*terms.max), findings);
}

// For each tier that either side names, or once for all.
void check_limit_order(const Schedule& schedule, const Limit& limit, Findings& findings) {
  if (!limit.min || !limit.max) return;
  const Bounds& named = limit.min->by_tier ? *limit.min : *limit.max;
  for (const auto& [tier, unused] : named.figures) {
    const Figure *min = bound_in(limit.min, tier), *max = bound_in(limit.max, tier);
    if (min != nullptr && max != nullptr) check_order(schedule, *min, *max, findings);
  }
}

// ---- bands -------------------------------------------------------------------------------------

struct LastBound {
  Rational value;
  Place place;
};

void check_ascending(const Schedule& schedule, const Band& band,
                     std::map<Currency, LastBound>& last, Findings& findings) {
  for (const auto& [currency, value] : values_of(*band.bound)) {
    auto previous = last.find(currency);
    if (previous != last.end() && value <= previous->second.value) {
      findings.add(band.bound->place, Code::bands_not_ascending,
                   "the band ends at " + value_text(currency, value, schedule) +
                       ", and the one before it at " +
                       value_text(currency, previous->second.value, schedule),
                   "each band must end above the one before it; put them in order",
                   {previous->second.place});
      return;
    }
    last[currency] = LastBound{value, band.bound->place};
  }
}

// A first band that ends at 0 holds nothing; save in a slab, where it may hold 0 itself.
void check_first(const Schedule& schedule, const Band& band, bool slab, Findings& findings) {
  if (slab && band.inclusive) return;
  for (const auto& [currency, value] : values_of(*band.bound)) {
    if (value.sign() > 0) continue;
    findings.add(
        band.bound->place, Code::bands_not_ascending,
        "the first band ends at " + value_text(currency, value, schedule) + " and so holds nothing",
        "the first band begins at 0: write where it ends, or remove it");
    return;
  }
}

void check_bands(const Schedule& schedule, const std::vector<Band>& bands, bool slab,
                 Findings& findings) {
  std::map<Currency, LastBound> last;
  for (const Band& band : bands) {
    if (band.bound && &band == &bands.front()) check_first(schedule, band, slab, findings);
    if (band.bound) check_ascending(schedule, band, last, findings);
    check_terms_order(schedule, band.terms, findings);
  }
}

// ---- a lone flat price -------------------------------------------------------------------------

void check_lone_flat(const Charge& charge, Findings& findings) {
  if (!is_lone_flat(charge)) return;
  const Price& flat = only_flat(charge)->price;
  Currency currency = flat.money.front().currency;
  for (const std::optional<Price>* bound : {&charge.terms.min, &charge.terms.max}) {
    if (!*bound || find_money((*bound)->money, currency)) continue;
    std::string code(currency.code());
    findings.add((*bound)->place, Code::missing_money,
                 "the price beside it is in " + code + ", and this bound has no amount in " + code,
                 "a lone \"flat\" is charged in its own currency; write the bound in it",
                 {flat.place});
  }
}

// The members of `greatest` or `least` share one currency; only lone flats show theirs here.
void check_members(const std::vector<Charge>& members, Findings& findings) {
  const Price* first = nullptr;
  for (const Charge& member : members) {
    if (!is_lone_flat(member)) continue;
    const Price& flat = only_flat(member)->price;
    if (first == nullptr) first = &flat;
    if (flat.money.front().currency == first->money.front().currency) continue;
    findings.add(flat.place, Code::mixed_currencies,
                 "charges to choose from share one currency, and these are in " +
                     std::string(first->money.front().currency.code()) + " and " +
                     std::string(flat.money.front().currency.code()),
                 "give both as lists, one amount per currency, or write \"convert\": true",
                 {first->place});
  }
}

}  // namespace

void check_bounds(const Schedule& schedule, Findings& findings) {
  for (const Fee& fee : schedule.fees) {
    for (const Charge* charge : charges_of(fee)) {
      check_terms_order(schedule, charge->terms, findings);
      check_bands(schedule, charge->graduated(), false, findings);
      check_bands(schedule, charge->slab(), true, findings);
      check_lone_flat(*charge, findings);
      check_members(charge->greatest, findings);
      check_members(charge->least, findings);
    }
  }
  for (const Limit& limit : schedule.limits) check_limit_order(schedule, limit, findings);
}

}  // namespace levy::schedule::decode
