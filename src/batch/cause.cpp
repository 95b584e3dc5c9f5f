#include "batch/cause.h"

#include <map>
#include <utility>

namespace levy {
namespace {

// What a quote reads of a schedule, and nothing else: changed copies are kept.
Schedule prices_of(const Schedule& schedule) {
  Schedule prices;
  prices.id = schedule.id;
  prices.currency = schedule.currency;
  prices.currencies = schedule.currencies;
  prices.timezone = schedule.timezone;
  prices.rounding = schedule.rounding;
  prices.collect = schedule.collect;
  prices.attributes = schedule.attributes;
  prices.quantities = schedule.quantities;
  prices.conversion = schedule.conversion;
  prices.fees = schedule.fees;
  prices.tiers = schedule.tiers;
  return prices;
}

// Nothing: it cannot be quoted.
std::optional<Quote> quote_of(const Plan& plan, const Operation& operation, const Rates* rates,
                              const Readings& readings) {
  Checked<Quote> quoted = quote(plan, Scene{operation, rates, readings});
  if (!quoted) return std::nullopt;
  return std::move(*quoted);
}

using Parts = std::map<std::string, Rational>;  // by fee id

// What the collected lines in the operation's own currency came to.
void add_lines(Parts& parts, const Quote& quote, const Rational& factor) {
  for (const Line& line : quote.lines) {
    bool counts = line.collect != Collect::none && line.amount.currency == quote.operation.currency;
    if (counts) parts[line.fee->id] += line.amount.amount * factor;
  }
}

Cause cause_of(std::string words, const Parts& parts) {
  Cause cause{std::move(words), {}};
  for (const auto& [fee, part] : parts) {
    if (!part.is_zero()) cause.parts.emplace_back(fee, part);
  }
  return cause;
}

bool is_near(const Rational& figure, const Rational& billed, const Rational& tolerance) {
  return absolute(figure - billed) <= tolerance;
}

// One unit of any currency is one of any other.
Rates unconverted(const Rates& rates) {
  Rates equal = rates;
  for (auto& [currency, rate] : equal.rates) rate = 1;
  return equal;
}

}  // namespace

Causes::Causes(const Tariff& tariff) : tariff_(tariff) {
  for (const Plan& plan : tariff.versions) variants_.push_back(variants_of(plan.schedule));
}

// The change explains the bill where it leads to the fee that was billed.
Causes::Found Causes::explain(const Bill& bill, const std::optional<Quote>& changed,
                              std::string words) {
  if (!changed) return std::nullopt;
  const Rational& fee = changed->fees.at(changed->operation.currency);
  if (!is_near(fee, bill.billed, bill.tolerance)) return std::nullopt;
  Parts parts;
  add_lines(parts, *changed, 1);
  add_lines(parts, bill.computed, -1);
  return cause_of(std::move(words), parts);
}

// The computed fee, as so many times what it is.
Causes::Found Causes::explain_times(const Bill& bill, const Rational& factor, std::string words) {
  const Rational& fee = bill.computed.fees.at(bill.computed.operation.currency);
  if (!is_near(fee * factor, bill.billed, bill.tolerance)) return std::nullopt;
  Parts parts;
  add_lines(parts, bill.computed, factor - Rational(1));
  return cause_of(std::move(words), parts);
}

Cause Causes::find(const Setting& setting, const Rational& billed, const Rational& tolerance) {
  Checked<Quote> computed =
      quote(*setting.plan, Scene{setting.operation, setting.rates, setting.readings});
  if (!computed) return {};
  Bill bill{setting, *computed, billed, tolerance};
  Found found = find_variant(bill, Variant::Kind::misread);
  if (!found) found = find_version(bill);
  if (!found) found = find_tier(bill);
  if (!found) found = find_net(bill);
  if (!found) found = find_variant(bill, Variant::Kind::contained);
  if (!found) found = find_not_converted(bill);
  if (!found) found = find_other_unit(bill);
  if (!found) found = find_variant(bill, Variant::Kind::other_case);
  return found ? std::move(*found) : Cause();
}

Causes::Found Causes::find_variant(const Bill& bill, Variant::Kind kind) {
  auto version = static_cast<std::size_t>(bill.setting.plan - tariff_.versions.data());
  ensure(version < variants_.size(), "a bill is explained by a version of its own tariff");
  for (Variant& variant : variants_[version]) {
    if (variant.kind != kind || !variant.concerns(bill.computed)) continue;
    if (!variant.plan) {
      Schedule changed = prices_of(bill.setting.plan->schedule);
      variant.change(changed);
      variant.plan = compile(std::move(changed));
    }
    const Setting& setting = bill.setting;
    auto changed = quote_of(*variant.plan, setting.operation, setting.rates, setting.readings);
    if (Found found = explain(bill, changed, variant.cause)) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_version(const Bill& bill) const {
  const Plan* first = tariff_.versions.data();
  const Plan* last = first + tariff_.versions.size() - 1;
  const Plan* own = bill.setting.plan;
  for (bool before : {true, false}) {
    if (own == (before ? first : last)) continue;
    const Plan& other = before ? own[-1] : own[1];
    const Setting& setting = bill.setting;
    std::string name = other.schedule.version;
    if (name.empty()) name = before ? "before" : "after";
    auto changed = quote_of(other, setting.operation, setting.rates, setting.readings);
    if (Found found = explain(bill, changed, "version: " + name)) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_tier(const Bill& bill) const {
  Operation operation = bill.setting.operation;
  for (const Tier& tier : bill.setting.plan->schedule.tiers) {
    operation.attributes["tier"] = tier.id;
    auto changed =
        quote_of(*bill.setting.plan, operation, bill.setting.rates, bill.setting.readings);
    if (Found found = explain(bill, changed, "tier: " + tier.id)) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_net(const Bill& bill) const {
  Operation operation = bill.setting.operation;
  Rational net = *bill.computed.operation.amount - bill.computed.fees.at(operation.currency);
  if (!operation.amount || net.sign() < 0) return std::nullopt;
  operation.amount = net;
  auto changed = quote_of(*bill.setting.plan, operation, bill.setting.rates, bill.setting.readings);
  return explain(bill, changed, "net: amount less fee");
}

Causes::Found Causes::find_not_converted(const Bill& bill) const {
  const Setting& setting = bill.setting;
  const Operation& own = setting.operation;
  if (setting.rates != nullptr) {
    Rates equal = unconverted(*setting.rates);
    auto changed = quote_of(*setting.plan, own, &equal, setting.readings);
    if (Found found = explain(bill, changed, "not converted")) return found;
  }
  Rational sum = 0;
  for (const auto& [currency, fee] : bill.computed.fees) sum += fee;
  if (is_near(sum, bill.billed, bill.tolerance)) {
    Parts parts;
    for (const Line& line : bill.computed.lines) {
      bool is_other = line.collect != Collect::none && line.amount.currency != own.currency;
      if (is_other) parts[line.fee->id] += line.amount.amount;
    }
    return cause_of("not converted", parts);
  }
  for (Currency other : {setting.plan->schedule.currency, own.to_currency}) {
    if (other.empty() || other == own.currency) continue;
    Operation operation = own;
    operation.currency = other;
    operation.to_currency = Currency();
    auto changed = quote_of(*setting.plan, operation, setting.rates, setting.readings);
    if (Found found = explain(bill, changed, "not converted: " + std::string(other.code())))
      return found;
  }
  return std::nullopt;
}

// The right figure, written otherwise.
Causes::Found Causes::find_other_unit(const Bill& bill) const {
  const Currencies& currencies = bill.setting.plan->schedule.currencies;
  Rational minor_units =
      Rational(1) / Rational(currencies.minor_unit(bill.setting.operation.currency));
  if (Found found = explain_times(bill, -1, "sign turned")) return found;
  if (minor_units == Rational(1)) return std::nullopt;
  if (Found found = explain_times(bill, minor_units, "minor units")) return found;
  return explain_times(bill, Rational(1) / minor_units, "major units");
}

}  // namespace levy
