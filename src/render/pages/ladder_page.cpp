#include "render/pages/ladder_page.h"

#include <algorithm>

#include "render/words/answer_parts.h"
#include "schedule/walk.h"

namespace levy::render::pages {
namespace {

class VerdictWriter {
 public:
  VerdictWriter(const limits::Verdict& verdict, std::string_view language)
      : verdict_(verdict),
        schedule_(*verdict.schedule),
        wording_{*verdict.schedule, std::string(language)} {}

  void add_to(text::Page& page, bool all_limits) const {
    text::Lines lines = decision(), notes = footnotes();
    if (!all_limits) {
      add_near_limits(lines);
      lines.lines.insert(lines.lines.end(), notes.lines.begin(), notes.lines.end());
      page.push_back(std::move(lines));
      return;
    }
    page.push_back(std::move(lines));
    page.push_back(limits());
    if (!notes.lines.empty()) page.push_back(std::move(notes));
  }

 private:
  std::string money(const Money& amount) const { return to_string(amount, schedule_.currencies); }
  std::string time(Instant t) const { return words::time_words(t, schedule_.timezone); }
  std::string name_of(const schedule::Limit& limit) const {
    return words::titled(limit.title, limit.id, wording_.language);
  }

  std::string tier_name(const std::string& id) const {
    const schedule::Tier* tier = schedule::find_id(schedule_.tiers, id);
    return tier == nullptr ? id : words::titled(tier->title, id, wording_.language);
  }

  std::string at_tier() const {
    return verdict_.tier ? " at the tier " + tier_name(*verdict_.tier) : std::string();
  }

  text::Lines decision() const {
    text::Lines lines;
    lines.add(
        (verdict_.allowed ? "Allowed" : "Declined") + at_tier() + (verdict_.allowed ? "." : ":"),
        verdict_.allowed ? text::Tone::good : text::Tone::bad);
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.holds) lines.item(reason(state));
    }
    lines.add(possible_now());
    if (verdict_.allowed) return lines;
    add_upgrade(lines);
    add_retry(lines);
    return lines;
  }

  // "Withdrawals a day (withdrawal-daily): 250.00 EUR before and this one make 300.01 EUR; allowed
  // are 300.00 EUR per calendar day".
  std::string reason(const limits::LimitState& state) const {
    auto figure = [&](const Rational& value) {
      return words::limit_figure_words(value, state.currency, schedule_);
    };
    std::string text = name_of(*state.limit) + ": ";
    bool balance = state.limit->meter.measure == schedule::Meter::Measure::balance;
    std::string window = balance ? "" : " " + words::window_words(state.limit->meter.window);
    text += state.used.is_zero()
                ? figure(state.after)
                : figure(state.used) + " before and this one make " + figure(state.after);
    if (state.min && state.after < *state.min)
      return text + ", less than the least allowed, " + figure(*state.min) + window;
    return text + ", more than the " + figure(*state.max) + " allowed" + window;
  }

  std::string possible_now() const {
    if (!verdict_.max_amount_known)
      return "How much is possible now: the fees are too irregular to say.";
    const std::optional<Money>& least = verdict_.minimum_amount;
    if (!verdict_.max_amount)
      return "Possible now: any amount" + (least ? " from " + money(*least) : "") + ".";
    if (verdict_.max_amount->amount.is_zero()) return "Possible now: nothing.";
    return "Possible now: " + (least ? money(*least) + " to " : "at most ") +
           money(*verdict_.max_amount) + ".";
  }

  void add_upgrade(text::Lines& lines) const {
    if (!verdict_.allowed_at) {
      if (verdict_.tier) lines.add("No higher tier would allow it.");
      return;
    }
    const limits::Upgrade& upgrade = *verdict_.allowed_at;
    std::string text = "It would be allowed at the tier " + tier_name(upgrade.tier);
    if (upgrade.missing.front().empty())
      return lines.add(text + ", for which nothing more is needed.");
    if (upgrade.missing.size() == 1) {
      lines.add(text + "; still needed: " +
                words::missing_set_words(upgrade.missing.front(), wording_) + ".");
      return;
    }
    lines.add(text + "; still needed is one of:");
    words::add_sets(lines, upgrade.missing, upgrade.all_listed, wording_);
  }

