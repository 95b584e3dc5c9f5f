#include "cells/cells.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "cells/cell_axes.h"
#include "facts/conditions.h"
#include "schedule/charge_parts.h"

namespace levy::cells {
namespace {

bool only_margins(const schedule::Fee& fee) {
  return std::all_of(fee.cases.begin(), fee.cases.end(),
                     [](const schedule::Case& one) { return one.charge.margin.has_value(); });
}

std::vector<Watch> watches_of(const std::vector<const fees::Plan*>& plans,
                              const std::string& operation, const CellScope& scope) {
  std::vector<Watch> watches;
  std::size_t group = 0;
  for (const fees::Plan* plan : plans) {
    for (const schedule::Fee& fee : plan->schedule.fees) {
      if (scope.only != nullptr ? &fee != scope.only : !facts::concerns(fee.operations, operation))
        continue;
      if (only_margins(fee) && !scope.converts && scope.only == nullptr) continue;
      ++group;
      watches.push_back({fee.when ? &*fee.when : nullptr, group, false});
      for (const schedule::Case& one : fee.cases)
        watches.push_back({one.when ? &*one.when : nullptr, group, true});
    }
    for (const schedule::Limit& limit : plan->schedule.limits) {
      const schedule::Meter& meter = limit.meter;
      if (!scope.limits || (meter.operations && !facts::concerns(*meter.operations, operation)))
        continue;
      watches.push_back({meter.when ? &*meter.when : nullptr, ++group, false});
      if (meter.counts && meter.counts->when)
        watches.push_back({&*meter.counts->when, ++group, false});
    }
  }
  for (const schedule::When* when : scope.also) watches.push_back({when, ++group, false});
  return watches;
}

bool differs_by_tier(const std::vector<const fees::Plan*>& plans) {
  return std::any_of(plans.begin(), plans.end(), [](const fees::Plan* plan) {
    const auto& limits = plan->schedule.limits;
    return std::any_of(limits.begin(), limits.end(),
                       [](const schedule::Limit& limit) { return limit.is_by_tier(); });
  });
}

std::vector<Axis> axes_of(const AxisQuestion& asked) {
  std::vector<Axis> axes = {currency_axis(asked), country_axis(asked), clock_axis(asked)};
  for (const schedule::Attribute& attribute : asked.schedule.attributes)
    if (is_asked(asked, attribute.name)) axes.push_back(attribute_axis(asked, attribute.name));
  if (is_asked(asked, "tier") || asked.each_tier) axes.push_back(attribute_axis(asked, "tier"));
  return axes;
}

// A cell under way: which watches can still hold.
struct Partial {
  std::vector<bool> holds;
  std::string distinct;
  std::vector<const AxisOption*> options;
};

// Where a fee does not apply its cases do not matter, nor those behind one that surely holds.
void forget_what_does_not_matter(const std::vector<Watch>& watches, bool last,
                                 std::vector<bool>& holds) {
  bool applies = true;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    if (!watches[i].is_case) {
      applies = holds[i];
      continue;
    }
    if (!applies) holds[i] = false;
    const schedule::When* when = watches[i].when;
    bool sure = !when || std::none_of(when->conditions.begin(), when->conditions.end(),
                                      std::mem_fn(&schedule::Condition::is_numeric));
    if (last && holds[i] && sure) applies = false;
  }
}

std::vector<Partial> product(const std::vector<Watch>& watches, const std::vector<Axis>& axes,
                             const CellScope& scope, bool& complete) {
  std::size_t cells_max = scope.cells_max;
  bool forgets = scope.only == nullptr;
  std::vector<Partial> partials = {{std::vector<bool>(watches.size(), true), "", {}}};
  for (const Axis& axis : axes) {
    bool last = &axis == &axes.back();
    std::set<std::pair<std::vector<bool>, std::string>> seen;
    std::vector<Partial> next;
    for (const Partial& partial : partials) {
      for (const AxisOption& option : axis) {
        Partial grown = partial;
        for (std::size_t i = 0; i < watches.size(); ++i)
          grown.holds[i] = grown.holds[i] && option.holds[i];
        grown.distinct += option.distinct + "/";
        if (forgets) forget_what_does_not_matter(watches, last, grown.holds);
        if (!seen.emplace(grown.holds, grown.distinct).second) continue;
        complete = complete && next.size() < cells_max;
        if (next.size() >= cells_max) break;
        grown.options.push_back(&option);
        next.push_back(std::move(grown));
      }
    }
    partials = std::move(next);
  }
  return partials;
}

void add_currencies(std::vector<Currency>& all, const MoneyList& money) {
  for (const Money& one : money) {
    if (std::find(all.begin(), all.end(), one.currency) == all.end()) all.push_back(one.currency);
  }
}

void add_currencies(std::vector<Currency>& all, const schedule::Schedule& schedule,
                    const std::optional<schedule::When>& when) {
  if (!when) return;
  for (const schedule::Condition& condition : when->conditions) {
    for (const schedule::Figure& figure : condition.figures) add_currencies(all, figure.money);
    if (condition.name != "currency" ||
        condition.subject != schedule::Condition::Subject::attribute)
      continue;
    for (const std::string& code : condition.values) {
      std::optional<Currency> currency = Currency::of(code);
      if (currency && schedule.currencies.find_digits(*currency))
        add_currencies(all, {Money{0, *currency}});
    }
  }
}

// A lone flat is charged in its own currency, whatever the operation's.
void add_currencies(std::vector<Currency>& all, const schedule::Charge& charge) {
  if (schedule::is_lone_flat(charge)) return;
  for (const schedule::Price* price : schedule::prices_of(charge))
    add_currencies(all, price->money);
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const schedule::Charge& member : *members) add_currencies(all, member);
  }
}

