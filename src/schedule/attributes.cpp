#include "schedule/attributes.h"

#include <algorithm>

namespace levy {
namespace {

Missing closed(std::string_view name, std::vector<std::string> values) {
  return Missing{std::string(name), std::move(values), true};
}

Missing open(std::string_view name, std::string domain) {
  return Missing{std::string(name), {std::move(domain)}, false};
}

std::vector<std::string> weekdays() {
  std::vector<std::string> words;
  for (int day = 0; day < 7; ++day) words.emplace_back(weekday_word(day));
  return words;
}

Missing describe_declared(const Attribute& attribute) {
  switch (attribute.kind) {
    case Attribute::Kind::listed:
      return closed(attribute.name, attribute.values);
    case Attribute::Kind::boolean:
      return closed(attribute.name, {"true", "false"});
    case Attribute::Kind::text:
      return open(attribute.name, "text");
  }
  return open(attribute.name, "text");
}

}  // namespace

const std::vector<std::string>& builtin_attributes() {
  static const std::vector<std::string> names = {"currency",   "to_currency",  "country",
                                                 "to_country", "cross_border", "tier",
                                                 "weekday",    "date",         "time_of_day"};
  return names;
}

Missing describe_attribute(const Schedule& schedule, std::string_view name) {
  if (const Attribute* declared = schedule.find_attribute(name))
    return describe_declared(*declared);
  if (name == "cross_border") return closed(name, {"true", "false"});
  if (name == "weekday") return closed(name, weekdays());
  if (name == "country" || name == "to_country") return open(name, "country");
  if (name == "currency" || name == "to_currency") return open(name, "currency");
  if (name == "date") return open(name, "date");
  if (name == "time_of_day") return open(name, "time");
  if (name != "tier") return open(name, "decimal");  // the amount or a quantity
  std::vector<std::string> tiers;
  for (const Tier& tier : schedule.tiers) tiers.push_back(tier.id);
  return closed(name, std::move(tiers));
}

bool is_boolean(const Schedule& schedule, std::string_view name) {
  const Attribute* declared = schedule.find_attribute(name);
  return declared ? declared->kind == Attribute::Kind::boolean : name == "cross_border";
}

bool is_value_of(const Schedule& schedule, std::string_view name, const std::string& value) {
  const Attribute* declared = schedule.find_attribute(name);
  if (declared != nullptr && declared->kind == Attribute::Kind::listed)
    return std::find(declared->values.begin(), declared->values.end(), value) !=
           declared->values.end();
  if (name == "country" || name == "to_country") return is_country(value);
  if (name == "tier") {
    return std::any_of(schedule.tiers.begin(), schedule.tiers.end(),
                       [&](const Tier& tier) { return tier.id == value; });
  }
  Missing domain = describe_attribute(schedule, name);
  return !domain.closed ||
         std::find(domain.domain.begin(), domain.domain.end(), value) != domain.domain.end();
}

bool follows_from_time(std::string_view name) {
  return name == "weekday" || name == "date" || name == "time_of_day";
}

std::vector<std::string> known_names(const Schedule& schedule) {
  std::vector<std::string> names;
  for (const Attribute& attribute : schedule.attributes) names.push_back(attribute.name);
  for (const Quantity& quantity : schedule.quantities) names.push_back(quantity.name);
  names.emplace_back("amount");
  const auto& builtin = builtin_attributes();
  names.insert(names.end(), builtin.begin(), builtin.end());
  return names;
}

std::vector<std::string> sayable_names(const Schedule& schedule) {
  std::vector<std::string> names = known_names(schedule);
  std::erase_if(names, follows_from_time);
  return names;
}

}  // namespace levy
