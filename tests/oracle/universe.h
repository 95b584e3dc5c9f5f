// What the tests quote: random schedules, requests and rates, and a small universe in full.
// Schedules are valid by form under SPEC; quoting them may meet any error that a valid one can.
// Deterministic: the same seed is the same JSON on every platform.
//
//   for (seed …) {
//       const Json schedule = random_schedule(seed);
//       const Json request = random_request(schedule, seed + 1);
//       const Json rates = random_rates(seed + 2);
//       … oracle::quote(schedule, request, rates)
//   }
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace oracle {

using Json = nlohmann::ordered_json;

Json random_schedule(std::uint64_t seed);

// Amounts lie near the schedule's own edges more often than not. The time is always given.
Json random_request(const Json& schedule, std::uint64_t seed);

// A levy_rates document; null now and then.
Json random_rates(std::uint64_t seed);

// Every kind of charge x bounds x rounding mode x quantum x apply x collect, each schedule once,
// with a request for each amount from 0 to amount_max cents. Returns how many requests.
using Visit = std::function<void(const Json& schedule, const std::vector<Json>& requests)>;
std::size_t small_universe(const Visit& visit, int amount_max = 20);

}  // namespace oracle
