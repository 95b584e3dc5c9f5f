#include "oracle_charge.h"

#include "oracle_meter.h"
#include "oracle_terms.h"

#include <algorithm>

namespace oracle {

namespace {

// The product of the quantities that `units` names.
Rational product_of_units(const Json& units, const Operation& operation) {
  Rational product = 1;
  for (const Json& name : units.is_array() ? units : Json::array({units})) {
    const std::string text = name.get<std::string>();
    product *= text == "amount" ? operation.amount : operation.quantities.at(text);
  }
  return product;
}

// The sum of the lines that `of` names; nothing where none of them is there.
// The amount is always there.
std::optional<Money> sum_of_lines(const Json& names, const Scene& scene) {
  std::optional<Money> sum;
  for (const Json& name : names.is_array() ? names : Json::array({names})) {
    std::string id = name.get<std::string>();
    const bool subtracted = id.front() == '-';
    if (subtracted) {
      id.erase(0, 1);
    }
    Money term{scene.operation.amount, scene.operation.source};
    if (id != "amount") {
      const auto line = scene.lines.find(id);
      if (line == scene.lines.end()) {
        continue;
      }
      term = {line->second.amount, line->second.currency};
    }
    if (!sum) {
      sum = Money{0, term.currency};
    }
    if (sum->currency != term.currency) {
      throw Failure{"mixed_currencies"};
    }
    sum->value += subtracted ? Rational(-term.value) : term.value;
  }
  return sum;
}

// The amount and what earlier fees put on top of it.
Money paid_so_far(const Scene& scene) {
  Money paid{scene.operation.amount, scene.operation.source};
  for (const auto& [fee, line] : scene.lines) {
    if (line.collect == "on_top" && line.currency == paid.currency) {
      paid.value += line.amount;
    }
  }
  return paid;
}

bool is_of_debit(const Json& rule) { return rule.value("of", Json("amount")) == "debit"; }

// Its currency is "" where the base is not money.
std::optional<Money> base_of(const Json& rule, const Scene& scene) {
  if (rule.contains("units")) {
    return Money{product_of_units(rule.at("units"), scene.operation), ""};
  }
  if (is_of_debit(rule)) {
    return paid_so_far(scene);
  }
  std::optional<Money> base = sum_of_lines(rule.value("of", Json("amount")), scene);
  if (base) {
    base->value /= times_of(rule, scene.operation);
  }
  return base;
}

Rational debit_share(const Json& rule) {
  const Rational percent = rate_of(plain_text(rule.value("percent", Json("0"))));
  const Rational bps = rate_of(plain_text(rule.value("bps", Json("0"))));
  return percent / 100 + bps / 10000;
}

// What of the base is left to charge; nothing where all of it is free. An operation that is
// not among the first ones counted is charged even where its base is 0.
std::optional<Rational> left_of_base(const Json& free, const Rational& base, const Terms& terms,
                                     const Scene& scene) {
  if (free.contains("count")) {
    const bool is_free = plain_reading(free, scene) < Rational(free.at("count").get<int>());
    return is_free ? std::nullopt : std::optional<Rational>(base);
  }
  Rational allowance = 0;
  if (free.contains("units")) {
    allowance = decimal_of(plain_text(free.at("units"))) - plain_reading(free, scene);
  } else {
    const Json& amount = free.at("amount");
    const std::string own = meter_currency(free, {amount}, scene.operation.schedule);
    allowance = base_bound(amount, terms) - money_reading(free, scene, own, terms.base_currency);
  }
  if (allowance < 0) {
    allowance = 0;
  }
  if (base <= allowance) {
    return std::nullopt;
  }
  return free.value("whole", false) ? base : Rational(base - allowance);
}

// What the meter had counted before, in the base's own measure.
Rational reading_before(const Json& rule, const Terms& terms, const Scene& scene) {
  const Json& by = rule.at("by");
  if (terms.base_currency.empty()) {
    return plain_reading(by, scene);
  }
  std::vector<Json> compared;
  for (const Json& band : rule.value("graduated", Json::array())) {
    if (const Json* end = band_end(band)) {
      compared.push_back(*end);
    }
  }
  if (rule.contains("per")) {
    compared.push_back(rule.at("per").at("every"));
  }
  const std::string own = meter_currency(by, compared, scene.operation.schedule);
  return money_reading(by, scene, own, terms.base_currency);
}

// per and graduated; over reading + base less what they were over the reading alone.
Rational cumulative_part(const Json& rule, const Rational& base, const Terms& terms,
                         const Scene& scene) {
  const auto over = [&](const Rational& value) {
    Rational sum = 0;
    if (rule.contains("per")) {
      sum += blocks_charge(rule.at("per"), value, terms);
    }
    if (rule.contains("graduated")) {
      sum += graduated_charge(rule.at("graduated"), value, terms);
    }
    return sum;
  };
  const bool cumulates = rule.contains("per") || rule.contains("graduated");
  if (!rule.contains("by") || !cumulates) {
    return over(base);
  }
  const Rational before = reading_before(rule, terms, scene);
  return over(before + base) - over(before);
}

Rational slab_part(const Json& rule, const Rational& base, const Terms& terms, const Scene& scene) {
  const Rational charged = base < 0 ? Rational(0) : base;
  const Json& bands = rule.at("slab");
  if (!rule.contains("by")) {
    const auto bound = [&](const Json& end) { return base_bound(end, terms); };
    return band_charge(holding_band(bands, charged, bound), charged, terms);
  }
  const Json& by = rule.at("by");
  if (!measures_money(by)) {
    const auto bound = [](const Json& end) { return decimal_of(plain_text(end)); };
    const Rational reading = plain_reading(by, scene);
    return band_charge(holding_band(bands, reading, bound), charged, terms);
  }
  std::vector<Json> compared;
  for (const Json& band : bands) {
    if (const Json* end = band_end(band)) {
      compared.push_back(*end);
    }
  }
  const std::string own = meter_currency(by, compared, scene.operation.schedule);
  const auto bound = [&](const Json& end) { return price(end, own, terms); };
  const Rational reading = money_reading(by, scene, own, own);
  return band_charge(holding_band(bands, reading, bound), charged, terms);
}

std::optional<Money> single_charge(const Json& rule, const Scene& scene) {
  const std::optional<Money> base = base_of(rule, scene);
  if (!base) {
    return std::nullopt;
  }
  const Terms terms = terms_of(rule, base->currency, scene.operation);
  check_priced(rule, terms);
  std::optional<Rational> left = base->value;
  if (rule.contains("free")) {
    left = left_of_base(rule.at("free"), base->value, terms, scene);
  }
  const std::string into = rule.value("in", terms.line_currency);
  if (!left) {
    return Money{0, into};
  }
  Rational amount = proportional_part(rule, *left, terms);
  amount += cumulative_part(rule, *left, terms, scene);
  if (rule.contains("slab")) {
    amount += slab_part(rule, *left, terms, scene);
  }
  if (is_of_debit(rule)) {
    amount /= 1 - debit_share(rule);
  }
  const Rational mid = mid_rate(scene.operation.rates, terms.line_currency, into);
  return Money{within_bounds(rule, amount, terms) * mid, into};
}

// A member whose `of` finds no line takes no part; without any member there is no line.
std::optional<Money> extreme_charge(const Json& rule, const Scene& scene) {
  const bool greatest = rule.contains("greatest");
  std::optional<Money> best;
  for (const Json& member : rule.at(greatest ? "greatest" : "least")) {
    const std::optional<Money> one = single_charge(member, scene);
    if (!one) {
      continue;
    }
    if (best && best->currency != one->currency) {
      throw Failure{"mixed_currencies"};
    }
    if (!best || (greatest ? one->value > best->value : one->value < best->value)) {
      best = one;
    }
  }
  if (best) {
    const Terms terms{scene.operation, "", best->currency, false};
    best->value = within_bounds(rule, best->value, terms);
  }
  return best;
}

const Json* members_of(const Json& rule) {
  for (const char* key : {"greatest", "least"}) {
    if (rule.contains(key)) {
      return &rule.at(key);
    }
  }
  return nullptr;
}

bool is_base_amount(const Json& of) {
  for (const Json& name : of.is_array() ? of : Json::array({of})) {
    if (name == "amount" || name == "-amount") {
      return true;
    }
  }
  return false;
}

bool has_any(const Json& rule, const std::vector<const char*>& keys) {
  return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return rule.contains(key); });
}

}  // namespace

