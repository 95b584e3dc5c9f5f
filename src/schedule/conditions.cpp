#include "schedule/conditions.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"

namespace levy {
namespace {

std::optional<Rational> value_in(const Figure& figure, Currency currency) {
  if (figure.number) return Rational(*figure.number);
  const Money* money = find_money(figure.money, currency);
  if (money == nullptr) return std::nullopt;
  return money->amount;
}

// Nothing where an entry is missing and no other bound already fails.
std::optional<bool> in_range(const Condition& condition, const Rational& value, Currency currency) {
  struct Side {
    const std::optional<Figure>& bound;
    bool (*holds)(const Rational&, const Rational&);
  };
  const Condition::Range& range = *condition.range;
  const Side sides[] = {
      {range.from, [](const Rational& v, const Rational& b) { return v >= b; }},
      {range.above, [](const Rational& v, const Rational& b) { return v > b; }},
      {range.up_to, [](const Rational& v, const Rational& b) { return v <= b; }},
      {range.below, [](const Rational& v, const Rational& b) { return v < b; }},
  };
  bool complete = true, all = true, low_holds = true, high_holds = true, has_low = false,
       has_high = false;
  std::optional<Rational> low, high;
  for (std::size_t i = 0; i < std::size(sides); ++i) {
    if (!sides[i].bound) continue;
    std::optional<Rational> bound = value_in(*sides[i].bound, currency);
    if (!bound) {
      complete = false;
      continue;
    }
    bool holds = sides[i].holds(value, *bound);
    all = all && holds;
    (i < 2 ? low : high) = bound;
    (i < 2 ? low_holds : high_holds) = (i < 2 ? low_holds : high_holds) && holds;
    (i < 2 ? has_low : has_high) = true;
  }
  if (condition.subject == Condition::Subject::time_of_day && has_low && has_high && *high < *low)
    return low_holds || high_holds;  // runs over midnight
  if (!all) return false;
  if (!complete) return std::nullopt;
  return true;
}

Truth test_attribute(const Condition& condition, const Schedule& schedule,
                     const Operation& operation) {
  std::optional<std::string> value = attribute_of(schedule, operation, condition.name);
  if (!value) return Truth::unknown;
  // A list of countries is long and is asked for every piece of a curve: the first letter tells
  // most apart without a call.
  bool listed =
      std::any_of(condition.values.begin(), condition.values.end(),
                  [&](const std::string& one) { return one[0] == (*value)[0] && one == *value; });
  return listed != condition.negated ? Truth::yes : Truth::no;
}

Truth test_clock(const Condition& condition, const Schedule& schedule, const Operation& operation) {
  TimeZone::Local local = schedule.timezone.local(operation.time);
  Rational value = condition.subject == Condition::Subject::date
                       ? Rational(local.day.number)
                       : Rational(local.second) + Rational(Decimal::of(local.nanosecond, 9));
  std::optional<bool> holds = holds_for(condition, value, Currency());
  ensure(holds.has_value(), "dates and times of day are plain numbers");
  return *holds ? Truth::yes : Truth::no;
}

}  // namespace

Diagnostic missing_money(Currency currency, const Place& place) {
  std::string code(currency.code());
  return Diagnostic{Code::missing_money, "no amount in " + code + " stands here",
                    "add an entry \"... " + code + "\" to this list, or ask in another currency",
                    place};
}

std::optional<bool> holds_for(const Condition& condition, const Rational& value,
                              Currency currency) {
  if (condition.range) {
    std::optional<bool> inside = in_range(condition, value, currency);
    return inside && condition.negated ? std::optional(!*inside) : inside;
  }
  bool listed = false, complete = true;
  for (const Figure& figure : condition.figures) {
    std::optional<Rational> wanted = value_in(figure, currency);
    if (!wanted) {
      complete = false;
    } else if (*wanted == value) {
      listed = true;
    }
  }
  if (!listed && !complete) return std::nullopt;
  return listed != condition.negated;
}

Checked<Truth> test_number(const Condition& condition, const Operation& operation) {
  bool on_amount = condition.subject == Condition::Subject::amount;
  if (on_amount && !operation.amount) {
    return Diagnostic{Code::bad_amount, "this operation needs an amount: a condition compares it",
                      "give the amount, for example \"250 EUR\"", condition.place};
  }
  Rational value;
  if (on_amount) {
    value = *operation.amount;
  } else {
    auto found = operation.quantities.find(condition.name);
    if (found == operation.quantities.end()) return Truth::unknown;
    value = found->second;
  }
  std::optional<bool> holds = holds_for(condition, value, operation.currency);
  if (!holds) return missing_money(operation.currency, condition.place);
  return *holds ? Truth::yes : Truth::no;
}

Checked<WhenAnswer> decide(const When& when, const Schedule& schedule, const Operation& operation,
                           const NumericTest& test) {
  WhenAnswer answer;
  std::optional<Diagnostics> no_amount, no_entry;
  auto consider = [&](const Condition& condition, Truth truth) {
    if (truth == Truth::unknown) answer.unknown.push_back(&condition);
    if (truth == Truth::no && answer.truth != Truth::no) {
      answer.truth = Truth::no;
      answer.first_false = &condition;
    }
  };
  for (const Condition& condition : when.conditions) {
    if (condition.is_numeric()) continue;
    bool clock = condition.subject != Condition::Subject::attribute;
    consider(condition, clock ? test_clock(condition, schedule, operation)
                              : test_attribute(condition, schedule, operation));
  }
  // Numbers last: asked about a stretch of amounts, they are the dear ones.
  for (const Condition& condition : when.conditions) {
    if (answer.truth == Truth::no) return answer;
    if (!condition.is_numeric()) continue;
    Checked<Truth> tested = test(condition);
    if (tested) {
      consider(condition, *tested);
      continue;
    }
    auto& fault = tested.faults().front().code == Code::bad_amount ? no_amount : no_entry;
    if (!fault) fault = tested.faults();
  }
  if (answer.truth == Truth::no) return answer;
  if (no_amount) return *no_amount;
  if (!answer.unknown.empty()) {
    answer.truth = Truth::unknown;
  } else if (no_entry) {
    return *no_entry;
  }
  return answer;
}

bool concerns(const std::vector<std::string>& operations, std::string_view name) {
  return operations.empty() ||
         std::find(operations.begin(), operations.end(), name) != operations.end();
}

}  // namespace levy
