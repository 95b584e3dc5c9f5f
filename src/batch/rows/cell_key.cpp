#include "batch/rows/cell_key.h"

#include <cstdint>

#include "facts/conditions.h"
#include "facts/counting.h"

namespace levy {

CellKey::CellKey(const Tariff& tariff, bool counts) : counts_(counts) {
  for (const Plan& plan : tariff.versions) {
    each_condition(plan.schedule, [&](const Condition& condition) {
      bool is_number = condition.subject == Condition::Subject::amount ||
                       condition.subject == Condition::Subject::quantity;
      if (!is_number) conditions_.push_back(When{{condition}, condition.place});
    });
    if (!counts) continue;
    for (const Limit& limit : plan.schedule.limits) {
      if (limit.meter.when) add(*limit.meter.when);
    }
    for (const Counter& counter : counters_of(plan.schedule)) {
      for (const When* when : conditions_of(counter)) add(*when);
    }
  }
}

// What is not about words has its cell evaluated in full (counted_cell.h).
void CellKey::add(const When& when) {
  for (const Condition& condition : when.conditions) {
    if (condition.subject == Condition::Subject::attribute)
      conditions_.push_back(When{{condition}, condition.place});
  }
}

std::string CellKey::of(const Plan& plan, const Operation& operation, const Rates* rates,
                        std::string_view variable) const {
  auto pointer = [](const void* p) { return std::to_string(reinterpret_cast<std::uintptr_t>(p)); };
  std::string text = pointer(&plan) + " " + pointer(rates) + " " + operation.name;
  text += " " + std::string(operation.currency.code()) + " " +
          std::string(operation.to_currency.code()) + " ";
  if (operation.converts() && operation.rate) text += "at " + operation.rate->to_string() + " ";
  auto tier = operation.attributes.find("tier");
  if (counts_ && tier != operation.attributes.end()) text += tier->second + " ";
  for (const auto& [name, value] : operation.quantities) {
    if (name != variable) text += name + "=" + value.to_string() + " ";
  }
  auto no_numbers = [](const Condition&) -> Checked<Truth> { return Truth::yes; };
  for (const When& when : conditions_) {
    Checked<WhenAnswer> answer = decide(when, plan.schedule, operation, no_numbers);
    text += !answer                       ? 'x'
            : answer->truth == Truth::yes ? '1'
            : answer->truth == Truth::no  ? '0'
                                          : '?';
  }
  return text;
}

}  // namespace levy
