#include "render/ladder_page.h"

#include "render/answer_parts.h"
#include "render/history_counts.h"
#include "render/ladder_parts.h"

namespace levy {
namespace {

class StandingWriter {
 public:
  StandingWriter(const Standing& standing, std::string_view language, const std::string& horizon)
      : standing_(standing),
        schedule_(*standing.schedule),
        wording_{*standing.schedule, std::string(language)},
        horizon_(horizon) {}

  Page page() const {
    Page page = {head(), limits()};
    add(page, overrides());
    if (!standing_.tiers.empty()) page.push_back(tiers());
    add(page, missing());
    if (Grid grid = evidence(); !grid.rows.empty()) page.push_back(std::move(grid));
    add(page, expiring());
    return page;
  }

 private:
  std::string time(Instant t) const { return to_string(t, schedule_.timezone); }
  std::string tier_name(const Tier& tier) const {
    return titled(tier.title, tier.id, wording_.language);
  }

  static void add(Page& page, Lines lines) {
    if (!lines.lines.empty()) page.push_back(std::move(lines));
  }

  Lines head() const {
    Lines lines;
    lines.add(schedule_words(schedule_, wording_.language) + ", at " + time(standing_.time));
    if (!standing_.known || standing_.tiers.empty()) return lines;
    if (!standing_.tier) {
      lines.add("The account's evidence does not meet the requirements of any tier.");
      return lines;
    }
    std::string name = tier_name(schedule_.tiers[*standing_.tier]);
    lines.add("The account stands at " + name +
              (standing_.tier_given ? ", as given." : ", by its evidence."));
    return lines;
  }

  Block limits() const {
    if (standing_.limits.empty()) return Paragraph{"No limits."};
    Grid grid;
    grid.columns = {"Limit", "Counted"};
    if (schedule_.tiers.empty()) grid.columns.emplace_back("Allowed");
    for (std::size_t i = 0; i < schedule_.tiers.size(); ++i)
      grid.columns.push_back((standing_.tier == i ? "> " : "") + schedule_.tiers[i].id);
    bool used = false;
    for (const LimitView& view : standing_.limits) used = used || view.used;
    if (used) grid.columns.insert(grid.columns.end(), {"Used", "Left"});
    for (const LimitView& view : standing_.limits) grid.row(limit_row(view, used));
    return grid;
  }

  std::vector<std::string> limit_row(const LimitView& view, bool used) const {
    const Meter& meter = view.limit->meter;
    bool balance = meter.measure == Meter::Measure::balance;
    std::vector<std::string> row = {titled(view.limit->title, view.limit->id, wording_.language),
                                    balance ? "balance" : window_words(meter.window)};
    std::size_t columns = std::max<std::size_t>(1, schedule_.tiers.size());
    for (std::size_t i = 0; i < columns; ++i) {
      const BoundView& bound = view.by_tier[view.by_tier.size() == 1 ? 0 : i];
      row.push_back(range_words(bound.min, bound.max, view.currency, schedule_));
    }
    auto figure = [&](const std::optional<Rational>& value) {
      return value ? limit_figure_words(*value, view.currency, schedule_) : std::string();
    };
    if (used) row.insert(row.end(), {figure(view.used), figure(view.headroom)});
    return row;
  }

  Lines overrides() const {
    Lines lines;
    for (const LimitView& view : standing_.limits) {
      if (!view.override_) continue;
      std::size_t here = view.by_tier.size() == 1 ? 0 : standing_.tier.value_or(0);
      OverrideEffect effect{*view.override_, view.max_without, view.by_tier[here].max,
                            view.currency};
      lines.add("Override on " + view.limit->id + ": " + override_words(effect, schedule_));
    }
    return lines;
  }

  Grid tiers() const {
    Grid grid;
    grid.caption = "What each tier requires, beside what the tiers below it require:";
    grid.columns = {"", "", ""};
    for (const TierView& view : standing_.tiers) {
      std::string takes = "nothing";
      if (view.tier->requires_) takes = requirement_words(*view.tier->requires_, wording_);
      grid.row({view.tier->id, std::string(view.tier->title.in(wording_.language)), takes});
    }
    grid.drop_empty_columns();
    return grid;
  }

  Lines missing() const {
    Lines lines;
    if (!standing_.known) return lines;
    for (const TierView& view : standing_.tiers) {
      if (view.reached) continue;
      std::string text = "Missing for " + tier_name(*view.tier) + ":";
      if (view.missing.size() == 1) {
        lines.add(text + " " + lacks_words(view.missing.front(), wording_));
        continue;
      }
      lines.add(text + " one of");
      for (const LackSet& set : view.missing) lines.item(lacks_words(set, wording_));
    }
    return lines;
  }

  std::string state_of(const EvidenceView& view) const {
    bool shown = view.evidence->kind == Evidence::Kind::document ||
                 view.evidence->kind == Evidence::Kind::approval;
    if (!shown) return limit_figure_words(*view.value, view.currency, schedule_);
    if (view.in_force) return view.until ? "until " + time(*view.until) : "in force";
    return view.until ? "ran out on " + time(*view.until) : "not there";
  }

  Grid evidence() const {
    Grid grid;
    grid.caption = "Evidence:";
    grid.columns = {"", ""};
    for (const EvidenceView& view : standing_.evidence) {
      bool number = view.evidence->kind == Evidence::Kind::number ||
                    view.evidence->kind == Evidence::Kind::activity;
      if (!view.told || (number && !view.value)) continue;
      grid.row(
          {titled(view.evidence->title, view.evidence->id, wording_.language), state_of(view)});
    }
    return grid;
  }

  Lines expiring() const {
    Lines lines;
    if (standing_.expiring.empty()) return lines;
    lines.add("Runs out within " + horizon_ + ":");
    for (const Expiry& expiry : standing_.expiring) {
      std::string text = (expiry.is_override ? "the override on " + expiry.id : expiry.id) +
                         " on " + time(expiry.at);
      if (expiry.falls)
        text += "; the account then stands " +
                (expiry.tier_after ? "at " + *expiry.tier_after : std::string("below every tier"));
      lines.item(text);
    }
    return lines;
  }

  const Standing& standing_;
  const Schedule& schedule_;
  Wording wording_;
  const std::string& horizon_;
};

}  // namespace

Page standing_page(const Standing& standing, std::string_view language,
                   const std::string& horizon) {
  Page page = StandingWriter(standing, language, horizon).page();
  add_history(page, standing.history);
  return page;
}

}  // namespace levy
