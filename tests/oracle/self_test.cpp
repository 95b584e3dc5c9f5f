// Facts computed by hand that pin the oracle itself, and a walk through the universe.
#include "oracle.h"
#include "oracle_number.h"
#include "self_test_facts.h"
#include "universe.h"

#include <algorithm>
#include <iostream>
#include <map>

namespace {

using oracle::Json;

int failures = 0;

void expect(const std::string& what, const std::string& actual, const std::string& expected) {
  if (actual != expected) {
    ++failures;
    std::cerr << what << "\n  is       " << actual << "\n  expected " << expected << "\n";
  }
}

// {"amounts": […]} stands for the lines' amounts, {"error": "code"} for a failure.
Json abridged(const Json& answer) {
  Json short_answer = answer;
  if (answer.contains("error")) {
    short_answer["error"] = answer.at("error").at("code");
    return short_answer;
  }
  short_answer["amounts"] = Json::array();
  for (const Json& line : answer.at("lines")) {
    short_answer["amounts"].push_back(line.at("amount"));
  }
  return short_answer;
}

// Only what the fact names is compared, and a failure never passes for an answer.
void check_fact(const Fact& fact) {
  Json schedule = Json::parse(fact.schedule);
  for (const char* key : {"levy", "id", "currency"}) {
    if (!schedule.contains(key)) {
      schedule[key] = std::string(key) == "currency" ? Json("EUR") : Json(1);
    }
  }
  Json request = Json::parse(fact.request);
  request["operation"] = request.value("operation", "transfer");
  const Json rates = fact.has_rates ? Json::parse(fact_rates) : Json(nullptr);
  const Json answer = abridged(oracle::quote(schedule, request, rates));
  const Json expected = Json::parse(fact.expected);
  for (const auto& [key, value] : expected.items()) {
    const Json actual = answer.contains(key) ? answer.at(key) : answer;
    // By value: the order of keys is of no account.
    expect(std::string(fact.title) + " [" + key + "]", nlohmann::json::parse(actual.dump()).dump(),
           nlohmann::json::parse(value.dump()).dump());
  }
}

void check_rounding() {
  struct Row {
    const char* value;
    const char* quantum;
    const char* rounded[7];  // in the order of modes
  };
  const char* const modes[] = {"half-even", "half-up", "half-down", "up",
                               "down",      "ceiling", "floor"};
  const Row rows[] = {
      {"2.5", "1", {"2", "3", "2", "3", "2", "3", "2"}},
      {"-2.5", "1", {"-2", "-3", "-2", "-3", "-2", "-2", "-3"}},
      {"1.5", "1", {"2", "2", "1", "2", "1", "2", "1"}},
      {"-1.1", "1", {"-1", "-1", "-1", "-2", "-1", "-1", "-2"}},
      {"1.6", "1", {"2", "2", "2", "2", "1", "2", "1"}},
      {"-0.5", "1", {"0", "-1", "0", "-1", "0", "0", "-1"}},
      {"7", "1", {"7", "7", "7", "7", "7", "7", "7"}},
      {"0.075", "0.05", {"0.1", "0.1", "0.05", "0.1", "0.05", "0.1", "0.05"}},
      {"0.125", "0.05", {"0.1", "0.15", "0.1", "0.15", "0.1", "0.15", "0.1"}},
      {"4.13", "0.10", {"4.1", "4.1", "4.1", "4.2", "4.1", "4.2", "4.1"}},  // Catala
      {"-0.015", "0.01", {"-0.02", "-0.02", "-0.01", "-0.02", "-0.01", "-0.01", "-0.02"}},
      {"0.86313513",
       "0.00001",  // QuantLib
       {"0.86314", "0.86314", "0.86314", "0.86314", "0.86313", "0.86314", "0.86313"}},
      {"0.000123456789",
       "0.00000012",  // ccxt
       {"0.00012348", "0.00012348", "0.00012348", "0.00012348", "0.00012336", "0.00012348",
        "0.00012336"}},
  };
  for (const Row& row : rows) {
    for (std::size_t index = 0; index < 7; ++index) {
      const oracle::Rational rounded = oracle::round_to(
          oracle::decimal_of(row.value), oracle::decimal_of(row.quantum), modes[index]);
      expect(std::string(row.value) + " " + modes[index], oracle::text_of(rounded),
             row.rounded[index]);
    }
  }
}

void check_decimals() {
  const std::string sixty(60, '9');
  const std::string places(40, '1');
  for (const std::string& text :
       {std::string("0"), std::string("-0"), std::string("10.50"), sixty, "0." + places}) {
    expect("good " + text, oracle::parse_decimal(text) ? "yes" : "no", "yes");
  }
  for (const std::string& text :
       {std::string(""), std::string("-"), std::string("+1"), std::string("010"), std::string("1."),
        std::string(".5"), std::string("1,000"), std::string("1e3"), std::string("1\0", 2),
        sixty + "9", "0." + places + "1"}) {
    expect("bad " + text, oracle::parse_decimal(text) ? "yes" : "no", "no");
  }
  expect("money", oracle::text_of(oracle::decimal_of("1.5"), 2), "1.50");
  expect("cents", oracle::text_of(oracle::decimal_of("-0.05"), 2), "-0.05");
  expect("finer", oracle::text_of(oracle::decimal_of("0.1250"), 2), "0.125");
  expect("no end", oracle::text_of(oracle::rate_of("-100/12"), 2), "-25/3");
  expect("huge", oracle::text_of(oracle::decimal_of("69696900000.00000002")),
         "69696900000.00000002");
}

// No seed may stop the oracle, and the universe must not consist of errors.
void walk_universe(std::uint64_t seeds) {
  std::map<std::string, int> outcomes;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Json schedule = oracle::random_schedule(seed);
    for (std::uint64_t turn = 0; turn < 4; ++turn) {
      const std::uint64_t own = seed * 4 + turn;
      const Json request = oracle::random_request(schedule, own);
      const Json rates = oracle::random_rates(own);
      try {
        const Json answer = oracle::quote(schedule, request, rates);
        const Json failed = answer.value("error", Json::object());
        ++outcomes[failed.value("code", "quoted")];
      } catch (const std::exception& error) {
        ++failures;
        std::cerr << "seed " << seed << ": " << error.what() << "\n"
                  << schedule.dump() << "\n"
                  << request.dump() << "\n";
      }
    }
  }
  for (const auto& [code, count] : outcomes) {
    std::cout << "  " << code << " " << count << "\n";
  }
  const bool enough = outcomes["quoted"] * 4 > static_cast<int>(seeds);
  expect("a sixteenth and more is quoted", enough ? "yes" : "no", "yes");
  const std::uint64_t seed = 7;
  expect("one seed is one schedule", oracle::random_schedule(seed).dump(),
         oracle::random_schedule(seed).dump());
}

void walk_small_universe() {
  std::size_t quoted = 0;
  const auto visit = [&](const Json& schedule, const std::vector<Json>& requests) {
    for (const Json& request : requests) {
      if (!oracle::quote(schedule, request, nullptr).contains("error")) {
        ++quoted;
      }
    }
  };
  const std::size_t count = oracle::small_universe(visit);
  std::cout << "small universe: " << count << ", quoted " << quoted << "\n";
  expect("most are quoted", quoted * 2 > count ? "yes" : "no", "yes");
}

}  // namespace

// self_test [SEEDS]: 0 if every fact holds.
int main(int count, char** words) {
  check_rounding();
  check_decimals();
  for (const Fact& fact : facts()) {
    check_fact(fact);
  }
  std::cout << facts().size() << " facts\n";
  walk_universe(count > 1 ? std::stoull(words[1]) : 2000);
  walk_small_universe();
  std::cout << failures << " failures\n";
  return failures == 0 ? 0 : 1;
}
