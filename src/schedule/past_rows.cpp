#include "schedule/past_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "schedule/attributes.h"

namespace levy {
namespace {

// The part of the schedule that a past operation is read by: any operation, at any time.
Schedule row_schedule(const Schedule& schedule) {
  Schedule part;
  part.currency = schedule.currency;
  part.currencies = schedule.currencies;
  part.timezone = schedule.timezone;
  part.attributes = schedule.attributes;
  part.quantities = schedule.quantities;
  part.tiers = schedule.tiers;
  return part;
}

bool is_attribute(const Schedule& schedule, const std::string& name) {
  const std::vector<std::string>& builtin = builtin_attributes();
  return schedule.find_attribute(name) != nullptr ||
         std::find(builtin.begin(), builtin.end(), name) != builtin.end();
}

std::vector<std::string> columns_of(const Schedule& schedule,
                                    const std::vector<Counter>& counters) {
  std::set<std::string> names;
  for (const Counter& counter : counters) {
    if (counter.when == nullptr) continue;
    for (const Condition& condition : counter.when->conditions) {
      bool known = condition.subject == Condition::Subject::attribute &&
                   is_attribute(schedule, condition.name);
      if (known) names.insert(condition.name);
    }
  }
  if (names.contains("cross_border")) names.insert({"country", "to_country"});
  names.erase("currency");
  names.erase("weekday");
  for (const Quantity& quantity : schedule.quantities) names.insert(quantity.name);
  return {names.begin(), names.end()};
}

}  // namespace

PastRows::PastRows(const Schedule& schedule, const std::vector<Counter>& counters)
    : schedule_(row_schedule(schedule)), columns_(columns_of(schedule, counters)) {}

bool PastRows::is_counted(const Row& row) {
  std::string_view status = row.text_of("status");
  return status.empty() || status == "ok";
}

Checked<Instant> PastRows::time(const Row& row) const {
  std::string_view text = row.text_of("time");
  if (!text.empty()) return parse_instant(text, schedule_.timezone);
  return Diagnostic{Code::bad_time, "the row has no time",
                    "give each row a \"time\", such as 2026-11-20T15:00:00Z"};
}

Checked<Operation> PastRows::operation(const Row& row, Instant time) const {
  Request request;
  request.operation = row.text_of("operation");
  if (request.operation.empty()) request.operation = "unnamed";  // counted by no name
  request.amount = row.text_of("amount");
  request.currency = row.text_of("currency");
  for (const std::string& column : columns_) {
    std::string_view text = row.text_of(column);
    if (!text.empty()) request.set(column, text);
  }
  std::string_view target = row.text_of("to_currency");
  if (!target.empty()) request.set("to_currency", target);
  return decode_operation(schedule_, request, time);
}

Diagnostic told_of(const Row& row, const std::string& file, Diagnostic fault) {
  fault.place = place_in(row, file);
  std::string_view id = row.text_of("id");
  if (!id.empty()) fault.message += " (id " + std::string(id) + ")";
  return fault;
}

}  // namespace levy
