#include "fees/resolve.h"

#include "facts/operation.h"

namespace levy::fees {

bool are_stale(const facts::Rates* rates, const std::optional<std::int64_t>& max_age_seconds,
               Instant time) {
  if (rates == nullptr || rates->begins || !max_age_seconds) return false;
  if (!rates->as_of) return true;
  std::int64_t age = time.seconds - rates->as_of->seconds;
  return age > *max_age_seconds ||
         (age == *max_age_seconds && time.nanoseconds > rates->as_of->nanoseconds);
}

namespace {

std::optional<Diagnostic> check_age(const facts::Rates* rates, const Question& question,
                                    const facts::Operation& operation) {
  if (!are_stale(rates, question.max_age_seconds, operation.time)) return std::nullopt;
  if (!rates->as_of) {
    return Diagnostic{Code::stale_rates, "the rates do not say when they were taken",
                      "give them \"as_of\", or leave out --max-age"};
  }
  return Diagnostic{Code::stale_rates,
                    "the rates are of " + to_string(*rates->as_of, TimeZone()) + ", older than " +
                        duration_text(*question.max_age_seconds) + " at " +
                        to_string(operation.time, TimeZone()),
                    "fetch newer rates, or allow a greater --max-age"};
}

enum class InForce { required, any };

Checked<ResolvedQuestion> resolve(const Plan& plan, const Question& question,
                                  const Checked<ResolvedTime>& resolved, InForce in_force) {
  ResolvedQuestion setting;
  setting.plan = &plan;
  Checked<Instant> time =
      resolved ? Checked<Instant>(resolved->time) : Checked<Instant>(resolved.faults());
  Checked<facts::Operation> operation =
      facts::decode_operation(plan.schedule, question.request, time);
  if (!operation) return std::move(operation).faults();
  setting.operation = std::move(*operation);
  auto late = in_force == InForce::any ? facts::check_quantities(plan.schedule, setting.operation)
                                       : facts::check_operation(plan.schedule, setting.operation);
  if (late) {
    // What is missing is said first; a reverse quote has no amount yet that could decide it.
    bool forward = !question.receive && !question.pay;
    EvaluationContext context{setting.operation, nullptr, setting.readings, false};
    auto missing = forward ? find_missing(*setting.plan, context) : std::nullopt;
    bool both_quantities = missing && late->code == Code::out_of_range &&
                           missing->front().code == Code::missing_quantity;
    return missing && !both_quantities ? *missing : Diagnostics{*late};
  }
  setting.rates = resolved->rates;
  if (auto stale = check_age(setting.rates, question, setting.operation)) return *stale;
  Checked<facts::Readings> used =
      facts::read_used(setting.plan->schedule, question.used, setting.rates);
  if (!used) return std::move(used).faults();
  setting.readings = std::move(*used);
  setting.readings.insert(question.readings.begin(), question.readings.end());
  return setting;
}

}  // namespace

ResolvedTime resolve_time(const Tariff& tariff, Instant time, const facts::RatesHistory* rates) {
  return {&tariff.nearest(time), time, rates == nullptr ? nullptr : rates->at(time)};
}

Checked<ResolvedTime> resolve_time(const Tariff& tariff, std::string_view text,
                                   Instant fallback_time, const facts::RatesHistory* rates) {
  const TimeZone& zone = tariff.versions.front().schedule.timezone;
  Checked<Instant> time = facts::time_of(text, zone, fallback_time);
  if (!time) return std::move(time).faults();
  ResolvedTime resolved = resolve_time(tariff, *time, rates);
  const TimeZone& own_zone = resolved.plan->schedule.timezone;
  if (own_zone.name() == zone.name()) return resolved;
  time = facts::time_of(text, own_zone, fallback_time);
  if (!time) return std::move(time).faults();
  resolved.time = *time;
  if (rates != nullptr) resolved.rates = rates->at(*time);
  return resolved;
}

Checked<ResolvedQuestion> resolve(const Tariff& tariff, const Question& question) {
  Checked<ResolvedTime> resolved =
      resolve_time(tariff, facts::time_text(question.request), question.now, question.rates);
  const Plan& plan = resolved ? *resolved->plan : tariff.versions.back();
  return resolve(plan, question, resolved, InForce::required);
}

Checked<ResolvedQuestion> resolve(const Plan& plan, const Question& question) {
  Checked<Instant> time =
      facts::time_of(facts::time_text(question.request), plan.schedule.timezone, question.now);
  Checked<ResolvedTime> resolved = ResolvedTime{&plan, {}, nullptr};
  if (!time) {
    resolved = time.faults();
  } else {
    resolved->time = *time;
    if (question.rates != nullptr) resolved->rates = question.rates->at(*time);
  }
  return resolve(plan, question, resolved, InForce::any);
}

}  // namespace levy::fees
