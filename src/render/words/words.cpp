// Names, figures, conditions, rounding, times.
#include "render/words/words.h"

#include <algorithm>
#include <set>

#include "base/suggest.h"
#include "render/text/translate.h"
#include "schedule/attributes.h"

namespace levy::render::words {
namespace {

constexpr std::size_t read_out_max = 8;  // longer lists of a set's members are not read out

std::string number_words(const schedule::Condition& condition, const Decimal& number) {
  auto whole = static_cast<std::int32_t>(number.minor_units(0).value_or(0));
  if (condition.subject == schedule::Condition::Subject::date) return to_string(Day{whole});
  if (condition.subject == schedule::Condition::Subject::time_of_day)
    return time_of_day_text(whole);
  return number.to_string();
}

std::string bound_words(const schedule::Condition& condition, const schedule::Figure& figure,
                        const Wording& wording) {
  return figure.number ? number_words(condition, *figure.number)
                       : money_words(figure.money, wording);
}

std::string plural_of(std::string_view name) {
  if (name == "country" || name == "to_country") return "countries";
  if (name == "currency" || name == "to_currency") return "currencies";
  return "values";
}

// ---- lists of values ---------------------------------------------------------------------------

// Where the members of `set` stand in a row, as they do where a condition says "@SET".
std::vector<std::string>::iterator find_set(std::vector<std::string>& values,
                                            const schedule::Set& set) {
  return std::search(values.begin(), values.end(), set.members.begin(), set.members.end());
}

// The values, with "@EEA (30 countries)" for the members of a long set.
std::vector<std::string> shortened_sets(const schedule::Condition& condition,
                                        const Wording& wording) {
  std::vector<std::string> values = condition.values;
  for (const schedule::Set& set : wording.schedule.sets) {
    if (!is_named(set)) continue;
    auto at = find_set(values, set);
    if (at == values.end()) continue;
    auto after = values.erase(at, at + static_cast<std::ptrdiff_t>(set.members.size()));
    values.insert(after, "@" + set.name + " (" + std::to_string(set.members.size()) + " " +
                             plural_of(condition.name) + ")");
  }
  return values;
}

std::string values_words(const schedule::Condition& condition, const Wording& wording) {
  std::string name = name_words(condition.name);
  std::vector<std::string> values = shortened_sets(condition, wording);
  for (const schedule::Figure& figure : condition.figures)
    values.push_back(bound_words(condition, figure, wording));
  bool truth = condition.subject == schedule::Condition::Subject::attribute &&
               schedule::is_boolean(wording.schedule, condition.name);
  if (truth && values.size() == 1)
    return (values[0] == "true") != condition.negated ? name : "not " + name;
  bool one_of = values.size() == 1 && values[0].starts_with('@');
  std::string is = condition.negated ? " is not " : " is ";
  if (condition.negated && values.size() == 2)
    return name + " is neither " + values[0] + " nor " + values[1];
  if (one_of || (condition.negated && values.size() > 1)) is += "one of ";
  return name + is + levy::join_or(values);
}

// ---- ranges ------------------------------------------------------------------------------------

// "17:00 to 08:00": as on a shop's door, up to but not including the end.
std::string clock_range(const schedule::Condition& condition, const std::string& low,
                        const std::string& high) {
  const schedule::Condition::Range& range = *condition.range;
  std::string from = range.above ? "after " + low : low;
  std::string words = from + " to " + high + (range.up_to ? " included" : "");
  const schedule::Figure& first = range.above ? *range.above : *range.from;
  const schedule::Figure& last = range.up_to ? *range.up_to : *range.below;
  bool overnight = *last.number < *first.number;
  return words + (overnight ? " (over midnight)" : "");
}

std::string range_words(const schedule::Condition& condition, const Wording& wording) {
  using Subject = schedule::Condition::Subject;
  const schedule::Condition::Range& range = *condition.range;
  auto words = [&](const std::optional<schedule::Figure>& inclusive,
                   const std::optional<schedule::Figure>& exclusive) {
    return bound_words(condition, inclusive ? *inclusive : *exclusive, wording);
  };
  bool has_low = range.from || range.above, has_high = range.up_to || range.below;
  std::string low = has_low ? words(range.from, range.above) : "";
  std::string high = has_high ? words(range.up_to, range.below) : "";
  bool clock = condition.subject == Subject::time_of_day, date = condition.subject == Subject::date;
  std::string name = name_words(condition.name) + " ";
  if (clock && has_low && has_high) return name + clock_range(condition, low, high);
  std::string beyond = clock || date ? "after " : "above ",
              before = clock || date ? "before " : "below ";
  if (!has_low) return name + (range.up_to ? "up to " : before) + high;
  if (!has_high) {
    std::string more = clock || date ? " or later" : " or more";
    return name + (range.above ? beyond + low : low + more);
  }
  if (range.above) return name + beyond + low + (range.up_to ? " up to " : " and " + before) + high;
  return name + low + (range.up_to ? " to " : " to " + before) + high;
}

// ---- rounding ----------------------------------------------------------------------------------

std::string mode_gloss(RoundingMode mode) {
  switch (mode) {
    case RoundingMode::half_even:
      return "half-even (to the nearest, ties to the even digit)";
    case RoundingMode::half_up:
      return "half-up (to the nearest, ties away from zero)";
    case RoundingMode::half_down:
      return "half-down (to the nearest, ties towards zero)";
    case RoundingMode::up:
      return "up (away from zero)";
    case RoundingMode::down:
      return "down (towards zero)";
    case RoundingMode::ceiling:
      return "ceiling (up, towards plus)";
    case RoundingMode::floor:
      return "floor (down, towards minus)";
  }
  return {};
}

std::string quantum_words(const schedule::RoundRule& rule, const Wording& wording) {
  const schedule::Schedule& schedule = wording.schedule;
  if (rule.to) return rule.to->to_string() + " of the currency";
  if (!rule.to_money.empty())
    return money_words(rule.to_money, wording) + " (other currencies: their smallest unit)";
  if (schedule.currency.empty()) return "the currency's smallest unit";
  Money unit{schedule.currencies.minor_unit(schedule.currency), schedule.currency};
  return "the currency's smallest unit (" + to_string(unit, schedule.currencies) + ")";
}

}  // namespace

std::string name_words(std::string_view name) {
  if (name == "to_currency") return "target currency";
  if (name == "to_country") return "destination country";
  if (name == "cross_border") return "cross-border";
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

bool is_named(const schedule::Set& set) { return set.members.size() > read_out_max; }

std::string money_words(const MoneyList& money, const Wording& wording) {
  std::string words;
  for (const Money& one : money) {
    if (!words.empty()) words += " / ";
    words += to_string(one, wording.schedule.currencies);
  }
  return words;
}

std::string figure_words(const schedule::Figure& figure, const Wording& wording) {
  return figure.number ? figure.number->to_string() : money_words(figure.money, wording);
}

namespace {

// "a, b" and the last by `last`, a sentence with the places {list} and {last}.
std::string join_list(const std::vector<std::string>& words, std::string_view language,
                      std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0) {
      text = words[i];
    } else if (i + 1 == words.size()) {
      text = text::translate(language, last, {{"list", text}, {"last", words[i]}});
    } else {
      text = text::translate(language, "{list}, {next}", {{"list", text}, {"next", words[i]}});
    }
  }
  return text;
}

}  // namespace

