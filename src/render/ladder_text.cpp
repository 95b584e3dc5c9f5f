#include "render/ladder_text.h"

#include "render/ladder_parts.h"
#include "render/table.h"

namespace levy {
namespace {

class StandingText {
 public:
  StandingText(const Standing& standing, std::string_view language, const std::string& horizon)
      : standing_(standing),
        schedule_(*standing.schedule),
        wording_{*standing.schedule, std::string(language)},
        horizon_(horizon) {}

  std::string text() const {
    return head() + where() + limits() + tiers() + missing() + evidence() + expiring();
  }

 private:
  std::string time(Instant t) const { return to_string(t, schedule_.timezone); }
  std::string tier_name(const Tier& tier) const {
    return titled(tier.title, tier.id, wording_.language);
  }

  std::string head() const {
    std::string text = schedule_.id;
    if (!schedule_.version.empty()) text += " " + schedule_.version;
    std::string title(schedule_.title.in(wording_.language));
    if (!title.empty()) text += "  " + title;
    return text + ", at " + time(standing_.time) + "\n";
  }

  std::string where() const {
    if (!standing_.known || standing_.tiers.empty()) return {};
    if (!standing_.tier)
      return "The account's evidence does not meet the requirements of any tier.\n";
    std::string name = tier_name(schedule_.tiers[*standing_.tier]);
    return "The account stands at " + name +
           (standing_.tier_given ? ", as given.\n" : ", by its evidence.\n");
  }

  std::string limits() const {
    if (standing_.limits.empty()) return "\nNo limits.\n";
    Table table;
    std::vector<TableCell> heading = {{"Limit"}, {"Counted"}};
    if (schedule_.tiers.empty()) heading.push_back({"Allowed"});
    for (std::size_t i = 0; i < schedule_.tiers.size(); ++i)
      heading.push_back({(standing_.tier == i ? "> " : "") + schedule_.tiers[i].id});
    bool used = false;
    for (const LimitView& view : standing_.limits) used = used || view.used;
    if (used) heading.push_back({"Used", true}), heading.push_back({"Left", true});
    std::size_t columns = heading.size();
    table.row(std::move(heading));
    table.rule(std::vector<bool>(columns, true));
    for (const LimitView& view : standing_.limits) table.row(limit_row(view, used));
    return "\n" + table.text() + overrides();
  }

  std::vector<TableCell> limit_row(const LimitView& view, bool used) const {
    const Meter& meter = view.limit->meter;
    bool balance = meter.measure == Meter::Measure::balance;
    std::vector<TableCell> row = {{titled(view.limit->title, view.limit->id, wording_.language)},
                                  {balance ? "balance" : window_words(meter.window)}};
    std::size_t columns = std::max<std::size_t>(1, schedule_.tiers.size());
    for (std::size_t i = 0; i < columns; ++i) {
      const BoundView& bound = view.by_tier[view.by_tier.size() == 1 ? 0 : i];
      row.push_back({range_words(bound.min, bound.max, view.currency, schedule_)});
    }
    auto figure = [&](const std::optional<Rational>& value) {
      return value ? limit_figure_words(*value, view.currency, schedule_) : std::string();
    };
    if (used)
      row.push_back({figure(view.used), true}), row.push_back({figure(view.headroom), true});
    return row;
  }

  std::string overrides() const {
    std::string text;
    for (const LimitView& view : standing_.limits) {
      if (!view.override_) continue;
      std::size_t here = view.by_tier.size() == 1 ? 0 : standing_.tier.value_or(0);
      OverrideEffect effect{*view.override_, view.max_without, view.by_tier[here].max,
                            view.currency};
      text += "Override on " + view.limit->id + ": " + override_words(effect, schedule_) + "\n";
    }
    return text;
  }

  std::string tiers() const {
    if (standing_.tiers.empty()) return {};
    Table table;
    for (const TierView& view : standing_.tiers) {
      std::string takes = "nothing";
      if (view.tier->requires_) takes = requirement_words(*view.tier->requires_, wording_);
      table.row({{view.tier->id}, {std::string(view.tier->title.in(wording_.language))}, {takes}});
    }
    return "\nWhat each tier requires, beside what the tiers below it require:\n" + table.text(2);
  }

  std::string missing() const {
    if (!standing_.known) return {};
    std::string text;
    for (const TierView& view : standing_.tiers) {
      if (view.reached) continue;
      text += "Missing for " + tier_name(*view.tier) + ":";
      if (view.missing.size() == 1) {
        text += " " + lacks_words(view.missing.front(), wording_) + "\n";
        continue;
      }
      text += " one of\n";
      for (const LackSet& set : view.missing) text += "  - " + lacks_words(set, wording_) + "\n";
    }
    return text.empty() ? text : "\n" + text;
  }

  std::string state_of(const EvidenceView& view) const {
    bool shown = view.evidence->kind == Evidence::Kind::document ||
                 view.evidence->kind == Evidence::Kind::approval;
    if (!shown) return limit_figure_words(*view.value, view.currency, schedule_);
    if (view.in_force) return view.until ? "until " + time(*view.until) : "in force";
    return view.until ? "ran out on " + time(*view.until) : "not there";
  }

  std::string evidence() const {
    Table table;
    bool any = false;
    for (const EvidenceView& view : standing_.evidence) {
      bool number = view.evidence->kind == Evidence::Kind::number ||
                    view.evidence->kind == Evidence::Kind::activity;
      if (!view.told || (number && !view.value)) continue;
      table.row(
          {{titled(view.evidence->title, view.evidence->id, wording_.language)}, {state_of(view)}});
      any = true;
    }
    return any ? "\nEvidence:\n" + table.text(2) : std::string();
  }

  std::string expiring() const {
    if (standing_.expiring.empty()) return {};
    std::string text = "\nRuns out within " + horizon_ + ":\n";
    for (const Expiry& expiry : standing_.expiring) {
      text += "  " + (expiry.is_override ? "the override on " + expiry.id : expiry.id) + " on " +
              time(expiry.at);
      if (expiry.falls)
        text += "; the account then stands " +
                (expiry.tier_after ? "at " + *expiry.tier_after : std::string("below every tier"));
      text += "\n";
    }
    return text;
  }

  const Standing& standing_;
  const Schedule& schedule_;
  Wording wording_;
  const std::string& horizon_;
};

}  // namespace

std::string standing_text(const Standing& standing, std::string_view language,
                          const std::string& horizon) {
  return StandingText(standing, language, horizon).text();
}

}  // namespace levy
