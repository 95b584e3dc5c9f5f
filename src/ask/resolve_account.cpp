#include "ask/resolve_account.h"

#include <algorithm>
#include <utility>

#include "facts/operation.h"
#include "fees/resolve.h"
#include "ledger/read_history.h"
#include "schedule/attributes.h"

namespace levy::ask {
namespace {

bool gives(const facts::Request& request, std::string_view name) {
  return std::any_of(request.fields.begin(), request.fields.end(),
                     [&](const auto& field) { return field.first == name; });
}

// Takes a field out of the request; the later of two counts.
std::optional<std::string> take_field(facts::Request& request, std::string_view name) {
  std::optional<std::string> value;
  for (const auto& field : request.fields) {
    if (field.first == name) value = field.second;
  }
  std::erase_if(request.fields, [&](const auto& field) { return field.first == name; });
  return value;
}

// The question with "account" and "balance" out of the request's fields.
CheckQuestion normal(const fees::Tariff& tariff, const CheckQuestion& asked) {
  CheckQuestion question = asked;
  if (!fees::declares(tariff, "account")) {
    auto account = take_field(question.question.request, "account");
    if (account && question.account.empty()) question.account = *account;
  }
  if (!fees::declares(tariff, "balance")) {
    auto balance = take_field(question.question.request, "balance");
    if (balance && !question.balance) question.balance = balance;
  }
  return question;
}

Checked<limits::Profile> read_profile(const CheckQuestion& asked,
                                      const schedule::Schedule& schedule) {
  if (asked.profile == nullptr) return limits::Profile();
  return limits::decode_profile(*asked.profile, schedule);
}

// Where the account is asked about: its version, the moment, the rates of then.
struct AskedAt {
  const fees::Tariff& tariff;
  const fees::Plan& version;
  const limits::Ladder& ladder;
  Instant time;
  const facts::Rates* rates;
  const facts::Operation* operation;  // null: there is none
};

Checked<limits::Account> read_account(const CheckQuestion& asked, const AskedAt& at,
                                      limits::Profile profile, facts::Readings used) {
  if (!asked.account.empty() && !profile.account.empty() && asked.account != profile.account) {
    return Diagnostic{Code::usage,
                      "the account is \"" + asked.account + "\", and the profile is that of \"" +
                          profile.account + "\"",
                      "give the account's own profile, or leave one of the two out"};
  }
  limits::AccountWords words{std::move(profile), std::move(used), asked.balance, std::nullopt};
  if (asked.history) {
    ledger::HistoryQuestion question{at.tariff, at.version};
    question.account = asked.account.empty() ? words.profile.account : asked.account;
    question.time = at.time;
    question.rates = asked.question.rates;
    question.file = asked.history_file;
    question.new_account = asked.new_account;
    question.asked = at.operation;
    Checked<facts::History> history = ledger::read_history(question, asked.history);
    if (!history) return std::move(history).faults();
    words.history = std::move(*history);
  }
  return limits::account_of(at.ladder, std::move(words), at.rates);
}

// What the profile says of the operation itself, where the request does not; true where it does.
bool add_from_profile(facts::Request& request, const limits::Profile& profile,
                      const schedule::Schedule& schedule) {
  bool adds_country = !profile.country.empty() && !gives(request, "country");
  if (adds_country) request.set("country", profile.country);
  bool adds_tier = profile.tier && !gives(request, "tier") && !schedule.tiers.empty();
  if (adds_tier) request.set("tier", *profile.tier);
  return adds_country || adds_tier;
}

}  // namespace

Checked<ResolvedAccount> resolve_account(const fees::Tariff& tariff, const CheckQuestion& asked) {
  CheckQuestion question = normal(tariff, asked);
  bool tier_asked = gives(question.question.request, "tier");
  // The operation's own faults come before the profile's, which may still add to the operation.
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff, question.question);
  if (!resolved) return std::move(resolved).faults();
  const schedule::Schedule& schedule = resolved->plan->schedule;
  Checked<limits::Profile> profile = read_profile(question, schedule);
  if (!profile) return std::move(profile).faults();
  if (add_from_profile(question.question.request, *profile, schedule)) {
    resolved = fees::resolve(tariff, question.question);
    if (!resolved) return std::move(resolved).faults();
  }
  ResolvedAccount result;
  result.tier_asked = tier_asked;
  result.ladder = limits::compile_ladder(schedule);
  AskedAt at{tariff,          *resolved->plan,     result.ladder, resolved->operation.time,
             resolved->rates, &resolved->operation};
  Checked<limits::Account> account =
      read_account(question, at, std::move(*profile), resolved->readings);
  if (!account) return std::move(account).faults();
  result.account = std::move(*account);
  result.resolved = std::move(*resolved);
  result.resolved.readings = result.account.readings;
  result.question = std::move(question.question);
  result.question.readings = result.account.readings;
  return result;
}

Checked<ResolvedTiers> resolve_tiers(const fees::Tariff& tariff, const CheckQuestion& asked) {
  ResolvedTiers result;
  CheckQuestion question = normal(tariff, asked);
  const fees::Question& of_time = question.question;
  Checked<fees::ResolvedTime> resolved =
      fees::resolve_time(tariff, facts::time_text(of_time.request), of_time.now, of_time.rates);
  if (!resolved) return std::move(resolved).faults();
  result.time = resolved->time;
  result.plan = resolved->plan;
  result.rates = resolved->rates;
  result.ladder = limits::compile_ladder(result.plan->schedule);
  Checked<limits::Profile> profile = read_profile(question, result.plan->schedule);
  if (!profile) return std::move(profile).faults();
  Checked<facts::Readings> used =
      facts::read_used(result.plan->schedule, question.question.used, result.rates);
  if (!used) return std::move(used).faults();
  AskedAt at{tariff, *result.plan, result.ladder, result.time, result.rates, nullptr};
  Checked<limits::Account> account =
      read_account(question, at, std::move(*profile), std::move(*used));
  if (!account) return std::move(account).faults();
  result.account = std::move(*account);
  return result;
}

}  // namespace levy::ask