facts::Operation operation_of(const schedule::Schedule& schedule, const std::string& name) {
  facts::Operation operation;
  operation.name = name;
  operation.currency = schedule.currency;
  operation.time = time_in_force(schedule);
  for (const schedule::Quantity& quantity : schedule.quantities)
    operation.quantities[quantity.name] = usual_value(quantity);
  return operation;
}

}  // namespace

Rational usual_value(const schedule::Quantity& quantity) {
  if (quantity.by_default) return *quantity.by_default;
  if (quantity.min && quantity.min->sign() > 0) return *quantity.min;
  return quantity.max && *quantity.max < Decimal(1) ? Rational(*quantity.max) : Rational(1);
}

Instant time_in_force(const schedule::Schedule& schedule) {
  constexpr std::int64_t day_seconds = 86400;
  if (schedule.from) return *schedule.from;
  if (schedule.until)
    return Instant{schedule.until->seconds - day_seconds, schedule.until->nanoseconds};
  return schedule.timezone.instant(*parse_day("2026-01-05"));
}

std::vector<Currency> currencies_of(const schedule::Schedule& schedule,
                                    const std::string& operation) {
  std::vector<Currency> all;
  if (!schedule.currency.empty()) all.push_back(schedule.currency);
  for (const schedule::Fee& fee : schedule.fees) {
    if (!facts::concerns(fee.operations, operation)) continue;
    add_currencies(all, schedule, fee.when);
    for (const schedule::Case& one : fee.cases) {
      add_currencies(all, schedule, one.when);
      add_currencies(all, one.charge);
    }
  }
  for (const auto& [currency, place] : schedule.declared_currencies)
    if (all.empty()) all.push_back(currency);
  if (all.empty()) all.push_back(*Currency::of("EUR"));
  return all;
}

Cells find_cells(const std::vector<const fees::Plan*>& plans, const std::string& operation,
                 const CellScope& scope) {
  const schedule::Schedule& schedule = plans.front()->schedule;
  std::vector<Watch> watches = watches_of(plans, operation, scope);
  AxisQuestion asked{schedule, operation, watches, scope, scope.limits && differs_by_tier(plans)};
  std::vector<Axis> axes = axes_of(asked);
  Cells cells;
  for (const Partial& partial : product(watches, axes, scope, cells.complete)) {
    Cell cell;
    cell.operation = operation_of(schedule, operation);
    for (const AxisOption* option : partial.options) {
      if (option->apply) option->apply(cell.operation);
      cell.choices.insert(cell.choices.end(), option->choices.begin(), option->choices.end());
    }
    for (const char* clock : {"weekday", "date", "time_of_day"})
      cell.needs_time = cell.needs_time || is_asked(asked, clock);
    cells.all.push_back(std::move(cell));
  }
  return cells;
}

std::string to_words(const Cell& cell) {
  constexpr std::size_t read_out_max = 4;
  std::string text;
  for (const Choice& choice : cell.choices) {
    text += (text.empty() ? "" : ", ") + choice.name + " ";
    if (choice.values.empty()) {
      text += "any other";
    } else if (choice.values.size() > read_out_max) {
      text += choice.value + " and " + std::to_string(choice.values.size() - 1) + " like it";
    } else {
      for (std::size_t i = 0; i < choice.values.size(); ++i)
        text += (i == 0 ? "" : " or ") + choice.values[i];
    }
  }
  return text;
}

}  // namespace levy::cells
