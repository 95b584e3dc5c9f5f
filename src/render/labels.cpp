#include "render/labels.h"

#include <algorithm>
#include <set>

#include "money/rounding.h"
#include "schedule/attributes.h"

namespace levy {

std::string name_among(const Schedule& schedule, const std::vector<const Schedule*>& others) {
  bool shared = false, same_version = false;
  for (const Schedule* other : others) {
    if (other == &schedule || other->id != schedule.id) continue;
    shared = true;
    same_version = same_version || other->version == schedule.version;
  }
  if (!shared) return schedule.id;
  if (same_version || schedule.version.empty()) return schedule.id + " (" + schedule.file + ")";
  return schedule.id + " " + schedule.version;
}

std::vector<std::string> labels_of(const std::vector<Labelled>& lines) {
  std::vector<const Schedule*> schedules;
  for (const Labelled& line : lines) {
    if (std::find(schedules.begin(), schedules.end(), line.schedule) == schedules.end())
      schedules.push_back(line.schedule);
  }
  std::vector<std::string> labels;
  for (const Labelled& line : lines) {
    std::string values;
    for (const auto& [name, value] : line.given) {
      bool bare = !is_boolean(*line.schedule, name);
      values += (values.empty() ? "" : ", ") + (bare ? value : name + " " + value);
    }
    std::string name = name_among(*line.schedule, schedules);
    if (values.empty())
      labels.push_back(name);
    else
      labels.push_back(schedules.size() > 1 ? name + " (" + values + ")" : values);
  }
  return labels;
}

std::string near_money_words(const Money& money, const Currencies& currencies) {
  Rational shown =
      round(money.amount, currencies.minor_unit(money.currency), RoundingMode::half_even);
  return (shown == money.amount ? "" : "~") + to_string(Money{shown, money.currency}, currencies);
}

std::string percent_words(const Rational& percent) {
  bool small = absolute(percent) < Rational(1);
  int places = small ? 4 : 2;
  Rational shown = round(percent, Decimal::ten_to(-places), RoundingMode::half_even);
  return (shown == percent ? "" : "~") + shown.to_string(2) + " %";
}

std::string amounts_words(const Rational& from, const std::optional<Rational>& until,
                          Currency currency, const Currencies& currencies) {
  std::string first = to_string(Money{from, currency}, currencies);
  if (!until) return "from " + first;
  if (*until == from) return first;
  return format_amount({from, currency}, currencies) + " to " +
         to_string(Money{*until, currency}, currencies);
}

std::string fault_words(const Diagnostic& fault) {
  std::string text = std::string(to_string(fault.code)) + ": " + fault.message;
  bool speaks_of_here = fault.code == Code::missing_money && fault.place.line() > 0;
  return speaks_of_here ? text + " (" + to_string(fault.place) + ")" : text;
}

}  // namespace levy
