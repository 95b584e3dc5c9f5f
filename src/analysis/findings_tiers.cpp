// Tiers nobody can reach: what they ask for, the limits of the tiers below do not allow.
#include <algorithm>

#include "analysis/findings.h"
#include "analysis/limit_relations.h"

namespace levy {
namespace {

// How much an account in one of the tiers below may have done within the evidence's window.
struct TierReach {
  std::optional<Rational> most;  // nothing: without bound
  const Limit* by = nullptr;
};

class Climb {
 public:
  Climb(const Schedule& schedule, std::size_t tier) : schedule_(schedule), tier_(tier) {}

  bool can_meet(const Requirement& requirement) {
    auto can = [this](const Requirement& part) { return can_meet(part); };
    auto met = std::count_if(requirement.of.begin(), requirement.of.end(), can);
    auto size = static_cast<std::ptrdiff_t>(requirement.of.size());
    switch (requirement.kind) {
      case Requirement::Kind::evidence:
        return can_show(requirement);
      case Requirement::Kind::all:
        return met == size;
      case Requirement::Kind::any:
        return met > 0;
      case Requirement::Kind::at_least:
        return met >= requirement.count;
    }
    return true;
  }

  struct Obstacle {
    const Requirement* requirement = nullptr;
    Rational most, wanted;
    const Limit* by = nullptr;
    const Meter* meter = nullptr;
  };
  const std::optional<Obstacle>& obstacle() const { return obstacle_; }

 private:
  bool can_show(const Requirement& requirement) {
    auto found = std::find_if(schedule_.evidence.begin(), schedule_.evidence.end(),
                              [&](const Evidence& one) { return one.id == requirement.evidence; });
    if (found == schedule_.evidence.end() || !found->meter || !requirement.at_least) return true;
    const Meter& meter = *found->meter;
    const Figure& figure = *requirement.at_least;
    if (!figure.number && figure.money.front().currency != meter.currency) return true;
    Rational wanted = figure.number ? Rational(*figure.number) : figure.money.front().amount;
    TierReach reach = reach_of(meter);
    if (!reach.most || *reach.most >= wanted) return true;
    if (!obstacle_) obstacle_ = Obstacle{&requirement, *reach.most, wanted, reach.by, &meter};
    return false;
  }

  TierReach reach_of(const Meter& meter) const {
    if (meter.window.kind == Window::Kind::transaction) return {Rational(0), nullptr};
    TierReach reach{Rational(0), nullptr};
    for (std::size_t i = 0; i < tier_; ++i) {
      TierReach one = reach_in(meter, schedule_.tiers[i].id);
      if (!one.most) return one;
      if (*one.most >= *reach.most) reach = one;
    }
    return tier_ == 0 ? TierReach{} : reach;
  }

  TierReach reach_in(const Meter& meter, const std::string& tier) const {
    bool shifts = schedule_.timezone.name() != "UTC";
    TierReach reach;
    for (const Limit& limit : schedule_.limits) {
      bool same = limit.meter.measure == meter.measure && limit.meter.quantity == meter.quantity &&
                  limit.meter.currency == meter.currency;
      auto max = bound_in(limit.max, tier);
      if (!same || !max || !counts_at_least(limit.meter, meter)) continue;
      if (limit.meter.window.kind == Window::Kind::transaction) continue;
      auto windows = windows_in(meter.window, limit.meter.window, shifts);
      if (!windows) continue;
      Rational most = Rational(*windows) * *max;
      if (!reach.most || most < *reach.most) reach = {most, &limit};
    }
    return reach;
  }

  const Schedule& schedule_;
  std::size_t tier_;
  std::optional<Obstacle> obstacle_;
};

}  // namespace

void find_unreachable_tiers(const Plan& plan, Report& report) {
  const Schedule& schedule = plan.schedule;
  for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
    const Tier& tier = schedule.tiers[i];
    if (!tier.requires_) continue;
    Climb climb(schedule, i);
    if (climb.can_meet(*tier.requires_)) continue;
    const Climb::Obstacle& obstacle = *climb.obstacle();
    std::string wanted = bound_words(obstacle.wanted, *obstacle.meter, schedule);
    std::string most = bound_words(obstacle.most, *obstacle.meter, schedule);
    std::string above = i + 1 < schedule.tiers.size() ? ", nor the tiers above it" : "";
    Finding finding = make_finding(
        Code::unreachable_tier, Severity::warning, tier.place,
        "nobody can reach the tier " + tier.id + above + ": it takes " +
            obstacle.requirement->evidence + " of " + wanted + ", and " +
            (obstacle.by != nullptr
                 ? "the limit " + obstacle.by->id + " allows at most " + most + " below it"
                 : "the window of one operation always reads " + most),
        "ask for less, or allow more in the tiers below");
    finding.what.related.push_back(obstacle.requirement->place);
    if (obstacle.by != nullptr) finding.what.related.push_back(obstacle.by->place);
    add_figure(finding, "required", wanted);
    add_figure(finding, "possible", most);
    report.findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace levy
