#include "facts/conditions.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"

namespace levy::facts {
namespace {

std::optional<Rational> value_in(const schedule::Figure& figure, Currency currency) {
  if (figure.number) return Rational(*figure.number);
  const Money* money = find_money(figure.money, currency);
  if (money == nullptr) return std::nullopt;
  return money->amount;
}

Checked<bool> in_range(const schedule::Condition& condition, Currency currency,
                       const IsAbove& is_above) {
  struct Bound {
    const std::optional<schedule::Figure>& figure;
    bool is_low;
    bool or_equal;
  };
  const schedule::Condition::Range& range = *condition.range;
  const Bound bounds[] = {{range.from, true, true},
                          {range.above, true, false},
                          {range.up_to, false, true},
                          {range.below, false, false}};
  bool low_holds = true, high_holds = true;
  std::optional<Rational> low, high;
  const schedule::Figure* lacking = nullptr;
  for (const Bound& bound : bounds) {
    if (!bound.figure) continue;
    std::optional<Rational> value = value_in(*bound.figure, currency);
    if (!value) {
      if (lacking == nullptr) lacking = &*bound.figure;
      continue;
    }
    // At most the bound is not above it; below the bound is not at least it.
    bool holds =
        bound.is_low ? is_above(*value, bound.or_equal) : !is_above(*value, !bound.or_equal);
    bool& side = bound.is_low ? low_holds : high_holds;
    side = side && holds;
    (bound.is_low ? low : high) = std::move(value);
  }
  bool over_midnight =
      condition.subject == schedule::Condition::Subject::time_of_day && low && high && *high < *low;
  if (over_midnight) return low_holds || high_holds;
  if (!low_holds || !high_holds) return false;
  if (lacking != nullptr) return missing_money(currency, lacking->place);
  return true;
}

// `value` is borrowed.
IsAbove comparison_with(const Rational& value) {
  return [&value](const Rational& bound, bool or_equal) {
    return or_equal ? value >= bound : value > bound;
  };
}

Truth test_attribute(const schedule::Condition& condition, const schedule::Schedule& schedule,
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

Truth test_clock(const schedule::Condition& condition, const schedule::Schedule& schedule,
                 const Operation& operation) {
  TimeZone::Local local = schedule.timezone.local(operation.time);
  Rational value = condition.subject == schedule::Condition::Subject::date
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

Checked<bool> holds_for(const schedule::Condition& condition, Currency currency,
                        const IsAbove& is_above) {
  if (condition.range) {
    Checked<bool> inside = in_range(condition, currency, is_above);
    if (!inside) return inside;
    return *inside != condition.negated;
  }
  bool listed = false;
  const schedule::Figure* lacking = nullptr;
  for (const schedule::Figure& figure : condition.figures) {
    std::optional<Rational> wanted = value_in(figure, currency);
    if (!wanted) {
      if (lacking == nullptr) lacking = &figure;
    } else if (!is_above(*wanted, false) && is_above(*wanted, true)) {
      listed = true;
      break;
    }
  }
  if (!listed && lacking != nullptr) return missing_money(currency, lacking->place);
  return listed != condition.negated;
}

std::optional<bool> holds_for(const schedule::Condition& condition, const Rational& value,
                              Currency currency) {
  Checked<bool> holds = holds_for(condition, currency, comparison_with(value));
  return holds ? std::optional(*holds) : std::nullopt;
}

Checked<Truth> test_number(const schedule::Condition& condition, const Operation& operation) {
  bool on_amount = condition.subject == schedule::Condition::Subject::amount;
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
  Checked<bool> holds = holds_for(condition, operation.currency, comparison_with(value));
  if (!holds) return std::move(holds).faults();
  return *holds ? Truth::yes : Truth::no;
}

Checked<WhenAnswer> decide(const schedule::When& when, const schedule::Schedule& schedule,
                           const Operation& operation, const NumericTest& test) {
  WhenAnswer answer;
  std::optional<Diagnostics> no_amount, no_entry;
  auto consider = [&](const schedule::Condition& condition, Truth truth) {
    if (truth == Truth::unknown) answer.unknown.push_back(&condition);
    if (truth == Truth::no && answer.truth != Truth::no) {
      answer.truth = Truth::no;
      answer.first_false = &condition;
    }
  };
  for (const schedule::Condition& condition : when.conditions) {
    if (condition.is_numeric()) continue;
    bool clock = condition.subject != schedule::Condition::Subject::attribute;
    consider(condition, clock ? test_clock(condition, schedule, operation)
                              : test_attribute(condition, schedule, operation));
  }
  // Test numeric conditions last; over a range of amounts they are the expensive ones.
  for (const schedule::Condition& condition : when.conditions) {
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

}  // namespace levy::facts