  void add_retry(text::Lines& lines) const {
    if (!verdict_.history) return;
    if (!verdict_.retry_at) return lines.add("Waiting alone will not make it possible.");
    lines.add("It would pass, with nothing new in between, from " + time(*verdict_.retry_at) + ".");
  }

  // ---- limits that hold -----------------------------------------------------------------------

  // How much of the limit is used up with this operation: 1 where nothing is left.
  static Rational share(const limits::LimitState& state) {
    if (state.max->is_zero()) return Rational(1);
    return state.after / *state.max;
  }

  // "Withdrawals a day (withdrawal-daily): 250.00 EUR of 300.00 EUR per calendar day, 50.00 EUR
  // left after this".
  std::string usage_words(const limits::LimitState& state) const {
    auto figure = [&](const Rational& value) {
      return words::limit_figure_words(value, state.currency, schedule_);
    };
    const schedule::Meter& meter = state.limit->meter;
    bool balance = meter.measure == schedule::Meter::Measure::balance;
    std::string text = name_of(*state.limit) + ": " + figure(state.after) + " of " +
                       figure(*state.max) +
                       (balance ? "" : " " + words::window_words(meter.window));
    bool single = !balance && meter.window.kind == Window::Kind::transaction;
    return single ? text : text + ", " + figure(*state.max - state.after) + " left after this";
  }

  // The nearest of the limits that hold, and those of which little is left; the others counted.
  void add_near_limits(text::Lines& lines) const {
    std::vector<const limits::LimitState*> bounded;
    std::size_t others = 0;
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.holds) continue;
      if (state.max) {
        bounded.push_back(&state);
      } else {
        ++others;
      }
    }
    std::stable_sort(bounded.begin(), bounded.end(),
                     [](const limits::LimitState* a, const limits::LimitState* b) {
                       return share(*b) < share(*a);
                     });
    const Rational near(Decimal::of(8, 1));  // of the limit, with this operation
    std::vector<std::string> shown;
    for (const limits::LimitState* state : bounded) {
      bool nearest = shown.empty() && verdict_.allowed;
      if (!nearest && share(*state) < near) break;
      shown.push_back((shown.empty() ? "Nearest limit: " : "Near, too: ") + usage_words(*state));
    }
    others += bounded.size() - shown.size();
    if (verdict_.limits.empty()) lines.add("No limit applies.");
    std::string rest = others_words(others, !shown.empty());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      bool last = i + 1 == shown.size() && !rest.empty();
      lines.add(shown[i] + (last ? "; " + rest : "."));
    }
    if (shown.empty() && !rest.empty()) lines.add(rest);
  }

  // "3 more limits, none near (--limits)."; on a line of its own "...: --limits shows them."
  std::string others_words(std::size_t others, bool beside_some) const {
    if (others == 0) return "";
    std::string count = std::to_string(others) + (beside_some || !verdict_.allowed ? " more" : "");
    std::string it = others == 1 ? "it." : "them.";
    std::string far = others == 1 ? ", not near" : ", none near";
    std::string hold = others == 1 ? " holds" : " hold";
    return count + (others == 1 ? " limit" : " limits") + (verdict_.allowed ? far : hold) +
           (beside_some ? " (--limits)." : ": --limits shows " + it);
  }

  text::Block limits() const {
    if (verdict_.limits.empty()) return text::Paragraph{"No limit applies."};
    text::Grid grid;
    grid.columns = {"Limit", "Counted", "Allowed", "Used", "With this", "Left before", ""};
    for (const limits::LimitState& state : verdict_.limits) {
      auto figure = [&](const Rational& value) {
        return words::limit_figure_words(value, state.currency, schedule_);
      };
      const schedule::Meter& meter = state.limit->meter;
      bool balance = meter.measure == schedule::Meter::Measure::balance;
      grid.row({name_of(*state.limit), balance ? "balance" : words::window_words(meter.window),
                words::range_words(state.min, state.max, state.currency, schedule_),
                figure(state.used) + (state.assumed ? " ?" : ""), figure(state.after),
                state.headroom ? figure(*state.headroom) : "any", state.holds ? "ok" : "blocks"},
               text::Grid::Row::Kind::plain, state.holds ? text::Tone::good : text::Tone::bad);
    }
    return grid;
  }

  text::Lines footnotes() const {
    text::Lines lines;
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.override_) continue;
      words::OverrideEffect effect{*state.override_, state.max_without, state.max, state.currency};
      lines.add("Override on " + state.limit->id + ": " + words::override_words(effect, schedule_));
    }
    std::vector<std::string> meters;
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.assumed) continue;
      if (state.limit->meter.measure == schedule::Meter::Measure::balance) {
        lines.add("Assumed: nothing held before (say --balance, or --used " + state.limit->id +
                  "=VALUE).");
      } else {
        meters.push_back(state.limit->id);
      }
    }
    if (!meters.empty()) lines.add(words::assumed_words(meters));
    return lines;
  }

  const limits::Verdict& verdict_;
  const schedule::Schedule& schedule_;
  words::Wording wording_;
};

}  // namespace

