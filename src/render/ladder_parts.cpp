#include "render/ladder_parts.h"

#include <algorithm>

namespace levy {
namespace {

std::string at_least_text(const Figure& figure, const Schedule& schedule) {
  if (figure.number) return figure.number->to_string();
  return to_string(figure.money.front(), schedule.currencies);
}

std::string lack_words(const Lack& lack, const Wording& wording) {
  const Evidence* evidence = wording.schedule.find_evidence(lack.evidence);
  std::string title(evidence == nullptr ? "" : evidence->title.in(wording.language));
  std::string ran_out =
      lack.ran_out ? "ran out on " + to_string(*lack.ran_out, wording.schedule.timezone) : "";
  std::string text = title.empty() ? lack.evidence : title + " (" + lack.evidence;
  if (!ran_out.empty()) text += (title.empty() ? " (" : ", ") + ran_out;
  if (!title.empty() || !ran_out.empty()) text += ")";
  if (!lack.at_least) return text;
  text += " at least " + at_least_text(*lack.at_least, wording.schedule);
  if (lack.value)
    text += " (now " + limit_figure_words(*lack.value, lack.currency, wording.schedule) + ")";
  return text;
}

// What the file would say: the length of a rolling window, the start of a year.
std::string after_space(const std::string& text) { return text.substr(text.rfind(' ') + 1); }

}  // namespace

std::string limit_figure(const Rational& value, Currency currency, const Schedule& schedule) {
  if (currency.empty()) return value.to_string();
  return format_amount({value, currency}, schedule.currencies);
}

std::string limit_figure_words(const Rational& value, Currency currency, const Schedule& schedule) {
  if (currency.empty()) return value.to_string();
  if (!value.is_decimal()) {  // converted; the exact quotient would tell an agent nothing
    Decimal unit = schedule.currencies.minor_unit(currency);
    Money near{round(value, unit, RoundingMode::down), currency};
    return "~" + to_string(near, schedule.currencies);
  }
  return to_string(Money{value, currency}, schedule.currencies);
}

std::string range_words(const std::optional<Rational>& min, const std::optional<Rational>& max,
                        Currency currency, const Schedule& schedule) {
  if (!min && !max) return "no limit";
  if (!min) return "up to " + limit_figure_words(*max, currency, schedule);
  if (!max) return limit_figure_words(*min, currency, schedule) + " or more";
  return limit_figure_words(*min, currency, schedule) + " to " +
         limit_figure_words(*max, currency, schedule);
}

std::string titled(const LocalText& title, std::string_view id, std::string_view language) {
  std::string text(title.in(language));
  return text.empty() ? std::string(id) : text + " (" + std::string(id) + ")";
}

std::string lacks_words(const LackSet& missing, const Wording& wording) {
  std::vector<std::string> parts;
  for (const Lack& lack : missing) parts.push_back(lack_words(lack, wording));
  return parts.empty() ? "nothing" : join_and(parts);
}

std::string override_words(const OverrideEffect& effect, const Schedule& schedule) {
  const Override& one = effect.granted;
  bool raises = effect.without && (!effect.with || *effect.without < *effect.with);
  bool lowers = effect.with && (!effect.without || *effect.with < *effect.without);
  Currency own = one.currency.empty() ? effect.currency : one.currency;
  std::string granted = one.max ? limit_figure_words(*one.max, own, schedule) : "no limit";
  std::string before =
      effect.without ? limit_figure_words(*effect.without, effect.currency, schedule) : "no limit";
  std::string text = raises ? "raised from " + before + " to " : "";
  if (lowers) text = "lowered from " + before + " to ";
  text += granted;
  if (one.until) text += " until " + to_string(*one.until, schedule.timezone);
  if (lowers) text += ", in every tier";
  if (!raises && !lowers) text += ", which changes nothing";
  if (!one.ref.empty()) text += " (" + one.ref + ")";
  return text;
}

void write_figure(JsonWriter& json, std::string_view name, const std::optional<Rational>& value,
                  Currency currency, const Schedule& schedule) {
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

void write_window(JsonWriter& json, const Meter& meter) {
  json.key("window");
  if (meter.measure == Meter::Measure::balance) return json.null();
  std::string_view name = window_key(meter.window);
  if (name.empty()) return json.string(to_string(meter.window));
  json.object([&] {
    json.key(name);
    std::string value = after_space(to_string(meter.window));
    meter.window.kind == Window::Kind::month_from ? json.integer(meter.window.day)
                                                  : json.string(value);
  });
}

void write_currency(JsonWriter& json, Currency currency) {
  json.key("currency");
  currency.empty() ? json.null() : json.string(currency.code());
}

void write_missing(JsonWriter& json, const std::vector<LackSet>& missing,
                   const Schedule& schedule) {
  auto write_one = [&](const Lack& lack) {
    if (!lack.at_least) return json.string(lack.evidence);
    json.object([&] {
      json.object(lack.evidence,
                  [&] { json.member("at_least", at_least_text(*lack.at_least, schedule)); });
    });
  };
  json.array("missing", missing, [&](const LackSet& set) {
    json.array([&] { std::for_each(set.begin(), set.end(), write_one); });
  });
}

void write_override(JsonWriter& json, const std::optional<Override>& one, Currency currency,
                    const Schedule& schedule) {
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

}  // namespace levy
