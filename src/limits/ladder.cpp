#include "limits/ladder.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "base/suggest.h"
#include "base/text.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

const EvidenceRule& rule_of(const Ladder& ladder, const std::string& id) {
  auto found = ladder.evidence.find(id);
  ensure(found != ladder.evidence.end(), "requirements name evidence that there is");
  return found->second;
}

bool is_in_force(const schedule::Evidence& evidence, const Proof& proof, Instant t) {
  if (!proof.given) return false;
  std::optional<Instant> until = expires_at(evidence, proof);
  return !until || t < *until;
}

Checked<bool> is_activity_met(const schedule::Requirement& requirement, const facts::MeterUse& use,
                              const AccountSnapshot& snapshot) {
  Checked<facts::Reading> reading = reading_at(snapshot, use);
  if (!reading) return std::move(reading).faults();
  const schedule::Figure& wanted = *requirement.at_least;
  if (wanted.number) return reading->value >= Rational(*wanted.number);
  Checked<Rational> threshold = facts::convert(wanted.money.front(), use.currency, snapshot.rates);
  if (!threshold) return std::move(threshold).faults();
  return reading->value >= *threshold;
}

Checked<bool> is_evidence_met(const schedule::Requirement& requirement,
                              const AccountSnapshot& snapshot) {
  const EvidenceRule& rule = rule_of(snapshot.ladder, requirement.evidence);
  if (rule.use) return is_activity_met(requirement, *rule.use, snapshot);
  const Proof* proof = find_proof(snapshot.account, requirement.evidence);
  if (proof == nullptr) return false;
  if (rule.as_written->kind != schedule::Evidence::Kind::number)
    return is_in_force(*rule.as_written, *proof, snapshot.time);
  return proof->number && *proof->number >= *requirement.at_least->number;
}

}  // namespace

std::optional<std::size_t> Ladder::find_tier(std::string_view id) const {
  const schedule::Tier* found = schedule::find_id(schedule->tiers, id);
  if (found == nullptr) return std::nullopt;
  return static_cast<std::size_t>(found - schedule->tiers.data());
}

Ladder compile_ladder(const schedule::Schedule& schedule) {
  std::map<std::string, facts::MeterUse> uses;
  for (facts::MeterUse& use : facts::meters_of(schedule)) uses.emplace(use.id, use);
  Ladder ladder;
  ladder.schedule = &schedule;
  for (const schedule::Limit& limit : schedule.limits)
    ladder.limits.push_back({&limit, uses.at(limit.id)});
  for (const schedule::Evidence& evidence : schedule.evidence) {
    EvidenceRule rule{&evidence, ladder.evidence.size(), std::nullopt};
    if (evidence.meter) rule.use = uses.at(evidence.id);
    ladder.evidence.emplace(evidence.id, std::move(rule));
  }
  return ladder;
}

Checked<facts::Reading> reading_at(const AccountSnapshot& snapshot, const facts::MeterUse& use) {
  // One operation at a time: nothing came before.
  if (use.meter->measure != schedule::Meter::Measure::balance &&
      use.meter->window.kind == Window::Kind::transaction)
    return facts::Reading{0, use.currency, false};
  auto found = snapshot.readings.find(use.id);
  if (found != snapshot.readings.end()) return found->second;
  if (!snapshot.strict) return facts::Reading{0, use.currency, true};
  bool balance = use.meter->measure == schedule::Meter::Measure::balance;
  return Diagnostic{Code::missing_reading, "the reading of \"" + use.id + "\" was not given",
                    "give it with --used " + use.id + "=VALUE" +
                        (balance ? ", or the balance with --balance" : ", or give a history"),
                    use.meter->place};
}

const Proof* find_proof(const Account& account, std::string_view id) {
  if (!account.profile.evidence) return nullptr;
  auto found = account.profile.evidence->find(id);
  return found == account.profile.evidence->end() ? nullptr : &found->second;
}

