#include "universe_condition.h"

namespace oracle {

namespace {

const std::vector<std::string> keys = {
    "amount",    "amount",       "method", "express", "label",   "currency",    "to_currency",
    "country",   "to_country",   "tier",   "weekday", "date",    "time_of_day", "gas_used",
    "gas_price", "cross_border", "method", "seconds", "express", "country",     "amount"};

std::vector<std::string> domain_of(const std::string& key, const World& world) {
  if (key == "method") {
    return {"bank", "card", "wallet"};
  }
  if (key == "label") {
    return {"a", "b", "naïve text"};
  }
  if (key == "currency" || key == "to_currency") {
    return world.currencies;
  }
  if (key == "country" || key == "to_country") {
    return {"@EEA", "DE", "GB", "US"};
  }
  if (key == "tier") {
    return {"basic", "verified", "premium"};
  }
  return {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};  // weekday
}

Json negated_sometimes(Dice& dice, const Json& wanted) {
  if (!dice.chance(25)) {
    return wanted;
  }
  Json negation;
  negation["not"] = wanted;
  return negation;
}

Json random_text(World& world, const std::string& key) {
  Dice& dice = world.dice;
  const std::vector<std::string> domain = domain_of(key, world);
  if (dice.chance(40)) {
    return negated_sometimes(dice, dice.pick(domain));
  }
  Json list = Json::array();
  for (const std::string& value : domain) {
    if (dice.chance(50)) {
      list.push_back(value);
    }
  }
  return negated_sometimes(dice, list.empty() ? Json(domain.front()) : list);
}

// One or both ends; low and high are what the ends say.
Json random_range(Dice& dice, const Json& low, const Json& high) {
  Json range;
  const int ends = dice.below(4);
  if (ends != 0) {
    range[dice.chance(50) ? "from" : "above"] = low;
  }
  if (ends != 1) {
    range[dice.chance(50) ? "up_to" : "below"] = high;
  }
  return range;
}

Json random_amount(World& world) {
  // The bounds need not have entries in the same currencies.
  const int low = world.dice.between(0, 30000);
  const int more = world.dice.between(1, 30000);
  const Json first = fitting_money(world, random_codes(world), low);
  const Json second = fitting_money(world, random_codes(world), low + more);
  if (world.dice.chance(10)) {
    return negated_sometimes(world.dice, first);
  }
  return random_range(world.dice, first, second);
}

// texts: values in ascending order.
Json random_measured(Dice& dice, const std::vector<std::string>& texts) {
  const int shape = dice.below(5);
  if (shape == 0) {
    return negated_sometimes(dice, dice.pick(texts));
  }
  if (shape == 1) {
    return negated_sometimes(dice, Json::array({texts.front(), texts.back()}));
  }
  const int first = dice.below(static_cast<int>(texts.size()) - 1);
  const int second = dice.between(first + 1, static_cast<int>(texts.size()) - 1);
  return random_range(dice, texts[static_cast<std::size_t>(first)],
                      texts[static_cast<std::size_t>(second)]);
}

Json random_time_of_day(Dice& dice) {
  const std::vector<std::string> texts = {"00:00", "06:30", "09:00:00", "17:59:59", "22:00"};
  if (!dice.chance(40)) {
    return random_measured(dice, texts);
  }
  Json over_midnight;
  over_midnight[dice.chance(50) ? "from" : "above"] = "22:00";
  over_midnight[dice.chance(50) ? "up_to" : "below"] = dice.pick({"06:30", "09:00:00"});
  return over_midnight;
}

Json random_wanted(World& world, const std::string& key) {
  Dice& dice = world.dice;
  if (key == "amount") {
    return random_amount(world);
  }
  if (key == "express" || key == "cross_border") {
    return negated_sometimes(dice, dice.chance(50));
  }
  if (key == "date") {
    return random_measured(dice, {"2026-02-28", "2026-03-01", "2026-06-15", "2026-12-31"});
  }
  if (key == "time_of_day") {
    return random_time_of_day(dice);
  }
  if (key == "gas_used") {
    return random_measured(dice, {"0", "21000", "21000.5", "100000"});
  }
  if (key == "gas_price" || key == "seconds") {
    return random_measured(dice, {"0.5", "10", "30", "60"});
  }
  return random_text(world, key);
}

}  // namespace

Json random_when(World& world, int keys_max) {
  Json when = Json::object();
  for (int count = world.dice.below(keys_max + 1); count > 0; --count) {
    const std::string key = world.dice.pick(keys);
    when[key] = random_wanted(world, key);
  }
  return when;
}

}  // namespace oracle