text::Page verdict_page(const limits::Verdict& verdict, std::string_view language,
                        bool all_limits) {
  text::Page page = {words::answer_head(*verdict.schedule, verdict.operation, language)};
  add_decision(page, verdict, language, all_limits);
  words::add_history(page, verdict.history);
  return page;
}

void add_decision(text::Page& page, const limits::Verdict& verdict, std::string_view language,
                  bool all_limits) {
  VerdictWriter(verdict, language).add_to(page, all_limits);
}

namespace {

class StatusWriter {
 public:
  StatusWriter(const limits::AccountStatus& status, std::string_view language,
               const std::string& horizon)
      : status_(status),
        schedule_(*status.schedule),
        wording_{*status.schedule, std::string(language)},
        horizon_(horizon) {}

  text::Page page() const {
    text::Page page = {head(), limits()};
    add(page, overrides());
    if (!status_.tiers.empty()) page.push_back(tiers());
    add(page, missing());
    if (text::Grid grid = evidence(); !grid.rows.empty()) page.push_back(std::move(grid));
    add(page, expiring());
    return page;
  }

 private:
  std::string time(Instant t) const { return words::time_words(t, schedule_.timezone); }
  std::string tier_name(const schedule::Tier& tier) const {
    return words::titled(tier.title, tier.id, wording_.language);
  }

  static void add(text::Page& page, text::Lines lines) {
    if (!lines.lines.empty()) page.push_back(std::move(lines));
  }

  text::Lines head() const {
    text::Lines lines;
    lines.add(words::schedule_words(schedule_, wording_.language) + ", at " + time(status_.time));
    if (!status_.known || status_.tiers.empty()) return lines;
    if (!status_.tier) {
      lines.add("The account's evidence does not meet the requirements of any tier.");
      return lines;
    }
    std::string name = tier_name(schedule_.tiers[*status_.tier]);
    lines.add("The account stands at " + name +
              (status_.tier_given ? ", as given." : ", by its evidence."));
    return lines;
  }

  text::Block limits() const {
    if (status_.limits.empty()) return text::Paragraph{"No limits."};
    text::Grid grid;
    grid.columns = {"Limit", "Counted"};
    if (schedule_.tiers.empty()) grid.columns.emplace_back("Allowed");
    for (std::size_t i = 0; i < schedule_.tiers.size(); ++i)
      grid.columns.push_back((status_.tier == i ? "> " : "") + schedule_.tiers[i].id);
    bool used = false;
    for (const limits::LimitView& view : status_.limits) used = used || view.used;
    if (used) grid.columns.insert(grid.columns.end(), {"Used", "Left"});
    for (const limits::LimitView& view : status_.limits) grid.row(limit_row(view, used));
    return grid;
  }

