// Requests that meet a schedule near its edges, and rates.
#include "universe.h"

#include "oracle_operation.h"
#include "universe_dice.h"

#include <set>

namespace oracle {

namespace {

const std::vector<std::string> pool = {"EUR", "USD", "JPY", "KWD", "BTC", "ETH", "GBP"};

// Keys whose values are edges of the amount somewhere.
const std::set<std::string> edge_keys = {"up_to", "below",  "from", "above",
                                         "every", "amount", "min",  "max"};

void add_edges(const Json& schedule, const Json& value, const std::string& currency,
               std::vector<Rational>& edges) {
  if (value.is_object() || (value.is_array() && !value.empty() && value.front().is_object())) {
    return;
  }
  for (const Json& text : value.is_array() ? value : Json::array({value})) {
    const std::string plain = plain_text(text);
    const std::size_t space = plain.find(' ');
    if (!parse_decimal(plain.substr(0, space))) {
      return;
    }
    for (const Money& money : money_list(schedule, text)) {
      if (money.currency == currency && money.value >= 0) {
        edges.push_back(money.value);
      }
    }
  }
}

void find_edges(const Json& schedule, const Json& node, const std::string& currency,
                std::vector<Rational>& edges) {
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      if (edge_keys.count(key) != 0) {
        add_edges(schedule, value, currency, edges);
      }
      find_edges(schedule, value, currency, edges);
    }
  } else if (node.is_array()) {
    for (const Json& value : node) {
      find_edges(schedule, value, currency, edges);
    }
  }
}

Rational random_amount(Dice& dice, const Json& schedule, const std::string& currency) {
  const Rational unit = minor_unit(schedule, currency);
  std::vector<Rational> edges;
  find_edges(schedule, schedule.at("fees"), currency, edges);
  const int digits = minor_digits(schedule, currency);
  if (!edges.empty() && dice.chance(55)) {
    const int index = dice.below(static_cast<int>(edges.size()));
    const Rational edge = edges[static_cast<std::size_t>(index)] * dice.between(1, 2);
    const Rational near = edge + unit * (dice.between(0, 2) - 1);
    return Rational(floor_of(near < 0 ? Rational(0) : Rational(near / unit))) * unit;
  }
  if (dice.chance(20)) {
    return unit * dice.below(40);
  }
  const int places = dice.chance(70) && digits > 4 ? 4 : digits;
  Rational steps = dice.between(0, 400000);
  if (places > 4) {
    steps = steps * 1000003 * 999983 + dice.between(0, 999983);
  }
  const Rational value = steps * power_of_ten(-places);
  return Rational(floor_of(value / unit)) * unit;
}

std::string random_time(Dice& dice) {
  const std::string date = dice.pick({"2026-01-01", "2026-02-28", "2026-03-01", "2026-03-02",
                                      "2026-06-15", "2026-06-16", "2026-10-31", "2026-12-31"});
  if (dice.chance(30)) {
    return dice.chance(4) ? "2025-12-31" : date;
  }
  if (dice.chance(3)) {
    return "2027-01-01T00:00:00Z";
  }
  return date + "T" +
         dice.pick({"00:00:00", "06:29:59", "06:30:00", "09:00:00", "17:59:59", "21:59:59",
                    "22:00:00", "23:59:59"}) +
         "Z";
}

void add_attributes(Dice& dice, Json& request) {
  if (dice.chance(80)) {
    request["method"] = dice.chance(1) ? "cheque" : dice.pick({"bank", "card", "wallet"});
  }
  if (dice.chance(80)) {
    request["express"] = dice.chance(50);
  }
  if (dice.chance(75)) {
    request["label"] = dice.pick({"a", "b", "c", "naïve text"});
  }
  if (dice.chance(80)) {
    request["country"] = dice.pick({"DE", "AT", "GB", "US"});
  }
  if (dice.chance(70)) {
    request["to_country"] = dice.pick({"DE", "FR", "GB", "US"});
  } else if (dice.chance(70)) {
    request["cross_border"] = dice.chance(50);
  }
  if (dice.chance(80)) {
    request["tier"] = dice.pick({"basic", "verified", "premium"});
  }
  if (dice.chance(1)) {
    request["colour"] = "red";
  }
}

void add_quantities(Dice& dice, Json& request) {
  if (dice.chance(60)) {
    request["gas_used"] = dice.pick({"0", "21000", "21000.5", "100000", "39999"});
  }
  if (dice.chance(75)) {
    request["gas_price"] = dice.pick({"0", "0.5", "10", "30", "0.000000025"});
  }
  if (dice.chance(50)) {
    request["tickets"] = dice.chance(3) ? "2.5" : dice.pick({"1", "2", "3", "7"});
  }
  if (dice.chance(80)) {
    request["seconds"] =
        dice.chance(1) ? "100000.1" : dice.pick({"0", "1", "30", "59.5", "600", "12345"});
  }
}

