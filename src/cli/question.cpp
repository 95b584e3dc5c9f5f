#include "cli/question.h"

#include <algorithm>

#include "base/suggest.h"
#include "schedule/attributes.h"

namespace levy {
namespace {

std::vector<std::string> names_in(const Tariff& tariff) {
  std::vector<std::string> names = {"currency", "time"};
  for (const Plan& plan : tariff.versions) {
    for (const std::string& name : known_names(plan.schedule)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

std::string with_hyphens(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

// A fault of an option's own text: it has no file to point into.
Diagnostics about_option(const std::string& option, const Diagnostics& faults) {
  Diagnostic first = faults.front();
  first.message = option + ": " + first.message;
  first.place = Place{};
  return {first};
}

// What stands after the schedule is not said a second time as an attribute.
std::optional<Diagnostic> set(Request& request, const std::string& name, const std::string& value) {
  if (name == "amount" || name == "operation") {
    return Diagnostic{Code::usage, "the " + name + " is not an attribute",
                      "write it after the schedule: levy quote SCHEDULE OPERATION AMOUNT"};
  }
  request.set(name, value);
  return std::nullopt;
}

Checked<std::string> resolve(const std::string& option, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (name == option || with_hyphens(name) == option) return name;
  }
  std::vector<std::string> options;
  for (const std::string& name : names) options.push_back("--" + with_hyphens(name));
  return Diagnostic{Code::unknown_attribute,
                    "neither levy nor this tariff has the option --" + option +
                        did_you_mean("--" + option, options),
                    "the tariff's are " + join_or(options)};
}

}  // namespace

Checked<Question> question_of(const OperationWords& words, const Common& common,
                              const Tariff& tariff) {
  Question question;
  question.request.operation = words.operation;
  question.request.amount = words.amount;
  std::vector<std::string> names = names_in(tariff);
  for (const auto& [option, value] : words.options) {
    Checked<std::string> name = resolve(option, names);
    if (!name) return std::move(name).faults();
    if (auto fault = set(question.request, *name, value)) return *fault;
  }
  for (const auto& [name, value] : words.fields) {
    if (auto fault = set(question.request, name, value)) return *fault;
  }
  if (!words.to.empty()) question.request.set("to_currency", words.to);
  question.used = words.used;
  question.strict = words.strict;
  question.now = now();
  if (!common.at.empty()) {
    Checked<Instant> at = parse_instant(common.at, tariff.versions.front().schedule.timezone);
    if (!at) return about_option("--at", at.faults());
    question.now = *at;
  }
  if (!words.max_age.empty()) {
    Checked<std::int64_t> age = parse_duration(words.max_age);
    if (!age) return about_option("--max-age", age.faults());
    question.max_age_seconds = *age;
  }
  return question;
}

}  // namespace levy
