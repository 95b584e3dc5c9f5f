#include "render/words/answer_parts.h"

#include <algorithm>

#include "render/text/translate.h"
#include "render/words/words.h"

namespace levy::render::words {

void write_schedule_id(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  json.object("schedule", [&] {
    json.member("id", schedule.id);
    if (!schedule.version.empty()) json.member("version", schedule.version);
  });
}

void write_given(formats::JsonWriter& json,
                 const std::vector<std::pair<std::string, std::string>>& given) {
  json.object("given", [&] {
    for (const auto& [name, value] : given) json.member(name, value);
  });
}

void write_amounts(formats::JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies) {
  json.object(name, [&] {
    for (const auto& [currency, amount] : amounts)
      json.member(currency.code(), format_amount({amount, currency}, currencies));
  });
}

std::string schedule_words(const schedule::Schedule& schedule, std::string_view language) {
  std::string name = schedule.id + (schedule.version.empty() ? "" : " " + schedule.version);
  std::string title(schedule.title.in(language));
  return title.empty() ? name : title + " (" + name + ")";
}

std::string assumed_words(const std::vector<std::string>& meters, std::string_view language) {
  return text::translate(language, "Assumed: nothing used yet of {meters} (give --used ID=VALUE).",
                         {{"meters", join_and(meters, language)}});
}

std::optional<std::string> read_as_words(const std::string& typed, const Money& amount,
                                         const Currencies& currencies, std::string_view language) {
  std::string number = typed.substr(0, typed.find(' '));
  std::size_t point = number.find('.');
  bool thousands = point != std::string::npos && point >= 1 && point <= 3 &&
                   number.size() == point + 4 && currencies.digits(amount.currency) != 3;
  if (!thousands || number.find_first_not_of("0123456789.") != std::string::npos)
    return std::nullopt;
  std::string whole = number.substr(0, point) + number.substr(point + 1);
  whole += " " + std::string(amount.currency.code());
  return text::translate(
      language,
      "\"{typed}\" is read as {amount}; where the point stands between thousands, "
      "write {whole}.",
      {{"typed", typed}, {"amount", to_string(amount, currencies)}, {"whole", whole}});
}

text::Lines answer_head(const schedule::Schedule& schedule, const facts::Operation& operation,
                        std::string_view language, const HiddenParts& hidden) {
  std::string asked = operation_words(schedule, operation, language, !hidden.amount);
  auto add = [&](const std::string& name, const std::string& value) {
    asked = text::translate(language, "{question}, {next}",
                            {{"question", asked}, {"next", name + " " + value}});
  };
  for (const auto& [name, value] : operation.attributes) {
    bool shown = std::find(hidden.names.begin(), hidden.names.end(), name) == hidden.names.end();
    if (shown) add(name, value);
  }
  for (const auto& [name, value] : operation.quantities) add(name, number_words(value));
  text::Lines lines;
  lines.add(schedule_words(schedule, language));
  lines.add(text::translate(
      language, "{question}, at {time}",
      {{"question", asked}, {"time", time_words(operation.time, schedule.timezone, language)}}));
  return lines;
}

std::string operation_words(const schedule::Schedule& schedule, const facts::Operation& operation,
                            std::string_view language, bool with_amount) {
  std::string name = operation.name, currency(operation.to_currency.code());
  if (!operation.amount || !with_amount) {
    return operation.converts() ? text::translate(language, "{operation} to {currency}",
                                                  {{"operation", name}, {"currency", currency}})
                                : name;
  }
  std::string amount = to_string({*operation.amount, operation.currency}, schedule.currencies);
  if (!operation.converts())
    return text::translate(language, "{operation} of {amount}",
                           {{"operation", name}, {"amount", amount}});
  return text::translate(language, "{operation} of {amount} to {currency}",
                         {{"operation", name}, {"amount", amount}, {"currency", currency}});
}

namespace {

std::string number_text(std::uint64_t count) { return std::to_string(count); }

}  // namespace

void add_history(text::Page& page, const std::optional<facts::HistoryCounts>& counts,
                 std::string_view language) {
  if (!counts) return;
  std::string text = text::translate_count(
      language, "History: {count} row, {account} of this account, {counted} counted",
      "History: {count} rows, {account} of this account, {counted} counted", counts->rows,
      {{"account", number_text(counts->account)}, {"counted", number_text(counts->counted)}});
  std::string left_out;
  auto leave_out = [&](std::string one) {
    left_out = left_out.empty() ? std::move(one)
                                : text::translate(language, "{list}, {next}",
                                                  {{"list", left_out}, {"next", one}});
  };
  for (const auto& [status, rows] : counts->left_out) leave_out(number_text(rows) + " " + status);
  if (counts->later > 0)
    leave_out(text::translate(language, "{rows} after this time",
                              {{"rows", number_text(counts->later)}}));
  if (!left_out.empty())
    text = text::translate(language, "{history}; left out: {list}",
                           {{"history", text}, {"list", left_out}});
  page.push_back(text::Paragraph{std::move(text)});
}

void write_history(formats::JsonWriter& json, const std::optional<facts::HistoryCounts>& counts) {
  if (!counts) return;
  auto member = [&](std::string_view name, std::uint64_t rows) {
    json.key(name);
    json.number(number_text(rows));
  };
  json.object("history", [&] {
    member("rows", counts->rows);
    member("account", counts->account);
    member("counted", counts->counted);
    if (counts->later > 0) member("later", counts->later);
    json.object("left_out", [&] {
      for (const auto& [status, rows] : counts->left_out) member(status, rows);
    });
  });
}

namespace {

std::string at_least_text(const schedule::Figure& figure, const schedule::Schedule& schedule) {
  if (figure.number) return figure.number->to_string();
  return to_string(figure.money.front(), schedule.currencies);
}

std::string missing_evidence_words(const limits::MissingEvidence& needed, const Wording& wording) {
  const schedule::Evidence* evidence = wording.schedule.find_evidence(needed.evidence);
  std::string title(evidence == nullptr ? "" : evidence->title.in(wording.language));
  std::string text = title.empty() ? needed.evidence : title + " (" + needed.evidence + ")";
  if (needed.expired_at) {
    std::string time = time_words(*needed.expired_at, wording.schedule.timezone, wording.words);
    text = title.empty()
               ? text::translate(wording.words, "{id} (expired on {time})",
                                 {{"id", needed.evidence}, {"time", time}})
               : text::translate(wording.words, "{title} ({id}, expired on {time})",
                                 {{"title", title}, {"id", needed.evidence}, {"time", time}});
  }
  if (!needed.at_least) return text;
  std::string figure = at_least_text(*needed.at_least, wording.schedule);
  if (!needed.value)
    return text::translate(wording.words, "{evidence} at least {figure}",
                           {{"evidence", text}, {"figure", figure}});
  return text::translate(
      wording.words, "{evidence} at least {figure} (now {value})",
      {{"evidence", text},
       {"figure", figure},
       {"value", limit_figure_words(*needed.value, needed.currency, wording.schedule)}});
}

// What the file would say: the length of a rolling window, the start of a year.
std::string after_space(const std::string& text) { return text.substr(text.rfind(' ') + 1); }

}  // namespace

std::string limit_figure(const Rational& value, Currency currency,
                         const schedule::Schedule& schedule) {
  if (currency.empty()) return value.to_string();
  return format_amount({value, currency}, schedule.currencies);
}

std::string limit_figure_words(const Rational& value, Currency currency,
                               const schedule::Schedule& schedule) {
  if (currency.empty()) return value.to_string();
  if (!value.is_decimal()) {  // converted; the exact quotient would tell an agent nothing
    Decimal unit = schedule.currencies.minor_unit(currency);
    Money near{round(value, unit, RoundingMode::down), currency};
    return "≈" + to_string(near, schedule.currencies);
  }
  return to_string(Money{value, currency}, schedule.currencies);
}

std::string range_words(const std::optional<Rational>& min, const std::optional<Rational>& max,
                        Currency currency, const Wording& wording) {
  if (!min && !max) return text::translate(wording.words, "no limit");
  std::string low = min ? limit_figure_words(*min, currency, wording.schedule) : "";
  std::string high = max ? limit_figure_words(*max, currency, wording.schedule) : "";
  if (!min) return text::translate(wording.words, "up to {max}", {{"max", high}});
  if (!max) return text::translate(wording.words, "{min} or more", {{"min", low}});
  return text::translate(wording.words, "{min} to {max}", {{"min", low}, {"max", high}});
}

std::string in_window_words(const std::string& figure, const schedule::Meter& meter,
                            std::string_view language) {
  if (meter.measure == schedule::Meter::Measure::balance) return figure;
  return text::translate(language, "{figure} {window}",
                         {{"figure", figure}, {"window", window_words(meter.window, language)}});
}

std::string titled(const schedule::LocalText& title, std::string_view id,
                   std::string_view language) {
  std::string text(title.in(language));
  return text.empty() ? std::string(id) : text + " (" + std::string(id) + ")";
}

std::string missing_set_words(const limits::MissingSet& missing, const Wording& wording) {
  std::vector<std::string> parts;
  for (const limits::MissingEvidence& needed : missing)
    parts.push_back(missing_evidence_words(needed, wording));
  return parts.empty() ? text::translate(wording.words, "nothing") : join_and(parts, wording.words);
}

namespace {

std::string_view override_until(bool raises, bool lowers) {
  if (raises) return text::translatable("raised from {before} to {granted} until {time}");
  if (lowers)
    return text::translatable("lowered from {before} to {granted} until {time}, in every tier");
  return text::translatable("{granted} until {time}, which changes nothing");
}

}  // namespace

std::string override_words(const OverrideEffect& effect, const Wording& wording) {
  const limits::Override& one = effect.granted;
  bool raises = effect.without && (!effect.with || *effect.without < *effect.with);
  bool lowers = effect.with && (!effect.without || *effect.with < *effect.without);
  auto bound = [&](const std::optional<Rational>& max, Currency currency) {
    return max ? limit_figure_words(*max, currency, wording.schedule)
               : text::translate(wording.words, "no limit");
  };
  std::string granted = bound(one.max, one.currency.empty() ? effect.currency : one.currency);
  std::string before = bound(effect.without, effect.currency);
  std::string until =
      one.until ? time_words(*one.until, wording.schedule.timezone, wording.words) : "";
  std::string_view sentence = text::translatable("{granted}, which changes nothing");
  if (raises) sentence = text::translatable("raised from {before} to {granted}");
  if (lowers) sentence = text::translatable("lowered from {before} to {granted}, in every tier");
  if (one.until) sentence = override_until(raises, lowers);
  std::string text = text::translate(wording.words, sentence,
                                     {{"before", before}, {"granted", granted}, {"time", until}});
  return one.ref.empty() ? text : text + " (" + one.ref + ")";
}

void write_figure(formats::JsonWriter& json, std::string_view name,
                  const std::optional<Rational>& value, Currency currency,
                  const schedule::Schedule& schedule) {
  json.key(name);
  value ? json.string(limit_figure(*value, currency, schedule)) : json.null();
}

// Of a window that is an object; "" of one that is a word.
std::string_view window_key(const Window& window) {
  switch (window.kind) {
    case Window::Kind::year_from:
      return "year_from";
    case Window::Kind::day_from:
      return "day_from";
    case Window::Kind::week_from:
      return "week_from";
    case Window::Kind::month_from:
      return "month_from";
    case Window::Kind::previous:
      return "previous";
    case Window::Kind::rolling:
      return "rolling";
    case Window::Kind::transaction:
    case Window::Kind::day:
    case Window::Kind::week:
    case Window::Kind::month:
    case Window::Kind::quarter:
    case Window::Kind::year:
    case Window::Kind::lifetime:
      break;
  }
  return "";
}

void write_window(formats::JsonWriter& json, const schedule::Meter& meter) {
  json.key("window");
  if (meter.measure == schedule::Meter::Measure::balance) return json.null();
  std::string_view name = window_key(meter.window);
  if (name.empty()) return json.string(to_string(meter.window));
  json.object([&] {
    json.key(name);
    std::string value = after_space(to_string(meter.window));
    meter.window.kind == Window::Kind::month_from ? json.integer(meter.window.day)
                                                  : json.string(value);
  });
}

void write_currency(formats::JsonWriter& json, Currency currency) {
  json.key("currency");
  currency.empty() ? json.null() : json.string(currency.code());
}

void add_sets(text::Lines& lines, const std::vector<limits::MissingSet>& missing, bool all_listed,
              const Wording& wording) {
  constexpr std::size_t listed_max = 12;
  for (std::size_t i = 0; i < std::min(missing.size(), listed_max); ++i)
    lines.item(missing_set_words(missing[i], wording));
  if (missing.size() <= listed_max && all_listed) return;
  std::size_t more = missing.size() - std::min(missing.size(), listed_max);
  std::string_view sentence =
      all_listed
          ? text::translatable("or one of {count} other sets, none of them shorter")
          : text::translatable("or one of more than {count} other sets, none of them shorter");
  lines.item(text::translate(wording.words, sentence, {{"count", std::to_string(more)}}));
}

void write_missing(formats::JsonWriter& json, const std::vector<limits::MissingSet>& missing,
                   bool all_listed, const schedule::Schedule& schedule) {
  if (!all_listed) json.member("missing_complete", false);
  auto write_one = [&](const limits::MissingEvidence& needed) {
    if (!needed.at_least) return json.string(needed.evidence);
    json.object([&] {
      json.object(needed.evidence,
                  [&] { json.member("at_least", at_least_text(*needed.at_least, schedule)); });
    });
  };
  json.array("missing", missing, [&](const limits::MissingSet& set) {
    json.array([&] { std::for_each(set.begin(), set.end(), write_one); });
  });
}

void write_override(formats::JsonWriter& json, const std::optional<limits::Override>& one,
                    Currency currency, const schedule::Schedule& schedule) {
  json.key("override");
  if (!one) return json.null();
  Currency own = one->currency.empty() ? currency : one->currency;
  json.object([&] {
    write_figure(json, "max", one->max, own, schedule);
    if (!own.empty() && own != currency) json.member("currency", own.code());
    if (one->until) json.member("until", to_string(*one->until, schedule.timezone));
    if (!one->ref.empty()) json.member("ref", one->ref);
  });
}

}  // namespace levy::render::words
