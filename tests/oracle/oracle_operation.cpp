#include "oracle_operation.h"

#include "oracle_clock.h"

#include <set>
#include <stdexcept>

namespace oracle {

namespace {

// What the request may hold beside the schedule's attributes and quantities.
const std::set<std::string> field_names = {
    "id",      "account", "time",       "operation",    "amount", "currency", "to_currency",
    "country", "tier",    "to_country", "cross_border", "used",   "balance",  "rate"};

// A text value of the request; nothing where it is not given.
std::optional<std::string> given(const Json& request, const std::string& name) {
  if (!request.contains(name) || request.at(name).is_null()) {
    return std::nullopt;
  }
  return plain_text(request.at(name));
}

void check_known_currency(const Json& schedule, const std::string& code) {
  if (!is_currency(schedule, code)) {
    throw Failure{"unknown_currency"};
  }
}

// The amount's own currency, else the request's, else the schedule's.
void read_amount(Operation& operation) {
  const std::optional<std::string> text = given(operation.request, "amount");
  std::optional<std::string> currency = given(operation.request, "currency");
  std::optional<Rational> amount = Rational(0);
  if (text) {
    const std::size_t space = text->find(' ');
    amount = parse_decimal(text->substr(0, space));
    if (space != std::string::npos) {
      const std::string own = text->substr(space + 1);
      if (currency && *currency != own) {
        throw Failure{"bad_amount"};
      }
      currency = own;
    }
  }
  if (!currency && operation.schedule.contains("currency")) {
    currency = operation.schedule.at("currency").get<std::string>();
  }
  if (!amount || !currency) {
    throw Failure{"bad_amount"};
  }
  check_known_currency(operation.schedule, *currency);
  if (*amount < 0) {
    throw Failure{"not_positive"};
  }
  if (!is_multiple(*amount, minor_unit(operation.schedule, *currency))) {
    throw Failure{"precision"};
  }
  operation.amount_given = text.has_value();
  operation.amount = *amount;
  operation.source = *currency;
}

void read_target(Operation& operation) {
  operation.target = given(operation.request, "to_currency").value_or(operation.source);
  check_known_currency(operation.schedule, operation.target);
}

void add_operations(const Json& owner, std::set<std::string>& named) {
  const Json names = owner.value("operation", Json::array());
  for (const Json& name : names.is_array() ? names : Json::array({names})) {
    named.insert(name.get<std::string>());
  }
}

void read_name(Operation& operation) {
  operation.name = given(operation.request, "operation").value_or("");
  std::set<std::string> named;
  for (const char* part : {"fees", "limits"}) {
    if (operation.schedule.contains(part)) {
      for (const Json& owner : operation.schedule.at(part)) {
        add_operations(owner, named);
      }
    }
  }
  if (!named.empty() && named.count(operation.name) == 0) {
    throw Failure{"unknown_operation"};
  }
}

// Its value where it is one of the domain's; throws unknown_value, bad_value.
void check_value(const Json& domain, const std::string& value) {
  if (domain.is_array()) {
    for (const Json& member : domain) {
      if (member.get<std::string>() == value) {
        return;
      }
    }
    throw Failure{"unknown_value"};
  }
  if (domain == "boolean" && value != "true" && value != "false") {
    throw Failure{"bad_value"};
  }
}

void read_countries(Operation& operation) {
  std::map<std::string, std::string>& known = operation.attributes;
  for (const char* name : {"country", "to_country", "cross_border"}) {
    const std::optional<std::string> value = given(operation.request, name);
    if (value) {
      known[name] = *value;
    }
  }
  if (known.count("cross_border") != 0) {
    check_value("boolean", known.at("cross_border"));
  }
  if (known.count("country") != 0 && known.count("to_country") != 0) {
    const bool differ = known.at("country") != known.at("to_country");
    const std::string derived = differ ? "true" : "false";
    if (known.count("cross_border") != 0 && known.at("cross_border") != derived) {
      throw Failure{"bad_value"};
    }
    known["cross_border"] = derived;
  }
}

void read_tier(Operation& operation) {
  const std::optional<std::string> tier = given(operation.request, "tier");
  if (!tier) {
    return;
  }
  Json ids = Json::array();
  for (const Json& step : operation.schedule.value("tiers", Json::array())) {
    ids.push_back(step.at("id"));
  }
  check_value(ids, *tier);
  operation.attributes["tier"] = *tier;
}

void read_time(Operation& operation) {
  const std::optional<std::string> text = given(operation.request, "time");
  if (!text) {
    return;
  }
  operation.time = parse_instant(*text);
  if (!operation.time) {
    throw Failure{"bad_time"};
  }
  operation.attributes["weekday"] = weekday_of(operation.time->day);
}

void read_attributes(Operation& operation) {
  const Json declared = operation.schedule.value("attributes", Json::object());
  const Json quantities = operation.schedule.value("quantities", Json::object());
  for (const auto& [name, value] : operation.request.items()) {
    if (!declared.contains(name) && !quantities.contains(name) && field_names.count(name) == 0) {
      throw Failure{"unknown_attribute"};
    }
  }
  for (const auto& [name, domain] : declared.items()) {
    const std::optional<std::string> value = given(operation.request, name);
    if (value) {
      check_value(domain, *value);
      operation.attributes[name] = *value;
    }
  }
  operation.attributes["currency"] = operation.source;
  operation.attributes["to_currency"] = operation.target;
  read_countries(operation);
  read_tier(operation);
  read_time(operation);
}

void read_quantities(Operation& operation) {
  const Json declared = operation.schedule.value("quantities", Json::object());
  for (const auto& [name, bounds] : declared.items()) {
    std::optional<std::string> text = given(operation.request, name);
    if (!text && bounds.contains("default")) {
      text = plain_text(bounds.at("default"));
    }
    if (!text) {
      continue;
    }
    const std::optional<Rational> value = parse_decimal(*text);
    if (!value) {
      throw Failure{"bad_value"};
    }
    operation.quantities[name] = *value;
  }
}

}  // namespace

std::string plain_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Operation read_operation(const Json& schedule, const Json& request, const Json& rates) {
  Operation operation{schedule, request, rates, "", "", "", false, 0, {}, {}, {}};
  read_amount(operation);
  read_target(operation);
  read_name(operation);
  read_attributes(operation);
  read_quantities(operation);
  return operation;
}

void check_quantities(const Operation& operation) {
  const Json declared = operation.schedule.value("quantities", Json::object());
  for (const auto& [name, bounds] : declared.items()) {
    if (operation.quantities.count(name) == 0) {
      continue;
    }
    const Rational value = operation.quantities.at(name);
    const bool low = bounds.contains("min") && value < decimal_of(plain_text(bounds["min"]));
    const bool high = bounds.contains("max") && value > decimal_of(plain_text(bounds["max"]));
    if (value < 0 || low || high) {
      throw Failure{"out_of_range"};
    }
  }
}

void check_in_force(const Operation& operation) {
  if (!operation.schedule.contains("effective")) {
    return;
  }
  const Json& effective = operation.schedule.at("effective");
  const Rational now = seconds_of(time_of(operation));
  const auto bound = [&](const char* key) {
    return seconds_of(parse_instant(effective.at(key).get<std::string>()).value());
  };
  if (effective.contains("from") && now < bound("from")) {
    throw Failure{"not_in_force"};
  }
  if (effective.contains("until") && now >= bound("until")) {
    throw Failure{"not_in_force"};
  }
}

const Instant& time_of(const Operation& operation) {
  if (!operation.time || operation.schedule.value("timezone", "UTC") != "UTC") {
    throw std::logic_error("the oracle needs the operation's time, in UTC");
  }
  return *operation.time;
}

}  // namespace oracle
