#include "render/answer_parts.h"

namespace levy {

void write_schedule_id(JsonWriter& json, const Schedule& schedule) {
  json.key("schedule");
  json.begin_object();
  json.member("id", schedule.id);
  if (!schedule.version.empty()) json.member("version", schedule.version);
  json.end_object();
}

void write_given(JsonWriter& json, const std::vector<std::pair<std::string, std::string>>& given) {
  json.key("given");
  json.begin_object();
  for (const auto& [name, value] : given) json.member(name, value);
  json.end_object();
}

void write_amounts(JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies) {
  json.key(name);
  json.begin_object();
  for (const auto& [currency, amount] : amounts)
    json.member(currency.code(), format_amount({amount, currency}, currencies));
  json.end_object();
}

}  // namespace levy
