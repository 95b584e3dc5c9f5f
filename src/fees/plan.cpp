#include "fees/plan.h"

#include <utility>

namespace levy {
namespace {

// A fee's own rounding always holds; what it leaves open comes from the schedule's.
Rounder line_rounder(const Schedule& schedule, const Fee& fee) {
  const RoundRule& common = schedule.rounding.rule;
  Rounder rounder;
  rounder.mode = schedule.rounding.mode();
  rounder.rule = common;
  if (!fee.round) {
    rounder.exact = schedule.rounding.apply == Rounding::Apply::total;
    return rounder;
  }
  rounder.exact = fee.round->none;
  rounder.mode = fee.round->mode.value_or(rounder.mode);
  if (fee.round->to || !fee.round->to_money.empty()) rounder.rule = *fee.round;
  return rounder;
}

FeePlan plan_fee(const Schedule& schedule, const Fee& fee) {
  FeePlan plan;
  plan.as_written = &fee;
  plan.line = line_rounder(schedule, fee);
  for (const Case& one : fee.cases) {
    Collect collect = one.collect.value_or(fee.collect.value_or(schedule.collect));
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

Plan compile(Schedule schedule) {
  Plan plan;
  plan.schedule = std::move(schedule);
  for (const Fee& fee : plan.schedule.fees) {
    plan.fee_index[fee.id] = plan.fees.size();
    plan.fees.push_back(plan_fee(plan.schedule, fee));
  }
  for (const MeterUse& use : meters_of(plan.schedule)) {
    auto owner = plan.fee_index.find(use.id);
    if (owner != plan.fee_index.end()) plan.fees[owner->second].meter = use;
  }
  plan.total.mode = plan.schedule.rounding.mode();
  plan.total.rule = plan.schedule.rounding.rule;
  return plan;
}

}  // namespace levy
