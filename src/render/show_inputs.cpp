// What an operation can say about itself, and the lists that conditions name.
#include <algorithm>

#include "base/suggest.h"
#include "render/show_parts.h"
#include "schedule/attributes.h"

namespace levy {
namespace {

using Names = std::vector<std::string>;

void collect_names(Names& names, const std::optional<When>& when) {
  if (!when) return;
  for (const Condition& condition : when->conditions) names.push_back(condition.name);
}

void collect_names(Names& names, const Charge& charge) {
  if (charge.by) collect_names(names, charge.by->when);
  if (charge.free) collect_names(names, charge.free->meter.when);
  if (charge.cap) collect_names(names, charge.cap->meter.when);
}

Names names_in_conditions(const Schedule& schedule) {
  Names names;
  for (const Fee& fee : schedule.fees) {
    collect_names(names, fee.when);
    for (const Case& one : fee.cases) {
      collect_names(names, one.when);
      collect_names(names, one.charge);
    }
  }
  for (const Limit& limit : schedule.limits) {
    collect_names(names, limit.meter.when);
    if (limit.meter.counts) collect_names(names, limit.meter.counts->when);
    names.insert(names.end(), limit.meter.per.begin(), limit.meter.per.end());
    bool by_tier = (limit.min && limit.min->by_tier) || (limit.max && limit.max->by_tier);
    if (by_tier) names.emplace_back("tier");
  }
  for (const Evidence& evidence : schedule.evidence) {
    if (evidence.meter) collect_names(names, evidence.meter->when);
  }
  for (const Guarantee& one : schedule.guarantees) collect_names(names, one.when);
  return names;
}

std::string attribute_words(const Schedule& schedule, const std::string& name) {
  if (name == "weekday" || name == "date" || name == "time_of_day")
    return "taken from the operation's time, in " + schedule.timezone.name();
  if (name == "currency") return "the amount's currency";
  if (name == "to_currency") return "the currency that is to arrive";
  if (name == "cross_border") return "true or false; or give country and to_country";
  Missing domain = describe_attribute(schedule, name);
  if (domain.closed) return join_or(domain.domain);
  return name == "country" || name == "to_country" ? "a country's two letters" : "any text";
}

std::string quantity_words(const Quantity& quantity) {
  std::string words = "a number";
  if (quantity.min) words += ", at least " + quantity.min->to_string();
  if (quantity.max) words += ", at most " + quantity.max->to_string();
  if (quantity.by_default) words += "; " + quantity.by_default->to_string() + " if not given";
  return words;
}

void add_sets(Page& page, const Schedule& schedule) {
  Grid grid{{"List", "Members"}, {}};
  for (const Set& set : schedule.sets) {
    if (is_named(set)) grid.row({"@" + set.name, join_and(set.members)});
  }
  if (grid.rows.empty()) return;
  page.push_back(Heading{2, "Lists"});
  page.push_back(std::move(grid));
}

}  // namespace

std::vector<std::string> used_attributes(const Schedule& schedule) {
  Names used = names_in_conditions(schedule), found;
  for (const std::string& name : builtin_attributes()) {
    if (std::find(used.begin(), used.end(), name) != used.end()) found.push_back(name);
  }
  return found;
}

void add_inputs(Page& page, const Wording& wording) {
  const Schedule& schedule = wording.schedule;
  Grid grid{{"Name", "Value"}, {}};
  for (const Attribute& one : schedule.attributes)
    grid.row({one.name, attribute_words(schedule, one.name)});
  for (const std::string& name : used_attributes(schedule))
    grid.row({name, attribute_words(schedule, name)});
  for (const Quantity& one : schedule.quantities) grid.row({one.name, quantity_words(one)});
  if (!grid.rows.empty()) {
    page.push_back(Heading{2, "Attributes and quantities that can be given"});
    page.push_back(std::move(grid));
  }
  add_sets(page, schedule);
}

}  // namespace levy
