// Work: how much a question may cost, in steps that are counted and not in seconds, so that its
// answer is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace levy::fees {

// One step is roughly a rounding at one amount, a few tenths of a microsecond; an evaluation is
// some ten, and one more for each line. Shared by all that one question asks, in one thread. Where
// it is used up, what is left stays undecided.
struct Work {
  std::int64_t steps = 0;

  bool is_done() const { return steps <= 0; }
  void spend(std::size_t count) { steps -= static_cast<std::int64_t>(count); }
};

// What each question is given (levy(1), Limits on work).
inline constexpr std::int64_t validate_steps_max = 10'000'000;  // of one schedule
inline constexpr std::int64_t diff_steps_max = 10'000'000;      // of two versions, all operations
inline constexpr std::int64_t reverse_steps_max = 30'000'000;
inline constexpr std::int64_t suggest_steps_max = 5'000'000;  // of fees, and of limits
// What a curve keeps is memory, not time: lines of all its pieces, some 200 MB.
inline constexpr std::size_t curve_lines_max = 500'000;

}  // namespace levy::fees
