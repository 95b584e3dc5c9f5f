#include "render/pages/letter.h"

#include <algorithm>

#include "money/rounding.h"
#include "render/text/text_width.h"
#include "render/text/translate.h"
#include "render/words/answer_parts.h"
#include "render/words/labels.h"
#include "render/words/words.h"

namespace levy::render::pages {
namespace {

// What customers call currencies, and names that many tariffs share; others stay as they are.
constexpr const char* letter_names[] = {
    text::translatable("EUR"),           text::translatable("USD"),
    text::translatable("GBP"),           text::translatable("CNY"),
    text::translatable("JPY"),           text::translatable("HKD"),
    text::translatable("CHF"),           text::translatable("SGD"),
    text::translatable("AUD"),           text::translatable("CAD"),
    text::translatable("withdrawal"),    text::translatable("deposit"),
    text::translatable("conversion"),    text::translatable("transaction"),
    text::translatable("payment"),       text::translatable("transfer"),
    text::translatable("purchase"),      text::translatable("trade"),
    text::translatable("order"),         text::translatable("refund"),
    text::translatable("method"),        text::translatable("tier"),
    text::translatable("country"),       text::translatable("destination country"),
    text::translatable("channel"),       text::translatable("plan"),
    text::translatable("speed"),         text::translatable("network"),
    text::translatable("recipient"),     text::translatable("bank"),
    text::translatable("card"),          text::translatable("wallet"),
    text::translatable("cash"),          text::translatable("domestic"),
    text::translatable("international"), text::translatable("target currency"),
    text::translatable("true"),          text::translatable("false")};

std::string customer_name(std::string_view name, std::string_view language) {
  std::string words = words::name_words(name);
  bool known = std::find(std::begin(letter_names), std::end(letter_names),
                         std::string_view(words)) != std::end(letter_names);
  return known ? text::translate(language, words) : words;
}

// "1234567.50" becomes "1,234,567.50".
std::string grouped(const std::string& figure) {
  std::size_t first = figure.find_first_of("0123456789");
  std::size_t point = std::min(figure.find('.'), figure.size());
  std::string text = figure;
  for (std::size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// What all letters have in common.
class LetterWriter {
 public:
  LetterWriter(const schedule::Schedule& schedule, std::string_view language)
      : schedule_(schedule), wording_(words::Wording::for_people(schedule, language)) {}

  std::string text() const {
    std::string all;
    for (const std::string& sentence : sentences_) {
      bool close = all.empty() || !all.ends_with('.');  // Chinese needs no space between sentences
      all += (close ? "" : " ") + sentence;
    }
    return text::printable(all) + "\n";
  }

  void add_quote(const fees::Quote& quote);
  void add_conditions(const facts::Operation& operation, const std::vector<std::string>& assumed);
  void add_decision(const limits::Verdict& verdict, bool names_it = false);
  void add_status(const limits::AccountStatus& status);
  void add_verdict(const limits::Verdict& verdict);
  void tell(std::string_view sentence, text::PlaceValues values = {}) {
    sentences_.push_back(say(sentence, values));
  }

 private:
  std::string say(std::string_view sentence, text::PlaceValues values = {}) const {
    return text::translate(wording_.words, sentence, values);
  }
  std::string join(const std::vector<std::string>& words) const {
    return words::join_and(words, wording_.words);
  }
  std::string time(Instant t) const {
    return words::time_words(t, schedule_.timezone, wording_.words);
  }

  std::string money(const Money& money) const {
    const Currencies& currencies = schedule_.currencies;
    Decimal unit = currencies.minor_unit(money.currency);
    Rational shown = money.amount.is_decimal() ? money.amount
                                               : round(money.amount, unit, RoundingMode::half_even);
    return say("{figure} {currency}",
               {{"figure", (shown == money.amount ? "" : "≈") +
                               grouped(format_amount({shown, money.currency}, currencies))},
                {"currency", customer_name(money.currency.code(), wording_.words)}});
  }
  // What a limit counts: money, operations, or plain numbers.
  std::string figure(const Rational& value, Currency currency, const schedule::Meter& meter) const {
    if (!currency.empty()) return money({value, currency});
    std::string number = grouped(words::number_words(value));
    if (meter.measure != schedule::Meter::Measure::count) return number;
    return value == Rational(1) ? say("{number} operation", {{"number", number}})
                                : say("{number} operations", {{"number", number}});
  }

  // The title alone: a customer knows no ids.
  std::string title_or_id(const schedule::LocalText& title, std::string_view id) const {
    std::string text(title.in(wording_.language));
    return text.empty() ? words::name_words(id) : text;
  }
  std::string quoted(const std::string& title) const {
    return say("\"{title}\"", {{"title", title}});
  }
  std::string tier_title(std::string_view id) const {
    for (const schedule::Tier& tier : schedule_.tiers) {
      if (tier.id == id) return title_or_id(tier.title, id);
    }
    return std::string(id);
  }

  std::string sum(const std::map<Currency, Rational>& amounts, Currency main) const {
    std::vector<std::string> parts;
    for (const auto& [currency, amount] : amounts) {
      if (!amount.is_zero()) parts.push_back(money({amount, currency}));
    }
    return parts.empty() ? money({0, main}) : join(parts);
  }

  // "1 EUR = 1.0743 USD".
  std::string rate(const fees::Quote& quote) const {
    const Rational& rate = quote.exchange->rate;
    return say(rate.is_decimal() ? text::translatable("1 {source} = {rate} {target}")
                                 : text::translatable("1 {source} {rate} {target}"),
               {{"source", customer_name(quote.operation.currency.code(), wording_.words)},
                {"rate", words::number_words(rate)},
                {"target", customer_name(quote.operation.to_currency.code(), wording_.words)}});
  }

  std::string amount_of(const facts::Operation& operation) const {
    return money({*operation.amount, operation.currency});
  }

  void add_fees(const fees::Quote& quote);
  void add_totals(const fees::Quote& quote);
  void add_upgrade(const limits::Verdict& verdict);
  void add_limits_of_tier(const limits::AccountStatus& status);
  void add_next_tier(const limits::AccountStatus& status);
  void add_tiers(const limits::AccountStatus& status);
  std::string bound_words(const limits::LimitView& view, const limits::BoundView& bound) const;
  std::string meter_title(const std::string& id) const;
  std::string joined_by(std::string_view sentence, const std::vector<std::string>& parts) const;
  std::string reason(const limits::LimitState& state) const;
  std::string possible(const limits::Verdict& verdict) const;
  std::string evidence(const limits::MissingSet& set) const;
  std::string any_of(const std::vector<limits::MissingSet>& sets) const;

  const schedule::Schedule& schedule_;
  words::Wording wording_;
  std::vector<std::string> sentences_;
};

// ---- quotes ------------------------------------------------------------------------------------

void LetterWriter::add_fees(const fees::Quote& quote) {
  std::vector<std::string> lines, exempted;
  for (const fees::Line& line : quote.lines) {
    std::string title = words::title_of(*line.fee, line.taken, wording_.language);
    if (line.exempted) exempted.push_back(quoted(title));
    if (line.amount.amount.is_zero()) continue;
    lines.push_back(say("{amount} for {fee}", {{"amount", money(line.amount)}, {"fee", title}}));
  }
  std::string operation = customer_name(quote.operation.name, wording_.words);
  std::string_view sentence =
      lines.empty() ? exempted.empty()
                          ? text::translatable("Your {operation} of {amount} is free of charge.")
                          : text::translatable(
                                "Your {operation} of {amount} is free of charge, because it lies "
                                "within the free allowance.")
      : lines.size() == 1
          ? exempted.empty()
                ? text::translatable("The fee for your {operation} of {amount} is {fees}.")
                : text::translatable(
                      "The fee for your {operation} of {amount} is {fees}, as the free "
                      "allowance covers {exempted}.")
      : exempted.empty()
          ? text::translatable("The fees for your {operation} of {amount} are {fees}: {lines}.")
          : text::translatable(
                "The fees for your {operation} of {amount} are {fees}: {lines}, as the free "
                "allowance covers {exempted}.");
  tell(sentence, {{"operation", operation},
                  {"amount", amount_of(quote.operation)},
                  {"fees", sum(quote.fees, quote.operation.currency)},
                  {"lines", join(lines)},
                  {"exempted", join(exempted)}});
}

void LetterWriter::add_totals(const fees::Quote& quote) {
  std::string debit = sum(quote.debit, quote.operation.currency), credit = money(quote.credit);
  if (!quote.exchange)
    return tell("{debit} is debited and {credit} arrives.", {{"debit", debit}, {"credit", credit}});
  const fees::Exchange& exchange = *quote.exchange;
  tell(exchange.margin.is_zero()
           ? text::translatable(
                 "It is converted at the mid rate, {rate}: {debit} is debited and {credit} "
                 "arrives.")
           : text::translatable(
                 "It is converted at {rate}, which is the mid rate {mid} less {margin} %: "
                 "{debit} is debited and {credit} arrives."),
       {{"rate", rate(quote)},
        {"mid", words::number_words(exchange.mid)},
        {"margin", words::number_words(exchange.margin)},
        {"debit", debit},
        {"credit", credit}});
}

void LetterWriter::add_quote(const fees::Quote& quote) {
  add_fees(quote);
  add_totals(quote);
}

// A limit's title; an allowance or a cap has none but its fee's.
std::string LetterWriter::meter_title(const std::string& id) const {
  for (const schedule::Limit& limit : schedule_.limits) {
    if (limit.id == id) return title_or_id(limit.title, id);
  }
  for (const schedule::Fee& fee : schedule_.fees) {
    if (fee.id == id) return title_or_id(fee.title, id);
  }
  return words::name_words(id);
}

// What the figures hold for.
void LetterWriter::add_conditions(const facts::Operation& operation,
                                  const std::vector<std::string>& assumed) {
  std::vector<std::string> given;
  for (const auto& [name, value] : operation.attributes) {
    bool is_tier = name == "tier";
    given.push_back(
        say("{name} {value}",
            {{"name", customer_name(name, wording_.words)},
             {"value", is_tier ? tier_title(value) : customer_name(value, wording_.words)}}));
  }
  for (const auto& [name, value] : operation.quantities) {
    given.push_back(say("{name} {value}", {{"name", customer_name(name, wording_.words)},
                                           {"value", grouped(words::number_words(value))}}));
  }
  std::vector<std::string> meters;
  for (const std::string& id : assumed) meters.push_back(quoted(meter_title(id)));
  std::string_view sentence =
      given.empty()    ? meters.empty()
                             ? text::translatable("This holds as of {time}.")
                             : text::translatable(
                                   "This holds as of {time} and assumes that you have not yet "
                                      "used any of: {meters}.")
         : meters.empty() ? text::translatable("This holds for {conditions}, as of {time}.")
                       : text::translatable(
                             "This holds for {conditions}, as of {time}, and assumes that "
                             "you have not yet used any of: {meters}.");
  tell(sentence,
       {{"conditions", join(given)}, {"time", time(operation.time)}, {"meters", join(meters)}});
}

// ---- limits ------------------------------------------------------------------------------------

std::string LetterWriter::reason(const limits::LimitState& state) const {
  bool low = state.min && state.after < *state.min;
  const schedule::Meter& meter = state.limit->meter;
  std::string bound = words::in_window_words(
      figure(low ? *state.min : *state.max, state.currency, meter), meter, wording_.words);
  return say(
      low ? text::translatable("\"{limit}\" would come to {after}, and must be at least {bound}")
          : text::translatable("\"{limit}\" would come to {after}, and at most {bound} is allowed"),
      {{"limit", title_or_id(state.limit->title, state.limit->id)},
       {"after", figure(state.after, state.currency, meter)},
       {"bound", bound}});
}

// A clause: how much may be done now.
std::string LetterWriter::possible(const limits::Verdict& verdict) const {
  const std::optional<Money>&min = verdict.minimum_amount, &max = verdict.max_amount;
  if (!verdict.max_amount_known) return say("how much is possible now cannot be said exactly");
  if (max && max->amount.is_zero()) return say("nothing is possible now");
  if (!min && !max) return say("any amount is possible now");
  if (!max) return say("any amount from {min} is possible now", {{"min", money(*min)}});
  if (!min) return say("at most {max} is possible now", {{"max", money(*max)}});
  return say("{min} to {max} is possible now", {{"min", money(*min)}, {"max", money(*max)}});
}

std::string LetterWriter::evidence(const limits::MissingSet& set) const {
  std::vector<std::string> parts;
  for (const limits::MissingEvidence& needed : set) {
    const schedule::Evidence* known = schedule_.find_evidence(needed.evidence);
    std::string title =
        known == nullptr ? needed.evidence : title_or_id(known->title, needed.evidence);
    if (!needed.at_least) {
      parts.push_back(needed.expired_at
                          ? say("{title} (the last one expired on {time})",
                                {{"title", title}, {"time", time(*needed.expired_at)}})
                          : title);
      continue;
    }
    const schedule::Figure& least = *needed.at_least;
    std::string bound =
        least.number ? grouped(least.number->to_string()) : money(least.money.front());
    parts.push_back(say("{evidence} at least {figure}", {{"evidence", title}, {"figure", bound}}));
  }
  return join(parts);
}

// The first three; a customer is not read a dozen.
std::string LetterWriter::any_of(const std::vector<limits::MissingSet>& sets) const {
  std::vector<std::string> ways;
  for (std::size_t i = 0; i < std::min<std::size_t>(sets.size(), 3); ++i) {
    std::string way = evidence(sets[i]);
    ways.push_back(sets[i].size() > 1 && sets.size() > 1 ? "(" + way + ")" : way);
  }
  std::string list = words::join_or(ways, wording_.words);
  return sets.size() <= 3 ? list : say("{list}, among other ways", {{"list", list}});
}

// What it would take, by evidence or by waiting.
void LetterWriter::add_upgrade(const limits::Verdict& verdict) {
  const std::optional<limits::Upgrade>& upgrade = verdict.allowed_at;
  std::string tier = upgrade ? tier_title(upgrade->tier) : "";
  std::string later = verdict.retry_at ? time(*verdict.retry_at) : "";
  bool ready = upgrade && upgrade->missing.front().empty();
  std::string needed = upgrade && !ready ? any_of(upgrade->missing) : "";
  if (upgrade && !ready && verdict.retry_at) {
    return tell(
        "It will be possible from {time}, or at the tier {tier}, for which we still need: "
        "{evidence}.",
        {{"time", later}, {"tier", tier}, {"evidence", needed}});
  }
  if (upgrade && !ready)
    return tell("It would be possible at the tier {tier}, for which we still need: {evidence}.",
                {{"tier", tier}, {"evidence", needed}});
  if (ready) return tell("It would be possible at the tier {tier}.", {{"tier", tier}});
  if (verdict.retry_at) tell("It will be possible from {time}.", {{"time", later}});
}

// `names_it`: no sentence before it says what is asked about.
void LetterWriter::add_decision(const limits::Verdict& verdict, bool names_it) {
  const facts::Operation& operation = verdict.operation;
  bool named = names_it && operation.amount;
  std::string name = customer_name(operation.name, wording_.words);
  std::string amount = named ? amount_of(operation) : "";
  std::vector<std::string> reasons;
  for (const limits::LimitState& state : verdict.limits) {
    if (!state.holds) reasons.push_back(reason(state));
  }
  std::string_view sentence =
      verdict.allowed
          ? named
                ? text::translatable("Your limits allow your {operation} of {amount}; {possible}.")
                : text::translatable("Your limits allow it; {possible}.")
      : named ? text::translatable(
                    "Your {operation} of {amount} is not possible now: {reasons}; "
                    "{possible}.")
              : text::translatable("It is not possible now: {reasons}; {possible}.");
  tell(sentence, {{"operation", name},
                  {"amount", amount},
                  {"reasons", joined_by(text::translatable("{list}; {next}"), reasons)},
                  {"possible", possible(verdict)}});
  if (!verdict.allowed) add_upgrade(verdict);
}

std::string LetterWriter::joined_by(std::string_view sentence,
                                    const std::vector<std::string>& parts) const {
  std::string list;
  for (const std::string& part : parts)
    list = list.empty() ? part : say(sentence, {{"list", list}, {"next", part}});
  return list;
}

std::vector<std::string> assumed_of(const limits::Verdict& verdict) {
  std::vector<std::string> ids;
  for (const limits::LimitState& state : verdict.limits) {
    if (state.assumed) ids.push_back(state.limit->id);
  }
  return ids;
}

void LetterWriter::add_verdict(const limits::Verdict& verdict) {
  add_decision(verdict, true);
  add_conditions(verdict.operation, assumed_of(verdict));
}

// ---- tiers -------------------------------------------------------------------------------------

std::string LetterWriter::bound_words(const limits::LimitView& view,
                                      const limits::BoundView& bound) const {
  return words::in_window_words(figure(*bound.max, view.currency, view.limit->meter),
                                view.limit->meter, wording_.words);
}

// What the first limits allow in each tier, where it is not known which one matters.
void LetterWriter::add_tiers(const limits::AccountStatus& status) {
  constexpr std::size_t listed_max = 3;
  std::size_t listed = 0;
  for (const limits::LimitView& view : status.limits) {
    std::vector<std::string> bounds;
    for (std::size_t i = 0; i < view.by_tier.size() && view.by_tier.size() > 1; ++i) {
      if (!view.by_tier[i].max) continue;
      const schedule::Tier& tier = *status.tiers[i].tier;
      bounds.push_back(say("{bound} at {tier}", {{"bound", bound_words(view, view.by_tier[i])},
                                                 {"tier", title_or_id(tier.title, tier.id)}}));
    }
    if (bounds.empty() || listed == listed_max) continue;
    ++listed;
    tell("{limit}: at most {list}.",
         {{"limit", title_or_id(view.limit->title, view.limit->id)}, {"list", join(bounds)}});
  }
}

void LetterWriter::add_limits_of_tier(const limits::AccountStatus& status) {
  constexpr std::size_t listed_max = 4;
  std::vector<std::string> limits;
  for (const limits::LimitView& view : status.limits) {
    bool by_tier = view.by_tier.size() > 1;
    if (by_tier && !status.tier) continue;
    const limits::BoundView& bound = view.by_tier[by_tier ? *status.tier : 0];
    if (!bound.max || limits.size() == listed_max) continue;
    limits.push_back(
        say("{limit}: at most {bound}", {{"limit", title_or_id(view.limit->title, view.limit->id)},
                                         {"bound", bound_words(view, bound)}}));
  }
  if (!limits.empty()) tell("Your limits are: {list}.", {{"list", join(limits)}});
}

void LetterWriter::add_next_tier(const limits::AccountStatus& status) {
  for (const limits::TierView& view : status.tiers) {
    if (view.reached || view.missing.empty()) continue;
    return tell("For the tier {tier} we still need: {evidence}.",
                {{"tier", title_or_id(view.tier->title, view.tier->id)},
                 {"evidence", any_of(view.missing)}});
  }
}

void LetterWriter::add_status(const limits::AccountStatus& status) {
  std::vector<std::string> names;
  for (const schedule::Tier& tier : schedule_.tiers)
    names.push_back(title_or_id(tier.title, tier.id));
  std::string now = time(status.time);
  if (status.tier)
    tell("As of {time}, you are at the tier {tier}.",
         {{"time", now}, {"tier", names[*status.tier]}});
  else if (names.empty())
    tell("As of {time}, every account has the same limits.", {{"time", now}});
  else if (status.known)
    tell("As of {time}, you do not yet meet the requirements of any tier.", {{"time", now}});
  else
    tell("As of {time}, the tiers are {tiers}.", {{"time", now}, {"tiers", join(names)}});
  if (!status.known && !names.empty()) return add_tiers(status);
  add_limits_of_tier(status);
  if (status.known) add_next_tier(status);
  if (status.expiring.empty()) return;
  const limits::Expiry& first = status.expiring.front();
  const schedule::Evidence* evidence = schedule_.find_evidence(first.id);
  std::string what =
      evidence == nullptr ? words::name_words(first.id) : title_or_id(evidence->title, first.id);
  tell(first.is_override ? text::translatable("What was granted for \"{what}\" ends on {time}.")
                         : text::translatable("{what} expires on {time}."),
       {{"what", what}, {"time", time(first.at)}});
}

}  // namespace

std::string quote_letter(const fees::Quote& quote,
                         const std::optional<Checked<limits::Verdict>>& decision,
                         std::string_view language) {
  LetterWriter letter(quote.plan->schedule, language);
  letter.add_quote(quote);
  std::vector<std::string> assumed = quote.assumed;
  if (decision && *decision) {
    for (std::string& id : assumed_of(**decision)) {
      if (std::find(assumed.begin(), assumed.end(), id) == assumed.end())
        assumed.push_back(std::move(id));
    }
  }
  letter.add_conditions(quote.operation, assumed);
  if (decision && *decision) letter.add_decision(**decision);
  if (decision && !*decision) letter.tell("Whether your limits allow it is not decided yet.");
  return letter.text();
}

std::string verdict_letter(const limits::Verdict& verdict, std::string_view language) {
  LetterWriter letter(*verdict.schedule, language);
  letter.add_verdict(verdict);
  return letter.text();
}

std::string status_letter(const limits::AccountStatus& status, std::string_view language) {
  LetterWriter letter(*status.schedule, language);
  letter.add_status(status);
  return letter.text();
}

}  // namespace levy::render::pages
