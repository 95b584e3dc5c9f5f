#include "batch/fast/value_classes.h"

#include <algorithm>

#include "facts/conditions.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::batch::fast {
namespace {

bool compares_countries(const schedule::Schedule& schedule) {
  bool compares = false;
  schedule::each_condition(schedule, [&](const schedule::Condition& condition) {
    compares = compares || condition.name == "cross_border";
  });
  return compares;
}

bool is_country_field(std::string_view field) {
  return field == "country" || field == "to_country";
}

}  // namespace

ValueClasses::ValueClasses(const fees::Tariff& tariff, const rows::Layout& layout, bool by_word)
    : tariff_(tariff), layout_(layout), by_word_(by_word) {
  countries_are_compared_ =
      layout.has("cross_border") ||
      std::any_of(tariff.versions.begin(), tariff.versions.end(),
                  [](const fees::Plan& plan) { return compares_countries(plan.schedule); });
}

bool ValueClasses::has_synonyms(std::size_t column) const {
  return std::any_of(layout_.fields.begin(), layout_.fields.end(),
                     [&](const rows::BoundField& field) {
                       return field.column == column && is_attribute(field.name);
                     });
}

std::string ValueClasses::of(std::size_t column, std::string_view word) const {
  std::string value_class;
  for (const rows::BoundField& field : layout_.fields) {
    if (field.column != column) continue;
    if (word.empty()) {
      value_class += '-';
    } else if (is_attribute(field.name)) {
      value_class += as_attribute(field.name, word);
    } else {
      value_class += std::to_string(word.size()) + "=" + std::string(word);
    }
  }
  for (const rows::BoundField& used : layout_.used) {
    if (used.column == column) value_class += std::to_string(word.size()) + "=" + std::string(word);
  }
  return value_class;
}

// Only conditions ask for it. Currencies are asked for by money too, countries by each other, and
// what is an attribute in one version may be a quantity in another.
bool ValueClasses::is_attribute(std::string_view field) const {
  if (by_word_) return false;
  if (is_country_field(field)) return !countries_are_compared_;
  if (field == "tier") return true;
  auto some_version = [&](auto declares) {
    return std::any_of(tariff_.versions.begin(), tariff_.versions.end(),
                       [&](const fees::Plan& plan) { return declares(plan.schedule); });
  };
  return some_version(
             [&](const schedule::Schedule& s) { return s.find_attribute(field) != nullptr; }) &&
         !some_version(
             [&](const schedule::Schedule& s) { return s.find_quantity(field) != nullptr; });
}

std::string ValueClasses::as_attribute(std::string_view field, std::string_view word) const {
  std::string value_class;
  for (const fees::Plan& plan : tariff_.versions) {
    const schedule::Schedule& schedule = plan.schedule;
    bool is_built_in = is_country_field(field) || field == "tier";
    bool is_known = is_built_in || schedule.find_attribute(field) != nullptr;
    // What is wrong with a word names it, so that no other word means the same.
    if (is_known && !schedule::is_value_of(schedule, field, std::string(word)))
      return "bad " + std::to_string(word.size()) + "=" + std::string(word);
    value_class += is_known ? 'v' : 'u';
    schedule::each_condition(schedule, [&](const schedule::Condition& condition) {
      if (condition.name != field) return;
      bool is_listed = std::find(condition.values.begin(), condition.values.end(), word) !=
                       condition.values.end();
      value_class += is_listed ? '1' : '0';
    });
  }
  return value_class;
}

}  // namespace levy::batch::fast
