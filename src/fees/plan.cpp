#include "fees/plan.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"

namespace levy::fees {
namespace {

// A fee's own rounding always holds; what it leaves open comes from the schedule's.
Rounder line_rounder(const schedule::Schedule& schedule, const schedule::Fee& fee) {
  const schedule::RoundRule& common = schedule.rounding.rule;
  Rounder rounder;
  rounder.mode = schedule.rounding.mode();
  rounder.rule = common;
  if (!fee.round) {
    rounder.exact = schedule.rounding.apply == schedule::Rounding::Apply::total;
    return rounder;
  }
  rounder.exact = fee.round->none;
  rounder.mode = fee.round->mode.value_or(rounder.mode);
  if (fee.round->to || !fee.round->to_money.empty()) rounder.rule = *fee.round;
  return rounder;
}

FeePlan plan_fee(const schedule::Schedule& schedule, const schedule::Fee& fee) {
  FeePlan plan;
  plan.as_written = &fee;
  plan.line = line_rounder(schedule, fee);
  for (const schedule::Case& one : fee.cases) {
    schedule::Collect collect = one.collect.value_or(fee.collect.value_or(schedule.collect));
    plan.cases.push_back({&one, collect});
  }
  return plan;
}

}  // namespace

Decimal Rounder::quantum(Currency currency, const Currencies& currencies) const {
  if (rule.to) return *rule.to;
  const Money* money = find_money(rule.to_money, currency);
  return money != nullptr ? money->amount.decimal() : currencies.minor_unit(currency);
}

Plan compile(schedule::Schedule schedule) {
  Plan plan;
  plan.schedule = std::move(schedule);
  for (const schedule::Fee& fee : plan.schedule.fees) {
    plan.fee_index[fee.id] = plan.fees.size();
    plan.fees.push_back(plan_fee(plan.schedule, fee));
  }
  for (const facts::MeterUse& use : facts::meters_of(plan.schedule)) {
    auto owner = plan.fee_index.find(use.id);
    if (owner != plan.fee_index.end()) plan.fees[owner->second].meter = use;
  }
  plan.total.mode = plan.schedule.rounding.mode();
  plan.total.rule = plan.schedule.rounding.rule;
  return plan;
}

// The plan printing itself, in one notation for each thing:
//
//   fee#case operations when CONDITION & CONDITION: CHARGE; ...; round MODE to QUANTUM; COLLECT
//
//   withdrawal#0 withdrawal when method in {bank}: percent 1/100 of amount; min 0.50 EUR;
//     max 25.00 EUR; round up to minor; deducted
//
// Shares are fractions in lowest terms; a money list is a|b; ranges and bands are intervals, [ and
// ] holding their bound and ( and ) not. The conditions of the fee stand before those of the case.

namespace {

using DumpWords = std::vector<std::string>;

std::string joined(const DumpWords& words, std::string_view by) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += by;
    text += words[i];
  }
  return text;
}

// ---- figures -----------------------------------------------------------------------------------

std::string text_of(const MoneyList& money, const Currencies& currencies) {
  DumpWords words;
  for (const Money& one : money) words.push_back(to_string(one, currencies));
  return joined(words, "|");
}

std::string text_of(const schedule::Figure& figure, const Currencies& currencies) {
  return figure.number ? figure.number->to_string() : text_of(figure.money, currencies);
}

// "1/100", "-1/4", "0", "1".
std::string fraction(const Rational& value) {
  const Decimal& over = value.numerator();
  Decimal power = Decimal::ten_to(over.scale());
  Decimal numerator = over * power, denominator = value.denominator() * power;
  if (numerator.is_zero()) return "0";
  Decimal size = numerator.sign() < 0 ? -numerator : numerator;
  Decimal divisor = greatest_common_divisor(size, denominator);
  Decimal whole = divide_floor(denominator, divisor).quotient;
  std::string text = divide_floor(size, divisor).quotient.to_string();
  if (whole != Decimal(1)) text += "/" + whole.to_string();
  return (numerator.sign() < 0 ? "-" : "") + text;
}

// ---- conditions --------------------------------------------------------------------------------

std::string bound_text(const schedule::Condition& condition, const schedule::Figure& figure,
                       const Currencies& currencies) {
  if (!figure.number) return text_of(figure.money, currencies);
  auto whole = static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0));
  if (condition.subject == schedule::Condition::Subject::date) return to_string(Day{whole});
  if (condition.subject == schedule::Condition::Subject::time_of_day)
    return time_of_day_text(whole);
  return figure.number->to_string();
}