std::optional<Instant> expires_at(const schedule::Evidence& evidence, const Proof& proof) {
  std::optional<Instant> until = proof.until;
  if (!proof.issued || !evidence.max_age_seconds) return until;
  Instant aged{proof.issued->seconds + *evidence.max_age_seconds, proof.issued->nanoseconds};
  return until && *until < aged ? until : aged;
}

Checked<bool> is_met(const schedule::Requirement& requirement, const AccountSnapshot& snapshot) {
  if (requirement.kind == schedule::Requirement::Kind::evidence)
    return is_evidence_met(requirement, snapshot);
  std::size_t met = 0;
  for (const schedule::Requirement& part : requirement.of) {
    Checked<bool> part_met = is_met(part, snapshot);
    if (!part_met) return part_met;
    if (*part_met) ++met;
  }
  if (requirement.kind == schedule::Requirement::Kind::all) return met == requirement.of.size();
  if (requirement.kind == schedule::Requirement::Kind::any) return met > 0;
  return met >= static_cast<std::size_t>(requirement.count);
}

Checked<std::optional<std::size_t>> highest_tier(const AccountSnapshot& snapshot) {
  std::optional<std::size_t> highest;
  const auto& tiers = snapshot.ladder.schedule->tiers;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    if (tiers[i].requires_) {
      Checked<bool> met = is_met(*tiers[i].requires_, snapshot);
      if (!met) return std::move(met).faults();
      if (!*met) break;
    }
    highest = i;
  }
  return highest;
}

Checked<std::optional<std::size_t>> present_tier(const AccountSnapshot& snapshot,
                                                 const std::optional<std::string>& given) {
  if (given) return snapshot.ladder.find_tier(*given);
  const Profile& profile = snapshot.account.profile;
  if (profile.tier) return snapshot.ladder.find_tier(*profile.tier);
  if (!profile.evidence) return std::optional<std::size_t>();
  return highest_tier(snapshot);
}

namespace {

Checked<facts::Reading> read_balance(const Ladder& ladder, const LimitRule& rule,
                                     const std::string& text, const facts::Rates* rates) {
  Checked<Money> money = parse_money(text, ladder.schedule->currencies, rule.use.currency);
  if (!money) {
    Diagnostic fault = money.faults().front();
    if (fault.code != Code::unknown_currency) fault.code = Code::bad_value;
    fault.message = "the balance " + in_quotes(text) + ": " + fault.message;
    fault.place = Place();
    return fault;
  }
  Checked<Rational> value = facts::convert(*money, rule.use.currency, rates);
  if (!value) return std::move(value).faults();
  return facts::Reading{*value, rule.use.currency, false};
}

}  // namespace

std::optional<Diagnostics> add_balance(const Ladder& ladder, const std::string& balance,
                                       const facts::Rates* rates, facts::Readings& readings) {
  for (const LimitRule& rule : ladder.limits) {
    bool counts_it = rule.use.meter->measure == schedule::Meter::Measure::balance;
    if (!counts_it || readings.contains(rule.use.id)) continue;
    Checked<facts::Reading> reading = read_balance(ladder, rule, balance, rates);
    if (!reading) return std::move(reading).faults();
    readings.emplace(rule.use.id, *reading);
  }
  return std::nullopt;
}

Checked<Account> account_of(const Ladder& ladder, AccountWords words, const facts::Rates* rates) {
  Checked<facts::Readings> usage = facts::read_used(*ladder.schedule, words.profile.usage, rates);
  if (!usage) return std::move(usage).faults();
  Account account;
  account.profile = std::move(words.profile);
  account.readings = std::move(words.used);
  account.readings.merge(*usage);
  const std::optional<std::string>& balance =
      words.balance ? words.balance : account.profile.balance;
  if (balance) {
    if (auto faults = add_balance(ladder, *balance, rates, account.readings)) return *faults;
  }
  if (!words.history) return account;
  account.history = std::move(words.history->counts);
  for (auto& [id, changes] : words.history->changes) {
    if (!account.readings.contains(id)) account.changes.emplace(id, std::move(changes));
  }
  account.readings.merge(words.history->readings);
  return account;
}

}  // namespace levy::limits
