#include "cli/questions.h"

#include <algorithm>

#include "cli/output.h"
#include "cli/question.h"
#include "facts/meters.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::cli {
namespace {

bool is_same_name(const std::string& option, const std::string& name) {
  std::string hyphens = name;
  std::replace(hyphens.begin(), hyphens.end(), '_', '-');
  return option == name || option == hyphens;
}

bool knows_name(const schedule::Schedule& schedule, const std::string& option) {
  if (option == "currency" || option == "time") return true;
  if (option == "tier" && schedule.tiers.empty()) return false;
  std::vector<std::string> names = schedule::known_names(schedule);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return is_same_name(option, name); });
}

bool knows_meter(const schedule::Schedule& schedule, const std::string& id) {
  return schedule::find_id(facts::meters_of(schedule), id) != nullptr;
}

using Knows = bool (*)(const schedule::Schedule&, const std::string&);

bool knows(const fees::Tariff& tariff, const std::string& name, Knows test) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(),
                     [&](const fees::Plan& plan) { return test(plan.schedule, name); });
}

// What nobody knows stays in, so that it is refused.
void keep_known(NamedTexts& pairs, const fees::Tariff& tariff, const std::vector<fees::Tariff>& all,
                Knows test) {
  std::erase_if(pairs, [&](const auto& pair) {
    bool known = std::any_of(all.begin(), all.end(), [&](const fees::Tariff& other) {
      return knows(other, pair.first, test);
    });
    return known && !knows(tariff, pair.first, test);
  });
}

bool names_currency(const std::string& amount) {
  return std::any_of(amount.begin(), amount.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Currency first_currency(const std::vector<fees::Tariff>& tariffs) {
  for (const fees::Tariff& tariff : tariffs) {
    if (!tariff.versions.back().schedule.currency.empty())
      return tariff.versions.back().schedule.currency;
  }
  return Currency();
}

}  // namespace

void ask_all(Asked& asked, const std::vector<std::string>& schedules, const OperationWords& words,
             const Common& common) {
  for (const std::string& name : schedules) {
    Loaded loaded = load_named_tariff(name, common);
    asked.status = loaded.status;
    if (!loaded.tariff) return;
    asked.tariffs.push_back(std::move(*loaded.tariff));
  }
  asked.rates = load_rates(words.rates, common);
  asked.status = asked.rates.status;
  if (asked.status != 0) return;
  Currency currency = first_currency(asked.tariffs);
  for (const fees::Tariff& tariff : asked.tariffs) {
    OperationWords own = words;
    keep_known(own.options.texts, tariff, asked.tariffs, knows_name);
    keep_known(own.fields, tariff, asked.tariffs, knows_name);
    keep_known(own.used, tariff, asked.tariffs, knows_meter);
    Checked<fees::Question> question = question_of(own, common, tariff);
    if (!question) {
      asked.status = report_error(question.faults(), common);
      return;
    }
    bool bare = question->request.currency.empty() && !names_currency(words.amount);
    if (bare && !currency.empty()) question->request.currency = std::string(currency.code());
    if (asked.rates.rates) question->rates = &*asked.rates.rates;
    asked.candidates.push_back({&tariff, std::move(*question)});
  }
}

}  // namespace levy::cli
