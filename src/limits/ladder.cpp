#include "limits/ladder.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy {
namespace {

const EvidenceRule& rule_of(const Ladder& ladder, const std::string& id) {
  auto found = ladder.evidence.find(id);
  ensure(found != ladder.evidence.end(), "requirements name evidence that there is");
  return found->second;
}

bool is_in_force(const Evidence& evidence, const Proof& proof, Instant t) {
  if (!proof.given) return false;
  std::optional<Instant> until = runs_out(evidence, proof);
  return !until || t < *until;
}

Checked<bool> is_activity_met(const Requirement& requirement, const MeterUse& use,
                              const Moment& moment) {
  Checked<Reading> reading = reading_at(moment, use);
  if (!reading) return std::move(reading).faults();
  const Figure& wanted = *requirement.at_least;
  if (wanted.number) return reading->value >= Rational(*wanted.number);
  Checked<Rational> threshold = convert(wanted.money.front(), use.currency, moment.rates);
  if (!threshold) return std::move(threshold).faults();
  return reading->value >= *threshold;
}

Checked<bool> is_evidence_met(const Requirement& requirement, const Moment& moment) {
  const EvidenceRule& rule = rule_of(moment.ladder, requirement.evidence);
  if (rule.use) return is_activity_met(requirement, *rule.use, moment);
  const Proof* proof = find_proof(moment.account, requirement.evidence);
  if (proof == nullptr) return false;
  if (rule.as_written->kind != Evidence::Kind::number)
    return is_in_force(*rule.as_written, *proof, moment.time);
  return proof->number && *proof->number >= *requirement.at_least->number;
}

}  // namespace

std::optional<std::size_t> Ladder::find_tier(std::string_view id) const {
  const auto& tiers = schedule->tiers;
  auto found =
      std::find_if(tiers.begin(), tiers.end(), [&](const Tier& one) { return one.id == id; });
  if (found == tiers.end()) return std::nullopt;
  return static_cast<std::size_t>(found - tiers.begin());
}

Ladder compile_ladder(const Schedule& schedule) {
  std::map<std::string, MeterUse> uses;
  for (MeterUse& use : meters_of(schedule)) uses.emplace(use.id, use);
  Ladder ladder;
  ladder.schedule = &schedule;
  for (const Limit& limit : schedule.limits) ladder.limits.push_back({&limit, uses.at(limit.id)});
  for (const Evidence& evidence : schedule.evidence) {
    EvidenceRule rule{&evidence, ladder.evidence.size(), std::nullopt};
    if (evidence.meter) rule.use = uses.at(evidence.id);
    ladder.evidence.emplace(evidence.id, std::move(rule));
  }
  return ladder;
}

Checked<Reading> reading_at(const Moment& moment, const MeterUse& use) {
  // One operation at a time: nothing came before.
  if (use.meter->measure != Meter::Measure::balance &&
      use.meter->window.kind == Window::Kind::transaction)
    return Reading{0, use.currency, false};
  auto found = moment.readings.find(use.id);
  if (found != moment.readings.end()) return found->second;
  if (!moment.strict) return Reading{0, use.currency, true};
  bool balance = use.meter->measure == Meter::Measure::balance;
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

std::optional<Instant> runs_out(const Evidence& evidence, const Proof& proof) {
  std::optional<Instant> until = proof.until;
  if (!proof.issued || !evidence.max_age_seconds) return until;
  Instant aged{proof.issued->seconds + *evidence.max_age_seconds, proof.issued->nanoseconds};
  return until && *until < aged ? until : aged;
}

Checked<bool> is_met(const Requirement& requirement, const Moment& moment) {
  if (requirement.kind == Requirement::Kind::evidence) return is_evidence_met(requirement, moment);
  std::size_t met = 0;
  for (const Requirement& part : requirement.of) {
    Checked<bool> part_met = is_met(part, moment);
    if (!part_met) return part_met;
    if (*part_met) ++met;
  }
  if (requirement.kind == Requirement::Kind::all) return met == requirement.of.size();
  if (requirement.kind == Requirement::Kind::any) return met > 0;
  return met >= static_cast<std::size_t>(requirement.count);
}

Checked<std::optional<std::size_t>> highest_tier(const Moment& moment) {
  std::optional<std::size_t> highest;
  const auto& tiers = moment.ladder.schedule->tiers;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    if (tiers[i].requires_) {
      Checked<bool> met = is_met(*tiers[i].requires_, moment);
      if (!met) return std::move(met).faults();
      if (!*met) break;
    }
    highest = i;
  }
  return highest;
}

Checked<std::optional<std::size_t>> present_tier(const Moment& moment,
                                                 const std::optional<std::string>& given) {
  if (given) return moment.ladder.find_tier(*given);
  const Profile& profile = moment.account.profile;
  if (profile.tier) return moment.ladder.find_tier(*profile.tier);
  if (!profile.evidence) return std::optional<std::size_t>();
  return highest_tier(moment);
}

}  // namespace levy
