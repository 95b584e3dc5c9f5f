#include "render/words/answer_parts.h"

#include <algorithm>

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

std::string assumed_words(const std::vector<std::string>& meters) {
  return "Assumed: nothing used yet of " + join_and(meters) + " (give --used ID=VALUE).";
}

std::optional<std::string> read_as_words(const std::string& typed, const Money& amount,
                                         const Currencies& currencies) {
  std::string number = typed.substr(0, typed.find(' '));
  std::size_t point = number.find('.');
  bool thousands = point != std::string::npos && point >= 1 && point <= 3 &&
                   number.size() == point + 4 && currencies.digits(amount.currency) != 3;
  if (!thousands || number.find_first_not_of("0123456789.") != std::string::npos)
    return std::nullopt;
  std::string whole = number.substr(0, point) + number.substr(point + 1);
  return "\"" + typed + "\" is read as " + to_string(amount, currencies) +
         "; where the point stands between thousands, write " + whole + " " +
         std::string(amount.currency.code()) + ".";
}

text::Lines answer_head(const schedule::Schedule& schedule, const facts::Operation& operation,
                        std::string_view language, const HiddenParts& hidden) {
  std::string asked = operation.name;
  if (operation.amount && !hidden.amount)
    asked += " of " + to_string({*operation.amount, operation.currency}, schedule.currencies);
  if (operation.converts()) asked += " to " + std::string(operation.to_currency.code());
  for (const auto& [name, value] : operation.attributes) {
    bool shown = std::find(hidden.names.begin(), hidden.names.end(), name) == hidden.names.end();
    if (shown) asked += ", " + name + " " + value;
  }
  for (const auto& [name, value] : operation.quantities)
    asked += ", " + name + " " + number_words(value);
  text::Lines lines;
  lines.add(schedule_words(schedule, language));
  lines.add(asked + ", at " + time_words(operation.time, schedule.timezone));
  return lines;
}

namespace {

std::string number_text(std::uint64_t count) { return std::to_string(count); }

}  // namespace

void add_history(text::Page& page, const std::optional<facts::HistoryCounts>& counts) {
  if (!counts) return;
  std::string text = "History: " + number_text(counts->rows) +
                     (counts->rows == 1 ? " row, " : " rows, ") + number_text(counts->account) +
                     " of this account, " + number_text(counts->counted) + " counted";
  std::string_view join = "; left out: ";
  auto leave_out = [&](std::uint64_t rows, const std::string& why) {
    text += join;
    text += number_text(rows) + " " + why;
    join = ", ";
  };
  for (const auto& [status, rows] : counts->left_out) leave_out(rows, status);
  if (counts->later > 0) leave_out(counts->later, "after this time");
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
  std::string expired_at =
      needed.expired_at ? "expired on " + time_words(*needed.expired_at, wording.schedule.timezone)
                        : "";
  std::string text = title.empty() ? needed.evidence : title + " (" + needed.evidence;
  if (!expired_at.empty()) text += (title.empty() ? " (" : ", ") + expired_at;
  if (!title.empty() || !expired_at.empty()) text += ")";
  if (!needed.at_least) return text;
  text += " at least " + at_least_text(*needed.at_least, wording.schedule);
  if (needed.value)
    text += " (now " + limit_figure_words(*needed.value, needed.currency, wording.schedule) + ")";
  return text;
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
                        Currency currency, const schedule::Schedule& schedule) {
  if (!min && !max) return "no limit";
  if (!min) return "up to " + limit_figure_words(*max, currency, schedule);
  if (!max) return limit_figure_words(*min, currency, schedule) + " or more";
  return limit_figure_words(*min, currency, schedule) + " to " +
         limit_figure_words(*max, currency, schedule);
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
  return parts.empty() ? "nothing" : join_and(parts);
}

std::string override_words(const OverrideEffect& effect, const schedule::Schedule& schedule) {
  const limits::Override& one = effect.granted;
  bool raises = effect.without && (!effect.with || *effect.without < *effect.with);
  bool lowers = effect.with && (!effect.without || *effect.with < *effect.without);
  Currency own = one.currency.empty() ? effect.currency : one.currency;
  std::string granted = one.max ? limit_figure_words(*one.max, own, schedule) : "no limit";
  std::string before =
      effect.without ? limit_figure_words(*effect.without, effect.currency, schedule) : "no limit";
  std::string text = raises ? "raised from " + before + " to " : "";
  if (lowers) text = "lowered from " + before + " to ";
  text += granted;
  if (one.until) text += " until " + time_words(*one.until, schedule.timezone);
  if (lowers) text += ", in every tier";
  if (!raises && !lowers) text += ", which changes nothing";
  if (!one.ref.empty()) text += " (" + one.ref + ")";
  return text;
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
  lines.item("or one of " + std::string(all_listed ? "" : "more than ") + std::to_string(more) +
             " other sets, none of them shorter");
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
