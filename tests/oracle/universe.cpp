#include "universe.h"

#include "universe_charge.h"
#include "universe_condition.h"

namespace oracle {

namespace {

const std::vector<std::string> pool = {"EUR", "USD", "JPY", "KWD", "BTC", "ETH"};
const std::vector<std::string> modes = {"half-even", "half-up", "half-down", "up",
                                        "down",      "ceiling", "floor"};

std::vector<std::string> random_currencies(Dice& dice) {
  std::vector<std::string> currencies = {dice.chance(45) ? "EUR" : dice.pick(pool)};
  for (const std::string& code : pool) {
    if (code != currencies.front() && dice.chance(30)) {
      currencies.push_back(code);
    }
  }
  return currencies;
}

Json random_quantum(World& world) {
  if (world.dice.chance(50)) {
    return world.dice.pick({"0.05", "0.1", "1", "0.01", "0.001", "0.03", "10", "0.00000001"});
  }
  const std::string code = world.dice.pick(world.currencies);
  return Json::array({amount_text(code, world.dice.between(1, 10)) + " " + code});
}

Json random_rounding(World& world) {
  Json rounding = Json::object();
  if (world.dice.chance(80)) {
    rounding["mode"] = world.dice.pick(modes);
  }
  if (world.dice.chance(30)) {
    rounding["to"] = random_quantum(world);
  }
  return rounding;
}

std::string random_collect(Dice& dice) {
  return dice.pick({"on_top", "on_top", "deducted", "deducted", "none"});
}

void declare(Json& schedule) {
  schedule["currencies"]["BTC"]["digits"] = 8;
  schedule["currencies"]["ETH"]["digits"] = 18;
  schedule["timezone"] = "UTC";
  schedule["attributes"]["method"] = {"bank", "card", "wallet"};
  schedule["attributes"]["express"] = "boolean";
  schedule["attributes"]["label"] = "text";
  schedule["quantities"]["gas_used"]["default"] = "21000";
  schedule["quantities"]["gas_price"] = Json::object();
  schedule["quantities"]["tickets"] = {{"default", "1"}};
  schedule["quantities"]["seconds"] = {{"min", "0"}, {"max", "100000"}};
  schedule["sets"]["EEA"] = {"AT", "DE", "FR", "IT"};
  for (const char* tier : {"basic", "verified", "premium"}) {
    Json step;
    step["id"] = tier;
    schedule["tiers"].push_back(step);
  }
}

void add_conversion(World& world, Json& schedule) {
  Dice& dice = world.dice;
  Json conversion = Json::object();
  if (dice.chance(60)) {
    conversion["rate"]["digits"] = dice.between(0, 8);
    if (dice.chance(70)) {
      conversion["rate"]["mode"] = dice.pick(modes);
    }
  }
  if (dice.chance(60)) {
    conversion["round"]["mode"] = dice.pick(modes);
  }
  schedule["conversion"] = conversion;
}

void add_header(World& world, Json& schedule) {
  Dice& dice = world.dice;
  schedule["currency"] = world.currencies.front();
  declare(schedule);
  if (dice.chance(15)) {
    schedule["effective"]["from"] = "2026-01-01";
    schedule["effective"]["until"] = "2027-01-01T00:00:00Z";
  }
  if (dice.chance(80)) {
    schedule["rounding"] = random_rounding(world);
    if (dice.chance(60)) {
      schedule["rounding"]["apply"] = dice.chance(50) ? "line" : "total";
    }
  }
  if (dice.chance(50)) {
    schedule["collect"] = random_collect(dice);
  }
  if (dice.chance(60)) {
    add_conversion(world, schedule);
  }
}

// Every key of the charge, into the fee or case.
void put(Json& owner, const Json& charge) {
  for (const auto& [key, value] : charge.items()) {
    owner[key] = value;
  }
}

void add_cases(World& world, Json& fee) {
  Dice& dice = world.dice;
  Json cases = Json::array();
  for (int count = dice.between(1, 3); count > 0; --count) {
    Json one = Json::object();
    const Json when = random_when(world, 2);
    if (!when.empty() && (count > 1 || dice.chance(40))) {
      one["when"] = when;
    }
    if (dice.chance(20)) {
      one["collect"] = random_collect(dice);
    }
    put(one, random_charge(world));
    if (one.value("of", Json()) == "debit") {
      one["collect"] = "on_top";
    }
    cases.push_back(one);
  }
  fee["cases"] = cases;
}

void add_frame(World& world, Json& fee) {
  Dice& dice = world.dice;
  if (dice.chance(30)) {
    fee["operation"] = dice.chance(50) ? Json("transfer") : Json({"transfer", "withdrawal"});
  }
  const Json when = random_when(world, 2);
  if (!when.empty() && dice.chance(50)) {
    fee["when"] = when;
  }
}

Json random_margin(World& world, const std::string& id) {
  Json fee;
  fee["id"] = id;
  add_frame(world, fee);
  fee["margin"] = amount_text("EUR", world.dice.between(0, 500));  // percent
  return fee;
}

Json random_fee(World& world, const std::string& id) {
  Dice& dice = world.dice;
  Json fee;
  fee["id"] = id;
  add_frame(world, fee);
  if (dice.chance(35)) {
    fee["collect"] = random_collect(dice);
  }
  if (dice.chance(25)) {
    fee["round"] = dice.chance(30) ? Json("none") : random_rounding(world);
  }
  if (dice.chance(25)) {
    add_cases(world, fee);
  } else {
    put(fee, dice.chance(30) ? random_metered_charge(world) : random_charge(world));
    if (fee.value("of", Json()) == "debit") {
      fee["collect"] = "on_top";
    }
  }
  return fee;
}

}  // namespace

Json random_schedule(std::uint64_t seed) {
  Dice dice(seed);
  World world{dice, random_currencies(dice), {}};
  Json schedule;
  schedule["levy"] = 1;
  schedule["id"] = "universe";
  schedule["version"] = std::to_string(seed);
  add_header(world, schedule);
  schedule["fees"] = Json::array();
  const int count = dice.between(1, 5);
  for (int index = 0; index < count; ++index) {
    const std::string id = "fee-" + std::to_string(index);
    if (dice.chance(12)) {
      schedule["fees"].push_back(random_margin(world, id));
      continue;
    }
    schedule["fees"].push_back(random_fee(world, id));
    world.earlier.push_back(id);
  }
  return schedule;
}

}  // namespace oracle
