// Declarations that nothing uses: sets, attributes, quantities, currencies, evidence.
#include <algorithm>
#include <set>

#include "analysis/findings.h"
#include "schedule/charge_parts.h"

namespace levy {
namespace {

// Every name that is used somewhere, and every currency.
class Uses {
 public:
  // Limits count operations in any currency, converted; where there are no fees nothing else asks.
  explicit Uses(const Schedule& schedule) : any_currency_(schedule.fees.empty()) {
    add(schedule.currency);
    add(schedule.rounding.rule);
    for (const Fee& fee : schedule.fees) add(fee);
    for (const Limit& limit : schedule.limits) {
      add(limit.meter);
      add(limit.min);
      add(limit.max);
    }
    for (const Evidence& evidence : schedule.evidence)
      if (evidence.meter) add(*evidence.meter);
    for (const Tier& tier : schedule.tiers)
      if (tier.requires_) add(*tier.requires_);
    for (const Guarantee& guarantee : schedule.guarantees) add(guarantee.when);
  }

  bool name(const std::string& one) const { return names_.contains(one); }
  bool evidence(const std::string& one) const { return evidence_.contains(one); }
  // An operation can be in any currency where some fee takes any.
  bool currency(Currency one) const { return any_currency_ || currencies_.contains(one); }

 private:
  void add(Currency currency) { currencies_.insert(currency); }
  void add(const MoneyList& list) {
    for (const Money& money : list) add(money.currency);
  }
  void add(const Figure& figure) { add(figure.money); }
  void add(const RoundRule& rule) { add(rule.to_money); }

  void add(const std::optional<Bounds>& bounds) {
    if (!bounds) return;
    for (const auto& [tier, figure] : bounds->figures)
      if (figure) add(*figure);
  }

  void add(const std::optional<When>& when) {
    if (!when) return;
    for (const Condition& condition : when->conditions) {
      names_.insert(condition.name);
      for (const Figure& figure : condition.figures) add(figure);
      if (condition.range) {
        const Condition::Range& range = *condition.range;
        for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
          if (*bound) add(**bound);
      }
      if (condition.name != "currency" && condition.name != "to_currency") continue;
      for (const std::string& code : condition.values)
        if (auto currency = Currency::of(code)) add(*currency);
    }
  }

  void add(const Meter& meter) {
    names_.insert(meter.quantity);
    add(meter.when);
    if (meter.counts) add(meter.counts->when);
    names_.insert(meter.per.begin(), meter.per.end());
    add(meter.currency);
  }

  void add(const Requirement& requirement) {
    if (requirement.kind == Requirement::Kind::evidence) evidence_.insert(requirement.evidence);
    if (requirement.at_least) add(*requirement.at_least);
    for (const Requirement& part : requirement.of) add(part);
  }

  void add(const Charge& charge) {
    for (const Price* price : prices_of(charge)) add(price->money);
    if (charge.cap) add(charge.cap->max.money);
    add(charge.in);
    for (const Figure* figure : base_figures_of(charge)) add(*figure);
    for (const std::string& quantity : quantities_of(charge)) names_.insert(quantity);
    if (charge.free && charge.free->amount) add(charge.free->amount->money);
    if (const Meter* meter = find_meter(charge)) add(*meter);
    for (const auto* members : {&charge.greatest, &charge.least}) {
      for (const Charge& member : *members) add(member);
    }
  }

  void add(const Fee& fee) {
    add(fee.when);
    if (fee.round) add(*fee.round);
    bool takes_any = true;
    for (const Case& one : fee.cases) {
      add(one.when);
      add(one.charge);
      bool lone = is_lone_flat(one.charge);
      takes_any = takes_any && (one.charge.convert || lone || prices_of(one.charge).empty());
    }
    any_currency_ = any_currency_ || takes_any;
  }

  std::set<std::string> names_, evidence_;
  std::set<Currency> currencies_;
  bool any_currency_;
};

void add_unused(Report& report, const Place& place, const std::string& what,
                const std::string& where) {
  report.findings.push_back(make_finding(Code::unused, Severity::warning, place,
                                         what + " is declared and never used",
                                         "use it " + where + ", or remove it"));
}

}  // namespace

void find_unused(const Plan& plan, Report& report) {
  const Schedule& schedule = plan.schedule;
  Uses uses(schedule);
  for (const Set& set : schedule.sets)
    if (!set.used)
      add_unused(report, set.place, "the set " + set.name, "in a condition, \"@" + set.name + "\"");
  for (const Attribute& attribute : schedule.attributes)
    if (!uses.name(attribute.name))
      add_unused(report, attribute.place, "the attribute " + attribute.name, "in a condition");
  for (const Quantity& quantity : schedule.quantities)
    if (!uses.name(quantity.name))
      add_unused(report, quantity.place, "the quantity " + quantity.name,
                 "in \"units\" or a condition");
  for (const auto& [currency, place] : schedule.declared_currencies)
    if (!uses.currency(currency))
      add_unused(report, place, "the currency " + std::string(currency.code()), "in an amount");
  for (const Evidence& evidence : schedule.evidence)
    if (!uses.evidence(evidence.id))
      add_unused(report, evidence.place, "the evidence " + evidence.id,
                 "in what a tier \"requires\"");
}

}  // namespace levy
