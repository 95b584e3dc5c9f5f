#include "fees/tariff.h"

#include <algorithm>

#include "schedule/load.h"

namespace levy {
namespace {

bool starts_before(const Schedule& a, const Schedule& b) {
  if (!a.from || !b.from) return !a.from && b.from;
  return *a.from < *b.from;
}

Diagnostic overlap(const Schedule& earlier, const Schedule& later) {
  Diagnostic fault{Code::overlapping_versions,
                   "version " + later.version + " of " + later.id + " begins while version " +
                       earlier.version + " is in force",
                   "let \"effective\" of one end where the other's begins", later.place};
  fault.related.push_back(earlier.place);
  return fault;
}

Diagnostics check_versions(const std::vector<Plan>& versions) {
  Diagnostics faults;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Schedule& earlier = versions[i - 1].schedule;
    const Schedule& later = versions[i].schedule;
    if (earlier.id != later.id) {
      faults.push_back(
          Diagnostic{Code::bad_schedule,
                     "these files are different tariffs, " + earlier.id + " and " + later.id,
                     "ask about one tariff at a time", later.place});
    } else if (!earlier.until || !later.from || *later.from < *earlier.until) {
      faults.push_back(overlap(earlier, later));
    }
  }
  return faults;
}

std::optional<Diagnostic> check_age(const Rates* rates, const Question& question,
                                    const Operation& operation) {
  if (rates == nullptr || rates->begins || !question.max_age_seconds) return std::nullopt;
  if (!rates->as_of) {
    return Diagnostic{Code::stale_rates, "the rates do not say when they were taken",
                      "give them \"as_of\", or leave out --max-age"};
  }
  std::int64_t age = operation.time.seconds - rates->as_of->seconds;
  bool older =
      age > *question.max_age_seconds ||
      (age == *question.max_age_seconds && operation.time.nanoseconds > rates->as_of->nanoseconds);
  if (!older) return std::nullopt;
  return Diagnostic{Code::stale_rates,
                    "the rates are of " + to_string(*rates->as_of, TimeZone()) + ", older than " +
                        duration_text(*question.max_age_seconds) + " at " +
                        to_string(operation.time, TimeZone()),
                    "fetch newer rates, or allow a greater --max-age"};
}

Checked<Rational> read_target(const Setting& setting, const std::string& text, Target kind) {
  const Operation& operation = setting.operation;
  const Schedule& schedule = setting.plan->schedule;
  bool converts = kind == Target::receive && operation.converts();
  Currency currency = converts ? operation.to_currency : operation.currency;
  Checked<Money> money = parse_money(text, schedule.currencies, currency);
  std::string code(currency.code());
  if (!money) {
    Diagnostic fault = money.faults().front();
    fault.place = Place{};
    if (fault.code == Code::bad_decimal) fault.code = Code::bad_amount;
    fault.message = "the target \"" + text + "\": " + fault.message;
    return fault;
  }
  if (money->currency != currency) {
    return Diagnostic{Code::bad_amount, "the target \"" + text + "\" is not in " + code,
                      "give it in " + code + ", or name the other currency with " +
                          (converts ? "--to" : "--currency")};
  }
  if (money->amount.sign() < 0)
    return Diagnostic{Code::not_positive, "the target is negative", "it is 0 or more"};
  if (!is_multiple(money->amount, schedule.currencies.minor_unit(currency))) {
    return Diagnostic{Code::precision,
                      "the target \"" + text + "\" is finer than " + code + "'s minor unit",
                      "give whole minor units"};
  }
  return money->amount;
}

}  // namespace

const Plan* Tariff::at(Instant t) const {
  for (const Plan& plan : versions) {
    bool begun = !plan.schedule.from || t >= *plan.schedule.from;
    if (begun && (!plan.schedule.until || t < *plan.schedule.until)) return &plan;
  }
  return nullptr;
}

const Plan& Tariff::nearest(Instant t) const {
  if (const Plan* plan = at(t)) return *plan;
  const Plan* before = &versions.front();
  for (const Plan& plan : versions) {
    if (plan.schedule.from && *plan.schedule.from <= t) before = &plan;
  }
  return *before;
}

bool declares(const Tariff& tariff, std::string_view name) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const Plan& plan) {
    return plan.schedule.find_attribute(name) != nullptr ||
           plan.schedule.find_quantity(name) != nullptr;
  });
}

Checked<Tariff> load_tariff(std::vector<Source> sources) {
  Diagnostics faults;
  Tariff tariff;
  for (Source& source : sources) {
    Checked<Schedule> schedule = load_schedule(std::move(source));
    if (!schedule) {
      faults.insert(faults.end(), schedule.faults().begin(), schedule.faults().end());
    } else {
      tariff.versions.push_back(compile(std::move(*schedule)));
    }
  }
  if (!faults.empty()) return faults;
  std::stable_sort(
      tariff.versions.begin(), tariff.versions.end(),
      [](const Plan& a, const Plan& b) { return starts_before(a.schedule, b.schedule); });
  faults = check_versions(tariff.versions);
  if (!faults.empty()) return faults;
  return tariff;
}

Checked<Setting> set_out(const Tariff& tariff, const Question& question) {
  // Which version it is decides in which zone a time without an offset is read; versions that
  // differ in that are told apart by the first one's.
  const TimeZone& zone = tariff.versions.front().schedule.timezone;
  Checked<Instant> time = time_of(question.request, zone, question.now);
  Setting setting;
  setting.plan = time ? &tariff.nearest(*time) : &tariff.versions.back();
  const TimeZone& own_zone = setting.plan->schedule.timezone;
  if (own_zone.name() != zone.name()) time = time_of(question.request, own_zone, question.now);
  Checked<Operation> operation = decode_operation(setting.plan->schedule, question.request, time);
  if (!operation) return std::move(operation).faults();
  setting.operation = std::move(*operation);
  if (auto late = check_operation(setting.plan->schedule, setting.operation)) {
    // What is missing is said first; a reverse quote has no amount yet that could decide it.
    bool forward = !question.receive && !question.pay;
    Scene scene{setting.operation, nullptr, setting.readings, false};
    auto missing = forward ? find_missing(*setting.plan, scene) : std::nullopt;
    bool both_quantities = missing && late->code == Code::out_of_range &&
                           missing->front().code == Code::missing_quantity;
    return missing && !both_quantities ? *missing : Diagnostics{*late};
  }
  if (question.rates != nullptr) setting.rates = question.rates->at(setting.operation.time);
  if (auto stale = check_age(setting.rates, question, setting.operation)) return *stale;
  Checked<Readings> used = read_used(setting.plan->schedule, question.used, setting.rates);
  if (!used) return std::move(used).faults();
  setting.readings = std::move(*used);
  setting.readings.insert(question.readings.begin(), question.readings.end());
  return setting;
}

Checked<Quote> quote(const Tariff& tariff, const Question& question) {
  Checked<Setting> setting = set_out(tariff, question);
  if (!setting) return std::move(setting).faults();
  Scene scene{setting->operation, setting->rates, setting->readings, question.strict};
  if (!question.receive && !question.pay) return quote(*setting->plan, scene, question.explain);
  Target kind = question.receive ? Target::receive : Target::pay;
  Checked<Rational> target =
      read_target(*setting, question.receive ? *question.receive : *question.pay, kind);
  if (!target) return std::move(target).faults();
  return reverse(*setting->plan, scene, kind, *target, question.explain);
}

}  // namespace levy