std::string interval(const schedule::Condition& condition, const Currencies& currencies) {
  const schedule::Condition::Range& range = *condition.range;
  auto bound = [&](const schedule::Figure& figure) {
    return bound_text(condition, figure, currencies);
  };
  std::string low = range.from    ? "[" + bound(*range.from)
                    : range.above ? "(" + bound(*range.above)
                                  : "(";
  std::string high = range.up_to   ? bound(*range.up_to) + "]"
                     : range.below ? bound(*range.below) + ")"
                                   : ")";
  return low + ", " + high;
}

std::string text_of(const schedule::Condition& condition, const Currencies& currencies) {
  if (condition.range) return condition.name + " in " + interval(condition, currencies);
  DumpWords values = condition.values;
  for (const schedule::Figure& figure : condition.figures)
    values.push_back(bound_text(condition, figure, currencies));
  return condition.name + (condition.negated ? " not in {" : " in {") + joined(values, ", ") + "}";
}

DumpWords texts_of(const std::optional<schedule::When>& when, const Currencies& currencies) {
  DumpWords words;
  if (!when) return words;
  for (const schedule::Condition& condition : when->conditions)
    words.push_back(text_of(condition, currencies));
  return words;
}

std::string operations_text(const DumpWords& operations) {
  return operations.empty() ? "*" : joined(operations, ",");
}

// ---- meters ------------------------------------------------------------------------------------

std::string measure_text(const schedule::Meter& meter) {
  switch (meter.measure) {
    case schedule::Meter::Measure::amount:
      return "amount";
    case schedule::Meter::Measure::debit:
      return "debit";
    case schedule::Meter::Measure::count:
      return "count";
    case schedule::Meter::Measure::quantity:
      return meter.quantity;
    case schedule::Meter::Measure::fee:
      return "fee";
    case schedule::Meter::Measure::units:
      return "units";
    case schedule::Meter::Measure::balance:
      return "balance";
  }
  ensure(false, "a meter measures one of the things above");
  return {};
}

// "amount per month of trade when plan in {tiered} as EUR"
std::string text_of(const schedule::Meter& meter, const Currencies& currencies) {
  std::string text = measure_text(meter) + " per " + to_string(meter.window);
  if (!meter.per.empty()) text += " each " + joined(meter.per, ",");
  if (meter.operations) text += " of " + operations_text(*meter.operations);
  DumpWords conditions = texts_of(meter.when, currencies);
  if (!conditions.empty()) text += " when " + joined(conditions, " & ");
  if (!meter.currency.empty()) text += " as " + std::string(meter.currency.code());
  return text;
}

// ---- charges -----------------------------------------------------------------------------------

std::string base_text(const schedule::Charge& charge) {
  if (!charge.units.empty()) return joined(charge.units, "*");
  if (charge.of_debit) return "debit";
  if (!charge.times.empty()) return "amount/" + charge.times;
  std::string text;
  for (const schedule::OfTerm& term : charge.of) {
    text += term.subtract ? "-" : text.empty() ? "" : "+";
    text += term.fee.empty() ? "amount" : term.fee;
  }
  return text.empty() ? "amount" : text;
}

DumpWords texts_of(const schedule::Terms& terms, const std::string& base,
                   const Currencies& currencies);

// "(100.00 EUR, 500.00 EUR]: percent 1/100"; a slab's first band holds 0, a graduated one's does
// not.
std::string bands_text(const char* key, const std::vector<schedule::Band>& bands,
                       const std::string& base, const Currencies& currencies) {
  DumpWords words;
  std::string low = std::string_view(key) == "slab" ? "[0" : "(0";
  for (const schedule::Band& band : bands) {
    std::string high = band.bound ? text_of(*band.bound, currencies) : "";
    std::string range = low + ", " + high + (band.bound && band.inclusive ? "]" : ")");
    words.push_back(range + ": " + joined(texts_of(band.terms, base, currencies), " + "));
    low = (band.inclusive ? "(" : "[") + high;
  }
  return std::string(key) + " {" + joined(words, "; ") + "}";
}

DumpWords texts_of_bounds(const schedule::Terms& terms, const Currencies& currencies) {
  DumpWords words;
  if (terms.min) words.push_back("min " + text_of(terms.min->money, currencies));
  if (terms.max) words.push_back("max " + text_of(terms.max->money, currencies));
  return words;
}

