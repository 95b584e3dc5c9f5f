#include "limits_oracle.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "oracle.h"

namespace limits_oracle {
namespace {

constexpr const char* weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

bool names(const Json& operation, const std::string& name) {
  if (operation.is_string()) return operation == name;
  return std::find(operation.begin(), operation.end(), Json(name)) != operation.end();
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// "12 BBB": the code; else the fallback.
std::string code_of(const Json& value, const std::string& fallback) {
  std::string whole = text(value);
  std::size_t space = whole.find(' ');
  return space == std::string::npos ? fallback : whole.substr(space + 1);
}

Rational figure_of(const Json& value) {
  std::string whole = text(value);
  return oracle::decimal_of(whole.substr(0, whole.find(' ')));
}

bool is_money(const Json& meter) {
  std::string measure = meter.value("measure", "amount");
  return measure == "amount" || measure == "debit" || measure == "balance";
}

int seconds_of_day(const std::string& clock) {
  return std::stoi(clock.substr(0, 2)) * 3600 + std::stoi(clock.substr(3, 2)) * 60;
}

}  // namespace

Seconds seconds_of(const std::string& utc) {
  int parts[6];
  std::sscanf(utc.c_str(), "%d-%d-%dT%d:%d:%dZ", &parts[0], &parts[1], &parts[2], &parts[3],
              &parts[4], &parts[5]);
  // Days before a civil date, counted year by year and month by month.
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  Seconds days = parts[2] - 1;
  for (int y = 1970; y < parts[0]; ++y) days += leap(y) ? 366 : 365;
  for (int m = 1; m < parts[1]; ++m) days += lengths[m - 1] + (m == 2 && leap(parts[0]) ? 1 : 0);
  return days * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5];
}

std::string text_of(const Rational& value) { return value.str(); }

Rational value_of(const std::string& text) {
  std::size_t slash = text.find('/');
  if (slash == std::string::npos) return oracle::decimal_of(text);
  return oracle::decimal_of(text.substr(0, slash)) / oracle::decimal_of(text.substr(slash + 1));
}

Oracle::Oracle(const Question& question, const Calendar& calendar)
    : q_(question), calendar_(calendar) {
  now_ = seconds_of(q_.request["time"]);
  currency_ = code_of(q_.request["amount"], q_.schedule["currency"]);
  amount_ = figure_of(q_.request["amount"]);
  if (q_.history.is_null()) return;
  for (const Json& row : q_.history) row_times_.push_back(seconds_of(row["time"]));
}

void Oracle::fail(const std::string& code) { failures_.push_back(code); }

// ---- money ---------------------------------------------------------------------------------

Rational Oracle::in_currency(const Rational& value, const std::string& from,
                             const std::string& to) {
  if (from == to || value == 0) return value;  // nothing is nothing in any currency
  if (q_.rates.is_null()) {
    fail("missing_rate");
    return 0;
  }
  auto per_base = [&](const std::string& code) -> Rational {
    if (q_.rates["base"] == code) return 1;
    return oracle::decimal_of(q_.rates["rates"][code].get<std::string>());
  };
  return value * per_base(to) / per_base(from);
}

Rational Oracle::money(const Json& value, const std::string& currency) {
  std::string own = q_.schedule["currency"];
  return in_currency(figure_of(value), code_of(value, own), currency);
}

// The meter's `currency`, else that of what it is compared with, else the schedule's.
std::string Oracle::meter_currency(const Json& meter, const std::string& id) const {
  if (meter.contains("currency")) return meter["currency"];
  std::string own = q_.schedule["currency"];
  for (const char* key : {"max", "min"}) {
    if (!meter.contains(key)) continue;
    const Json& bounds = meter[key];
    if (!bounds.is_object() && !bounds.is_null()) return code_of(bounds, own);
    for (const auto& [tier, bound] : bounds.items()) {
      if (!bound.is_null()) return code_of(bound, own);
    }
  }
  std::vector<Json> items;
  for (const Json& tier : q_.schedule["tiers"]) {
    if (tier.contains("requires")) collect(tier["requires"], items);
  }
  for (const Json& item : items) {
    if (item.is_object() && item.contains(id)) return code_of(item[id]["at_least"], own);
  }
  return own;
}

// ---- conditions ----------------------------------------------------------------------------

int Oracle::holds_one(const std::string& key, const Json& wanted, const Json& operation, Seconds t,
                      const Rational& amount) {
  if (wanted.is_object() && wanted.contains("not")) {
    int inner = holds_one(key, wanted["not"], operation, t, amount);
    return inner < 0 ? inner : 1 - inner;
  }
  if (key == "amount" || key == "time_of_day") {
    Rational value = key == "amount" ? amount : Rational(calendar_.clock(t).second);
    auto edge = [&](const char* name) -> Rational {
      if (key != "amount") return Rational(seconds_of_day(wanted[name]));
      for (const Json& one : wanted[name]) {
        if (code_of(one, "") == operation["currency"]) return figure_of(one);
      }
      throw std::logic_error("the dice give one amount in each currency");
    };
    if (wanted.contains("from") && !(value >= edge("from"))) return 0;
    if (wanted.contains("above") && !(value > edge("above"))) return 0;
    if (wanted.contains("up_to") && !(value <= edge("up_to"))) return 0;
    return wanted.contains("below") && !(value < edge("below")) ? 0 : 1;
  }
  std::string value;
  if (key == "weekday") value = weekdays[calendar_.clock(t).first];
  if (key != "weekday" && operation.contains(key)) value = text(operation[key]);
  if (value.empty()) return -1;
  if (!wanted.is_array()) return value == text(wanted) ? 1 : 0;
  for (const Json& one : wanted) {
    if (value == text(one)) return 1;
  }
  return 0;
}

int Oracle::holds(const Json& when, const Json& operation, Seconds t, const Rational& amount) {
  int all = 1;
  for (const auto& [key, wanted] : when.items()) {
    int one = holds_one(key, wanted, operation, t, amount);
    if (one == 0) return 0;
    if (one < 0) all = -1;
  }
  return all;
}

// ---- readings ------------------------------------------------------------------------------

Rational Oracle::counted(const Json& meter, const Json& row) {
  std::string measure = meter.value("measure", "amount");
  if (measure == "count") return 1;
  std::string currency = row.value("currency", q_.schedule["currency"].get<std::string>());
  if (measure == "amount" || measure == "debit") {
    std::string column = measure == "debit" ? "debit" : "amount";
    if (!row.contains(column)) {
      fail(measure == "debit" ? "bad_file" : "bad_amount");
      return 0;
    }
    return in_currency(figure_of(row[column]), currency, meter["#currency"]);
  }
  if (!row.contains(measure)) {
    fail("missing_quantity");
    return 0;
  }
  return figure_of(row[measure]);
}

// Nothing: nobody gave it. It is the same whatever amount is tried.
std::optional<Rational> Oracle::reading(const Json& meter, const std::string& id, Seconds t) {
  auto known = readings_.find({id, t});
  if (known == readings_.end()) {
    std::vector<std::string> before;
    std::swap(before, failures_);
    std::optional<Rational> value = read(meter, id, t);
    std::swap(before, failures_);
    known = readings_.emplace(std::pair(id, t), Known{value, before}).first;
  }
  for (const std::string& code : known->second.failures) fail(code);
  return known->second.value;
}

std::optional<Rational> Oracle::read(const Json& meter, const std::string& id, Seconds t) {
  std::string currency = is_money(meter) ? meter_currency(meter, id) : "";
  auto given = [&](const Json& value) {
    if (currency.empty()) return figure_of(value);
    return in_currency(figure_of(value), code_of(value, currency), currency);
  };
  bool balance = meter.value("measure", "") == "balance";
  Json window = meter.value("window", Json("transaction"));
  if (!balance && window == "transaction") return Rational(0);
  if (q_.request.contains("used") && q_.request["used"].contains(id))
    return given(q_.request["used"][id]);
  if (!q_.profile.is_null() && q_.profile.contains("usage") && q_.profile["usage"].contains(id))
    return given(q_.profile["usage"][id]);
  if (balance) {
    if (q_.request.contains("balance")) return given(q_.request["balance"]);
    if (!q_.profile.is_null() && q_.profile.contains("balance"))
      return given(q_.profile["balance"]);
    return std::nullopt;
  }
  if (q_.history.is_null()) return std::nullopt;
  Json typed = meter;
  typed["#currency"] = currency;
  Rational sum = 0;
  const auto [first, last] = span(window, t);
  for (std::size_t i = 0; i < row_times_.size(); ++i) {
    const Seconds at = row_times_[i];
    if (at < first || at > last || at > now_) continue;  // nothing new, also at a later time
    const Json& row = q_.history[i];
    if (row.value("account", "a1") != "a1" || row.value("status", "ok") != "ok") continue;
    const Json& what = meter.contains("counts") ? meter["counts"] : meter;
    if (what.contains("operation") && !names(what["operation"], row["operation"])) continue;
    Rational amount = row.contains("amount") ? figure_of(row["amount"]) : Rational(0);
    int counts = what.contains("when") ? holds(what["when"], row, at, amount) : 1;
    if (counts < 0) fail("missing_attributes");
    if (counts <= 0) continue;
    // A row must say what the meter counts, whosever values of `per` it has.
    bool same = agrees(meter, row);
    Rational value = counted(typed, row);
    if (same) sum += value;
  }
  return sum;
}

// ---- limits --------------------------------------------------------------------------------

std::optional<Rational> Oracle::bound(const Json& limit, const char* key, const std::string& tier) {
  if (!limit.contains(key)) return std::nullopt;
  const Json& value = limit[key].is_object() ? limit[key][tier] : limit[key];
  if (value.is_null()) return std::nullopt;
  if (!is_money(limit)) return figure_of(value);
  return money(value, meter_currency(limit, limit["id"]));
}

// SPEC: above the present tier's max it is a raise, and in every tier the larger of the two holds;
// below it, it is a restriction and holds in every tier.
void Oracle::move_max(State& state, const Json& limit, const Try& one) {
  if (q_.profile.is_null() || !q_.profile.contains("overrides")) return;
  for (const Json& candidate : q_.profile["overrides"]) {
    bool here = candidate["limit"] == limit["id"];
    bool over = candidate.contains("until") && seconds_of(candidate["until"]) <= one.t;
    if (here && !over) state.override_ = &candidate;
  }
  if (state.override_ == nullptr) return;
  std::optional<Rational> granted;
  const Json& max = (*state.override_)["max"];
  if (!max.is_null()) {
    std::string own = meter_currency(limit, limit["id"]);
    granted =
        is_money(limit) ? in_currency(figure_of(max), code_of(max, own), own) : figure_of(max);
  }
  std::optional<Rational> present = bound(limit, "max", one.present.value_or(""));
  bool below = granted && (!present || *granted < *present);
  if (below) {
    state.max = granted;
  } else if (!granted) {
    state.max = std::nullopt;
  } else if (state.max) {
    state.max = std::max(*state.max, *granted);
  }
}

// P + what is charged on top, as the oracle of quotes has it.
Rational Oracle::debit(const Try& one) {
  std::string key = one.tier.value_or("") + "/" + text_of(one.amount);
  auto known = debits_.find(key);
  if (known == debits_.end()) {
    Json request;
    request["operation"] = q_.request["operation"];
    request["currency"] = currency_;
    std::ostringstream amount;
    amount << Rational(one.amount * 10);  // at most one digit after the point here
    std::string digits = amount.str();
    while (digits.size() < 2) digits.insert(0, "0");
    request["amount"] = digits.substr(0, digits.size() - 1) + "." + digits.back();
    if (one.tier) request["tier"] = *one.tier;
    Json answer = oracle::quote(q_.schedule, request, Json());
    std::optional<Rational> value;
    if (answer.contains("debit")) value = value_of(answer["debit"][currency_]);
    known = debits_.emplace(key, value).first;
  }
  if (!known->second) fail("fees_exceed_amount");
  return known->second.value_or(0);
}

Oracle::State Oracle::state(const Json& limit, const Try& one) {
  State state{&limit, 0, 0, {}, {}, false, true, nullptr};
  state.min = bound(limit, "min", one.tier.value_or(""));
  state.max = bound(limit, "max", one.tier.value_or(""));
  move_max(state, limit, one);
  std::optional<Rational> used = reading(limit, limit["id"], one.t);
  if (!used && q_.strict) fail("missing_reading");
  state.assumed = !used;
  state.used = used.value_or(0);
  std::string measure = limit.value("measure", "amount");
  std::string currency = meter_currency(limit, limit["id"]);
  Rational added = 1;
  bool itself = counts_itself(limit, operation_at(one), one) != 0;
  if (!itself) added = 0;
  if (itself && (measure == "amount" || measure == "balance"))
    added = in_currency(one.amount, currency_, currency);
  if (itself && measure == "debit") added = in_currency(debit(one), currency_, currency);
  if (itself && measure == "units") {
    if (!q_.request.contains("units")) fail("missing_quantity");
    added = q_.request.contains("units") ? figure_of(q_.request["units"]) : Rational(0);
  }
  state.after = state.used + added;
  state.holds =
      (!state.min || state.after >= *state.min) && (!state.max || state.after <= *state.max);
  return state;
}

std::vector<std::string> Oracle::per_of(const Json& meter) {
  if (!meter.contains("per")) return {};
  if (meter["per"].is_string()) return {meter["per"].get<std::string>()};
  return meter["per"].get<std::vector<std::string>>();
}

// Has the row the operation's own values of what the meter counts by separately?
bool Oracle::agrees(const Json& meter, const Json& row) {
  bool same = true;
  for (const std::string& name : per_of(meter)) {
    if (!row.contains(name)) fail("missing_attributes");
    same = same && row.contains(name) && q_.request.contains(name) && row[name] == q_.request[name];
  }
  return same;
}

// The operation as conditions see it.
Json Oracle::operation_at(const Try& one) const {
  Json operation = q_.request;
  operation.erase("tier");
  operation["currency"] = currency_;
  if (one.tier) operation["tier"] = *one.tier;
  return operation;
}

// Is the operation itself one of those that the limit's meter counts? Below 0: not known.
int Oracle::counts_itself(const Json& limit, const Json& operation, const Try& one) {
  if (!limit.contains("counts")) return 1;
  const Json& what = limit["counts"];
  if (what.contains("operation") && !names(what["operation"], q_.request["operation"])) return 0;
  return what.contains("when") ? holds(what["when"], operation, one.t, one.amount) : 1;
}

// Nothing, and a failure, where it cannot be said of all limits.
std::vector<const Json*> Oracle::applying(const Try& one) {
  const Json operation = operation_at(one);
  bool missing = false;
  std::vector<const Json*> applying;
  for (const Json& limit : q_.schedule["limits"]) {
    if (limit.contains("operation") && !names(limit["operation"], q_.request["operation"]))
      continue;
    int applies = limit.contains("when") ? holds(limit["when"], operation, one.t, one.amount) : 1;
    if (applies == 0) continue;
    bool by_tier = (limit.contains("max") && limit["max"].is_object()) ||
                   (limit.contains("min") && limit["min"].is_object());
    for (const std::string& name : per_of(limit)) missing = missing || !operation.contains(name);
    missing = missing || applies < 0 || (by_tier && !one.tier) ||
              counts_itself(limit, operation, one) < 0;
    applying.push_back(&limit);
  }
  if (missing) {
    fail("missing_attributes");
    return {};
  }
  return applying;
}

std::vector<Oracle::State> Oracle::states(const Try& one) {
  std::vector<State> result;
  for (const Json* limit : applying(one)) result.push_back(state(*limit, one));
  return result;
}

bool Oracle::all_hold(const Try& one) {
  for (const Json* limit : applying(one)) {
    if (!state(*limit, one).holds) return false;
  }
  return failures_.empty();
}

}  // namespace limits_oracle
