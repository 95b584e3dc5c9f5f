#include "render/answer_parts.h"

#include <algorithm>

namespace levy {

void write_schedule_id(JsonWriter& json, const Schedule& schedule) {
  json.object("schedule", [&] {
    json.member("id", schedule.id);
    if (!schedule.version.empty()) json.member("version", schedule.version);
  });
}

void write_given(JsonWriter& json, const std::vector<std::pair<std::string, std::string>>& given) {
  json.object("given", [&] {
    for (const auto& [name, value] : given) json.member(name, value);
  });
}

void write_amounts(JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies) {
  json.object(name, [&] {
    for (const auto& [currency, amount] : amounts)
      json.member(currency.code(), format_amount({amount, currency}, currencies));
  });
}

std::string schedule_words(const Schedule& schedule, std::string_view language) {
  std::string name = schedule.id + (schedule.version.empty() ? "" : " " + schedule.version);
  std::string title(schedule.title.in(language));
  return title.empty() ? name : title + " (" + name + ")";
}

Lines answer_head(const Schedule& schedule, const Operation& operation, std::string_view language,
                  const HiddenParts& hidden) {
  std::string asked = operation.name;
  if (operation.amount && !hidden.amount)
    asked += " of " + to_string({*operation.amount, operation.currency}, schedule.currencies);
  if (operation.converts()) asked += " to " + std::string(operation.to_currency.code());
  for (const auto& [name, value] : operation.attributes) {
    bool shown = std::find(hidden.names.begin(), hidden.names.end(), name) == hidden.names.end();
    if (shown) asked += ", " + name + " " + value;
  }
  for (const auto& [name, value] : operation.quantities)
    asked += ", " + name + " " + value.to_string();
  Lines lines;
  lines.add(schedule_words(schedule, language));
  lines.add(asked + ", at " + to_string(operation.time, schedule.timezone));
  return lines;
}

}  // namespace levy
