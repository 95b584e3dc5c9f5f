#include "cli/question.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/command_words.h"
#include "schedule/attributes.h"

namespace levy::cli {
namespace {

std::vector<std::string> names_in(const fees::Tariff& tariff) {
  std::vector<std::string> names = {"currency", "time"};
  std::set<std::string> seen = {"amount", "currency", "time"};  // the amount is an argument
  for (const fees::Plan& plan : tariff.versions) {
    for (const std::string& name : schedule::known_names(plan.schedule)) {
      if (seen.insert(name).second) names.push_back(name);
    }
  }
  return names;
}

std::string with_hyphens(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

// What stands after the schedule is not said a second time as an attribute.
std::optional<Diagnostic> set(facts::Request& request, const std::string& name,
                              const std::string& value) {
  if (name == "amount" || name == "operation") {
    return usage("the " + name + " is not an attribute",
                 "write it after the schedule: levy quote SCHEDULE OPERATION AMOUNT");
  }
  request.set(name, value);
  return std::nullopt;
}

Checked<std::string> resolve(const std::string& option, const std::vector<std::string>& names,
                             const std::vector<std::string>& own) {
  std::vector<std::string> options;
  for (const std::string& name : names) {
    if (name == option || with_hyphens(name) == option) return name;
    if (!schedule::follows_from_time(name)) options.push_back("--" + with_hyphens(name));
  }
  std::string remedy = "the tariff's are " + join_or(options);
  options.insert(options.end(), own.begin(), own.end());
  return Diagnostic{Code::unknown_attribute,
                    "neither levy nor this tariff has the option --" + cut_short(option) +
                        did_you_mean("--" + option, options),
                    std::move(remedy)};
}

// --to, --attr and the schedule's own options, under the names that the schedule has for them.
Checked<NamedTexts> described(const OperationWords& words, const fees::Tariff& tariff) {
  NamedTexts all;
  std::vector<std::string> names = names_in(tariff);
  for (const auto& [option, value] : words.options.texts) {
    Checked<std::string> name = resolve(option, names, words.options.own);
    if (!name) return std::move(name).faults();
    all.emplace_back(*name, value);
  }
  all.insert(all.end(), words.fields.begin(), words.fields.end());
  if (!words.to.empty()) all.emplace_back("to_currency", words.to);
  if (!words.rate.empty()) all.emplace_back("rate", words.rate);
  std::map<std::string, std::string> given;
  for (const auto& [name, value] : all) {
    auto [before, first] = given.emplace(name, value);
    if (!first) return given_twice(name, before->second, value);
  }
  return all;
}

}  // namespace

Diagnostics about_option(const std::string& option, const Diagnostics& faults) {
  Diagnostic first = faults.front();
  first.message = option + ": " + first.message;
  first.place = Place{};
  return {first};
}

Checked<Instant> time_asked(const Common& common, const TimeZone& zone) {
  if (common.at.empty()) return now();
  Checked<Instant> at = parse_instant(common.at, zone);
  if (!at) return about_option("--at", at.faults());
  return at;
}

Checked<fees::Question> question_of(const OperationWords& words, const Common& common,
                                    const fees::Tariff& tariff) {
  fees::Question question;
  question.request.operation = words.operation;
  question.request.amount = words.amount;
  Checked<NamedTexts> fields = described(words, tariff);
  if (!fields) return std::move(fields).faults();
  for (const auto& [name, value] : *fields) {
    if (auto fault = set(question.request, name, value)) return *fault;
  }
  bool converts = std::any_of(fields->begin(), fields->end(),
                              [](const auto& field) { return field.first == "to_currency"; });
  if (!words.rate.empty() && !converts && !fees::declares(tariff, "rate")) {
    return usage("--rate is the rate of a conversion, and nothing is converted",
                 "name the currency that arrives with --to, or leave --rate out");
  }
  question.used = words.used;
  question.strict = words.strict;
  Checked<Instant> at = time_asked(common, tariff.versions.front().schedule.timezone);
  if (!at) return std::move(at).faults();
  question.now = *at;
  if (!words.max_age.empty()) {
    Checked<std::int64_t> age = parse_duration(words.max_age);
    if (!age) return about_option("--max-age", age.faults());
    question.max_age_seconds = *age;
  }
  return question;
}

}  // namespace levy::cli
