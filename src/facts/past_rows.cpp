#include "facts/past_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/attributes.h"

namespace levy::facts {
namespace {

// The statuses of rows that were carried out, and of those that were not.
const std::vector<std::string> counted_statuses = {"ok", "match", "mismatch"};
const std::vector<std::string> other_statuses = {"declined", "error",    "failed", "cancelled",
                                                 "pending",  "reversed", "skipped"};

template <class Declared>
void add_new_names(std::vector<Declared>& declared, const std::vector<Declared>& more) {
  for (const Declared& one : more) {
    bool known = std::any_of(declared.begin(), declared.end(),
                             [&](const Declared& other) { return other.name == one.name; });
    if (!known) declared.push_back(one);
  }
}

// The part of the schedule that a past operation is read by: any operation, at any time.
schedule::Schedule row_schedule(const schedule::Schedule& schedule,
                                const std::vector<const schedule::Schedule*>& others) {
  schedule::Schedule part;
  part.currency = schedule.currency;
  part.currencies = schedule.currencies;
  part.timezone = schedule.timezone;
  part.attributes = schedule.attributes;
  part.quantities = schedule.quantities;
  part.tiers = schedule.tiers;
  for (const schedule::Schedule* other : others) {
    add_new_names(part.attributes, other->attributes);
    add_new_names(part.quantities, other->quantities);
  }
  return part;
}

bool is_attribute(const schedule::Schedule& schedule, const std::string& name) {
  return schedule.find_attribute(name) != nullptr || is_among(schedule::builtin_attributes(), name);
}

// The operations that fees and limits name, and those that meters count beside them.
std::vector<std::string> operations_counted(const std::vector<const schedule::Schedule*>& versions,
                                            const std::vector<Counter>& counters) {
  std::set<std::string> names;
  for (const schedule::Schedule* version : versions) {
    std::vector<std::string> named = version->operations();
    names.insert(named.begin(), named.end());
  }
  if (names.empty()) return {};  // any operation may be quoted
  for (const Counter& counter : counters) {
    if (counter.operations != nullptr)
      names.insert(counter.operations->begin(), counter.operations->end());
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> columns_of(const schedule::Schedule& schedule,
                                    const std::vector<Counter>& counters) {
  std::set<std::string> names;
  for (const Counter& counter : counters) {
    for (const std::string& name : counter.use.meter->per) names.insert(name);
    for (const schedule::When* when : conditions_of(counter)) {
      for (const schedule::Condition& condition : when->conditions) {
        bool known = condition.subject == schedule::Condition::Subject::attribute &&
                     is_attribute(schedule, condition.name);
        if (known) names.insert(condition.name);
      }
    }
  }
  if (names.contains("cross_border")) names.insert({"country", "to_country"});
  names.erase("currency");
  names.erase("weekday");
  for (const schedule::Quantity& quantity : schedule.quantities) names.insert(quantity.name);
  return {names.begin(), names.end()};
}

}  // namespace

PastRows::PastRows(const schedule::Schedule& schedule,
                   const std::vector<const schedule::Schedule*>& others,
                   const std::vector<Counter>& counters)
    : schedule_(row_schedule(schedule, others)), columns_(columns_of(schedule_, counters)) {
  std::vector<const schedule::Schedule*> versions = others;
  versions.push_back(&schedule);
  operations_ = operations_counted(versions, counters);
}

Checked<bool> PastRows::is_counted(const formats::Row& row) {
  std::string_view status = row.text_of("status");
  if (status.empty() || is_among(counted_statuses, status)) return true;
  if (is_among(other_statuses, status)) return false;
  std::vector<std::string> all = counted_statuses;
  all.insert(all.end(), other_statuses.begin(), other_statuses.end());
  return Diagnostic{Code::unknown_value,
                    "the status \"" + std::string(status) +
                        "\" does not say whether the row counts" + did_you_mean(status, all),
                    "write " + join_or(counted_statuses) + " (or nothing) for a row that counts, " +
                        join_or(other_statuses) + " for one that does not"};
}

Checked<std::string> PastRows::operation_name(const formats::Row& row) const {
  std::string name(row.text_of("operation"));
  if (!name.empty()) {
    if (operations_.empty() || is_among(operations_, name)) return name;
    return Diagnostic{
        Code::unknown_operation,
        "the tariff does not know the operation \"" + name + "\"" + did_you_mean(name, operations_),
        "use one of " + join_or(operations_) + ", or leave the row out"};
  }
  if (operations_.empty()) return std::string("unnamed");  // no meter asks which
  if (operations_.size() == 1) return operations_.front();
  return Diagnostic{Code::unknown_operation, "the row names no operation",
                    "add the column \"operation\": " + join_or(operations_)};
}

Diagnostic PastRows::no_time() {
  return Diagnostic{Code::bad_time, "the row has no time",
                    "give each row a \"time\", such as 2026-11-20T15:00:00Z"};
}

Checked<Operation> PastRows::operation(const formats::Row& row, Instant time) const {
  Request request;
  Checked<std::string> name = operation_name(row);
  if (!name) return std::move(name).faults();
  request.operation = std::move(*name);
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

Diagnostic told_of(const formats::Row& row, const std::string& file, Diagnostic fault) {
  fault.place = Place::of_record(file, row.line, row.raw, 0);
  std::string_view id = row.text_of("id");
  if (!id.empty()) fault.message += " (id " + std::string(id) + ")";
  return fault;
}

}  // namespace levy::facts
