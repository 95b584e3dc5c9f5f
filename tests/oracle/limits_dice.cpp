#include "limits_dice.h"

namespace limits_oracle {
namespace {

// A civil time, counted up from 1970 day by day.
std::string civil(Seconds t) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Seconds days = t / 86400, rest = t % 86400;
  int year = 1970, month = 1;
  auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  while (days >= (leap(year) ? 366 : 365)) days -= leap(year++) ? 366 : 365;
  auto length = [&] { return lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0); };
  while (days >= length()) {
    days -= length();
    ++month;
  }
  char text[80];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, int(days) + 1,
                int(rest / 3600), int(rest / 60 % 60), int(rest % 60));
  return text;
}

}  // namespace

std::string Dice::utc(Seconds t) const { return civil(t); }

// Zones whose clocks change at midnight, over midnight, by half an hour, or skip a day.
std::string Dice::zone() {
  return any<const char*>({"UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut",
                           "Pacific/Apia", "America/St_Johns", "Asia/Tehran", "Australia/Lord_Howe",
                           "America/Havana", "Asia/Shanghai"});
}

Seconds Dice::time() {
  const auto& days = calendar_->days();
  std::size_t at = std::size_t(between(1200, 4000));
  if (chance(40)) {  // a day that is not 24 hours long
    for (int i = 0; i < 400 && days[at + 1].at - days[at].at == 86400; ++i) ++at;
  }
  if (chance(30)) return days[at].at + between(-2, 2);
  return days[at].at + between(-7200, 93600);
}

Json Dice::window() {
  switch (upto(clocked_ ? 4 : 13)) {
    case 0:
      return "transaction";
    case 1:
      return "day";
    case 2:
      return "week";
    case 3:
      return Json{{"rolling", any<const char*>({"1h", "24h", "36h", "3d", "90m"})}};
    case 4:
      return "lifetime";
    case 5:
      return "month";
    case 6:
      return "quarter";
    case 7:
      return "year";
    case 8:
      return Json{{"year_from", any<const char*>({"04-01", "02-29", "12-31", "07-15"})}};
    case 9:
      return Json{{"previous", any<const char*>({"day", "week", "month", "quarter", "year"})}};
    case 10:
      return Json{{"month_from", any<int>({1, 15, 28})}};
    case 11:
      return Json{{"week_from", any<const char*>({"sun", "wed", "mon"})}};
    default:
      return Json{{"rolling", any<const char*>({"7d", "30d", "90d"})}};
  }
}

// One amount in each currency.
Json Dice::amounts(int low, int high) {
  return Json::array(
      {amount(low, high) + " AAA", amount(low, high) + " BBB", amount(low, high) + " CCC"});
}

Json Dice::when() {
  Json when = Json::object();
  for (int i = between(1, 2); i > 0; --i) {
    switch (upto(clocked_ ? 6 : 5)) {
      case 0:
        when["method"] = any<const char*>({"m1", "m2"});
        break;
      case 1:
        when["method"] = Json{{"not", "m1"}};
        break;
      case 2:
        when["vip"] = chance(50);
        break;
      case 3:
        when["amount"] = Json{{chance(50) ? "above" : "from", amounts(5, 60)}};
        break;
      case 4:
        when["amount"] = Json{{chance(50) ? "below" : "up_to", amounts(30, 120)}};
        break;
      case 5:
        when["weekday"] = Json::array({any<const char*>({"mon", "tue", "sun"}), "sat"});
        break;
      default:
        when["time_of_day"] = Json{{"from", any<const char*>({"00:00", "08:30", "22:00"})},
                                   {"below", any<const char*>({"23:45", "23:00"})}};
    }
  }
  return when;
}

Json Dice::meter(bool of_limit) {
  Json meter = Json::object();
  int kind = upto(99);
  if (kind >= 55 && kind < 70) meter["measure"] = "count";
  if (kind >= 70 && kind < 80) meter["measure"] = "units";
  if (kind >= 80 && kind < 88) meter["measure"] = "debit";
  if (of_limit && kind >= 88) meter["measure"] = "balance";
  if (chance(60)) meter["operation"] = "pay";
  if (chance(15)) meter["operation"] = Json::array({"pay", "move"});
  if (chance(25)) meter["when"] = when();
  bool balance = meter.value("measure", "") == "balance";
  if (!balance && chance(85)) meter["window"] = window();
  bool money = kind < 55 || kind >= 80;
  if (money && chance(30)) meter["currency"] = any<const char*>({"BBB", "CCC"});
  return meter;
}

// One for all tiers, or one by tier; not always ascending.
Json Dice::bounds(const std::string& currency, int low, int high, bool grow) {
  auto one = [&]() -> Json {
    if (chance(12)) return nullptr;
    return amount(low, high) + currency;
  };
  if (chance(35)) return one();
  Json by_tier = Json::object();
  for (const Json& tier : schedule_["tiers"]) {
    by_tier[tier["id"].get<std::string>()] = one();
    low += grow ? (high - low) / 3 : 0;
    high += grow ? high / 2 : 0;
  }
  return by_tier;
}

