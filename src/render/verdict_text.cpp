#include "render/verdict_text.h"

#include "render/ladder_parts.h"
#include "render/table.h"

namespace levy {
namespace {

class VerdictText {
 public:
  VerdictText(const Verdict& verdict, std::string_view language)
      : verdict_(verdict),
        schedule_(*verdict.schedule),
        wording_{*verdict.schedule, std::string(language)} {}

  std::string head() const {
    const Operation& operation = verdict_.operation;
    std::string text = schedule_.id;
    if (!schedule_.version.empty()) text += " " + schedule_.version;
    std::string title(schedule_.title.in(wording_.language));
    if (!title.empty()) text += "  " + title;
    text += "\n" + operation.name;
    if (operation.amount) text += " of " + money({*operation.amount, operation.currency});
    if (operation.converts()) text += " to " + std::string(operation.to_currency.code());
    for (const auto& [name, value] : operation.attributes) text += ", " + name + " " + value;
    for (const auto& [name, value] : operation.quantities)
      text += ", " + name + " " + value.to_string();
    return text + ", at " + time(operation.time) + "\n\n";
  }

  std::string decision() const {
    std::string text = verdict_.allowed ? "Allowed" + at_tier() + ".\n" : declined();
    text += possible_now();
    if (!verdict_.allowed) text += upgrade() + retry();
    return text + limits() + footnotes();
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

  std::string declined() const {
    std::string text = "Declined" + at_tier() + ":\n";
    for (const LimitState& state : verdict_.limits) {
      if (!state.holds) text += "  - " + reason(state) + "\n";
    }
    return text;
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
      return "How much is possible now: the fees are too irregular to say.\n";
    const std::optional<Money>& least = verdict_.least_amount;
    if (!verdict_.max_amount)
      return "Possible now: any amount" + (least ? " from " + money(*least) : "") + ".\n";
    if (verdict_.max_amount->amount.is_zero()) return "Possible now: nothing.\n";
    return "Possible now: " + (least ? money(*least) + " to " : "at most ") +
           money(*verdict_.max_amount) + ".\n";
  }

  std::string upgrade() const {
    if (!verdict_.allowed_at)
      return verdict_.tier ? "No higher tier would allow it.\n" : std::string();
    const Upgrade& upgrade = *verdict_.allowed_at;
    std::string text = "It would be allowed at the tier " + tier_name(upgrade.tier);
    if (upgrade.missing.front().empty()) return text + ", for which nothing is missing.\n";
    if (upgrade.missing.size() == 1)
      return text + "; missing for it: " + lacks_words(upgrade.missing.front(), wording_) + ".\n";
    text += "; missing for it is one of:\n";
    for (const LackSet& set : upgrade.missing) text += "  - " + lacks_words(set, wording_) + "\n";
    return text;
  }

  std::string retry() const {
    if (!verdict_.has_history) return {};
    if (!verdict_.retry_at) return "Waiting alone will not make it possible.\n";
    return "It would pass, with nothing new in between, from " + time(*verdict_.retry_at) + ".\n";
  }

  std::string limits() const {
    if (verdict_.limits.empty()) return "\nNo limit applies.\n";
    Table table;
    table.row({{"Limit"},
               {"Counted"},
               {"Allowed", true},
               {"Used", true},
               {"With this", true},
               {"Left before", true},
               {""}});
    table.rule({true, true, true, true, true, true});
    for (const LimitState& state : verdict_.limits) {
      auto figure = [&](const Rational& value) {
        return limit_figure_words(value, state.currency, schedule_);
      };
      const Meter& meter = state.limit->meter;
      bool balance = meter.measure == Meter::Measure::balance;
      table.row({{name_of(*state.limit)},
                 {balance ? "balance" : window_words(meter.window)},
                 {range_words(state.min, state.max, state.currency, schedule_), true},
                 {figure(state.used) + (state.assumed ? " ?" : ""), true},
                 {figure(state.after), true},
                 {state.headroom ? figure(*state.headroom) : "any", true},
                 {state.holds ? "ok" : "blocks"}});
    }
    return "\n" + table.text();
  }

  std::string footnotes() const {
    std::string text;
    for (const LimitState& state : verdict_.limits) {
      if (!state.override_) continue;
      OverrideEffect effect{*state.override_, state.max_without, state.max, state.currency};
      text += "Override on " + state.limit->id + ": " + override_words(effect, schedule_) + "\n";
    }
    for (const LimitState& state : verdict_.limits) {
      if (!state.assumed) continue;
      bool balance = state.limit->meter.measure == Meter::Measure::balance;
      text += "? Assumed: nothing " + std::string(balance ? "in" : "used yet of") + " " +
              state.limit->id + " (say --used " + state.limit->id + "=VALUE" +
              (balance ? " or --balance" : "") + ")\n";
    }
    return text.empty() ? text : "\n" + text;
  }

  const Verdict& verdict_;
  const Schedule& schedule_;
  Wording wording_;
};

}  // namespace

std::string verdict_text(const Verdict& verdict, std::string_view language) {
  VerdictText text(verdict, language);
  return text.head() + text.decision();
}

std::string decision_text(const Verdict& verdict, std::string_view language) {
  return VerdictText(verdict, language).decision();
}

}  // namespace levy