// Nothing to give where the meter's amounts are a list, since a bare reading's currency would
// then be another question.
void add_reading(Dice& dice, const Json& schedule, const Json& fee, Json& used) {
  const std::string currency = schedule.at("currency").get<std::string>();
  const std::string id = fee.at("id").get<std::string>();
  const Rational unit = minor_unit(schedule, currency);
  Rational reading = Rational(dice.between(0, 40000)) * unit;
  if (fee.contains("free")) {
    const Json& free = fee.at("free");
    if (free.contains("count")) {
      used[id] = std::to_string(dice.between(0, 6));
      return;
    }
    if (free.contains("units")) {
      used[id] = std::to_string(dice.between(0, 40000));
      return;
    }
    if (free.at("amount").is_array()) {
      return;
    }
    reading = dice.chance(25) ? money_list(schedule, free.at("amount")).front().value : reading;
  } else if (fee.contains("by")) {
    if (fee.at("by").contains("measure")) {
      used[id] = std::to_string(dice.between(0, 40000));
      return;
    }
  } else if (!fee.contains("cap") || fee.at("cap").at("max").is_array()) {
    return;
  } else {
    reading = Rational(floor_of(reading / 20 / unit)) * unit;
  }
  used[id] = text_of(reading);
}

void add_used(Dice& dice, const Json& schedule, Json& request) {
  Json used = Json::object();
  for (const Json& fee : schedule.at("fees")) {
    if (dice.chance(70)) {
      add_reading(dice, schedule, fee, used);
    }
  }
  if (!used.empty()) {
    request["used"] = used;
  }
}

void add_amount(Dice& dice, const Json& schedule, Json& request) {
  const std::string own = schedule.at("currency").get<std::string>();
  const std::string currency = dice.chance(65) ? own : dice.pick(pool);
  if (dice.chance(2)) {
    return;  // left out
  }
  if (dice.chance(1)) {
    const std::string too_fine = "0.0000000000000000001 " + currency;
    request["amount"] = dice.pick({"1,000", "-1", too_fine, "1 ZZZ"});
    return;
  }
  const std::string text = text_of(random_amount(dice, schedule, currency));
  const bool as_money = dice.chance(50);
  request["amount"] = as_money ? text + " " + currency : text;
  if (!as_money && currency != own) {
    request["currency"] = currency;
  } else if (as_money && dice.chance(20)) {
    request["currency"] = dice.chance(5) ? own : currency;
  }
}

}  // namespace

Json random_request(const Json& schedule, std::uint64_t seed) {
  Dice dice(seed);
  Json request;
  request["operation"] = dice.chance(85) ? "transfer" : "withdrawal";
  add_amount(dice, schedule, request);
  if (dice.chance(35)) {
    request["to_currency"] = dice.chance(1) ? "ZZZ" : dice.pick(pool);
    if (dice.chance(25)) {
      request["rate"] = dice.pick({"1", "0.91", "24.255", "1/24.255", "100/6.332", "7/3"});
    }
  }
  request["time"] = random_time(dice);
  add_attributes(dice, request);
  add_quantities(dice, request);
  if (dice.chance(75)) {
    add_used(dice, schedule, request);
  }
  return request;
}

Json random_rates(std::uint64_t seed) {
  Dice dice(seed);
  if (dice.chance(8)) {
    return nullptr;
  }
  const std::vector<std::pair<std::string, std::string>> against_euro = {
      {"EUR", "1"},       {"USD", "1.1523"},     {"JPY", "181.04"}, {"KWD", "0.35317"},
      {"BTC", "0.00001"}, {"ETH", "0.00031415"}, {"GBP", "0.8731"}};
  Json rates;
  rates["levy_rates"] = 1;
  rates["base"] = dice.pick({"EUR", "EUR", "USD", "BTC"});
  rates["as_of"] = "2020-01-01T00:00:00Z";
  rates["rates"] = Json::object();
  for (const auto& [code, text] : against_euro) {
    if (rates["base"] == code || dice.chance(3)) {
      continue;
    }
    const Rational percent = dice.between(60, 140);
    const Rational scaled = decimal_of(text) * percent / 100;
    const bool other_way = dice.chance(10);  // published as so much of the base
    rates["rates"][code] = other_way ? "1/" + text_of(scaled) : text_of(scaled);
  }
  return rates;
}

}  // namespace oracle
