// Random tariffs for the tests of validate: small ones of any kind, and sound ones in which a
// defect can be planted. Deterministic: the same seed is the same JSON on every platform.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace property {

using Json = nlohmann::ordered_json;

// Amounts are whole units, every bound is below bound_max and every share a multiple of 5 %, so
// that amounts up to scan_max show all that ever happens.
inline constexpr int bound_max = 60, scan_max = 320;
Json small_tariff(std::uint64_t seed);

// Validate finds nothing in it.
Json sound_tariff(std::uint64_t seed);

struct Planted {
  Json tariff;
  std::set<std::string> codes;  // what validate finds in it, and nothing else
};
inline constexpr int plants = 19;
// The defect number `kind` planted into a sound tariff.
Planted plant(int kind, std::uint64_t seed);

}  // namespace property
