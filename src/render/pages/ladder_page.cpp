#include "render/pages/ladder_page.h"

#include <algorithm>

#include "render/text/translate.h"
#include "render/words/answer_parts.h"
#include "schedule/walk.h"

namespace levy::render::pages {
namespace {

class VerdictWriter {
 public:
  VerdictWriter(const limits::Verdict& verdict, std::string_view language)
      : verdict_(verdict),
        schedule_(*verdict.schedule),
        wording_(words::Wording::for_people(*verdict.schedule, language)) {}

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
  std::string time(Instant t) const {
    return words::time_words(t, schedule_.timezone, wording_.words);
  }
  std::string say(std::string_view sentence, text::PlaceValues values = {}) const {
    return text::translate(wording_.words, sentence, values);
  }
  std::string figure(const limits::LimitState& state, const Rational& value) const {
    return words::limit_figure_words(value, state.currency, schedule_);
  }
  std::string name_of(const schedule::Limit& limit) const {
    return words::titled(limit.title, limit.id, wording_.language);
  }

  std::string tier_name(const std::string& id) const {
    const schedule::Tier* tier = schedule::find_id(schedule_.tiers, id);
    return tier == nullptr ? id : words::titled(tier->title, id, wording_.language);
  }

  std::string decided() const {
    if (!verdict_.tier) return verdict_.allowed ? say("Allowed.") : say("Declined:");
    return say(verdict_.allowed ? text::translatable("Allowed at the tier {tier}.")
                                : text::translatable("Declined at the tier {tier}:"),
               {{"tier", tier_name(*verdict_.tier)}});
  }

  text::Lines decision() const {
    text::Lines lines;
    lines.add(decided(), verdict_.allowed ? text::Tone::good : text::Tone::bad);
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
    const schedule::Meter& meter = state.limit->meter;
    bool low = state.min && state.after < *state.min, first = state.used.is_zero();
    std::string_view sentence =
        low ? first ? text::translatable("{limit}: {after}, less than the least allowed, {bound}")
                    : text::translatable(
                          "{limit}: {used} before and this one make {after}, less than "
                          "the least allowed, {bound}")
        : first ? text::translatable("{limit}: {after}, more than the {bound}")
                : text::translatable(
                      "{limit}: {used} before and this one make {after}, more than the "
                      "{bound}");
    std::string bound =
        low ? words::in_window_words(figure(state, *state.min), meter, wording_.words)
            : allowed_in_window(figure(state, *state.max), meter);
    return say(sentence, {{"limit", name_of(*state.limit)},
                          {"after", figure(state, state.after)},
                          {"used", figure(state, state.used)},
                          {"bound", bound}});
  }

  // "300.00 EUR allowed per calendar day".
  std::string allowed_in_window(const std::string& max, const schedule::Meter& meter) const {
    if (meter.measure == schedule::Meter::Measure::balance)
      return say("{max} allowed", {{"max", max}});
    return say("{max} allowed {window}",
               {{"max", max}, {"window", words::window_words(meter.window, wording_.words)}});
  }

  std::string possible_now() const {
    if (!verdict_.max_amount_known)
      return say("How much is possible now: the fees are too irregular to say.");
    const std::optional<Money>&min = verdict_.minimum_amount, &max = verdict_.max_amount;
    if (max && max->amount.is_zero()) return say("Possible now: nothing.");
    if (!min && !max) return say("Possible now: any amount.");
    if (!max) return say("Possible now: any amount from {min}.", {{"min", money(*min)}});
    if (!min) return say("Possible now: at most {max}.", {{"max", money(*max)}});
    return say("Possible now: {min} to {max}.", {{"min", money(*min)}, {"max", money(*max)}});
  }

  void add_upgrade(text::Lines& lines) const {
    if (!verdict_.allowed_at) {
      if (verdict_.tier) lines.add(say("No higher tier would allow it."));
      return;
    }
    const limits::Upgrade& upgrade = *verdict_.allowed_at;
    std::string tier = tier_name(upgrade.tier);
    if (upgrade.missing.front().empty())
      return lines.add(
          say("It would be allowed at the tier {tier}, for which nothing more is needed.",
              {{"tier", tier}}));
    if (upgrade.missing.size() == 1) {
      std::string evidence = words::missing_set_words(upgrade.missing.front(), wording_);
      return lines.add(say("It would be allowed at the tier {tier}; still needed: {evidence}.",
                           {{"tier", tier}, {"evidence", evidence}}));
    }
    lines.add(
        say("It would be allowed at the tier {tier}; still needed is one of:", {{"tier", tier}}));
    words::add_sets(lines, upgrade.missing, upgrade.all_listed, wording_);
  }

