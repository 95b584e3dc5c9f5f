#include "render/words/labels.h"

#include <algorithm>
#include <set>

#include "base/suggest.h"
#include "facts/conditions.h"
#include "money/rounding.h"
#include "render/text/translate.h"
#include "render/words/words.h"
#include "schedule/attributes.h"

namespace levy::render::words {

std::string name_among(const schedule::Schedule& schedule,
                       const std::vector<const schedule::Schedule*>& others) {
  bool shared = false, same_version = false;
  for (const schedule::Schedule* other : others) {
    if (other == &schedule || other->id != schedule.id) continue;
    shared = true;
    same_version = same_version || other->version == schedule.version;
  }
  if (!shared) return schedule.id;
  if (same_version || schedule.version.empty()) return schedule.id + " (" + schedule.file + ")";
  return schedule.id + " " + schedule.version;
}

std::vector<std::string> labels_of(const std::vector<Labelled>& lines) {
  std::vector<const schedule::Schedule*> schedules;
  for (const Labelled& line : lines) {
    if (std::find(schedules.begin(), schedules.end(), line.schedule) == schedules.end())
      schedules.push_back(line.schedule);
  }
  std::vector<std::string> labels;
  for (const Labelled& line : lines) {
    std::string values;
    for (const auto& [name, value] : line.given) {
      bool bare = !schedule::is_boolean(*line.schedule, name);
      values += (values.empty() ? "" : ", ") + (bare ? value : name + " " + value);
    }
    std::string name = name_among(*line.schedule, schedules);
    if (values.empty())
      labels.push_back(name);
    else
      labels.push_back(schedules.size() > 1 ? name + " (" + values + ")" : values);
  }
  return labels;
}

std::string near_money_words(const Money& money, const Currencies& currencies) {
  Rational shown =
      round(money.amount, currencies.minor_unit(money.currency), RoundingMode::half_even);
  return (shown == money.amount ? "" : "≈") + to_string(Money{shown, money.currency}, currencies);
}

std::string percent_words(const Rational& percent) {
  bool small = absolute(percent) < Rational(1);
  int places = small ? 4 : 2;
  Rational shown = round(percent, Decimal::ten_to(-places), RoundingMode::half_even);
  return (shown == percent ? "" : "≈") + shown.to_string(2) + " %";
}

std::string amounts_words(const Rational& from, const std::optional<Rational>& until,
                          Currency currency, const Currencies& currencies,
                          std::string_view language) {
  std::string first = to_string(Money{from, currency}, currencies);
  if (!until) return text::translate(language, "from {min}", {{"min", first}});
  if (*until == from) return first;
  return text::translate(language, "{min} to {max}",
                         {{"min", format_amount({from, currency}, currencies)},
                          {"max", to_string(Money{*until, currency}, currencies)}});
}

std::string fault_words(const Diagnostic& fault) {
  std::string text = std::string(to_string(fault.code)) + ": " + fault.message;
  bool speaks_of_here = fault.code == Code::missing_money && fault.place.line() > 0;
  return speaks_of_here ? text + " (" + to_string(fault.place) + ")" : text;
}

namespace {

// What the operation has for the condition's name.
struct Given {
  std::string text;
  Rational number;
};

Given given_for(const schedule::Condition& condition, const fees::Quote& quote,
                std::string_view language) {
  const facts::Operation& operation = quote.operation;
  const schedule::Schedule& schedule = quote.plan->schedule;
  TimeZone::Local local = schedule.timezone.local(operation.time);
  switch (condition.subject) {
    case schedule::Condition::Subject::amount:
      return {to_string(Money{*operation.amount, operation.currency}, schedule.currencies),
              *operation.amount};
    case schedule::Condition::Subject::quantity: {
      auto found = operation.quantities.find(condition.name);
      Rational value = found == operation.quantities.end() ? Rational() : found->second;
      return {number_words(value), value};
    }
    case schedule::Condition::Subject::date:
      return {to_string(local.day), local.day.number};
    case schedule::Condition::Subject::time_of_day:
      return {time_of_day_text(local.second), local.second};
    case schedule::Condition::Subject::attribute:
      return {facts::attribute_of(schedule, operation, condition.name)
                  .value_or(text::translate(language, "not given")),
              {}};
  }
  return {};
}

std::string figure_text(const schedule::Figure& figure, const schedule::Condition& condition,
                        const fees::Quote& quote) {
  if (!figure.number) {
    const Money* money = find_money(figure.money, quote.operation.currency);
    return to_string(money != nullptr ? *money : figure.money.front(),
                     quote.plan->schedule.currencies);
  }
  std::int32_t whole = static_cast<std::int32_t>(figure.number->minor_units(0).value_or(0));
  if (condition.subject == schedule::Condition::Subject::date) return to_string(Day{whole});
  if (condition.subject == schedule::Condition::Subject::time_of_day)
    return time_of_day_text(whole);
  return figure.number->to_string();
}

Rational figure_value(const schedule::Figure& figure, const fees::Quote& quote) {
  if (figure.number) return Rational(*figure.number);
  const Money* money = find_money(figure.money, quote.operation.currency);
  return money != nullptr ? money->amount : Rational();
}

// A whole number of days or seconds.
std::size_t counted(const Rational& size) {
  std::size_t whole = 0;
  for (char c : size.to_string()) whole = whole * 10 + static_cast<std::size_t>(c - '0');
  return whole;
}

std::string distance_text(const Rational& distance, const schedule::Condition& condition,
                          const fees::Quote& quote, std::string_view language) {
  Rational size = absolute(distance);
  std::size_t whole = counted(size);
  switch (condition.subject) {
    case schedule::Condition::Subject::amount:
      return to_string(Money{size, quote.operation.currency}, quote.plan->schedule.currencies);
    case schedule::Condition::Subject::date:
      return text::translate_count(language, "{count} day", "{count} days", whole);
    case schedule::Condition::Subject::time_of_day:
      return text::translate_count(language, "{count} second", "{count} seconds", whole);
    case schedule::Condition::Subject::quantity:
    case schedule::Condition::Subject::attribute:
      break;
  }
  return size.to_string();
}

// "amount 250.00 EUR is 50.00 EUR below 300.00 EUR"
std::string range_reason(const schedule::Condition& condition, const Given& given,
                         const fees::Quote& quote, std::string_view language) {
  const schedule::Condition::Range& range = *condition.range;
  struct Side {
    const std::optional<schedule::Figure>& bound;
    bool low, open;
  };
  const Side sides[] = {{range.from, true, false},
                        {range.above, true, true},
                        {range.up_to, false, false},
                        {range.below, false, true}};
  for (const Side& side : sides) {
    if (!side.bound) continue;
    Rational distance = given.number - figure_value(*side.bound, quote);
    int sign = side.low ? distance.sign() : -distance.sign();
    if (sign > 0 || (sign == 0 && !side.open)) continue;
    std::string bound = figure_text(*side.bound, condition, quote);
    std::string_view sentence =
        sign == 0  ? side.low ? text::translatable("{name} {value} is not above {bound}")
                              : text::translatable("{name} {value} is not below {bound}")
         : side.low ? text::translatable("{name} {value} is {distance} below {bound}")
                   : text::translatable("{name} {value} is {distance} above {bound}");
    return text::translate(
        language, sentence,
        {{"name", condition.name},
         {"value", given.text},
         {"distance", sign == 0 ? "" : distance_text(distance, condition, quote, language)},
         {"bound", bound}});
  }
  return text::translate(language, "{name} is {value}",
                         {{"name", condition.name}, {"value", given.text}});
}

std::string condition_reason(const schedule::Condition& condition, const fees::Quote& quote,
                             std::string_view language) {
  Given given = given_for(condition, quote, language);
  if (condition.range) return range_reason(condition, given, quote, language);
  std::vector<std::string> wanted = condition.values;
  for (const schedule::Figure& figure : condition.figures) {
    wanted.push_back(figure_text(figure, condition, quote));
  }
  constexpr std::size_t shown = 8;  // a set of countries is not read out
  if (wanted.size() > shown) {
    std::size_t more = wanted.size() - shown;
    wanted.resize(shown);
    wanted.back() = text::translate(language, "{value} (and {more} more)",
                                    {{"value", wanted.back()}, {"more", std::to_string(more)}});
  }
  return text::translate(
      language,
      condition.negated ? text::translatable("{name} is {value}")
                        : text::translatable("{name} is {value}, not {wanted}"),
      {{"name", condition.name}, {"value", given.text}, {"wanted", join_or(wanted, language)}});
}

}  // namespace

std::string title_of(const schedule::Fee& fee, const schedule::Case* taken,
                     std::string_view language) {
  std::string title(fee.title.in(language));
  std::string_view of_case = taken == nullptr ? "" : taken->title.in(language);
  if (title.empty()) title = of_case.empty() ? "" : fee.id;
  if (!of_case.empty() && !fee.in_place) title += ": " + std::string(of_case);
  return title;
}

std::string rate_equation(const fees::Quote& quote) {
  const Rational& rate = quote.exchange->rate;
  return "1 " + std::string(quote.operation.currency.code()) + (rate.is_decimal() ? " = " : " ") +
         number_words(rate) + " " + std::string(quote.operation.to_currency.code());
}

std::string reason_of(const fees::Skipped& skipped, const fees::Quote& quote,
                      std::string_view language) {
  switch (skipped.reason) {
    case fees::NotTaken::Reason::operation:
      return text::translate(language, "for {operations} only",
                             {{"operations", join_or(skipped.fee->operations, language)}});
    case fees::NotTaken::Reason::condition:
      return condition_reason(*skipped.condition, quote, language);
    case fees::NotTaken::Reason::earlier_case:
      return text::translate(language, "an earlier case was taken");
    case fees::NotTaken::Reason::no_conversion:
      return text::translate(language, "the operation does not convert");
    case fees::NotTaken::Reason::no_base:
      return text::translate(language, "none of the fees it is taken of applies");
  }
  return {};
}

}  // namespace levy::render::words