Json Dice::limit(int index) {
  Json limit = meter(true);
  limit["id"] = "l" + std::to_string(index);
  std::string measure = limit.value("measure", "amount");
  bool money = measure == "amount" || measure == "debit" || measure == "balance";
  std::string currency = money ? " " + limit.value("currency", std::string("AAA")) : "";
  int high = measure == "count" ? 6 : 150;
  bool single = measure == "balance" || limit.value("window", Json("transaction")) == "transaction";
  if (!single && chance(15)) limit["per"] = "method";
  if (!single && chance(20)) {
    limit["counts"] = Json::object();
    if (chance(60)) limit["counts"]["operation"] = any<const char*>({"pay", "move"});
    if (limit["counts"].empty() || chance(50)) limit["counts"]["when"] = when();
  }
  limit["max"] = bounds(currency, high / 5, high, true);
  if (single && chance(35)) limit["min"] = bounds(currency, 0, high / 8, false);
  return limit;
}

Json Dice::evidence() {
  Json evidence = {{"doc", {{"kind", "document"}}},
                   {"paper", {{"kind", "document"}, {"max_age", chance(50) ? "30d" : "3d"}}},
                   {"grant", {{"kind", "approval"}}},
                   {"age", {{"kind", "number"}}}};
  Json activity = meter(false);
  while (activity.value("measure", "amount") != "amount" || activity.contains("currency"))
    activity = meter(false);
  activity["kind"] = "activity";
  while (!activity.contains("window") || activity["window"] == "transaction")
    activity["window"] = window();
  evidence["volume"] = activity;
  return evidence;
}

Json Dice::requirement(int depth) {
  if (depth == 0 || chance(40)) {
    switch (upto(4)) {
      case 0:
        return "doc";
      case 1:
        return "paper";
      case 2:
        return "grant";
      case 3:
        return Json{{"age", {{"at_least", any<const char*>({"10", "20"})}}}};
      default:
        return Json{{"volume", {{"at_least", any<const char*>({"30 AAA", "80 AAA"})}}}};
    }
  }
  Json parts = Json::array();
  for (int i = between(1, 3); i > 0; --i) parts.push_back(requirement(depth - 1));
  int kind = upto(2);
  if (kind == 0) return Json{{"all", parts}};
  if (kind == 1) return Json{{"any", parts}};
  return Json{{"at_least", between(1, int(parts.size()))}, {"of", parts}};
}

Json Dice::tiers() {
  Json tiers = Json::array();
  for (int i = 0, count = between(2, 3); i < count; ++i) {
    Json tier = {{"id", "t" + std::to_string(i)}};
    if (chance(i == 0 ? 15 : 80)) tier["requires"] = requirement(2);
    tiers.push_back(tier);
  }
  return tiers;
}

// Steps, a minimum and a discount: what a debit does not do is run in a straight line.
Json Dice::fees() {
  Json fee = {{"id", "fee"}, {"operation", Json::array({"pay", "move"})}};
  if (chance(50)) {
    fee["percent"] = any<const char*>({"1", "2.5", "10"});
    if (chance(50)) fee["min"] = Json::array({"2 AAA", "1 BBB", "0.5 CCC"});
    if (chance(50)) fee["max"] = Json::array({"5 AAA", "6 BBB", "4 CCC"});
  } else {
    fee["slab"] =
        Json::array({{{"up_to", Json::array({"40 AAA", "30 BBB", "20 CCC"})}, {"percent", "10"}},
                     {{"percent", "1"}}});
  }
  Json fees = Json::array({fee});
  if (chance(40)) {
    fees.push_back(
        {{"id", "rebate"}, {"operation", "pay"}, {"of", Json::array({"fee"})}, {"percent", "-50"}});
  }
  return fees;
}

Json Dice::schedule() {
  clocked_ = chance(8);
  schedule_ = {{"levy", 1}, {"id", "t"}, {"currency", "AAA"}};
  schedule_["currencies"] = {
      {"AAA", {{"digits", 0}}}, {"BBB", {{"digits", 0}}}, {"CCC", {{"digits", 1}}}};
  schedule_["attributes"] = {{"method", {"m1", "m2"}}, {"vip", "boolean"}};
  schedule_["quantities"] = {{"units", Json::object()}};
  schedule_["fees"] = fees();
  schedule_["evidence"] = evidence();
  schedule_["tiers"] = tiers();
  schedule_["limits"] = Json::array();
  for (int i = 0, count = between(1, 4); i < count; ++i) schedule_["limits"].push_back(limit(i));
  return schedule_;
}