  void add_retry(text::Lines& lines) const {
    if (!verdict_.history) return;
    if (!verdict_.retry_at) return lines.add(say("Waiting alone will not make it possible."));
    lines.add(say("It would pass, with nothing new in between, from {time}.",
                  {{"time", time(*verdict_.retry_at)}}));
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
    const schedule::Meter& meter = state.limit->meter;
    bool balance = meter.measure == schedule::Meter::Measure::balance;
    bool single = !balance && meter.window.kind == Window::Kind::transaction;
    return say(single ? text::translatable("{limit}: {after} of {max}")
                      : text::translatable("{limit}: {after} of {max}, {left} left after this"),
               {{"limit", name_of(*state.limit)},
                {"after", figure(state, state.after)},
                {"max", words::in_window_words(figure(state, *state.max), meter, wording_.words)},
                {"left", figure(state, *state.max - state.after)}});
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
      shown.push_back(say(shown.empty() ? text::translatable("Nearest limit: {usage}")
                                        : text::translatable("Near, too: {usage}"),
                          {{"usage", usage_words(*state)}}));
    }
    others += bounded.size() - shown.size();
    if (verdict_.limits.empty()) lines.add(say("No limit applies."));
    std::string rest = others_words(others, !shown.empty());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      bool last = i + 1 == shown.size() && !rest.empty();
      lines.add(last ? say("{limit}; {others}", {{"limit", shown[i]}, {"others", rest}})
                     : say("{limit}.", {{"limit", shown[i]}}));
    }
    if (shown.empty() && !rest.empty()) lines.add(rest);
  }

  // "3 more limits, none near (--limits)."; on a line of its own "...: --limits shows them."
  std::string others_words(std::size_t others, bool beside_some) const {
    auto say_count = [&](std::string_view one, std::string_view many) {
      return others == 0 ? "" : text::translate_count(wording_.words, one, many, others);
    };
    if (!verdict_.allowed) {
      return beside_some ? say_count("{count} more limit holds (--limits).",
                                     "{count} more limits hold (--limits).")
                         : say_count("{count} more limit holds: --limits shows it.",
                                     "{count} more limits hold: --limits shows them.");
    }
    return beside_some ? say_count("{count} more limit, not near (--limits).",
                                   "{count} more limits, none near (--limits).")
                       : say_count("{count} limit, not near: --limits shows it.",
                                   "{count} limits, none near: --limits shows them.");
  }

  text::Block limits() const {
    if (verdict_.limits.empty()) return text::Paragraph{say("No limit applies.")};
    text::Grid grid = text::grid_in(wording_.words);
    grid.columns = {say("Limit"),
                    say("Counted"),
                    say("Allowed"),
                    say("Used"),
                    say("With this"),
                    say("Left before"),
                    ""};
    for (const limits::LimitState& state : verdict_.limits) {
      const schedule::Meter& meter = state.limit->meter;
      bool balance = meter.measure == schedule::Meter::Measure::balance;
      grid.row({name_of(*state.limit),
                balance ? say("balance") : words::window_words(meter.window, wording_.words),
                words::range_words(state.min, state.max, state.currency, wording_),
                figure(state, state.used) + (state.assumed ? " ?" : ""), figure(state, state.after),
                state.headroom ? figure(state, *state.headroom) : grid.any,
                state.holds ? say("ok") : say("blocks")},
               text::Grid::Row::Kind::plain, state.holds ? text::Tone::good : text::Tone::bad);
    }
    return grid;
  }

