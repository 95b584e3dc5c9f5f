#include "oracle_terms.h"

#include <algorithm>
#include <set>

namespace oracle {

namespace {

const char* const charging_keys[] = {"percent", "bps", "units", "each", "per", "graduated", "slab"};

// One money (not a list) and no other charging key.
bool is_lone_flat(const Json& rule) {
  if (!rule.contains("flat") || rule.at("flat").is_array()) {
    return false;
  }
  for (const char* key : charging_keys) {
    if (rule.contains(key)) {
      return false;
    }
  }
  return true;
}

void add_prices(std::vector<Json>& prices, const Json& owner) {
  for (const char* key : {"flat", "each", "min", "max"}) {
    if (owner.contains(key)) {
      prices.push_back(owner.at(key));
    }
  }
  if (owner.contains("per")) {
    prices.push_back(owner.at("per").at("charge"));
  }
}

// All money of the charge that the line's currency prices.
std::vector<Json> prices_of(const Json& rule) {
  std::vector<Json> prices;
  add_prices(prices, rule);
  for (const char* key : {"graduated", "slab"}) {
    for (const Json& band : rule.value(key, Json::array())) {
      add_prices(prices, band);
    }
  }
  if (rule.contains("cap") && !rule.contains("in")) {
    prices.push_back(rule.at("cap").at("max"));
  }
  return prices;
}

// All of the charge that is measured as the base is. A slab `by` a meter is not.
std::vector<Json> bounds_of(const Json& rule) {
  std::vector<Json> bounds;
  const auto add_every = [&](const Json& owner) {
    if (owner.contains("per")) {
      bounds.push_back(owner.at("per").at("every"));
    }
  };
  add_every(rule);
  for (const char* key : {"graduated", "slab"}) {
    for (const Json& band : rule.value(key, Json::array())) {
      const bool of_meter = rule.contains("by") && std::string(key) == "slab";
      if (band_end(band) != nullptr && !of_meter) {
        bounds.push_back(*band_end(band));
      }
      add_every(band);
    }
  }
  if (rule.contains("free") && rule.at("free").contains("amount")) {
    bounds.push_back(rule.at("free").at("amount"));
  }
  return bounds;
}

std::set<std::string> codes_of(const Json& schedule, const Json& money) {
  std::set<std::string> codes;
  for (const Money& entry : money_list(schedule, money)) {
    codes.insert(entry.currency);
  }
  return codes;
}

// The operation's currency where everything has an entry in it, else the one all share.
std::string currency_of_units(const Json& rule, const Operation& operation) {
  const std::vector<Json> prices = prices_of(rule);
  if (prices.empty()) {
    return operation.source;
  }
  std::set<std::string> shared = codes_of(operation.schedule, prices.front());
  for (const Json& money : prices) {
    const std::set<std::string> codes = codes_of(operation.schedule, money);
    std::set<std::string> both;
    std::set_intersection(shared.begin(), shared.end(), codes.begin(), codes.end(),
                          std::inserter(both, both.begin()));
    shared = both;
  }
  if (shared.count(operation.source) != 0) {
    return operation.source;
  }
  if (shared.size() != 1) {
    throw Failure{"missing_money"};
  }
  return *shared.begin();
}

bool ends_before(const Json& band, const Rational& value, const Rational& end) {
  return band.contains("up_to") ? value > end : value >= end;
}

// What a band charges for a part, or the whole, of the base.
Rational band_sum(const Json& band, const Rational& part, const Terms& terms) {
  Rational sum = proportional_part(band, part, terms);
  if (band.contains("per")) {
    sum += blocks_charge(band.at("per"), part, terms);
  }
  return sum;
}

}  // namespace

Terms terms_of(const Json& rule, const std::string& base_currency, const Operation& operation) {
  Terms terms{operation, base_currency, base_currency, rule.value("convert", false)};
  if (base_currency.empty()) {
    terms.line_currency = terms.convert ? operation.source : currency_of_units(rule, operation);
  } else if (is_lone_flat(rule) && !terms.convert) {
    terms.line_currency = money_list(operation.schedule, rule.at("flat")).front().currency;
  }
  return terms;
}

void check_priced(const Json& rule, const Terms& terms) {
  for (const Json& money : prices_of(rule)) {
    line_price(money, terms);
  }
  for (const Json& bound : bounds_of(rule)) {
    base_bound(bound, terms);
  }
}

Rational price(const Json& money, const std::string& currency, const Terms& terms) {
  const std::vector<Money> list = money_list(terms.operation.schedule, money);
  const std::optional<Rational> entry = entry_in(list, currency);
  if (entry) {
    return *entry;
  }
  if (!terms.convert) {
    throw Failure{"missing_money"};
  }
  const Money& first = list.front();
  return first.value * mid_rate(terms.operation.rates, first.currency, currency);
}

Rational line_price(const Json& money, const Terms& terms) {
  return price(money, terms.line_currency, terms);
}

Rational base_bound(const Json& bound, const Terms& terms) {
  if (terms.base_currency.empty()) {
    return decimal_of(plain_text(bound));
  }
  return price(bound, terms.base_currency, terms);
}

const Json* band_end(const Json& band) {
  for (const char* key : {"up_to", "below"}) {
    if (band.contains(key)) {
      return &band.at(key);
    }
  }
  return nullptr;
}

bool measures_money(const Json& meter) {
  const std::string measure = meter.value("measure", "amount");
  return measure == "amount" || measure == "debit";
}

Rational proportional_part(const Json& rule, const Rational& base, const Terms& terms) {
  Rational sum = 0;
  if (rule.contains("percent")) {
    sum += base * rate_of(plain_text(rule.at("percent"))) / 100;
  }
  if (rule.contains("bps")) {
    sum += base * rate_of(plain_text(rule.at("bps"))) / 10000;
  }
  if (rule.contains("each")) {
    sum += base * line_price(rule.at("each"), terms);
  }
  if (rule.contains("flat")) {
    sum += line_price(rule.at("flat"), terms);
  }
  return sum;
}

Rational blocks_charge(const Json& per, const Rational& base, const Terms& terms) {
  if (base <= 0) {
    return 0;
  }
  const Rational blocks = base / base_bound(per.at("every"), terms);
  const bool complete = per.value("count", "started") == "complete";
  const Integer counted = complete ? floor_of(blocks) : ceiling_of(blocks);
  return Rational(counted) * line_price(per.at("charge"), terms);
}

Rational graduated_charge(const Json& bands, const Rational& base, const Terms& terms) {
  Rational sum = 0;
  Rational start = 0;
  if (base <= 0) {
    return sum;
  }
  for (const Json& band : bands) {  // the base reaches into this one
    const Json* end = band_end(band);
    const Rational stop = end == nullptr ? base : base_bound(*end, terms);
    if (end == nullptr || !ends_before(band, base, stop)) {
      return sum + band_sum(band, base - start, terms);
    }
    sum += band_sum(band, stop - start, terms);
    start = stop;
  }
  throw Failure{"above_last_band"};
}

const Json& holding_band(const Json& bands, const Rational& value,
                         const std::function<Rational(const Json&)>& bound) {
  for (const Json& band : bands) {
    const Json* end = band_end(band);
    if (end == nullptr || !ends_before(band, value, bound(*end))) {
      return band;
    }
  }
  throw Failure{"above_last_band"};
}

Rational band_charge(const Json& band, const Rational& base, const Terms& terms) {
  return within_bounds(band, band_sum(band, base, terms), terms);
}

Rational within_bounds(const Json& rule, Rational amount, const Terms& terms) {
  if (rule.contains("min")) {
    amount = std::max(amount, line_price(rule.at("min"), terms));
  }
  if (rule.contains("max")) {
    amount = std::min(amount, line_price(rule.at("max"), terms));
  }
  return amount;
}

}  // namespace oracle