std::string join_and(const std::vector<std::string>& words, std::string_view language) {
  return join_list(words, language, text::translatable("{list} and {last}"));
}

std::string join_or(const std::vector<std::string>& words, std::string_view language) {
  return join_list(words, language, text::translatable("{list} or {last}"));
}

std::string condition_words(const schedule::Condition& condition, const Wording& wording) {
  return condition.range ? range_words(condition, wording) : values_words(condition, wording);
}

std::string when_words(const std::optional<schedule::When>& when, const Wording& wording) {
  if (!when) return {};
  std::vector<std::string> all;
  bool lists = false;
  for (const schedule::Condition& condition : when->conditions) {
    all.push_back(condition_words(condition, wording));
    lists = lists || all.back().find(" or ") != std::string::npos ||
            all.back().find(" and ") != std::string::npos;
  }
  if (!lists) return join_and(all);
  std::string text;  // "and" beside "or" would be read in two ways
  for (const std::string& words : all) text += (text.empty() ? "" : "; ") + words;
  return text;
}

std::string round_words(const fees::Rounder& rounder, const Wording& wording) {
  if (rounder.exact) return "not rounded";
  std::string words = "rounded " + std::string(to_string(rounder.mode));
  if (!rounder.rule.to && rounder.rule.to_money.empty()) return words;
  return words + " to " + quantum_words(rounder.rule, wording);
}

