// levy against the oracle: the small universe in full, then seeded random quotes. Prints the first
// disagreements with all that is needed to repeat them; exit status 1 if there is one.
//
//   oracle_compare [RANDOM_QUOTES [FIRST_SEED]]
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fees/tariff.h"
#include "oracle/oracle.h"
#include "oracle/universe.h"
#include "render/json/quote_json.h"
#include "schedule/decode/load.h"

namespace {

using oracle::Json;

struct Tally {
  long passed = 0, failed = 0, quoted = 0;
};

levy::fees::Question question_of(const Json& request) {
  levy::fees::Question question;
  for (const auto& [key, value] : request.items()) {
    if (key == "used") {
      for (const auto& [id, reading] : value.items())
        question.used.emplace_back(id, reading.get<std::string>());
    } else {
      std::string text =
          value.is_boolean() ? (value.get<bool>() ? "true" : "false") : value.get<std::string>();
      question.request.set(key, text);
    }
  }
  return question;
}

// The answer with what the oracle answers, too: lines without titles, no operation, no steps.
Json answer_of(const levy::Checked<levy::fees::Quote>& quote) {
  if (!quote) return {{"error", {{"code", std::string(to_string(quote.faults().front().code))}}}};
  levy::formats::JsonWriter json;
  json.begin_object();
  levy::render::json::write_quote(json, *quote, "en", false);
  json.end_object();
  return Json::parse(json.text());
}

// Everything that the oracle says, levy says alike; objects by key.
bool agrees(const Json& oracle, const Json& levy) {
  if (oracle.is_object()) {
    if (!levy.is_object()) return false;
    for (const auto& [key, value] : oracle.items()) {
      if (!levy.contains(key) || !agrees(value, levy[key])) return false;
    }
    return true;
  }
  if (oracle.is_array()) {
    if (!levy.is_array() || oracle.size() != levy.size()) return false;
    for (std::size_t i = 0; i < oracle.size(); ++i) {
      if (!agrees(oracle[i], levy[i])) return false;
    }
    return true;
  }
  return oracle == levy;
}

// Neither has a currency that the other lacks.
bool same_currencies(const Json& oracle, const Json& levy) {
  for (const char* key : {"fees", "debit", "credit"}) {
    if (oracle.contains(key) && oracle[key].size() != levy[key].size()) return false;
  }
  return true;
}

void compare(Tally& tally, const levy::fees::Tariff& tariff,
             const levy::facts::RatesHistory* history, const Json& schedule, const Json& request,
             const Json& rates) {
  levy::fees::Question question = question_of(request);
  question.rates = history;
  Json expected = oracle::quote(schedule, request, rates);
  Json got = answer_of(levy::fees::quote(tariff, question));
  tally.quoted += got.contains("error") ? 0 : 1;
  if (agrees(expected, got) && same_currencies(expected, got)) {
    ++tally.passed;
    return;
  }
  if (++tally.failed > 3) return;
  std::printf("disagreement\nschedule %s\nrequest %s\nrates %s\noracle %s\nlevy %s\n",
              schedule.dump().c_str(), request.dump().c_str(), rates.dump().c_str(),
              expected.dump().c_str(), got.dump().c_str());
}

// False, and why, where levy does not load what the universe calls valid.
bool load(const Json& schedule, std::optional<levy::fees::Tariff>& tariff) {
  levy::Checked<levy::fees::Tariff> loaded =
      levy::fees::load_tariff({levy::Source("random", schedule.dump())});
  if (loaded) {
    tariff = std::move(*loaded);
    return true;
  }
  const levy::Diagnostic& fault = loaded.faults().front();
  std::printf("not loaded: %s at %s: %s\n%s\n", std::string(to_string(fault.code)).c_str(),
              to_string(fault.place).c_str(), fault.message.c_str(), schedule.dump().c_str());
  return false;
}

void compare_small_universe(Tally& tally) {
  oracle::small_universe([&](const Json& schedule, const std::vector<Json>& requests) {
    std::optional<levy::fees::Tariff> tariff;
    if (!load(schedule, tariff)) {
      ++tally.failed;
      return;
    }
    for (const Json& request : requests)
      compare(tally, *tariff, nullptr, schedule, request, nullptr);
  });
}

void compare_random(Tally& tally, std::uint64_t first_seed, std::uint64_t quotes) {
  constexpr std::uint64_t requests_each = 20;
  for (std::uint64_t i = 0; i < quotes / requests_each; ++i) {
    std::uint64_t seed = first_seed + i * 1000;
    Json schedule = oracle::random_schedule(seed);
    std::optional<levy::fees::Tariff> tariff;
    if (!load(schedule, tariff)) {
      ++tally.failed;
      continue;
    }
    Json rates = oracle::random_rates(seed + 1);
    std::optional<levy::facts::RatesHistory> history;
    if (!rates.is_null()) history = *levy::facts::parse_rates(levy::Source("rates", rates.dump()));
    for (std::uint64_t j = 0; j < requests_each; ++j) {
      Json request = oracle::random_request(schedule, seed + 2 + j);
      compare(tally, *tariff, history ? &*history : nullptr, schedule, request, rates);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t quotes = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  Tally tally;
  compare_small_universe(tally);
  compare_random(tally, seed, quotes);
  std::printf("%ld of them quotes, the others errors\n%ld passed, %ld failed\n", tally.quoted,
              tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