std::optional<Money> charge(const Json& rule, const Scene& scene) {
  if (rule.contains("waived")) {
    return Money{0, scene.operation.source};
  }
  return members_of(rule) != nullptr ? extreme_charge(rule, scene) : single_charge(rule, scene);
}

Rational capped(const Json& rule, const Money& line, const Scene& scene) {
  if (!rule.contains("cap")) {
    return line.value;
  }
  const Terms terms{scene.operation, "", line.currency, rule.value("convert", false)};
  const Json& cap = rule.at("cap");
  const std::string own = meter_currency(cap, {cap.at("max")}, scene.operation.schedule);
  const Rational left =
      line_price(cap.at("max"), terms) - money_reading(cap, scene, own, line.currency);
  return std::min(line.value, left < 0 ? Rational(0) : left);
}

Rational times_of(const Json& rule, const Operation& operation) {
  if (!rule.contains("times")) {
    return 1;
  }
  const Rational count = operation.quantities.at(rule.at("times").get<std::string>());
  if (count < 1 || Rational(floor_of(count)) != count) {
    throw Failure{"out_of_range"};
  }
  return count;
}

bool uses_amount(const Json& rule) {
  if (const Json* members = members_of(rule)) {
    return std::any_of(members->begin(), members->end(), uses_amount);
  }
  if (rule.contains("units")) {
    return is_base_amount(rule.at("units"));
  }
  if (!is_of_debit(rule) && !is_base_amount(rule.value("of", Json("amount")))) {
    return false;
  }
  if (rule.contains("free") && rule.at("free").contains("amount")) {
    return true;
  }
  const std::vector<const char*> keys = {"percent", "bps", "each", "per", "graduated"};
  if (has_any(rule, keys)) {
    return true;
  }
  const Json slab = rule.value("slab", Json::array());
  return !slab.empty() && (!rule.contains("by") ||
                           std::any_of(slab.begin(), slab.end(),
                                       [&](const Json& band) { return has_any(band, keys); }));
}

void check_units(const Json& rule, const Operation& operation) {
  if (const Json* members = members_of(rule)) {
    for (const Json& member : *members) {
      check_units(member, operation);
    }
    return;
  }
  if (rule.contains("times") &&
      operation.quantities.count(rule.at("times").get<std::string>()) == 0) {
    throw Failure{"missing_quantity"};
  }
  const Json units = rule.value("units", Json::array());
  for (const Json& name : units.is_array() ? units : Json::array({units})) {
    const std::string text = name.get<std::string>();
    if (text != "amount" && operation.quantities.count(text) == 0) {
      throw Failure{"missing_quantity"};
    }
  }
}

}  // namespace oracle
