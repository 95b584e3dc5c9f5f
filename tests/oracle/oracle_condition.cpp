#include "oracle_condition.h"

#include <algorithm>
#include <functional>

namespace oracle {

namespace {

// A bound or value of a condition as a number; nothing where it has no entry in the currency.
using Reader = std::function<std::optional<Rational>(const Json&)>;

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

Truth negated(Truth truth) {
  if (truth == Truth::yes || truth == Truth::no) {
    return truth_of(truth == Truth::no);
  }
  return truth;
}

bool is_negation(const Json& wanted) { return wanted.is_object() && wanted.contains("not"); }

// Every text that the condition names: a scalar, a list, "@SET" standing for its members.
std::vector<std::string> texts_of(const Json& schedule, const Json& wanted) {
  std::vector<std::string> texts;
  for (const Json& value : wanted.is_array() ? wanted : Json::array({wanted})) {
    const std::string text = plain_text(value);
    if (text.empty() || text.front() != '@') {
      texts.push_back(text);
      continue;
    }
    for (const Json& member : schedule.at("sets").at(text.substr(1))) {
      texts.push_back(member.get<std::string>());
    }
  }
  return texts;
}

Truth text_matches(const Json& schedule, const std::string& actual, const Json& wanted) {
  if (is_negation(wanted)) {
    return negated(text_matches(schedule, actual, wanted.at("not")));
  }
  const std::vector<std::string> texts = texts_of(schedule, wanted);
  return truth_of(std::find(texts.begin(), texts.end(), actual) != texts.end());
}

bool bound_holds(const Rational& actual, const std::string& bound, const Rational& limit) {
  if (bound == "from") {
    return actual >= limit;
  }
  if (bound == "above") {
    return actual > limit;
  }
  if (bound == "up_to") {
    return actual <= limit;
  }
  return actual < limit;  // below
}

Truth in_range(const Rational& actual, const Json& range, const Reader& read) {
  Truth truth = Truth::yes;
  for (const auto& [bound, text] : range.items()) {
    const std::optional<Rational> limit = read(text);
    const Truth one = limit ? truth_of(bound_holds(actual, bound, *limit)) : Truth::no_money;
    truth = std::min(truth, one);
  }
  return truth;
}

// wanted: a scalar, a list (unless a list is one value: a money list), {"not"}, a range.
Truth number_matches(const Rational& actual, const Json& wanted, const Reader& read,
                     bool list_is_value) {
  if (is_negation(wanted)) {
    return negated(number_matches(actual, wanted.at("not"), read, list_is_value));
  }
  if (wanted.is_object()) {
    return in_range(actual, wanted, read);
  }
  if (wanted.is_array() && !list_is_value) {
    Truth any = Truth::no;
    for (const Json& value : wanted) {
      any = std::max(any, number_matches(actual, value, read, list_is_value));
    }
    return any;
  }
  const std::optional<Rational> value = read(wanted);
  return value ? truth_of(actual == *value) : Truth::no_money;
}

// A range of the day whose end is before its start runs over midnight.
bool runs_over_midnight(const Json& wanted) {
  if (!wanted.is_object()) {
    return false;
  }
  std::optional<Rational> start;
  std::optional<Rational> end;
  for (const auto& [bound, text] : wanted.items()) {
    if (bound == "from" || bound == "above") {
      start = parse_time_of_day(text.get<std::string>());
    } else if (bound == "up_to" || bound == "below") {
      end = parse_time_of_day(text.get<std::string>());
    }
  }
  return start && end && *end < *start;
}

Truth time_of_day_matches(const Rational& actual, const Json& wanted) {
  const Reader read = [](const Json& value) {
    return std::optional<Rational>(parse_time_of_day(value.get<std::string>()));
  };
  if (!runs_over_midnight(wanted)) {
    return number_matches(actual, wanted, read, false);
  }
  Truth either = Truth::no;
  for (const auto& [bound, text] : wanted.items()) {
    const bool one = bound_holds(actual, bound, read(text).value());
    either = std::max(either, truth_of(one));
  }
  return either;
}

Truth amount_matches(const Operation& operation, const Json& wanted) {
  if (!operation.amount_given) {
    return Truth::needs_amount;
  }
  const Reader read = [&](const Json& value) {
    return entry_in(money_list(operation.schedule, value), operation.source);
  };
  return number_matches(operation.amount, wanted, read, true);
}

Truth date_matches(const Operation& operation, const Json& wanted) {
  const Reader read = [](const Json& value) {
    return std::optional<Rational>(parse_instant(value.get<std::string>()).value().day);
  };
  return number_matches(time_of(operation).day, wanted, read, false);
}

Truth quantity_matches(const Operation& operation, const std::string& name, const Json& wanted) {
  if (operation.quantities.count(name) == 0) {
    return Truth::unknown;
  }
  const Reader read = [](const Json& value) {
    return std::optional<Rational>(decimal_of(plain_text(value)));
  };
  return number_matches(operation.quantities.at(name), wanted, read, false);
}

Truth key_holds(const Operation& operation, const std::string& key, const Json& wanted) {
  const Json& schedule = operation.schedule;
  if (key == "amount") {
    return amount_matches(operation, wanted);
  }
  if (key == "date") {
    return date_matches(operation, wanted);
  }
  if (key == "time_of_day") {
    return time_of_day_matches(time_of(operation).second, wanted);
  }
  if (key == "weekday") {
    time_of(operation);  // there must be one
  }
  if (schedule.contains("quantities") && schedule.at("quantities").contains(key)) {
    return quantity_matches(operation, key, wanted);
  }
  if (operation.attributes.count(key) == 0) {
    return Truth::unknown;
  }
  return text_matches(schedule, operation.attributes.at(key), wanted);
}

}  // namespace

Truth holds(const Json& owner, const Operation& operation) {
  Truth truth = Truth::yes;
  if (owner.contains("when")) {
    for (const auto& [key, wanted] : owner.at("when").items()) {
      truth = std::min(truth, key_holds(operation, key, wanted));
    }
  }
  return truth;
}

}  // namespace oracle
