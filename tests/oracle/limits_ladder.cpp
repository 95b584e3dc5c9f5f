// Tiers and the answer of the limits' oracle: every subset of evidence is tried.
#include <algorithm>
#include <set>

#include "limits_oracle.h"

namespace limits_oracle {
namespace {

std::string plain(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Rational threshold_of(const Json& item) {
  std::string whole = plain(item.front()["at_least"]);
  return oracle::decimal_of(whole.substr(0, whole.find(' ')));
}

std::string id_of(const Json& item) {
  if (item.is_string()) return item.get<std::string>();
  return item.get_ref<const Json::object_t&>().front().first;
}

Json figure(const std::optional<Rational>& value) {
  return value ? Json(text_of(*value)) : Json(nullptr);
}

}  // namespace

const Json* Oracle::find_evidence(const std::string& id) const {
  for (const auto& [name, evidence] : q_.schedule["evidence"].items()) {
    if (name == id) return &evidence;
  }
  return nullptr;
}

// Every piece of evidence that the requirement names, as it names it.
void Oracle::collect(const Json& requirement, std::vector<Json>& items) const {
  for (const char* key : {"all", "any", "of"}) {
    if (!requirement.is_object() || !requirement.contains(key)) continue;
    for (const Json& part : requirement[key]) collect(part, items);
    return;
  }
  if (std::find(items.begin(), items.end(), requirement) == items.end())
    items.push_back(requirement);
}

bool Oracle::met_evidence(const std::string& id, const Json* at_least, Seconds t,
                          const std::vector<Json>& brought) {
  Json wanted = id;
  if (at_least != nullptr) wanted = Json{{id, {{"at_least", *at_least}}}};
  for (const Json& item : brought) {
    if (id_of(item) != id) continue;
    if (at_least == nullptr || threshold_of(item) >= threshold_of(wanted)) return true;
  }
  const Json& evidence = *find_evidence(id);
  if (evidence["kind"] == "activity") {
    std::optional<Rational> value = reading(evidence, id, t);
    if (!value && q_.strict) fail("missing_reading");
    return value.value_or(0) >= threshold_of(wanted);
  }
  if (q_.profile.is_null() || !q_.profile.contains("evidence") ||
      !q_.profile["evidence"].contains(id))
    return false;
  const Json& proof = q_.profile["evidence"][id];
  if (evidence["kind"] == "number") return oracle::decimal_of(plain(proof)) >= threshold_of(wanted);
  if (proof.is_boolean()) return proof;
  if (proof.contains("until") && t >= seconds_of(proof["until"])) return false;
  if (!proof.contains("issued") || !evidence.contains("max_age")) return true;
  return t <
         seconds_of(proof["issued"]) + std::stoll(evidence["max_age"].get<std::string>()) * 86400;
}

bool Oracle::met(const Json& requirement, Seconds t, const std::vector<Json>& brought) {
  if (requirement.is_string()) return met_evidence(requirement, nullptr, t, brought);
  const char* key = requirement.contains("all")   ? "all"
                    : requirement.contains("any") ? "any"
                    : requirement.contains("of")  ? "of"
                                                  : nullptr;
  if (key == nullptr) {
    return met_evidence(id_of(requirement), &requirement.front()["at_least"], t, brought);
  }
  std::size_t count = 0;
  for (const Json& part : requirement[key]) count += met(part, t, brought) ? 1 : 0;
  if (std::string(key) == "all") return count == requirement[key].size();
  if (std::string(key) == "any") return count > 0;
  return count >= requirement["at_least"].get<std::size_t>();
}

std::optional<std::string> Oracle::tier_at(Seconds t) {
  if (q_.request.contains("tier")) return q_.request["tier"].get<std::string>();
  if (q_.profile.is_null()) return std::nullopt;
  if (q_.profile.contains("tier")) return q_.profile["tier"].get<std::string>();
  if (!q_.profile.contains("evidence")) return std::nullopt;
  std::optional<std::string> highest;
  for (const Json& tier : q_.schedule["tiers"]) {
    if (tier.contains("requires") && !met(tier["requires"], t, {})) break;
    highest = tier["id"].get<std::string>();
  }
  return highest;
}

// All subsets of what the tiers up to this one ask for; of those that suffice, the ones that
// contain no other.
Json Oracle::missing(std::size_t tier, Seconds t) {
  std::vector<Json> items, order;
  for (const auto& [id, evidence] : q_.schedule["evidence"].items()) order.push_back(id);
  auto suffices = [&](const std::vector<Json>& brought) {
    for (std::size_t i = 0; i <= tier; ++i) {
      const Json& one = q_.schedule["tiers"][i];
      if (one.contains("requires") && !met(one["requires"], t, brought)) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i <= tier; ++i) {
    if (q_.schedule["tiers"][i].contains("requires"))
      collect(q_.schedule["tiers"][i]["requires"], items);
  }
  auto rank = [&](const Json& item) {
    auto at = std::find(order.begin(), order.end(), Json(id_of(item)));
    return std::pair(at - order.begin(), item.is_string() ? Rational(0) : threshold_of(item));
  };
  std::sort(items.begin(), items.end(),
            [&](const Json& a, const Json& b) { return rank(a) < rank(b); });
  std::vector<std::vector<Json>> enough;
  for (std::size_t bits = 0; bits < std::size_t{1} << items.size(); ++bits) {
    std::vector<Json> set;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (bits >> i & 1) set.push_back(items[i]), ids.insert(id_of(items[i]));
    }
    if (ids.size() == set.size() && suffices(set)) enough.push_back(set);
  }
  // Whoever brings b also brings a.
  auto within = [&](const std::vector<Json>& a, const std::vector<Json>& b) {
    return std::all_of(a.begin(), a.end(), [&](const Json& one) {
      return std::any_of(b.begin(), b.end(), [&](const Json& other) {
        return id_of(other) == id_of(one) && rank(other) >= rank(one);
      });
    });
  };
  std::vector<std::vector<Json>> smallest;
  for (const auto& set : enough) {
    bool least = std::none_of(enough.begin(), enough.end(), [&](const auto& other) {
      return other != set && within(other, set);
    });
    if (least) smallest.push_back(set);
  }
  auto key = [&](const std::vector<Json>& set) {
    std::vector<std::pair<std::ptrdiff_t, Rational>> ranks;
    for (const Json& item : set) ranks.push_back(rank(item));
    return std::pair(set.size(), ranks);
  };
  std::sort(smallest.begin(), smallest.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  Json result = Json::array();
  for (const auto& set : smallest) result.push_back(set);
  return result;
}

Json Oracle::allowed_at(const Try& now) {
  if (!now.tier) return nullptr;
  const Json& tiers = q_.schedule["tiers"];
  std::size_t i = 0;
  while (tiers[i]["id"] != *now.tier) ++i;
  for (++i; i < tiers.size(); ++i) {
    Try risen = now;
    risen.tier = tiers[i]["id"].get<std::string>();
    std::vector<std::string> before = failures_;
    std::vector<State> limits = states(risen);
    bool answered = failures_ == before;
    failures_ = before;
    bool hold = std::all_of(limits.begin(), limits.end(), [](const State& s) { return s.holds; });
    if (answered && hold) return {{"tier", *risen.tier}, {"missing", missing(i, now_)}};
  }
  return nullptr;
}

// What was said of a meter must make sense, and so must every row that it counts, whether or not
// the decision needs it.
void Oracle::read_all_meters() {
  Json bare = {{"amount", "0"}, {"time", q_.request["time"]}};
  Json none;
  Oracle reader({q_.schedule, bare, none, q_.history, q_.rates, false}, calendar_);
  auto read = [&](const Json& meter, const std::string& id) {
    reading(meter, id, now_);
    bool counted = meter.value("measure", "amount") != "balance";
    if (!counted || q_.history.is_null()) return;
    reader.reading(meter, id, now_);
    Json window = meter.value("window", Json("transaction"));
    if (!window.is_object() || !window.contains("previous")) return;
    reader.reading(meter, id, period(window["previous"], 1, 1, now_).second);  // counts next
  };
  for (const Json& limit : q_.schedule["limits"]) read(limit, limit["id"]);
  for (const auto& [id, evidence] : q_.schedule["evidence"].items()) {
    if (evidence["kind"] == "activity") read(evidence, id);
  }
  failures_.insert(failures_.end(), reader.failures_.begin(), reader.failures_.end());
}

Json Oracle::check() {
  failures_.clear();
  read_all_meters();
  if (!failures_.empty()) return {{"error", failures_}};
  Try now{now_, tier_at(now_), std::nullopt, amount_};
  now.present = now.tier;
  std::vector<State> limits = states(now);
  if (!failures_.empty()) return {{"error", failures_}};
  Json answer = {{"limits", Json::array()}, {"blocked_by", Json::array()}};
  for (const State& state : limits) {
    const Json& limit = *state.limit;
    std::optional<Rational> headroom;
    if (state.max) headroom = std::max(Rational(0), Rational(*state.max - state.used));
    answer["limits"].push_back({{"limit", limit["id"]},
                                {"min", figure(state.min)},
                                {"max", figure(state.max)},
                                {"used", text_of(state.used)},
                                {"assumed", state.assumed},
                                {"after", text_of(state.after)},
                                {"headroom", figure(headroom)},
                                {"holds", state.holds},
                                {"overridden", state.override_ != nullptr}});
    if (!state.holds) answer["blocked_by"].push_back(limit["id"]);
  }
  answer["allowed"] = answer["blocked_by"].empty();
  answer["tier"] = now.tier ? Json(*now.tier) : Json(nullptr);
  answer["allowed_at"] = answer["allowed"] ? Json(nullptr) : allowed_at(now);
  return answer;
}

bool Oracle::passes(const Rational& amount) {
  failures_.clear();
  Try now{now_, tier_at(now_), std::nullopt, amount};
  now.present = now.tier;
  return all_hold(now);
}

bool Oracle::passes_at(Seconds t) {
  failures_.clear();
  Try then{t, tier_at(t), std::nullopt, amount_};
  then.present = then.tier;
  return all_hold(then);
}

// Every instant at which anything could change is tried: all midnights and quarter hours of clock
// conditions, every row's end in every rolling window, every expiry.
std::optional<Seconds> Oracle::retry_at() {
  std::set<Seconds> tries;
  const std::string whole = q_.schedule.dump();
  bool clocked = whole.find("time_of_day") != std::string::npos;
  // Two years and more where years are counted; else no row is counted, and nothing shown runs
  // out, later than two quarters from now.
  bool yearly = whole.find("\"year") != std::string::npos;
  for (const auto& day : calendar_.days()) {
    if (day.at > now_ + 86400LL * (yearly ? 800 : 200)) break;
    if (day.at + 86400 < now_) continue;
    tries.insert(day.at);
    for (int quarter = 0; clocked && day.at < now_ + 86400 * 45 && quarter < 100; ++quarter)
      tries.insert(day.at + quarter * 900);
    // "up_to" and "above" change their answer just after a whole minute.
  }
  for (const Json& row : q_.history) {
    for (const auto* section : {"limits", "evidence"}) {
      for (const auto& [name, meter] : q_.schedule[section].items()) {
        if (!meter.contains("window") || !meter["window"].is_object()) continue;
        if (!meter["window"].contains("rolling")) continue;
        std::string length = meter["window"]["rolling"];
        Seconds unit = length.back() == 'd' ? 86400 : length.back() == 'h' ? 3600 : 60;
        tries.insert(seconds_of(row["time"]) + std::stoll(length) * unit);
      }
    }
  }
  if (!q_.profile.is_null()) {
    for (const Json& one : q_.profile.value("overrides", Json::array())) {
      if (one.contains("until")) tries.insert(seconds_of(one["until"]));
    }
    const Json shown = q_.profile.value("evidence", Json::object());
    for (const auto& [id, proof] : shown.items()) {
      if (proof.is_object() && proof.contains("until")) tries.insert(seconds_of(proof["until"]));
      if (proof.is_object() && proof.contains("issued")) {
        std::string age = find_evidence(id)->value("max_age", "0d");
        tries.insert(seconds_of(proof["issued"]) + std::stoll(age) * 86400);
      }
    }
  }
  for (Seconds t : tries) {
    if (t > now_ && passes_at(t)) return t;
  }
  return std::nullopt;
}

}  // namespace limits_oracle
