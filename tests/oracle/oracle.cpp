#include "oracle.h"

#include "oracle_charge.h"
#include "oracle_condition.h"

#include <set>

namespace oracle {

namespace {

using Sums = std::map<std::string, Rational>;  // by currency

// What a fee comes to before any charge is computed.
struct Choice {
  const Json& fee;
  const Json* rule = nullptr;  // the fee itself or its case; null: it does not apply
  std::string error;           // uncovered, missing_money; "" if none
  bool needs_amount = false;
  bool undecided = false;
};

bool is_for(const Json& fee, const std::string& operation) {
  if (!fee.contains("operation")) {
    return true;
  }
  const Json& names = fee.at("operation");
  for (const Json& name : names.is_array() ? names : Json::array({names})) {
    if (name == operation) {
      return true;
    }
  }
  return false;
}

// Notes what keeps the condition from being decided.
void note(Choice& choice, Truth truth) {
  choice.needs_amount = truth == Truth::needs_amount;
  choice.undecided = truth == Truth::unknown;
  choice.error = truth == Truth::no_money ? "missing_money" : "";
}

Choice choose(const Json& fee, const Operation& operation) {
  Choice choice{fee, nullptr, "", false, false};
  const Truth applies = is_for(fee, operation.name) ? holds(fee, operation) : Truth::no;
  note(choice, applies);
  if (applies != Truth::yes) {
    return choice;
  }
  if (!fee.contains("cases")) {
    choice.rule = &fee;
    return choice;
  }
  for (const Json& one : fee.at("cases")) {
    const Truth truth = holds(one, operation);
    if (truth == Truth::no) {
      continue;
    }
    note(choice, truth);
    choice.rule = truth == Truth::yes ? &one : nullptr;
    return choice;
  }
  choice.error = "uncovered";
  return choice;
}

// The stages of SPEC §6's order of errors that the choice of rules decides.
std::vector<Choice> choose_all(const Operation& operation) {
  std::vector<Choice> choices;
  if (operation.schedule.contains("fees")) {
    for (const Json& fee : operation.schedule.at("fees")) {
      choices.push_back(choose(fee, operation));
    }
  }
  bool undecided = false;
  for (const Choice& choice : choices) {
    const bool charges_amount = choice.rule != nullptr && uses_amount(*choice.rule);
    if (!operation.amount_given && (choice.needs_amount || charges_amount)) {
      throw Failure{"bad_amount"};
    }
    undecided = undecided || choice.undecided;
  }
  if (undecided) {
    throw Failure{"missing_attributes"};
  }
  check_quantities(operation);
  for (const Choice& choice : choices) {
    if (choice.rule != nullptr) {
      check_units(*choice.rule, operation);
    }
  }
  return choices;
}

// mode and `to` from the first that says them; the quantum is in the currency given.
struct Rounding {
  std::string mode = "half-even";
  Rational quantum;
};

Rational quantum_of(const Json& to, const std::string& currency, const Json& schedule) {
  if (!to.is_array()) {
    return decimal_of(plain_text(to));
  }
  const std::optional<Rational> entry = entry_in(money_list(schedule, to), currency);
  return entry ? *entry : minor_unit(schedule, currency);
}

Rounding rounding_in(const Json& schedule, const Json& own, const std::string& currency) {
  Rounding rounding{"half-even", minor_unit(schedule, currency)};
  for (const Json& one : {schedule.value("rounding", Json::object()), own}) {  // own wins
    rounding.mode = one.value("mode", rounding.mode);
    if (one.contains("to")) {
      rounding.quantum = quantum_of(one.at("to"), currency, schedule);
    }
  }
  return rounding;
}

bool rounds_totals(const Json& schedule) {
  return schedule.value("rounding", Json::object()).value("apply", "line") == "total";
}

Rational rounded_line(const Json& schedule, const Json& fee, const Money& charged) {
  const Json own = fee.value("round", Json::object());
  if (own == "none" || (!fee.contains("round") && rounds_totals(schedule))) {
    return charged.value;
  }
  const Rounding rounding = rounding_in(schedule, own, charged.currency);
  return round_to(charged.value, rounding.quantum, rounding.mode);
}

std::string collect_of(const Json& schedule, const Json& fee, const Json& rule) {
  const std::string inherited = fee.value("collect", schedule.value("collect", "on_top"));
  return rule.value("collect", inherited);
}

struct Charges {
  std::vector<Line> lines;
  Rational margin = 0;  // percent
};

Charges charge_fees(const Operation& operation, const std::vector<Choice>& choices) {
  Charges charges;
  std::map<std::string, Line> by_fee;
  for (const Choice& choice : choices) {
    if (!choice.error.empty()) {
      throw Failure{choice.error};
    }
    if (choice.rule == nullptr) {
      continue;
    }
    if (choice.rule->contains("margin")) {
      charges.margin += decimal_of(plain_text(choice.rule->at("margin")));
      continue;
    }
    const std::string id = choice.fee.at("id").get<std::string>();
    const Scene scene{operation, by_fee, id};
    const std::optional<Money> charged = charge(*choice.rule, scene);
    if (!charged) {
      continue;
    }
    const Rational one = rounded_line(operation.schedule, choice.fee, *charged);
    const Rational rounded = one * times_of(*choice.rule, operation);
    const Rational amount = capped(*choice.rule, {rounded, charged->currency}, scene);
    const std::string collect = collect_of(operation.schedule, choice.fee, *choice.rule);
    const Line line{id, amount, charged->currency, collect};
    charges.lines.push_back(line);
    by_fee.emplace(id, line);
  }
  return charges;
}

Sums collected(const Operation& operation, const std::vector<Line>& lines, const std::string& way) {
  const Json& schedule = operation.schedule;
  Sums sums;
  for (const Line& line : lines) {
    if (line.collect == way) {
      sums[line.currency] += line.amount;
    }
  }
  for (auto& [currency, sum] : sums) {
    const Rounding rounding = rounding_in(schedule, Json::object(), currency);
    if (rounds_totals(schedule)) {
      sum = round_to(sum, rounding.quantum, rounding.mode);
    }
    sum = round_to(sum, minor_unit(schedule, currency), rounding.mode);
  }
  return sums;
}

Rational sum_in(const Sums& sums, const std::string& currency) {
  const auto found = sums.find(currency);
  return found == sums.end() ? Rational(0) : found->second;
}

// The source currency and each that a collected line has, in the lines' order.
std::vector<std::string> currencies_of(const Operation& operation, const std::vector<Line>& lines) {
  std::vector<std::string> currencies = {operation.source};
  std::set<std::string> seen = {operation.source};
  for (const Line& line : lines) {
    if (line.collect != "none" && seen.insert(line.currency).second) {
      currencies.push_back(line.currency);
    }
  }
  return currencies;
}

struct Rates {
  Rational mid = 1;
  Rational rate = 1;  // mid less the margins, rounded as the schedule says
};

Rates rates_of(const Operation& operation, const Rational& margin) {
  Rates rates;
  const Json own = operation.request.value("rate", Json());
  rates.mid = own.is_null() ? mid_rate(operation.rates, operation.source, operation.target)
                            : rate_of(plain_text(own));
  rates.rate = rates.mid * (1 - margin / 100);
  const Json conversion = operation.schedule.value("conversion", Json::object());
  if (conversion.contains("rate")) {
    const Json& how = conversion.at("rate");
    rates.rate = round_to(rates.rate, power_of_ten(-how.at("digits").get<int>()),
                          rounding_in(operation.schedule, how, operation.target).mode);
  }
  if (rates.rate <= 0) {
    throw Failure{"rate_not_positive"};
  }
  return rates;
}

Rational rounded_credit(const Operation& operation, const Rational& value) {
  const Json& schedule = operation.schedule;
  const Json conversion = schedule.value("conversion", Json::object());
  const Json own = conversion.value("round", Json::object());
  const std::string mode = rounding_in(schedule, own, operation.target).mode;
  const Rational quantum = own.contains("to") ? quantum_of(own.at("to"), operation.target, schedule)
                                              : minor_unit(schedule, operation.target);
  return round_to(value, quantum, mode);
}

std::string money_text(const Operation& operation, const Rational& value,
                       const std::string& currency) {
  return text_of(value, minor_digits(operation.schedule, currency));
}

Json line_json(const Operation& operation, const Line& line) {
  Json json;
  json["fee"] = line.fee;
  json["amount"] = money_text(operation, line.amount, line.currency);
  json["currency"] = line.currency;
  json["collect"] = line.collect;
  return json;
}

void check_deducted(const Operation& operation, const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    const bool meets = line.currency == operation.source || line.currency == operation.target;
    if (line.collect == "deducted" && !meets) {
      throw Failure{"mixed_currencies"};
    }
  }
}

void add_credit(Json& answer, const Operation& operation, const Sums& deducted, const Rates& rates,
                const Rational& margin) {
  const Rational net = operation.amount - sum_in(deducted, operation.source);
  Rational credit = net;
  answer["credit"] = Json::object();
  answer["conversion"] = nullptr;
  if (operation.converts()) {
    credit = rounded_credit(operation, net * rates.rate) - sum_in(deducted, operation.target);
    const Rational cost = rounded_credit(operation, net * rates.mid - net * rates.rate);
    Json conversion;
    conversion["mid"] = text_of(rates.mid);
    conversion["margin"] = text_of(margin);
    conversion["rate"] = text_of(rates.rate);
    conversion["margin_cost"][operation.target] = money_text(operation, cost, operation.target);
    answer["conversion"] = conversion;
  }
  if (net < 0 || credit < 0) {
    throw Failure{"fees_exceed_amount"};
  }
  answer["credit"][operation.target] = money_text(operation, credit, operation.target);
}

Json answer_of(const Operation& operation, const Charges& charges) {
  const Rates rates = operation.converts() ? rates_of(operation, charges.margin) : Rates();
  check_deducted(operation, charges.lines);
  const Sums on_top = collected(operation, charges.lines, "on_top");
  const Sums deducted = collected(operation, charges.lines, "deducted");
  Json answer;
  answer["lines"] = Json::array();
  for (const Line& line : charges.lines) {
    answer["lines"].push_back(line_json(operation, line));
  }
  for (const std::string& currency : currencies_of(operation, charges.lines)) {
    const Rational added = sum_in(on_top, currency);
    const Rational fees = added + sum_in(deducted, currency);
    const Rational paid = currency == operation.source ? operation.amount : Rational(0);
    const Rational debit = paid + added;
    if (debit < 0) {
      throw Failure{"fees_exceed_amount"};
    }
    answer["fees"][currency] = money_text(operation, fees, currency);
    answer["debit"][currency] = money_text(operation, debit, currency);
  }
  add_credit(answer, operation, deducted, rates, charges.margin);
  return answer;
}

}  // namespace

Json quote(const Json& schedule, const Json& request, const Json& rates) {
  try {
    const Operation operation = read_operation(schedule, request, rates);
    const std::vector<Choice> choices = choose_all(operation);
    check_in_force(operation);
    return answer_of(operation, charge_fees(operation, choices));
  } catch (const Failure& failure) {
    Json error;
    error["error"]["code"] = failure.code;
    return error;
  }
}

}  // namespace oracle
