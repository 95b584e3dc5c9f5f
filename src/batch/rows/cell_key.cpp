#include "batch/rows/cell_key.h"

#include <cstdint>

#include "facts/conditions.h"
#include "facts/counting.h"
#include "schedule/walk.h"

namespace levy::batch::rows {

CellKey::CellKey(const fees::Tariff& tariff, bool counts) : counts_(counts) {
  for (const fees::Plan& plan : tariff.versions) {
    schedule::each_condition(plan.schedule, [&](const schedule::Condition& condition) {
      bool is_number = condition.subject == schedule::Condition::Subject::amount ||
                       condition.subject == schedule::Condition::Subject::quantity;
      if (!is_number) conditions_.push_back(schedule::When{{condition}, condition.place});
      bool is_word = condition.subject == schedule::Condition::Subject::attribute &&
                     condition.name != "weekday";
      asks_clock_ = asks_clock_ || (!is_number && !is_word);
    });
    if (!counts) continue;
    for (const schedule::Limit& limit : plan.schedule.limits) {
      if (limit.meter.when) add(*limit.meter.when);
    }
    for (const facts::Counter& counter : facts::counters_of(plan.schedule)) {
      for (const schedule::When* when : facts::conditions_of(counter)) add(*when);
    }
  }
}

// What is not about words has its cell evaluated in full (counted_cell.h).
void CellKey::add(const schedule::When& when) {
  for (const schedule::Condition& condition : when.conditions) {
    if (condition.subject == schedule::Condition::Subject::attribute)
      conditions_.push_back(schedule::When{{condition}, condition.place});
  }
}

namespace {

// What is the same whatever the conditions ask.
std::string base_of(const fees::Plan& plan, const facts::Operation& operation,
                    const facts::Rates* rates, std::string_view variable) {
  auto pointer = [](const void* p) { return std::to_string(reinterpret_cast<std::uintptr_t>(p)); };
  std::string text = pointer(&plan) + " " + pointer(rates) + " " + operation.name;
  text += " " + std::string(operation.currency.code()) + " " +
          std::string(operation.to_currency.code()) + " ";
  if (operation.converts() && operation.rate) text += "at " + operation.rate->to_string() + " ";
  for (const auto& [name, value] : operation.quantities) {
    if (name != variable) text += name + "=" + value.to_string() + " ";
  }
  return text;
}

}  // namespace

std::string CellKey::words_of(const fees::Plan& plan, const facts::Operation& operation,
                              const facts::Rates* rates, std::string_view variable) {
  std::string text = base_of(plan, operation, rates, variable);
  for (const auto& [name, value] : operation.attributes)
    text += name + "=" + std::to_string(value.size()) + value + " ";
  return text;
}

std::string CellKey::of(const fees::Plan& plan, const facts::Operation& operation,
                        const facts::Rates* rates, std::string_view variable) const {
  std::string text = base_of(plan, operation, rates, variable);
  auto tier = operation.attributes.find("tier");
  if (counts_ && tier != operation.attributes.end()) text += tier->second + " ";
  auto no_numbers = [](const schedule::Condition&) -> Checked<facts::Truth> {
    return facts::Truth::yes;
  };
  for (const schedule::When& when : conditions_) {
    Checked<facts::WhenAnswer> answer = facts::decide(when, plan.schedule, operation, no_numbers);
    text += !answer                              ? 'x'
            : answer->truth == facts::Truth::yes ? '1'
            : answer->truth == facts::Truth::no  ? '0'
                                                 : '?';
  }
  return text;
}

}  // namespace levy::batch::rows
