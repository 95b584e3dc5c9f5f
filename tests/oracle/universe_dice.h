// splitmix64: the universe's only chance.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oracle {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
  }

  // 0 … count - 1
  int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }

  int between(int first, int last) { return first + below(last - first + 1); }

  bool chance(int percent) { return below(100) < percent; }

  std::string pick(const std::vector<std::string>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace oracle
