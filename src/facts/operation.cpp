#include "facts/operation.h"

#include <algorithm>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/conditions.h"
#include "money/likely.h"
#include "money/rational.h"
#include "schedule/attributes.h"

namespace levy::facts {
namespace {

// What is said beside operation, amount and currency: by name, each once.
using Fields = std::vector<const std::pair<std::string, std::string>*>;

Fields fields_of(const Request& request) {
  Fields fields;
  fields.reserve(request.fields.size());
  for (const auto& field : request.fields) {
    auto place =
        std::lower_bound(fields.begin(), fields.end(), field.first,
                         [](const auto* one, const auto& name) { return one->first < name; });
    if (place != fields.end() && (*place)->first == field.first) {
      *place = &field;  // the later one counts
    } else {
      fields.insert(place, &field);
    }
  }
  return fields;
}

// Null: not given.
const std::string* find_field(const Fields& fields, std::string_view name) {
  auto found = std::find_if(fields.begin(), fields.end(),
                            [&](const auto* field) { return field->first == name; });
  return found == fields.end() ? nullptr : &(*found)->second;
}

Diagnostic fault(Code code, std::string message, std::string remedy) {
  return Diagnostic{code, std::move(message), std::move(remedy), Place{}};
}

// The first fault of reading `text`, as one about the operation's field `name`.
Diagnostic about(const Diagnostics& faults, std::string_view name, std::string_view text) {
  Diagnostic first = faults.front();
  first.message = std::string(name) + " " + in_quotes(text) + ": " + first.message;
  first.place = Place{};
  return first;
}

std::optional<Diagnostic> read_currency(const schedule::Schedule& schedule, std::string_view name,
                                        std::string_view text, Currency& currency) {
  std::optional<Currency> code = Currency::of(text);
  if (code && schedule.currencies.find_digits(*code)) {
    currency = *code;
    return std::nullopt;
  }
  std::string meant = likely_currency(text, schedule.currencies);
  std::string remedy = code ? declare_words(text) : "use an ISO 4217 code";
  return fault(Code::unknown_currency,
               std::string(name) + " " + in_quotes(text) + " is not a known currency",
               meant.empty() ? remedy : "write " + meant);
}

// "1.234 EUR" may be one thousand and more, with a point between thousands.
std::string thousands_remedy(std::string_view text, const std::string& code) {
  std::string number(text.substr(0, text.find(' ')));
  std::size_t point = number.find('.');
  if (point == std::string::npos || point == 0 || point > 3 || number.size() != point + 4)
    return "";
  number.erase(point, 1);
  return "write " + number + " " + code + " where the point stands between thousands; else ";
}

// The amount and the source currency.
std::optional<Diagnostic> read_amount(const schedule::Schedule& schedule, const Request& request,
                                      Operation& operation) {
  operation.currency = schedule.currency;
  if (!request.currency.empty()) {
    if (auto bad = read_currency(schedule, "currency", request.currency, operation.currency))
      return bad;
  }
  if (request.amount.empty()) {
    if (!operation.currency.empty()) return std::nullopt;
    return fault(Code::bad_amount, "the schedule names no currency, so the operation must",
                 "write the amount with its currency, \"250 EUR\", or give a currency");
  }
  Checked<Money> money = parse_money(request.amount, schedule.currencies, operation.currency);
  if (!money) {
    Diagnostic bad = about(money.faults(), "amount", request.amount);
    if (bad.code == Code::bad_decimal) bad.code = Code::bad_amount;
    return bad;
  }
  if (!request.currency.empty() && money->currency != operation.currency) {
    return fault(Code::bad_amount,
                 "amount " + in_quotes(request.amount) +
                     " is not in the currency given beside it, " + request.currency,
                 "give one of the two, or let them agree");
  }
  operation.currency = money->currency;
  if (money->amount.sign() < 0) {
    return fault(Code::not_positive, "amount " + in_quotes(request.amount) + " is negative",
                 "an operation's amount is 0 or more");
  }
  if (!is_multiple(money->amount, schedule.currencies.minor_unit(money->currency))) {
    std::string code(money->currency.code());
    return fault(
        Code::precision,
        "amount " + in_quotes(request.amount) + " is finer than " + code + "'s minor unit, " +
            schedule.currencies.minor_unit(money->currency).to_string(),
        thousands_remedy(request.amount, code) + "round it yourself; levy does not guess how");
  }
  operation.amount = std::move(money->amount);
  return std::nullopt;
}

std::optional<Diagnostic> read_target(const schedule::Schedule& schedule, const Fields& fields,
                                      Operation& operation) {
  const std::string* given = find_field(fields, "to_currency");
  if (given == nullptr) return std::nullopt;
  if (auto bad = read_currency(schedule, "to_currency", *given, operation.to_currency)) return bad;
  if (operation.to_currency == operation.currency) operation.to_currency = Currency();
  return std::nullopt;
}

// "24.255" or "1/24.255": target units for one source unit. Names that the schedule declares are
// its own.
std::optional<Diagnostic> read_rate(const schedule::Schedule& schedule, const Fields& fields,
                                    Operation& operation) {
  const std::string* given = find_field(fields, "rate");
  bool declared = schedule.find_attribute("rate") || schedule.find_quantity("rate");
  if (given == nullptr || declared) return std::nullopt;
  Checked<Rational> rate = parse_fraction(*given, FractionOf::decimals);
  if (!rate) {
    Diagnostic bad = about(rate.faults(), "rate", *given);
    bad.code = Code::bad_value;
    return bad;
  }
  if (rate->sign() <= 0) {
    return fault(Code::bad_value, "rate " + in_quotes(*given) + " is not above 0",
                 "give the units of the target currency that one unit of the amount's is worth");
  }
  operation.rate = *rate;
  return std::nullopt;
}

// Does a fee or a limit name it?
bool names_operation(const schedule::Schedule& schedule, const std::string& name) {
  auto is_among = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return std::any_of(schedule.fees.begin(), schedule.fees.end(),
                     [&](const schedule::Fee& fee) { return is_among(fee.operations); }) ||
         std::any_of(schedule.limits.begin(), schedule.limits.end(),
                     [&](const schedule::Limit& limit) {
                       const std::optional<schedule::Meter::Counts>& counts = limit.meter.counts;
                       return (limit.meter.operations && is_among(*limit.meter.operations)) ||
                              (counts && counts->operations && is_among(*counts->operations));
                     });
}

std::optional<Diagnostic> read_name(const schedule::Schedule& schedule, const Request& request,
                                    Operation& operation) {
  operation.name = request.operation;
  if (names_operation(schedule, operation.name)) return std::nullopt;
  std::vector<std::string> known = schedule.operations();
  if (operation.name.empty()) {
    return fault(Code::unknown_operation, "no operation is given",
                 known.empty() ? "say what is done, for example \"withdrawal\""
                               : "this tariff knows " + join_or(known));
  }
  if (known.empty()) return std::nullopt;
  return fault(Code::unknown_operation,
               "this tariff has no operation " + in_quotes(operation.name) +
                   did_you_mean(operation.name, known),
               "it knows " + join_or(known));
}

std::optional<Diagnostic> read_attribute(const schedule::Schedule& schedule,
                                         const std::string& name, const std::string& value) {
  if (schedule::is_value_of(schedule, name, value)) return std::nullopt;
  Missing domain = schedule::describe_attribute(schedule, name);
  if (name == "country" || name == "to_country") {
    std::string meant = schedule::likely_country(value);
    return fault(Code::unknown_value,
                 name + " " + in_quotes(value) + " is not an ISO 3166-1 alpha-2 code",
                 meant.empty() ? "write two capital letters, for example DE" : "write " + meant);
  }
  bool boolean = domain.domain == std::vector<std::string>{"true", "false"};
  return fault(
      boolean ? Code::bad_value : Code::unknown_value,
      name + " is not " + in_quotes(value) + did_you_mean(value, domain.domain),
      domain.domain.empty() ? "this schedule has no " + name : "write " + join_or(domain.domain));
}

std::optional<Diagnostic> derive_cross_border(Operation& operation) {
  auto& attributes = operation.attributes;
  auto from = attributes.find("country"), to = attributes.find("to_country");
  if (from == attributes.end() || to == attributes.end()) return std::nullopt;
  std::string differs = from->second != to->second ? "true" : "false";
  auto [given, derived] = attributes.emplace("cross_border", differs);
  if (derived || given->second == differs) return std::nullopt;
  return fault(Code::bad_value,
               "cross_border is " + given->second + ", but country is " + from->second +
                   " and to_country " + to->second,
               "leave cross_border out, or let them agree");
}

bool is_operation_field(std::string_view name) {
  return name == "to_currency" || name == "time" || name == "currency" || name == "amount" ||
         name == "operation" || name == "balance" || name == "account" || name == "id";
}

std::optional<Diagnostic> read_attributes(const schedule::Schedule& schedule, const Fields& fields,
                                          Operation& operation) {
  for (const auto* field : fields) {
    const auto& [name, value] = *field;
    if (is_operation_field(name) || schedule.find_quantity(name) != nullptr) continue;
    if (name == "rate" && schedule.find_attribute(name) == nullptr) continue;
    const auto& builtin = schedule::builtin_attributes();
    bool known = std::find(builtin.begin(), builtin.end(), name) != builtin.end() ||
                 schedule.find_attribute(name) != nullptr;
    if (schedule::follows_from_time(name)) {
      return fault(Code::unknown_attribute, name + " follows from the operation's time",
                   "give the time instead");
    }
    if (!known) {
      return fault(Code::unknown_attribute,
                   "this tariff has no attribute or quantity " + in_quotes(name) +
                       did_you_mean(name, schedule::settable_names(schedule)),
                   "it knows " + join_or(schedule::settable_names(schedule)));
    }
    if (auto bad = read_attribute(schedule, name, value)) return bad;
    operation.attributes[name] = value;
  }
  return derive_cross_border(operation);
}

std::optional<Diagnostic> check_range(const schedule::Quantity& quantity, const Rational& value) {
  bool low = quantity.min && value < Rational(*quantity.min);
  bool high = quantity.max && value > Rational(*quantity.max);
  if (!low && !high) return std::nullopt;
  return fault(Code::out_of_range,
               quantity.name + " " + value.to_string() + " is " + (low ? "below" : "above") + " " +
                   (low ? *quantity.min : *quantity.max).to_string(),
               std::string("the schedule's ") + (low ? "least" : "most") + " is " +
                   (low ? *quantity.min : *quantity.max).to_string());
}

std::optional<Diagnostic> read_quantities(const schedule::Schedule& schedule, const Fields& fields,
                                          Operation& operation) {
  for (const schedule::Quantity& quantity : schedule.quantities) {
    const std::string* given = find_field(fields, quantity.name);
    if (given == nullptr) {
      if (quantity.by_default) operation.quantities[quantity.name] = *quantity.by_default;
      continue;
    }
    Checked<Decimal> value = parse_decimal(*given);
    if (!value) {
      Diagnostic bad = about(value.faults(), quantity.name, *given);
      bad.code = Code::bad_value;
      return bad;
    }
    if (value->sign() < 0) {
      return fault(Code::bad_value, quantity.name + " " + in_quotes(*given) + " is negative",
                   "a quantity is 0 or more");
    }
    operation.quantities[quantity.name] = *value;
  }
  return std::nullopt;
}

std::optional<Diagnostic> check_in_force(const schedule::Schedule& schedule,
                                         const Operation& operation) {
  const Instant t = operation.time;
  const TimeZone& zone = schedule.timezone;
  if (is_in_force(schedule, t)) return std::nullopt;
  bool early = schedule.from && t < *schedule.from;
  std::string when = to_string(t, zone);
  if (early) {
    return fault(
        Code::not_in_force,
        "the tariff is in force from " + to_string(*schedule.from, zone) + ", and it is " + when,
        "ask for a time in force with --at, or load the version before");
  }
  return fault(
      Code::not_in_force,
      "the tariff was in force until " + to_string(*schedule.until, zone) + ", and it is " + when,
      "ask for a time in force with --at, or load the version after");
}

}  // namespace

void Request::set(std::string_view name, std::string_view value) {
  if (name == "operation") {
    operation = value;
  } else if (name == "amount") {
    amount = value;
  } else if (name == "currency") {
    currency = value;
  } else {
    fields.emplace_back(name, value);
  }
}

bool is_in_force(const schedule::Schedule& schedule, Instant t) {
  return (!schedule.from || t >= *schedule.from) && (!schedule.until || t < *schedule.until);
}

Checked<Instant> time_of(std::string_view text, const TimeZone& zone, Instant fallback_time) {
  if (text.empty()) return fallback_time;
  Checked<Instant> time = parse_instant(text, zone);
  if (!time) return about(time.faults(), "time", text);
  return time;
}

Checked<Instant> time_of(const Request& request, const TimeZone& zone, Instant fallback_time) {
  return time_of(time_text(request), zone, fallback_time);
}

std::string_view time_text(const Request& request) {
  auto given = std::find_if(request.fields.rbegin(), request.fields.rend(),
                            [](const auto& field) { return field.first == "time"; });
  return given == request.fields.rend() ? std::string_view() : given->second;
}

Checked<Operation> decode_operation(const schedule::Schedule& schedule, const Request& request,
                                    Instant fallback_time) {
  return decode_operation(schedule, request,
                          time_of(time_text(request), schedule.timezone, fallback_time));
}

Checked<Operation> decode_operation(const schedule::Schedule& schedule, const Request& request,
                                    const Checked<Instant>& time) {
  Fields fields = fields_of(request);
  Operation operation;
  if (auto bad = read_amount(schedule, request, operation)) return *bad;
  if (auto bad = read_target(schedule, fields, operation)) return *bad;
  if (auto bad = read_rate(schedule, fields, operation)) return *bad;
  if (auto bad = read_name(schedule, request, operation)) return *bad;
  if (!time) return time.faults();
  operation.time = *time;
  if (auto bad = read_attributes(schedule, fields, operation)) return *bad;
  if (auto bad = read_quantities(schedule, fields, operation)) return *bad;
  return operation;
}

std::optional<Diagnostic> check_quantities(const schedule::Schedule& schedule,
                                           const Operation& operation) {
  for (const schedule::Quantity& quantity : schedule.quantities) {
    auto given = operation.quantities.find(quantity.name);
    if (given == operation.quantities.end()) continue;
    if (auto bad = check_range(quantity, given->second)) return bad;
  }
  return std::nullopt;
}

std::optional<Diagnostic> check_operation(const schedule::Schedule& schedule,
                                          const Operation& operation) {
  if (auto bad = check_quantities(schedule, operation)) return bad;
  return check_in_force(schedule, operation);
}

std::optional<std::string> attribute_of(const schedule::Schedule& schedule,
                                        const Operation& operation, std::string_view name) {
  if (name == "currency") return std::string(operation.currency.code());
  if (name == "to_currency") {
    return std::string((operation.converts() ? operation.to_currency : operation.currency).code());
  }
  if (name == "weekday")
    return std::string(weekday_word(weekday(schedule.timezone.local(operation.time).day)));
  auto found = operation.attributes.find(name);
  if (found == operation.attributes.end()) return std::nullopt;
  return found->second;
}

}  // namespace levy::facts