Json Dice::request(bool known) {
  std::string currency = any<const char*>({" AAA", " AAA", " AAA", " BBB", " CCC"});
  Json request = {{"operation", chance(85) ? "pay" : "move"},
                  {"amount", amount(0, 130) + currency},
                  {"time", utc(now_)}};
  if (chance(96)) request["method"] = any<const char*>({"m1", "m2"});
  if (chance(96)) request["vip"] = chance(50);
  if (chance(95)) request["units"] = amount(0, 40);
  if (chance(30)) request["balance"] = amount(0, 90);
  if (chance(known ? 40 : 88))
    request["tier"] = "t" + std::to_string(upto(int(schedule_["tiers"].size()) - 1));
  Json used = Json::object();
  for (const Json& limit : schedule_["limits"]) {
    // Within one operation nothing is read; a balance is no window's.
    bool single = !limit.contains("window") || limit["window"] == "transaction";
    bool reads = !single || limit.value("measure", "amount") == "balance";
    if (reads && chance(15)) used[limit["id"].get<std::string>()] = amount(0, 90);
  }
  if (!used.empty()) request["used"] = used;
  return request;
}

Json Dice::overrides() {
  Json overrides = Json::array();
  for (int i = between(1, 2); i > 0; --i) {
    const Json& limit = schedule_["limits"][std::size_t(upto(int(schedule_["limits"].size()) - 1))];
    std::string measure = limit.value("measure", "amount");
    bool money = measure == "amount" || measure == "debit" || measure == "balance";
    Json one = {{"limit", limit["id"]}, {"max", nullptr}, {"ref", "CS-1"}};
    std::string currency = money && chance(30) ? " BBB" : "";
    if (chance(85)) one["max"] = amount(1, measure == "count" ? 8 : 200) + currency;
    if (chance(70)) one["until"] = utc(now_ + between(-86400, 86400 * (clocked_ ? 4 : 40)));
    overrides.push_back(one);
  }
  return overrides;
}

Json Dice::profile() {
  if (chance(45)) return nullptr;
  Json profile = {{"account", "a1"}};
  if (chance(20)) profile["tier"] = "t0";
  auto soon = [&] { return utc(now_ + between(-86400, 86400 * (clocked_ ? 4 : 20))); };
  if (chance(75)) {
    Json evidence = Json::object();
    if (chance(60)) evidence["doc"] = chance(50) ? Json(chance(85)) : Json{{"until", soon()}};
    if (chance(60)) evidence["paper"] = Json{{"issued", utc(now_ - between(0, 86400 * 40))}};
    if (chance(30)) evidence["grant"] = chance(50) ? Json(true) : Json{{"until", soon()}};
    if (chance(60)) evidence["age"] = amount(5, 25);
    profile["evidence"] = evidence;
  }
  if (chance(25)) profile["usage"] = Json{{"volume", amount(0, 100)}};
  if (chance(25)) profile["balance"] = amount(0, 80) + (chance(30) ? " BBB" : "");
  if (chance(35)) profile["overrides"] = overrides();
  return profile;
}

// Mostly near the edges of windows: whole lengths before now, and the starts of days.
Seconds Dice::past() {
  static const Seconds lengths[] = {3600, 5400, 86400, 129600, 259200, 604800, 2592000, 7776000};
  if (chance(35)) return now_ - lengths[upto(7)] + between(-1, 1);
  if (chance(50)) {
    const auto& days = calendar_->days();
    std::size_t i = 0;
    while (i + 1 < days.size() && days[i + 1].at <= now_) ++i;
    i -= std::size_t(chance(70) ? upto(8) : upto(700));
    return days[i].at + between(-1, 1);
  }
  return now_ - between(-3600, chance(50) ? 200000 : 40000000);
}

Json Dice::row() {
  Json row = {{"time", utc(past())}, {"operation", chance(85) ? "pay" : "move"}};
  row["account"] = chance(92) ? "a1" : "a2";
  row["amount"] = amount(0, 40);
  row["currency"] = any<const char*>({"AAA", "AAA", "AAA", "BBB", "CCC"});
  row["debit"] = amount(0, 45);
  row["units"] = amount(0, 20);
  row["method"] = any<const char*>({"m1", "m2"});
  row["vip"] = chance(50);
  if (chance(1)) row.erase(any<const char*>({"method", "debit", "units", "vip"}));
  if (chance(30)) row["status"] = any<const char*>({"ok", "ok", "declined", "error"});
  return row;
}

Json Dice::history() {
  if (chance(35)) return nullptr;
  Json rows = Json::array();
  for (int i = upto(10); i > 0; --i) rows.push_back(row());
  return rows;
}

void Dice::roll_into(Sample& sample) {
  now_ = time();
  sample.schedule = schedule();
  sample.schedule["timezone"] = sample.zone;
  sample.profile = profile();
  sample.request = request(!sample.profile.is_null());
  sample.history = history();
  if (chance(98)) {
    sample.rates = {{"levy_rates", 1},
                    {"base", "AAA"},
                    {"as_of", "2000-01-01"},
                    {"rates", {{"BBB", any<const char*>({"2", "0.8"})}, {"CCC", "1.25"}}}};
  }
  sample.strict = chance(4);
}

}  // namespace limits_oracle
