#include "property/sound_dice.h"

#include <random>

namespace property {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // from .. until, both included; not std::uniform_int_distribution, which differs by library.
  int number(int from, int until) {
    return from + static_cast<int>(engine_() % static_cast<std::uint64_t>(until - from + 1));
  }
  bool chance(int percent) { return number(1, 100) <= percent; }
  std::string pick(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }

 private:
  std::mt19937_64 engine_;
};

std::string units(int amount) { return std::to_string(amount) + " ZED"; }

// ---- small tariffs -----------------------------------------------------------------------------

Json share(Dice& dice) {
  int percent = 5 * dice.number(dice.chance(10) ? -4 : 0, 8);
  return std::to_string(percent);
}

Json terms(Dice& dice) {
  Json terms = Json::object();
  if (dice.chance(70)) terms["percent"] = share(dice);
  if (terms.empty() || dice.chance(40))
    terms["flat"] = units(dice.number(dice.chance(8) ? -3 : 0, 6));
  return terms;
}

Json bands(Dice& dice) {
  Json list = Json::array();
  int bound = 0;
  for (int i = dice.number(1, 3); i > 0; --i) {
    bound += dice.number(3, 18);
    Json band = terms(dice);
    band[dice.chance(70) ? "up_to" : "below"] = units(bound);
    list.push_back(band);
  }
  if (dice.chance(85)) list.push_back(terms(dice));
  return list;
}

Json charge(Dice& dice) {
  Json charge;
  int kind = dice.number(1, 10);
  if (kind <= 2) charge["slab"] = bands(dice);
  if (kind == 3 || kind == 4) charge["graduated"] = bands(dice);
  if (kind == 5) {
    charge["per"] = {{"every", units(dice.number(2, 12))},
                     {"charge", units(dice.number(1, 4))},
                     {"count", dice.pick({"started", "complete"})}};
  }
  if (kind > 5) charge = terms(dice);
  if (dice.chance(25)) charge["min"] = units(dice.number(0, 5));
  if (dice.chance(25)) charge["max"] = units(dice.number(5, 12));
  return charge;
}

Json condition(Dice& dice) {
  Json when = Json::object();
  if (dice.chance(60)) {
    int from = dice.number(0, 30), until = from + dice.number(1, 25);
    Json range = Json::object();
    if (dice.chance(60)) range[dice.pick({"from", "above"})] = units(from);
    if (range.empty() || dice.chance(60)) range[dice.pick({"up_to", "below"})] = units(until);
    when["amount"] = range;
  }
  if (when.empty() || dice.chance(40)) when["method"] = dice.pick({"bank", "card"});
  return when;
}

Json fee(Dice& dice, int index) {
  Json fee = {{"id", "f" + std::to_string(index)}, {"operation", "pay"}};
  fee["collect"] = dice.pick({"on_top", "deducted", "deducted"});
  if (dice.chance(40)) fee["round"] = {{"mode", dice.pick({"up", "down", "half-up", "floor"})}};
  if (dice.chance(20)) fee["when"] = condition(dice);
  if (dice.chance(55)) {
    fee.update(charge(dice));
    return fee;
  }
  Json cases = Json::array();
  for (int i = dice.number(1, 2); i > 0; --i) {
    Json one = charge(dice);
    one["when"] = condition(dice);
    cases.push_back(one);
  }
  if (dice.chance(75)) cases.push_back(charge(dice));
  fee["cases"] = cases;
  return fee;
}

Json promise(Dice& dice) {
  Json promise = {{"operation", "pay"}};
  std::string key = dice.pick({"fee_at_most", "fee_at_least", "credit_at_least"});
  if (dice.chance(50)) {
    promise[key] = units(key == "fee_at_most" ? dice.number(2, 12) : dice.number(0, 3));
  } else {
    promise[key] = {{"percent", std::to_string(key == "credit_at_least" ? 5 * dice.number(8, 18)
                                                                        : 5 * dice.number(0, 9))}};
  }
  if (dice.chance(50)) promise["when"] = condition(dice);
  return promise;
}

// ---- sound tariffs -----------------------------------------------------------------------------

