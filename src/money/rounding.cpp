#include "money/rounding.h"

#include <array>
#include <cstddef>

#include "base/ensure.h"

namespace levy {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 7> words = {"half-even", "half-up", "half-down", "up",
                                                   "down",      "ceiling", "floor"};

bool is_odd(const Decimal& whole) { return !divide_floor(whole, 2).remainder.is_zero(); }

// Nearly every sum and amount is whole already, in a currency whose unit is one of a place.
bool has_only_places_of(const Decimal& quantum, const Rational& value) {
  return quantum.is_unit_of_place() && value.is_decimal() &&
         value.numerator().scale() <= quantum.scale();
}

// Whether a value strictly between the multiples `below` and `below` + 1 goes to the upper one.
// `half` says where it lies: before (< 0), on (0) or beyond (> 0) the middle.
bool goes_up(const Decimal& below, std::strong_ordering half, RoundingMode mode) {
  bool negative = below.sign() < 0;
  switch (mode) {
    case RoundingMode::half_even:
      return half > 0 || (half == 0 && is_odd(below));
    case RoundingMode::half_up:
      return half > 0 || (half == 0 && !negative);
    case RoundingMode::half_down:
      return half > 0 || (half == 0 && negative);
    case RoundingMode::up:
      return !negative;
    case RoundingMode::down:
      return negative;
    case RoundingMode::ceiling:
      return true;
    case RoundingMode::floor:
      return false;
  }
  ensure(false, "a rounding mode is one of seven");
  return false;
}

}  // namespace

std::string_view to_string(RoundingMode mode) { return words[static_cast<std::size_t>(mode)]; }

std::optional<RoundingMode> find_rounding_mode(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<RoundingMode>(i);
  }
  return std::nullopt;
}

std::vector<std::string> rounding_mode_words() { return {words.begin(), words.end()}; }

bool depends_on_sign(RoundingMode mode) {
  return mode == RoundingMode::half_up || mode == RoundingMode::half_down ||
         mode == RoundingMode::up || mode == RoundingMode::down;
}

Decimal round(const Rational& value, const Decimal& quantum, RoundingMode mode) {
  ensure(quantum.sign() > 0, "a rounding quantum is above 0");
  if (has_only_places_of(quantum, value)) return value.numerator();
  // value / quantum = numerator / divisor, in one division of integers.
  Decimal product;
  if (!value.is_decimal()) product = quantum * value.denominator();
  const Decimal& divisor = value.is_decimal() ? quantum : product;
  auto [multiple, rest] = divide_floor(value.numerator(), divisor);
  if (!rest.is_zero() && goes_up(multiple, rest + rest <=> divisor, mode)) multiple += 1;
  return multiple * quantum;
}

bool is_multiple(const Rational& value, const Decimal& quantum) {
  ensure(quantum.sign() > 0, "a quantum is above 0");
  if (quantum.is_unit_of_place()) return has_only_places_of(quantum, value);
  // A multiple of a decimal is a decimal.
  return value.is_decimal() && divide_floor(value.decimal(), quantum).remainder.is_zero();
}

}  // namespace levy
