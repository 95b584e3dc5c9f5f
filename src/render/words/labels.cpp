#include "render/words/labels.h"

#include <algorithm>
#include <set>

#include "base/suggest.h"
#include "facts/conditions.h"
#include "money/rounding.h"
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
                          Currency currency, const Currencies& currencies) {
  std::string first = to_string(Money{from, currency}, currencies);
  if (!until) return "from " + first;
  if (*until == from) return first;
  return format_amount({from, currency}, currencies) + " to " +
         to_string(Money{*until, currency}, currencies);
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

Given given_for(const schedule::Condition& condition, const fees::Quote& quote) {
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
      return {facts::attribute_of(schedule, operation, condition.name).value_or("not given"), {}};
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

std::string distance_text(const Rational& distance, const schedule::Condition& condition,
                          const fees::Quote& quote) {
  Rational size = absolute(distance);
  switch (condition.subject) {
    case schedule::Condition::Subject::amount:
      return to_string(Money{size, quote.operation.currency}, quote.plan->schedule.currencies);
    case schedule::Condition::Subject::date:
      return size.to_string() + (size == Rational(1) ? " day" : " days");
    case schedule::Condition::Subject::time_of_day:
      return size.to_string() + " seconds";
    case schedule::Condition::Subject::quantity:
    case schedule::Condition::Subject::attribute:
      break;
  }
  return size.to_string();
}

// "amount 250.00 EUR is 50.00 EUR below 300.00 EUR"
std::string range_reason(const schedule::Condition& condition, const Given& given,
                         const fees::Quote& quote) {
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
    std::string subject = condition.name + " " + given.text + " is ";
    if (sign == 0) return subject + "not " + (side.low ? "above " : "below ") + bound;
    return subject + distance_text(distance, condition, quote) +
           (side.low ? " below " : " above ") + bound;
  }
  return condition.name + " is " + given.text;
}

std::string condition_reason(const schedule::Condition& condition, const fees::Quote& quote) {
  Given given = given_for(condition, quote);
  if (condition.range) return range_reason(condition, given, quote);
  std::vector<std::string> wanted = condition.values;
  for (const schedule::Figure& figure : condition.figures) {
    wanted.push_back(figure_text(figure, condition, quote));
  }
  constexpr std::size_t shown = 8;  // a set of countries is not read out
  if (wanted.size() > shown) {
    std::size_t more = wanted.size() - shown;
    wanted.resize(shown);
    wanted.back() += " (and " + std::to_string(more) + " more)";
  }
  std::string is = condition.name + " is " + given.text;
  return condition.negated ? is : is + ", not " + join_or(wanted);
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

std::string reason_of(const fees::Skipped& skipped, const fees::Quote& quote) {
  switch (skipped.reason) {
    case fees::NotTaken::Reason::operation:
      return "for " + join_or(skipped.fee->operations) + " only";
    case fees::NotTaken::Reason::condition:
      return condition_reason(*skipped.condition, quote);
    case fees::NotTaken::Reason::earlier_case:
      return "an earlier case was taken";
    case fees::NotTaken::Reason::no_conversion:
      return "the operation does not convert";
    case fees::NotTaken::Reason::no_base:
      return "none of the fees it is taken of applies";
  }
  return {};
}

}  // namespace levy::render::words
