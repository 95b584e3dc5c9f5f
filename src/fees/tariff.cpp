#include "fees/tariff.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/operation.h"
#include "schedule/decode/load.h"

namespace levy::fees {
namespace {

bool starts_before(const schedule::Schedule& a, const schedule::Schedule& b) {
  if (!a.from || !b.from) return !a.from && b.from;
  return *a.from < *b.from;
}

Diagnostic overlap(const schedule::Schedule& earlier, const schedule::Schedule& later) {
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
    const schedule::Schedule& earlier = versions[i - 1].schedule;
    const schedule::Schedule& later = versions[i].schedule;
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

Checked<Rational> read_target(const ResolvedQuestion& setting, const std::string& text,
                              Target kind) {
  const facts::Operation& operation = setting.operation;
  const schedule::Schedule& schedule = setting.plan->schedule;
  bool converts = kind == Target::receive && operation.converts();
  Currency currency = converts ? operation.to_currency : operation.currency;
  Checked<Money> money = parse_money(text, schedule.currencies, currency);
  std::string code(currency.code());
  if (!money) {
    Diagnostic fault = money.faults().front();
    fault.place = Place{};
    if (fault.code == Code::bad_decimal) fault.code = Code::bad_amount;
    fault.message = "the target " + in_quotes(text) + ": " + fault.message;
    return fault;
  }
  if (money->currency != currency) {
    return Diagnostic{Code::bad_amount, "the target " + in_quotes(text) + " is not in " + code,
                      "give it in " + code + ", or name the other currency with " +
                          (converts ? "--to" : "--currency")};
  }
  if (money->amount.sign() < 0)
    return Diagnostic{Code::not_positive, "the target is negative", "it is 0 or more"};
  if (!is_multiple(money->amount, schedule.currencies.minor_unit(currency))) {
    return Diagnostic{Code::precision,
                      "the target " + in_quotes(text) + " is finer than " + code + "'s minor unit",
                      "give whole minor units"};
  }
  return money->amount;
}

}  // namespace

const Plan* Tariff::at(Instant t) const {
  for (const Plan& plan : versions) {
    if (facts::is_in_force(plan.schedule, t)) return &plan;
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

facts::MappingTarget mapping_target(const Tariff& tariff, bool is_history) {
  std::vector<const schedule::Schedule*> versions;
  for (const Plan& plan : tariff.versions) versions.push_back(&plan.schedule);
  return facts::mapping_target(versions, is_history);
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
    Checked<schedule::Schedule> schedule = schedule::decode::load_schedule(std::move(source));
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

Checked<Quote> quote(const Tariff& tariff, const Question& question) {
  Checked<ResolvedQuestion> setting = resolve(tariff, question);
  if (!setting) return std::move(setting).faults();
  return quote(*setting, question);
}

Checked<Quote> quote(const ResolvedQuestion& setting, const Question& question) {
  EvaluationContext context{setting.operation, setting.rates, setting.readings, question.strict};
  if (!question.receive && !question.pay) return quote(*setting.plan, context, question.explain);
  Target kind = question.receive ? Target::receive : Target::pay;
  Checked<Rational> target =
      read_target(setting, question.receive ? *question.receive : *question.pay, kind);
  if (!target) return std::move(target).faults();
  return reverse(*setting.plan, context, kind, *target, question.explain);
}

}  // namespace levy::fees