std::string rounding_words(const Wording& wording) {
  const schedule::Rounding& rounding = wording.schedule.rounding;
  bool lines = rounding.apply == schedule::Rounding::Apply::line;
  return mode_gloss(rounding.mode()) + " to " + quantum_words(rounding.rule, wording) +
         (lines ? ", each line" : ", the totals; lines stay exact");
}

std::string conversion_words(const Wording& wording) {
  const schedule::Conversion& conversion = wording.schedule.conversion;
  std::string words = "at the mid rate less the margins that apply";
  if (conversion.rate_digits) {
    RoundingMode mode = conversion.rate_mode.value_or(wording.schedule.rounding.mode());
    words += "; the rate is rounded " + std::string(to_string(mode)) + " to " +
             std::to_string(*conversion.rate_digits) + " decimal places";
  }
  RoundingMode mode = conversion.round.mode.value_or(wording.schedule.rounding.mode());
  return words + "; what arrives is rounded " + std::string(to_string(mode)) +
         " to its currency's smallest unit";
}

std::string day_words(Day day, std::string_view language) {
  constexpr std::string_view months[] = {
      text::translatable("Jan"), text::translatable("Feb"), text::translatable("Mar"),
      text::translatable("Apr"), text::translatable("May"), text::translatable("Jun"),
      text::translatable("Jul"), text::translatable("Aug"), text::translatable("Sep"),
      text::translatable("Oct"), text::translatable("Nov"), text::translatable("Dec")};
  std::string text = to_string(day);  // 2026-11-20
  std::size_t month = text.size() - 5;
  auto number = static_cast<std::size_t>((text[month] - '0') * 10 + text[month + 1] - '0');
  std::string in_month = text.substr(text.size() - 2);
  if (in_month[0] == '0') in_month.erase(0, 1);
  return text::translate(language, "{day} {month} {year}",
                         {{"day", in_month},
                          {"month", text::translate(language, months[number - 1])},
                          {"year", text.substr(0, month - 1)}});
}

std::string instant_words(Instant instant, const TimeZone& zone) {
  TimeZone::Local local = zone.local(instant);
  bool date = zone.instant(local.day) == instant;
  return date ? day_words(local.day) : time_words(instant, zone);
}

std::string time_words(Instant instant, const TimeZone& zone, std::string_view language) {
  TimeZone::Local local = zone.local(instant);
  std::string exact = to_string(instant, zone);  // ends with "Z" or "+01:00"
  std::string offset = exact.ends_with("Z") ? "UTC" : exact.substr(exact.size() - 6);
  if (instant.nanoseconds != 0) return exact;
  return text::translate(language, "{date}, {time} {zone}",
                         {{"date", day_words(local.day, language)},
                          {"time", time_of_day_text(local.second)},
                          {"zone", offset}});
}

std::string number_words(const Rational& value) {
  if (value.is_decimal()) return value.to_string();
  constexpr int digits = 10;
  Rational size = absolute(value), top(1);
  int places = digits;
  while (size >= top && places > 0) top = top * Rational(10), --places;
  for (top = Rational(Decimal::ten_to(-1)); size < top && places < 2 * digits; ++places)
    top = top / Rational(10);
  return "≈" + round(value, Decimal::ten_to(-places), RoundingMode::half_even).to_string();
}

std::string effective_words(const schedule::Schedule& schedule) {
  if (!schedule.from && !schedule.until) return "at any time";
  std::string words;
  if (schedule.from) words = "from " + instant_words(*schedule.from, schedule.timezone);
  if (!schedule.until) return words + " on";
  return words + (words.empty() ? "before " : " to before ") +
         instant_words(*schedule.until, schedule.timezone);
}

}  // namespace levy::render::words