// Rounded up it never comes to nothing; it never falls, and never saves by being split.
Json sound_fee(Dice& dice, int index) {
  Json fee = {{"id", "f" + std::to_string(index)},
              {"operation", "pay"},
              {"collect", dice.pick({"on_top", "deducted"})},
              {"round", {{"mode", "up"}}}};
  if (dice.chance(50)) {
    fee["percent"] = std::to_string(dice.number(1, 20));
    if (dice.chance(50)) fee["max"] = std::to_string(dice.number(5, 50)) + ".00 EUR";
    return fee;
  }
  int bound = 0, percent = 20;
  fee["graduated"] = Json::array();
  for (int i = dice.number(1, 4); i > 0; --i) {
    bound += dice.number(10, 500);
    percent -= dice.number(1, 4);
    fee["graduated"].push_back(
        {{"up_to", std::to_string(bound) + " EUR"}, {"percent", std::to_string(percent)}});
  }
  fee["graduated"].push_back({{"percent", std::to_string(dice.number(1, percent))}});
  return fee;
}

Json sound_limits(Dice& dice) {
  int single = dice.number(100, 200), daily = single + dice.number(1, 100);
  auto bounds = [](int low, int high) {
    return Json{{"low", std::to_string(low) + " EUR"}, {"high", std::to_string(high) + " EUR"}};
  };
  return {{{"id", "single"}, {"operation", "pay"}, {"max", bounds(single, 2 * single)}},
          {{"id", "daily"},
           {"operation", "pay"},
           {"window", "day"},
           {"max", bounds(daily, 2 * daily)}}};
}

Json& add_fee(Json& tariff, Json fee) {
  tariff["fees"].push_back(std::move(fee));
  return tariff["fees"].back();
}

// On an operation of its own, so that nothing else is touched.
Json other(const Json& rest) {
  Json fee = {{"id", "planted"}, {"operation", "other"}};
  fee.update(rest);
  return fee;
}

Json free_of(const Json& when) { return {{"when", when}, {"waived", true}}; }

std::string money(int amount) { return std::to_string(amount) + " EUR"; }

}  // namespace

Json small_tariff(std::uint64_t seed) {
  Dice dice(seed);
  Json tariff = {{"levy", 1},
                 {"id", "small"},
                 {"currency", "ZED"},
                 {"currencies", {{"ZED", {{"digits", 0}}}}},
                 {"attributes", {{"method", {"bank", "card"}}}},
                 {"rounding", {{"mode", dice.pick({"half-even", "half-up", "up", "down"})}}},
                 {"fees", Json::array()},
                 {"guarantees", Json::array()}};
  if (dice.chance(20)) tariff["rounding"]["apply"] = "total";
  for (int i = dice.number(1, 3); i > 0; --i) tariff["fees"].push_back(fee(dice, i));
  if (dice.chance(60)) tariff["guarantees"].push_back(promise(dice));
  return tariff;
}

Json sound_tariff(std::uint64_t seed) {
  Dice dice(seed);
  Json tariff = {{"levy", 1},
                 {"id", "sound"},
                 {"version", "1"},
                 {"currency", "EUR"},
                 {"attributes", {{"method", {"bank", "card"}}}},
                 {"sets", {{"NEAR", {"AT", "DE"}}}},
                 {"evidence", {{"passport", {{"kind", "document"}}}}},
                 {"tiers", {{{"id", "low"}}, {{"id", "high"}, {"requires", "passport"}}}},
                 {"fees", Json::array()},
                 {"limits", sound_limits(dice)}};
  Json first = sound_fee(dice, 1), second = sound_fee(dice, 2);
  first["when"] = {{"method", "bank"}, {"country", {{"not", "@NEAR"}}}};
  second["when"] = {{"method", "card"}};
  Json third = {{"id", "f3"},
                {"operation", "pay"},
                {"when", {{"method", "bank"}, {"country", "@NEAR"}}},
                {"waived", true}};
  tariff["fees"] = {first, second, third};
  return tariff;
}