  text::Lines footnotes() const {
    text::Lines lines;
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.override_) continue;
      words::OverrideEffect effect{*state.override_, state.max_without, state.max, state.currency};
      lines.add(
          say("Override on {limit}: {effect}",
              {{"limit", state.limit->id}, {"effect", words::override_words(effect, wording_)}}));
    }
    std::vector<std::string> meters;
    for (const limits::LimitState& state : verdict_.limits) {
      if (!state.assumed) continue;
      if (state.limit->meter.measure == schedule::Meter::Measure::balance) {
        lines.add(say("Assumed: nothing held before (say --balance, or --used {limit}=VALUE).",
                      {{"limit", state.limit->id}}));
      } else {
        meters.push_back(state.limit->id);
      }
    }
    if (!meters.empty()) lines.add(words::assumed_words(meters, wording_.words));
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
  words::add_history(page, verdict.history, language);
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
        wording_(words::Wording::for_people(*status.schedule, language)),
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
  std::string time(Instant t) const {
    return words::time_words(t, schedule_.timezone, wording_.words);
  }
  std::string say(std::string_view sentence, text::PlaceValues values = {}) const {
    return text::translate(wording_.words, sentence, values);
  }
  std::string tier_name(const schedule::Tier& tier) const {
    return words::titled(tier.title, tier.id, wording_.language);
  }

  static void add(text::Page& page, text::Lines lines) {
    if (!lines.lines.empty()) page.push_back(std::move(lines));
  }

  text::Lines head() const {
    text::Lines lines;
    lines.add(say("{schedule}, at {time}",
                  {{"schedule", words::schedule_words(schedule_, wording_.language)},
                   {"time", time(status_.time)}}));
    if (!status_.known || status_.tiers.empty()) return lines;
    if (!status_.tier) {
      lines.add(say("The account's evidence does not meet the requirements of any tier."));
      return lines;
    }
    std::string name = tier_name(schedule_.tiers[*status_.tier]);
    lines.add(say(status_.tier_given
                      ? text::translatable("The account stands at {tier}, as given.")
                      : text::translatable("The account stands at {tier}, by its evidence."),
                  {{"tier", name}}));
    return lines;
  }

  text::Block limits() const {
    if (status_.limits.empty()) return text::Paragraph{say("No limits.")};
    text::Grid grid;
    grid.columns = {say("Limit"), say("Counted")};
    if (schedule_.tiers.empty()) grid.columns.push_back(say("Allowed"));
    for (std::size_t i = 0; i < schedule_.tiers.size(); ++i)
      grid.columns.push_back((status_.tier == i ? "> " : "") + schedule_.tiers[i].id);
    bool used = false;
    for (const limits::LimitView& view : status_.limits) used = used || view.used;
    if (used) grid.columns.insert(grid.columns.end(), {say("Used"), say("Left")});
    for (const limits::LimitView& view : status_.limits) grid.row(limit_row(view, used));
    return grid;
  }

  std::vector<std::string> limit_row(const limits::LimitView& view, bool used) const {
    const schedule::Meter& meter = view.limit->meter;
    bool balance = meter.measure == schedule::Meter::Measure::balance;
    std::vector<std::string> row = {
        words::titled(view.limit->title, view.limit->id, wording_.language),
        balance ? say("balance") : words::window_words(meter.window, wording_.words)};
    std::size_t columns = std::max<std::size_t>(1, schedule_.tiers.size());
    for (std::size_t i = 0; i < columns; ++i) {
      const limits::BoundView& bound = view.by_tier[view.by_tier.size() == 1 ? 0 : i];
      row.push_back(words::range_words(bound.min, bound.max, view.currency, wording_));
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
      lines.add(
          say("Override on {limit}: {effect}",
              {{"limit", view.limit->id}, {"effect", words::override_words(effect, wording_)}}));
    }
    return lines;
  }

  text::Grid tiers() const {
    text::Grid grid;
    grid.caption = say("What each tier requires, beside what the tiers below it require:");
    grid.columns = {"", ""};
    for (const limits::TierView& view : status_.tiers) {
      std::string takes = say("nothing");
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
      std::string tier = tier_name(*view.tier);
      if (view.missing.size() == 1) {
        lines.add(say("Still needed for {tier}: {evidence}",
                      {{"tier", tier},
                       {"evidence", words::missing_set_words(view.missing.front(), wording_)}}));
        continue;
      }
      lines.add(say("Still needed for {tier}: one of", {{"tier", tier}}));
      words::add_sets(lines, view.missing, view.all_listed, wording_);
    }
    return lines;
  }

  std::string state_of(const limits::EvidenceView& view) const {
    bool shown = view.evidence->kind == schedule::Evidence::Kind::document ||
                 view.evidence->kind == schedule::Evidence::Kind::approval;
    if (!shown) return words::limit_figure_words(*view.value, view.currency, schedule_);
    std::string until = view.until ? time(*view.until) : "";
    if (view.in_force) return view.until ? say("until {time}", {{"time", until}}) : say("in force");
    return view.until ? say("expired on {time}", {{"time", until}}) : say("not there");
  }

  text::Grid evidence() const {
    text::Grid grid;
    grid.caption = say("Evidence:");
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
    lines.add(say("Runs out within {duration}:", {{"duration", horizon_}}));
    for (const limits::Expiry& expiry : status_.expiring) {
      std::string what =
          expiry.is_override ? say("the override on {limit}", {{"limit", expiry.id}}) : expiry.id;
      std::string_view sentence =
          !expiry.falls ? text::translatable("{what} on {time}")
          : expiry.tier_after
              ? text::translatable("{what} on {time}; the account then stands at {tier}")
              : text::translatable(
                    "{what} on {time}; the account then stands below "
                    "every tier");
      lines.item(say(
          sentence,
          {{"what", what}, {"time", time(expiry.at)}, {"tier", expiry.tier_after.value_or("")}}));
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
  words::add_history(page, status.history, language);
  return page;
}

}  // namespace levy::render::pages