  std::vector<std::string> limit_row(const limits::LimitView& view, bool used) const {
    const schedule::Meter& meter = view.limit->meter;
    bool balance = meter.measure == schedule::Meter::Measure::balance;
    std::vector<std::string> row = {
        words::titled(view.limit->title, view.limit->id, wording_.language),
        balance ? "balance" : words::window_words(meter.window)};
    std::size_t columns = std::max<std::size_t>(1, schedule_.tiers.size());
    for (std::size_t i = 0; i < columns; ++i) {
      const limits::BoundView& bound = view.by_tier[view.by_tier.size() == 1 ? 0 : i];
      row.push_back(words::range_words(bound.min, bound.max, view.currency, schedule_));
    }
    auto figure = [&](const std::optional<Rational>& value) {
      return value ? words::limit_figure_words(*value, view.currency, schedule_) : std::string();
    };
    if (used) row.insert(row.end(), {figure(view.used), figure(view.headroom)});
    return row;
  }

  text::Lines overrides() const {
    text::Lines lines;
    for (const limits::LimitView& view : status_.limits) {
      if (!view.override_) continue;
      std::size_t here = view.by_tier.size() == 1 ? 0 : status_.tier.value_or(0);
      words::OverrideEffect effect{*view.override_, view.max_without, view.by_tier[here].max,
                                   view.currency};
      lines.add("Override on " + view.limit->id + ": " + words::override_words(effect, schedule_));
    }
    return lines;
  }

  text::Grid tiers() const {
    text::Grid grid;
    grid.caption = "What each tier requires, beside what the tiers below it require:";
    grid.columns = {"", ""};
    for (const limits::TierView& view : status_.tiers) {
      std::string takes = "nothing";
      if (view.tier->requires_) takes = words::requirement_words(*view.tier->requires_, wording_);
      grid.row({tier_name(*view.tier), takes});
    }
    return grid;
  }

  text::Lines missing() const {
    text::Lines lines;
    if (!status_.known) return lines;
    for (const limits::TierView& view : status_.tiers) {
      if (view.reached) continue;
      std::string text = "Still needed for " + tier_name(*view.tier) + ":";
      if (view.missing.size() == 1) {
        lines.add(text + " " + words::missing_set_words(view.missing.front(), wording_));
        continue;
      }
      lines.add(text + " one of");
      words::add_sets(lines, view.missing, view.all_listed, wording_);
    }
    return lines;
  }

  std::string state_of(const limits::EvidenceView& view) const {
    bool shown = view.evidence->kind == schedule::Evidence::Kind::document ||
                 view.evidence->kind == schedule::Evidence::Kind::approval;
    if (!shown) return words::limit_figure_words(*view.value, view.currency, schedule_);
    if (view.in_force) return view.until ? "until " + time(*view.until) : "in force";
    return view.until ? "expired on " + time(*view.until) : "not there";
  }

  text::Grid evidence() const {
    text::Grid grid;
    grid.caption = "Evidence:";
    grid.columns = {"", ""};
    for (const limits::EvidenceView& view : status_.evidence) {
      bool number = view.evidence->kind == schedule::Evidence::Kind::number ||
                    view.evidence->kind == schedule::Evidence::Kind::activity;
      if (!view.given || (number && !view.value)) continue;
      grid.row({words::titled(view.evidence->title, view.evidence->id, wording_.language),
                state_of(view)});
    }
    return grid;
  }

  text::Lines expiring() const {
    text::Lines lines;
    if (status_.expiring.empty()) return lines;
    lines.add("Runs out within " + horizon_ + ":");
    for (const limits::Expiry& expiry : status_.expiring) {
      std::string text = (expiry.is_override ? "the override on " + expiry.id : expiry.id) +
                         " on " + time(expiry.at);
      if (expiry.falls)
        text += "; the account then stands " +
                (expiry.tier_after ? "at " + *expiry.tier_after : std::string("below every tier"));
      lines.item(text);
    }
    return lines;
  }

  const limits::AccountStatus& status_;
  const schedule::Schedule& schedule_;
  words::Wording wording_;
  const std::string& horizon_;
};

}  // namespace

text::Page account_status_page(const limits::AccountStatus& status, std::string_view language,
                               const std::string& horizon) {
  text::Page page = StatusWriter(status, language, horizon).page();
  words::add_history(page, status.history);
  return page;
}

}  // namespace levy::render::pages
