#include "batch/cause.h"

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

// The fee in the currency asked about; nothing: it cannot be quoted.
std::optional<Rational> fee_of(const Plan& plan, const Operation& operation, const Rates* rates,
                               const Readings& readings) {
  Checked<Quote> quoted = quote(plan, Scene{operation, rates, readings});
  if (!quoted) return std::nullopt;
  return quoted->fees.at(operation.currency);
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

std::string Causes::find(const Setting& setting, const Rational& billed,
                         const Rational& tolerance) {
  Checked<Quote> computed =
      quote(*setting.plan, Scene{setting.operation, setting.rates, setting.readings});
  if (!computed) return "";
  Bill bill{setting, *computed, billed, tolerance};
  Found found = find_variant(bill, Variant::Kind::misread);
  if (!found) found = find_version(bill);
  if (!found) found = find_tier(bill);
  if (!found) found = find_net(bill);
  if (!found) found = find_variant(bill, Variant::Kind::contained);
  if (!found) found = find_not_converted(bill);
  if (!found) found = find_variant(bill, Variant::Kind::other_case);
  return found.value_or("");
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
    auto fee = fee_of(*variant.plan, setting.operation, setting.rates, setting.readings);
    if (fee && is_near(*fee, bill.billed, bill.tolerance)) return variant.cause;
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
    auto fee = fee_of(other, setting.operation, setting.rates, setting.readings);
    if (!fee || !is_near(*fee, bill.billed, bill.tolerance)) continue;
    std::string name = other.schedule.version;
    if (name.empty()) name = before ? "before" : "after";
    return "version: " + name;
  }
  return std::nullopt;
}

Causes::Found Causes::find_tier(const Bill& bill) const {
  Operation operation = bill.setting.operation;
  for (const Tier& tier : bill.setting.plan->schedule.tiers) {
    operation.attributes["tier"] = tier.id;
    auto fee = fee_of(*bill.setting.plan, operation, bill.setting.rates, bill.setting.readings);
    if (fee && is_near(*fee, bill.billed, bill.tolerance)) return "tier: " + tier.id;
  }
  return std::nullopt;
}

Causes::Found Causes::find_net(const Bill& bill) const {
  Operation operation = bill.setting.operation;
  Rational net = *bill.computed.operation.amount - bill.computed.fees.at(operation.currency);
  if (!operation.amount || net.sign() < 0) return std::nullopt;
  operation.amount = net;
  auto fee = fee_of(*bill.setting.plan, operation, bill.setting.rates, bill.setting.readings);
  if (fee && is_near(*fee, bill.billed, bill.tolerance)) return "net: amount less fee";
  return std::nullopt;
}

Causes::Found Causes::find_not_converted(const Bill& bill) const {
  const Setting& setting = bill.setting;
  auto explains = [&](const std::optional<Rational>& fee) {
    return fee && is_near(*fee, bill.billed, bill.tolerance);
  };
  if (setting.rates != nullptr) {
    Rates equal = unconverted(*setting.rates);
    if (explains(fee_of(*setting.plan, setting.operation, &equal, setting.readings)))
      return "not converted";
  }
  Rational sum = 0;
  for (const auto& [currency, fee] : bill.computed.fees) sum += fee;
  if (explains(sum)) return "not converted";
  const Operation& own = setting.operation;
  for (Currency other : {setting.plan->schedule.currency, own.to_currency}) {
    if (other.empty() || other == own.currency) continue;
    Operation operation = own;
    operation.currency = other;
    operation.to_currency = Currency();
    if (explains(fee_of(*setting.plan, operation, setting.rates, setting.readings)))
      return "not converted: " + std::string(other.code());
  }
  return std::nullopt;
}

}  // namespace levy
