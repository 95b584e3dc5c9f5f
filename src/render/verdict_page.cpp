#include "render/verdict_page.h"

#include "render/answer_parts.h"
#include "render/history_counts.h"
#include "render/ladder_parts.h"

namespace levy {
namespace {

class VerdictWriter {
 public:
  VerdictWriter(const Verdict& verdict, std::string_view language)
      : verdict_(verdict),
        schedule_(*verdict.schedule),
        wording_{*verdict.schedule, std::string(language)} {}

  void add_to(Page& page) const {
    page.push_back(decision());
    page.push_back(limits());
    Lines notes = footnotes();
    if (!notes.lines.empty()) page.push_back(std::move(notes));
  }

 private:
  std::string money(const Money& amount) const { return to_string(amount, schedule_.currencies); }
  std::string time(Instant t) const { return to_string(t, schedule_.timezone); }
  std::string name_of(const Limit& limit) const {
    return titled(limit.title, limit.id, wording_.language);
  }

  std::string tier_name(const std::string& id) const {
    for (const Tier& tier : schedule_.tiers) {
      if (tier.id == id) return titled(tier.title, id, wording_.language);
    }
    return id;
  }

  std::string at_tier() const {
    return verdict_.tier ? " at the tier " + tier_name(*verdict_.tier) : std::string();
  }

  Lines decision() const {
    Lines lines;
    lines.add((verdict_.allowed ? "Allowed" : "Declined") + at_tier() +
              (verdict_.allowed ? "." : ":"));
    for (const LimitState& state : verdict_.limits) {
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
  std::string reason(const LimitState& state) const {
    auto figure = [&](const Rational& value) {
      return limit_figure_words(value, state.currency, schedule_);
    };
    std::string text = name_of(*state.limit) + ": ";
    bool balance = state.limit->meter.measure == Meter::Measure::balance;
    std::string window = balance ? "" : " " + window_words(state.limit->meter.window);
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
    const std::optional<Money>& least = verdict_.least_amount;
    if (!verdict_.max_amount)
      return "Possible now: any amount" + (least ? " from " + money(*least) : "") + ".";
    if (verdict_.max_amount->amount.is_zero()) return "Possible now: nothing.";
    return "Possible now: " + (least ? money(*least) + " to " : "at most ") +
           money(*verdict_.max_amount) + ".";
  }

  void add_upgrade(Lines& lines) const {
    if (!verdict_.allowed_at) {
      if (verdict_.tier) lines.add("No higher tier would allow it.");
      return;
    }
    const Upgrade& upgrade = *verdict_.allowed_at;
    std::string text = "It would be allowed at the tier " + tier_name(upgrade.tier);
    if (upgrade.missing.front().empty()) return lines.add(text + ", for which nothing is missing.");
    if (upgrade.missing.size() == 1) {
      lines.add(text + "; missing for it: " + lacks_words(upgrade.missing.front(), wording_) + ".");
      return;
    }
    lines.add(text + "; missing for it is one of:");
    for (const LackSet& set : upgrade.missing) lines.item(lacks_words(set, wording_));
  }

  void add_retry(Lines& lines) const {
    if (!verdict_.history) return;
    if (!verdict_.retry_at) return lines.add("Waiting alone will not make it possible.");
    lines.add("It would pass, with nothing new in between, from " + time(*verdict_.retry_at) + ".");
  }

  Block limits() const {
    if (verdict_.limits.empty()) return Paragraph{"No limit applies."};
    Grid grid;
    grid.columns = {"Limit", "Counted", "Allowed", "Used", "With this", "Left before", ""};
    for (const LimitState& state : verdict_.limits) {
      auto figure = [&](const Rational& value) {
        return limit_figure_words(value, state.currency, schedule_);
      };
      const Meter& meter = state.limit->meter;
      bool balance = meter.measure == Meter::Measure::balance;
      grid.row({name_of(*state.limit), balance ? "balance" : window_words(meter.window),
                range_words(state.min, state.max, state.currency, schedule_),
                figure(state.used) + (state.assumed ? " ?" : ""), figure(state.after),
                state.headroom ? figure(*state.headroom) : "any", state.holds ? "ok" : "blocks"});
    }
    return grid;
  }

  Lines footnotes() const {
    Lines lines;
    for (const LimitState& state : verdict_.limits) {
      if (!state.override_) continue;
      OverrideEffect effect{*state.override_, state.max_without, state.max, state.currency};
      lines.add("Override on " + state.limit->id + ": " + override_words(effect, schedule_));
    }
    for (const LimitState& state : verdict_.limits) {
      if (!state.assumed) continue;
      bool balance = state.limit->meter.measure == Meter::Measure::balance;
      lines.add("? Assumed: nothing " + std::string(balance ? "in" : "used yet of") + " " +
                state.limit->id + " (say --used " + state.limit->id + "=VALUE" +
                (balance ? " or --balance" : "") + ")");
    }
    return lines;
  }

  const Verdict& verdict_;
  const Schedule& schedule_;
  Wording wording_;
};

}  // namespace

Page verdict_page(const Verdict& verdict, std::string_view language) {
  Page page = {answer_head(*verdict.schedule, verdict.operation, language)};
  add_decision(page, verdict, language);
  add_history(page, verdict.history);
  return page;
}

void add_decision(Page& page, const Verdict& verdict, std::string_view language) {
  VerdictWriter(verdict, language).add_to(page);
}

}  // namespace levy