namespace {

// A fee on an operation of its own.
Planted plant_fee(int kind, std::uint64_t seed) {
  Dice dice(seed + 1000);
  Json tariff = sound_tariff(seed);
  int amount = dice.number(10, 90);
  auto with_fee = [&](const Json& rest, std::set<std::string> codes) {
    add_fee(tariff, other(rest));
    return Planted{tariff, std::move(codes)};
  };
  Json in_amount = {{"amount", {{"up_to", money(amount)}}}};
  switch (kind) {
    case 0:
      return with_fee({{"cases", {free_of({{"method", "bank"}})}}}, {"uncovered"});
    case 1:
      return with_fee({{"cases", {free_of(in_amount)}}}, {"uncovered"});
    case 2:
      return with_fee(
          {{"round", {{"mode", "up"}}}, {"slab", {{{"up_to", money(amount)}, {"percent", "20"}}}}},
          {"closed_last_band"});
    case 3:
      return with_fee({{"cases", {{{"waived", true}}, free_of({{"method", "card"}})}}},
                      {"unreachable_case"});
    case 4:
      return with_fee(
          {{"round", {{"mode", "up"}}},
           {"slab", {{{"up_to", money(amount)}, {"percent", "20"}}, {{"percent", "5"}}}}},
          {"cliff"});
    case 5:  // a step up in the rate: dearer at once than in two, and no cliff while on top
      return with_fee(
          {{"collect", "on_top"},
           {"round", {{"mode", "up"}}},
           {"slab", {{{"up_to", money(amount)}, {"percent", "5"}}, {{"percent", "9"}}}}},
          {"split"});
    case 6:
      return with_fee({{"percent", "1"}, {"min", money(amount)}}, {"fee_above_amount"});
    case 7:
      return with_fee({{"percent", "0.5"}}, {"rounds_to_nothing"});
    case 8:  // paid back: a line without jumps, so nothing else
      return with_fee({{"collect", "deducted"}, {"percent", "-5"}}, {"negative_total"});
    default:
      tariff["quantities"] = {{"units", {{"default", "1"}}}};
      return with_fee({{"cases",
                        {{{"when", {{"units", {{"up_to", "10"}}}}}, {"waived", true}},
                         {{"when", {{"units", {{"from", "11"}}}}}, {"waived", true}},
                         {{"waived", true}}}}},
                      {"edge_style"});
  }
}

// In limits, tiers, declarations and promises.
Planted plant_rest(int kind, std::uint64_t seed) {
  Json tariff = sound_tariff(seed);
  auto with_limit = [&](Json limit, std::set<std::string> codes) {
    tariff["limits"].push_back(std::move(limit));
    return Planted{tariff, std::move(codes)};
  };
  auto with = [&](const char* key, const char* name, const Json& value, const char* code) {
    tariff[key][name] = value;
    return Planted{tariff, {code}};
  };
  switch (kind) {
    case 10:
      return with_limit({{"id", "idle"}, {"operation", "pay"}, {"max", money(100000)}},
                        {"limit_never_binds"});
    case 11:
      tariff["limits"][0]["max"]["high"] = money(50);
      tariff["limits"][1]["max"]["high"] = tariff["limits"][1]["max"]["low"];
      return {tariff, {"limit_shrinks"}};
    case 12:
      tariff["evidence"]["volume"] = {
          {"kind", "activity"}, {"operation", "pay"}, {"window", "day"}, {"currency", "EUR"}};
      tariff["tiers"][1]["requires"] = {
          {"all", {"passport", {{"volume", {{"at_least", money(10000)}}}}}}};
      return {tariff, {"unreachable_tier"}};
    case 13:
      return with("sets", "FAR", {"US"}, "unused");
    case 14:
      return with("attributes", "colour", {"red", "blue"}, "unused");
    case 15:
      tariff["quantities"] = {{"weight", {{"default", "1"}}}};
      return {tariff, {"unused"}};
    case 16:
      return with("evidence", "letter", {{"kind", "document"}}, "unused");
    case 17:
      tariff["guarantees"] = {{{"operation", "pay"}, {"fee_at_most", {{"percent", "0.5"}}}}};
      return {tariff, {"broken_guarantee"}};
    default:
      tariff["accept"] = {{{"code", "split"}, {"reason", "there is none"}}};
      return {tariff, {"unused"}};
  }
}

}  // namespace

Planted plant(int kind, std::uint64_t seed) {
  constexpr int fees = 10;
  return kind < fees ? plant_fee(kind, seed) : plant_rest(kind, seed);
}

}  // namespace property
