#include "universe_charge.h"

#include "oracle_number.h"

namespace oracle {

namespace {

const std::vector<std::string> quantity_names = {"gas_used", "gas_price", "seconds"};

std::string step_of(const std::string& currency) {
  if (currency == "JPY") {
    return "1";
  }
  if (currency == "KWD" || currency == "ETH") {
    return "0.001";
  }
  return currency == "BTC" ? "0.0001" : "0.01";
}

// A money of `count` steps over `parts`; negative where count is.
Json money(World& world, const Codes& codes, int count, int parts) {
  Json list = Json::array();
  int factor = 1;
  for (const std::string& code : codes) {
    const Rational steps = Rational(count * factor) / Rational(parts);
    const std::string text = text_of(steps * decimal_of(step_of(code)));
    const bool bare = code == world.currencies.front() && world.dice.chance(30);
    list.push_back(bare ? text : text + " " + code);
    factor = factor % 3 + 1;
  }
  const bool single = list.size() == 1 && world.dice.chance(90);
  return single ? Json(list.front()) : list;
}

// Prices may be finer than the minor unit, and negative.
Json price_money(World& world, const Codes& codes, int count_max) {
  Dice& dice = world.dice;
  const int count = dice.chance(10) ? 0 : dice.between(1, count_max);
  const int parts = dice.chance(30) ? 8 : 1;
  return money(world, codes, dice.chance(12) ? -count : count, parts);
}

std::string percent_text(Dice& dice) {
  if (dice.chance(8)) {
    return dice.pick({"100/11", "-100/3", "1/7", "50/3"});
  }
  const Rational hundredths = Rational(dice.between(0, 600)) / 100;
  return text_of(dice.chance(15) ? Rational(-hundredths) : hundredths);
}

void add_rate(World& world, Json& owner) {
  if (world.dice.chance(75)) {
    owner["percent"] = percent_text(world.dice);
  } else {
    owner["bps"] = std::to_string(world.dice.between(-40, 300));
  }
}

void add_bounds(World& world, Json& owner, const Codes& codes, int percent_each) {
  const int low = world.dice.between(-20, 300);
  if (world.dice.chance(percent_each)) {
    owner["min"] = money(world, codes, low, 1);
  }
  if (world.dice.chance(percent_each)) {
    owner["max"] = money(world, codes, low + world.dice.between(0, 3000), 1);
  }
}

// A bound of the base, `count` steps or units: plain where the base is not money.
Json base_amount(World& world, const Codes& codes, int count, bool plain) {
  return plain ? Json(std::to_string(count)) : money(world, codes, count, 1);
}

Json random_per(World& world, const Codes& codes, bool plain) {
  Json per;
  per["every"] = base_amount(world, codes, world.dice.between(1, 20000), plain);
  per["charge"] = price_money(world, codes, 200);
  if (world.dice.chance(60)) {
    per["count"] = world.dice.chance(50) ? "started" : "complete";
  }
  return per;
}

struct Band_style {
  Codes codes;        // of the prices
  Codes bound_codes;  // of the edges
  bool plain_base;    // `units`
  bool plain_edges;
  bool slab;
};

Json random_band(World& world, const Band_style& style) {
  Dice& dice = world.dice;
  Json band;
  if (style.plain_base) {
    band["each"] = price_money(world, style.codes, 20);
  } else if (dice.chance(75)) {
    add_rate(world, band);
  }
  if (dice.chance(40) || band.is_null()) {
    band["flat"] = price_money(world, style.codes, 300);
  }
  if (dice.chance(15)) {
    band["per"] = random_per(world, style.codes, style.plain_base);
  }
  if (style.slab) {
    add_bounds(world, band, style.codes, 15);
  }
  return band;
}

Json random_bands(World& world, const Band_style& style) {
  Dice& dice = world.dice;
  Json bands = Json::array();
  const int count = dice.between(1, 4);
  const bool closed = dice.chance(20);
  int edge = 0;
  for (int index = 0; index < count; ++index) {
    Json band = random_band(world, style);
    if (index + 1 < count || closed) {
      edge += dice.between(1, 20000);
      const char* end = dice.chance(60) ? "up_to" : "below";
      band[end] = base_amount(world, style.bound_codes, edge, style.plain_edges);
    }
    bands.push_back(band);
  }
  return bands;
}

Band_style style_of(const Codes& codes, bool plain, bool slab) {
  return {codes, codes, plain, plain, slab};
}

// One to three of the keys that may stand together over a money base.
Json money_charge(World& world, const Codes& codes) {
  Dice& dice = world.dice;
  Json rule;
  const int kind = dice.below(6);
  if (kind == 0) {
    rule["flat"] = price_money(world, codes, 500);
    return rule;
  }
  if (kind == 1 || kind == 5) {
    add_rate(world, rule);
  }
  if (kind == 2 || dice.chance(5)) {
    rule["per"] = random_per(world, codes, false);
  }
  if (kind == 3 || dice.chance(5)) {
    rule["graduated"] = random_bands(world, style_of(codes, false, false));
  }
  if (kind == 4 || dice.chance(5)) {
    rule["slab"] = random_bands(world, style_of(codes, false, true));
  }
  if (dice.chance(25)) {
    rule["flat"] = price_money(world, codes, 300);
  }
  return rule;
}

Json units_charge(World& world, const Codes& codes) {
  Dice& dice = world.dice;
  Json rule;
  if (dice.chance(60)) {
    rule["units"] = dice.pick(quantity_names);
  } else {
    rule["units"] = {dice.pick(quantity_names), dice.pick(quantity_names)};
    if (dice.chance(15)) {
      rule["units"].push_back("amount");
    }
  }
  const int kind = dice.below(5);
  if (kind <= 1) {
    rule["each"] = price_money(world, codes, 20);
  } else if (kind == 2) {
    rule["per"] = random_per(world, codes, true);
  } else if (kind == 3) {
    rule["graduated"] = random_bands(world, style_of(codes, true, false));
  } else {
    rule["slab"] = random_bands(world, style_of(codes, true, true));
  }
  if (dice.chance(20)) {
    rule["flat"] = price_money(world, codes, 200);
  }
  return rule;
}

// Each earlier fee at most once, added or subtracted.
Json random_of(World& world) {
  Dice& dice = world.dice;
  Json names = Json::array();
  for (const std::string& id : world.earlier) {
    if (dice.chance(50)) {
      names.push_back(dice.chance(20) ? "-" + id : id);
    }
  }
  if (names.empty()) {
    names.push_back(world.earlier.back());
  }
  if (dice.chance(25)) {
    names.insert(names.begin(), "amount");
  }
  return names;
}

// units: a number where everything is priced alike, or in one currency only.
Codes codes_of_units(World& world) {
  return world.dice.chance(50) ? world.currencies : Codes{world.dice.pick(world.currencies)};
}

// A charge with one base, as it may stand in `greatest`.
Json single_charge(World& world, const Codes& codes) {
  Dice& dice = world.dice;
  Json rule;
  const bool by_units = dice.chance(18);
  const Codes own = by_units ? codes_of_units(world) : codes;
  rule = by_units ? units_charge(world, own) : money_charge(world, own);
  add_bounds(world, rule, own, 25);
  if (!by_units && !world.earlier.empty() && dice.chance(30)) {
    rule["of"] = random_of(world);
  }
  if (dice.chance(15)) {
    rule["convert"] = true;
  }
  return rule;
}

Json extreme_charge(World& world, const Codes& codes) {
  Json rule;
  Json members = Json::array();
  for (int count = world.dice.between(2, 3); count > 0; --count) {
    members.push_back(single_charge(world, codes));
  }
  rule[world.dice.chance(50) ? "greatest" : "least"] = members;
  add_bounds(world, rule, codes, 15);
  return rule;
}

Json random_window(Dice& dice) {
  if (dice.chance(20)) {
    return Json{{"rolling", dice.chance(50) ? "24h" : "30d"}};
  }
  return dice.pick({"day", "week", "month", "quarter", "year", "lifetime"});
}

bool is_single_unit(const Json& rule) {
  return rule.contains("units") && rule.at("units").is_string();
}

void add_free(World& world, Json& rule, const Codes& codes) {
  Dice& dice = world.dice;
  Json free;
  if (dice.chance(30) || (rule.contains("units") && !is_single_unit(rule))) {
    free["count"] = dice.between(1, 5);
  } else if (rule.contains("units")) {
    free["units"] = std::to_string(dice.between(1, 40000));
  } else {
    free["amount"] = money(world, codes, dice.between(1, 40000), 1);
  }
  free["window"] = random_window(dice);
  if (!free.contains("count") && dice.chance(35)) {
    free["whole"] = true;
  }
  rule["free"] = free;
}

void add_cap(World& world, Json& rule, const Codes& codes) {
  rule["cap"]["max"] = money(world, codes, world.dice.between(1, 1500), 1);
  rule["cap"]["window"] = random_window(world.dice);
}

// A charge that runs over a meter's reading, or a slab chosen by it.
Json metered_by(World& world) {
  Dice& dice = world.dice;
  const Codes own = {world.currencies.front()};
  const bool plain = dice.chance(25);
  Json rule;
  Json by;
  by["window"] = random_window(dice);
  if (plain) {
    rule["units"] = dice.pick(quantity_names);
    by["measure"] = rule["units"];
  }
  const int kind = dice.below(3);
  if (kind == 0) {
    rule["per"] = random_per(world, own, plain);
  } else if (kind == 1) {
    rule["graduated"] = random_bands(world, style_of(own, plain, false));
    if (dice.chance(30)) {
      rule["per"] = random_per(world, own, plain);
    }
  } else {
    const bool counted = !plain && dice.chance(25);
    const Codes prices = plain ? own : random_codes(world);
    if (counted) {
      by["measure"] = "count";
    }
    rule["slab"] = random_bands(world, {prices, own, plain, plain || counted, true});
  }
  if (!plain && dice.chance(30)) {
    add_rate(world, rule);
  }
  if (dice.chance(15)) {
    rule["convert"] = true;
  }
  rule["by"] = by;
  return rule;
}

}  // namespace

std::string amount_text(const std::string& currency, int count) {
  return text_of(Rational(count) * decimal_of(step_of(currency)));
}

Json fitting_money(World& world, const Codes& codes, int count) {
  return money(world, codes, count, 1);
}

Codes random_codes(World& world) {
  if (world.dice.chance(65)) {
    return world.currencies;
  }
  Codes codes = {world.currencies.front()};
  for (std::size_t index = 1; index < world.currencies.size(); ++index) {
    if (world.dice.chance(50)) {
      codes.push_back(world.currencies[index]);
    }
  }
  return codes;
}

// Of all that is paid, or for each of several.
Json share_charge(World& world, const Codes& codes) {
  Dice& dice = world.dice;
  Json rule;
  add_rate(world, rule);
  if (dice.chance(50)) {
    rule["flat"] = price_money(world, codes, 300);
  }
  add_bounds(world, rule, codes, 25);
  if (dice.chance(50)) {
    rule["of"] = "debit";
  } else {
    rule["times"] = "tickets";
  }
  return rule;
}

Json random_charge(World& world) {
  const Codes codes = random_codes(world);
  if (world.dice.chance(12)) {
    return share_charge(world, codes);
  }
  if (world.dice.chance(4)) {
    return Json{{"waived", true}};
  }
  if (world.dice.chance(12)) {
    return extreme_charge(world, codes);
  }
  Json rule = single_charge(world, codes);
  if (world.dice.chance(8)) {
    rule["in"] = world.dice.pick(world.currencies);
  }
  return rule;
}

Json random_metered_charge(World& world) {
  Dice& dice = world.dice;
  if (dice.chance(30)) {
    return metered_by(world);
  }
  const Codes codes = dice.chance(60) ? Codes{world.currencies.front()} : random_codes(world);
  if (dice.chance(10)) {
    Json rule = extreme_charge(world, codes);
    add_cap(world, rule, codes);
    return rule;
  }
  Json rule = single_charge(world, codes);
  if (rule.contains("units") || (!rule.contains("of") && dice.chance(65))) {
    add_free(world, rule, codes);
  } else {
    add_cap(world, rule, codes);
  }
  return rule;
}

}  // namespace oracle
