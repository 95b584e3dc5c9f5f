#include "batch/leaf.h"

#include <bit>

#include "base/ensure.h"

namespace levy {
namespace {

struct Way {
  std::uint64_t added;
  std::uint8_t halves;
};

// Of sums of one sign. A half goes up with what is added.
Way way_of(RoundingMode mode, bool below_zero, std::uint64_t divisor) {
  constexpr std::uint8_t none = 0;
  bool has_halves = divisor % 2 == 0;
  Way down{0, 0}, up{divisor - 1, 0}, half_up{divisor / 2, 0};
  Way half_down{divisor / 2, has_halves ? LeafRounding::all_down : none};
  switch (mode) {
    case RoundingMode::half_even:
      return {divisor / 2, has_halves ? LeafRounding::odd_down : none};
    case RoundingMode::half_up:
      return below_zero ? half_down : half_up;
    case RoundingMode::half_down:
      return below_zero ? half_up : half_down;
    case RoundingMode::up:
      return below_zero ? down : up;
    case RoundingMode::down:
      return below_zero ? up : down;
    case RoundingMode::ceiling:
      return up;
    case RoundingMode::floor:
      return down;
  }
  ensure(false, "every rounding mode rounds");
  return down;
}

// Of figures, one after the other.
class Hash {
 public:
  void add(std::uint64_t figure) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    value_ = (std::rotl(value_, 23) ^ figure) * odd;
    value_ ^= value_ >> 32;
  }
  void add(std::int64_t figure) { add(static_cast<std::uint64_t>(figure)); }
  void add(const LeafSum& sum) {
    add(sum.slope);
    add(sum.base);
    for (std::int64_t factor : sum.factors) add(factor);
    add(std::uint64_t{sum.first} << 32 | sum.count);
  }
  void add(const LeafFigure& figure) {
    add(figure.sum);
    add(static_cast<std::uint64_t>(figure.scale));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace

// What a rounding has besides its sum, divisor and what is added follows from these.
std::uint64_t hash_of(const LeafPiece& piece) {
  Hash hash;
  for (const LeafRounding& rounding : piece.roundings) {
    hash.add(rounding.sum);
    hash.add(rounding.divisor);
    hash.add(rounding.added);
  }
  for (const LeafTerm& term : piece.terms) {
    hash.add(std::uint64_t{term.rounding});
    hash.add(term.factor);
  }
  for (const LeafFigure* figure : {&piece.fee, &piece.debit, &piece.credit}) hash.add(*figure);
  hash.add(piece.from);
  hash.add(piece.until);
  for (const LeafLine& line : piece.lines) {
    hash.add(std::uint64_t{line.fee});
    hash.add(line.amount);
  }
  return hash.value();
}

std::uint64_t hash_of(const Leaf& leaf) {
  Hash hash;
  hash.add(std::uint64_t{reinterpret_cast<std::uintptr_t>(leaf.plan)});
  hash.add(static_cast<std::uint64_t>(leaf.digits));
  for (const LeafPiece& piece : leaf.pieces) hash.add(hash_of(piece));
  return hash.value();
}

LeafRounding leaf_rounding(const LeafSum& sum, std::uint64_t divisor, RoundingMode mode,
                           bool below_zero) {
  ensure(divisor >= 2 && divisor <= LeafRounding::divisor_max, "all that is added fits 64 bits");
  __extension__ using Wide = unsigned __int128;
  LeafRounding rounding;
  rounding.slope = sum.slope;
  rounding.base = sum.base;
  rounding.factor = sum.factors[0];
  rounding.sum = sum;
  rounding.divisor = divisor;
  // What it is too great is less than divisor / 2^(64 + shift), so that of numbers below 2^62 the
  // quotients are exact.
  int shift = 62 - std::countl_zero(divisor);
  rounding.shift = static_cast<std::uint8_t>(shift);
  rounding.inverse =
      static_cast<std::uint64_t>(((Wide{1} << (64 + shift)) + divisor - 1) / divisor);
  std::uint64_t enough = (std::uint64_t{1} << LeafRounding::sum_bits) / divisor + 2;
  std::uint64_t lift = below_zero ? enough - enough % 2 : 0;
  rounding.lift = static_cast<std::int64_t>(lift);
  Way way = way_of(mode, false, divisor), below = way_of(mode, true, divisor);
  rounding.added = lift * divisor + way.added;
  rounding.added_below = rounding.added ^ (lift * divisor + below.added);
  rounding.halves = way.halves;
  rounding.halves_below = static_cast<std::uint8_t>(way.halves ^ below.halves);
  return rounding;
}

}  // namespace levy