DumpWords texts_of_sum(const schedule::Terms& terms, const std::string& base,
                       const Currencies& currencies) {
  auto text = schedule::overloaded{
      [&](const schedule::Percent& percent) {
        return "percent " + fraction(percent.rate.fraction) + " of " + base;
      },
      [&](const schedule::Bps& bps) {
        return "bps " + fraction(bps.rate.fraction) + " of " + base;
      },
      [&](const schedule::Each& each) {
        return "each " + text_of(each.price.money, currencies) + " of " + base;
      },
      [&](const schedule::Flat&
              flat) {  // money alone is charged in its own currency, a list of one is not
        bool list = !flat.price.one_money && flat.price.money.size() == 1;
        return (list ? "flat list " : "flat ") + text_of(flat.price.money, currencies);
      },
      [&](const schedule::Per& per) {
        return "per " + text_of(per.every, currencies) + " of " + base + " " +
               (per.count == schedule::Per::Count::started ? "started " : "complete ") +
               text_of(per.price.money, currencies);
      },
      [&](const schedule::Graduated& graduated) {
        return bands_text("graduated", graduated.bands, base, currencies);
      },
      [&](const schedule::Slab& slab) { return bands_text("slab", slab.bands, base, currencies); }};
  DumpWords words;
  for (const schedule::Term& term : terms.list) words.push_back(std::visit(text, term));
  return words;
}

DumpWords texts_of(const schedule::Terms& terms, const std::string& base,
                   const Currencies& currencies) {
  DumpWords words = texts_of_sum(terms, base, currencies);
  for (std::string& text : texts_of_bounds(terms, currencies)) words.push_back(std::move(text));
  return words;
}

std::string text_of(const schedule::Free& free, const Currencies& currencies) {
  std::string what = free.kind == schedule::Free::Kind::amount
                         ? text_of(free.amount->money, currencies)
                         : free.units.to_string();
  return "free " + what + (free.whole ? " whole" : "") + " by " + text_of(free.meter, currencies);
}

DumpWords texts_of(const schedule::Charge& charge, const Currencies& currencies);

std::string members_text(const char* key, const std::vector<schedule::Charge>& members,
                         const Currencies& currencies) {
  DumpWords words;
  for (const schedule::Charge& member : members)
    words.push_back("[" + joined(texts_of(member, currencies), "; ") + "]");
  return key + (" " + joined(words, " "));
}

// The order is that of evaluation: what is free, what is added up, then its bounds and its cap.
DumpWords texts_of(const schedule::Charge& charge, const Currencies& currencies) {
  if (charge.waived) return {"waived"};
  if (charge.margin) return {"margin " + fraction(charge.margin->fraction)};
  std::string base = base_text(charge);
  DumpWords words;
  if (charge.free) words.push_back(text_of(*charge.free, currencies));
  if (charge.by) words.push_back("by " + text_of(*charge.by, currencies));
  for (std::string& text : texts_of_sum(charge.terms, base, currencies))
    words.push_back(std::move(text));
  if (!charge.greatest.empty())
    words.push_back(members_text("greatest", charge.greatest, currencies));
  if (!charge.least.empty()) words.push_back(members_text("least", charge.least, currencies));
  for (std::string& text : texts_of_bounds(charge.terms, currencies))
    words.push_back(std::move(text));
  if (charge.convert) words.emplace_back("convert");
  if (!charge.in.empty()) words.push_back("in " + std::string(charge.in.code()));
  if (!charge.times.empty()) words.push_back("times " + charge.times);
  if (charge.cap) {
    words.push_back("cap " + text_of(charge.cap->max.money, currencies) + " by " +
                    text_of(charge.cap->meter, currencies));
  }
  return words;
}

// ---- lines -------------------------------------------------------------------------------------

std::string text_of(const Rounder& rounder, const Currencies& currencies) {
  if (rounder.exact) return "exact";
  std::string text = "round " + std::string(to_string(rounder.mode)) + " to ";
  if (rounder.rule.to) return text + rounder.rule.to->to_string();
  if (rounder.rule.to_money.empty()) return text + "minor";
  return text + text_of(rounder.rule.to_money, currencies);
}

std::string case_line(const FeePlan& fee, std::size_t index, const Currencies& currencies) {
  const CasePlan& plan = fee.cases[index];
  const schedule::Case& one = *plan.as_written;
  DumpWords conditions = texts_of(fee.as_written->when, currencies);
  for (std::string& text : texts_of(one.when, currencies)) conditions.push_back(std::move(text));
  DumpWords words = texts_of(one.charge, currencies);
  if (!one.charge.margin) {
    if (!one.charge.waived) words.push_back(text_of(fee.line, currencies));
    words.emplace_back(schedule::to_string(plan.collect));
  }
  std::string text = fee.as_written->id + "#" + std::to_string(index) + " " +
                     operations_text(fee.as_written->operations);
  if (!conditions.empty()) text += " when " + joined(conditions, " & ");
  return text + ": " + joined(words, "; ") + "\n";
}

}  // namespace

std::string dump(const FeePlan& fee, const Currencies& currencies) {
  std::string text;
  for (std::size_t i = 0; i < fee.cases.size(); ++i) text += case_line(fee, i, currencies);
  return text;
}

std::string dump(const Plan& plan) {
  std::string text;
  for (const FeePlan& fee : plan.fees) text += dump(fee, plan.schedule.currencies);
  return text;
}

}  // namespace levy::fees
