#include "limits/apply.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "base/suggest.h"
#include "limits/overrides.h"
#include "schedule/attributes.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

// The figure of `tier` in the meter's currency; none: no bound.
Checked<std::optional<Rational>> bound_of(const std::optional<Bounds>& bounds,
                                          const std::optional<std::string>& tier,
                                          const MeterUse& use, const Rates* rates) {
  std::optional<Rational> none;
  if (!bounds) return none;
  std::string_view wanted = bounds->by_tier ? *tier : std::string_view();
  auto found = std::find_if(bounds->figures.begin(), bounds->figures.end(),
                            [&](const auto& one) { return one.first == wanted; });
  ensure(found != bounds->figures.end(), "a limit by tier names every tier");
  if (!found->second) return none;
  if (found->second->number) return std::optional(Rational(*found->second->number));
  Checked<Rational> value = convert(found->second->money.front(), use.currency, rates);
  if (!value) return std::move(value).faults();
  return std::optional(*std::move(value));
}

class Applier {
 public:
  Applier(const Moment& moment, const Operation& operation,
          const std::optional<std::string>& present)
      : moment_(moment), operation_(operation), present_(present) {
    auto tier = operation.attributes.find("tier");
    if (tier != operation.attributes.end()) tier_ = tier->second;
  }

  Checked<std::vector<Applied>> run() {
    std::vector<std::pair<const LimitRule*, bool>> rules;
    rules.reserve(moment_.ladder.limits.size());
    for (const LimitRule& rule : moment_.ladder.limits) {
      Checked<bool> applies = decide_rule(rule);
      if (!applies) return std::move(applies).faults();
      if (!*applies) continue;
      Checked<bool> counts_itself = is_counted_by(rule);
      if (!counts_itself) return std::move(counts_itself).faults();
      rules.emplace_back(&rule, *counts_itself);
    }
    if (!missing_.empty()) return missing_attributes();
    std::vector<Applied> applied;
    applied.reserve(rules.size());
    for (const auto& [rule, counts_itself] : rules) {
      applied.emplace_back().counts_itself = counts_itself;
      if (auto faults = apply(*rule, applied.back())) return *faults;
    }
    return applied;
  }

 private:
  Checked<bool> decide_rule(const LimitRule& rule) {
    const Meter& meter = rule.as_written->meter;
    if (meter.operations && !concerns(*meter.operations, operation_.name)) return false;
    Checked<bool> holds = decide_when(meter.when);
    if (!holds || !*holds) return holds;
    for (const std::string& name : meter.per) {
      if (!attribute_of(*moment_.ladder.schedule, operation_, name)) note(name, meter.place);
    }
    if (rule.as_written->is_by_tier() && !tier_) note("tier", rule.as_written->place);
    return true;
  }

  // What is unknown is noted, and taken to hold.
  Checked<bool> decide_when(const std::optional<When>& when) {
    if (!when) return true;
    auto test = [&](const Condition& condition) { return test_number(condition, operation_); };
    Checked<WhenAnswer> answer = decide(*when, *moment_.ladder.schedule, operation_, test);
    if (!answer) return std::move(answer).faults();
    if (answer->truth == Truth::no) return false;
    for (const Condition* condition : answer->unknown) note(condition->name, condition->place);
    return true;
  }

  // Of a limit that counts others than those it applies to.
  Checked<bool> is_counted_by(const LimitRule& rule) {
    const std::optional<Meter::Counts>& counts = rule.as_written->meter.counts;
    if (!counts) return true;
    if (counts->operations && !concerns(*counts->operations, operation_.name)) return false;
    return decide_when(counts->when);
  }

  void note(const std::string& name, const Place& place) {
    auto known = std::find_if(missing_.begin(), missing_.end(),
                              [&](const Missing& one) { return one.name == name; });
    if (known != missing_.end()) return;
    if (missing_.empty()) place_ = place;
    missing_.push_back(describe_attribute(*moment_.ladder.schedule, name));
  }

  Diagnostic missing_attributes() const {
    std::string list;
    for (const Missing& one : missing_) list += (list.empty() ? "" : ", ") + one.name;
    Diagnostic fault{Code::missing_attributes, "what this account may do also depends on " + list,
                     "give " + list, place_};
    bool shown = moment_.account.profile.evidence && !moment_.account.profile.tier;
    if (missing_.front().name == "tier" && shown)
      fault.message += "; its evidence meets no tier's requirements";
    fault.missing = missing_;
    return fault;
  }

  std::optional<Diagnostics> apply(const LimitRule& rule, Applied& applied) const {
    const Limit& limit = *rule.as_written;
    applied.rule = &rule;
    auto min = bound_of(limit.min, tier_, rule.use, moment_.rates);
    if (!min) return std::move(min).faults();
    applied.min = *std::move(min);
    auto max = bound_of(limit.max, tier_, rule.use, moment_.rates);
    if (!max) return std::move(max).faults();
    applied.max_without = *max;
    applied.max = *std::move(max);
    if (const Override* one = override_at(moment_.account.profile, limit, moment_.time)) {
      if (auto faults = move_max(rule, *one, applied)) return faults;
    }
    Checked<Reading> used = reading_at(moment_, rule.use);
    if (!used) return std::move(used).faults();
    applied.used = *std::move(used);
    return std::nullopt;
  }

  std::optional<Diagnostics> move_max(const LimitRule& rule, const Override& one,
                                      Applied& applied) const {
    std::optional<Rational> granted = one.max;
    if (granted && !one.currency.empty()) {
      Checked<Rational> value = convert({*granted, one.currency}, rule.use.currency, moment_.rates);
      if (!value) return std::move(value).faults();
      granted = *value;
    }
    auto present =
        bound_of(rule.as_written->max, present_ ? present_ : tier_, rule.use, moment_.rates);
    if (!present) return std::move(present).faults();
    applied.max = overridden_max(applied.max, *present, granted);
    applied.override_ = &one;
    return std::nullopt;
  }

  const Moment& moment_;
  const Operation& operation_;
  const std::optional<std::string>& present_;
  std::optional<std::string> tier_;
  std::vector<Missing> missing_;
  Place place_;
};

}  // namespace

Checked<std::vector<Applied>> apply_limits(const Moment& moment, const Operation& operation,
                                           const std::optional<std::string>& present) {
  return Applier(moment, operation, present).run();
}

}  // namespace levy
