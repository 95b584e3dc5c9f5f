#include "batch/rows/lowered_curve.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "base/ensure.h"

namespace levy::batch::rows {
namespace {

struct Way {
  std::uint64_t added;
  std::uint8_t halves;
};

// Of sums of one sign. A half goes up with what is added.
Way way_of(RoundingMode mode, bool below_zero, std::uint64_t divisor) {
  constexpr std::uint8_t none = 0;
  // floor((sum + added) / divisor): with half the divisor added, halves go up. Those that are to
  // come down leave no remainder then, by which they are found.
  bool has_halves = divisor % 2 == 0;
  Way down{0, 0}, up{divisor - 1, 0}, half_up{divisor / 2, 0};
  Way half_down{divisor / 2, has_halves ? LoweredRounding::all_down : none};
  switch (mode) {
    case RoundingMode::half_even:
      return {divisor / 2, has_halves ? LoweredRounding::odd_down : none};
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
  void add(const LoweredSum& sum) {
    add(sum.slope);
    add(sum.base);
    for (std::int64_t factor : sum.factors) add(factor);
    add(std::uint64_t{sum.first} << 32 | sum.count);
  }
  void add(const LoweredFigure& figure) {
    add(figure.sum);
    add(static_cast<std::uint64_t>(figure.scale));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace

// What a rounding has besides its sum, divisor and what is added follows from these.
std::uint64_t hash_of(const LoweredPiece& piece) {
  Hash hash;
  for (const LoweredRounding& rounding : piece.roundings) {
    hash.add(rounding.sum);
    hash.add(rounding.divisor);
    hash.add(rounding.added);
  }
  for (const LoweredTerm& term : piece.terms) {
    hash.add(std::uint64_t{term.rounding});
    hash.add(term.factor);
  }
  for (const LoweredGuard& guard : piece.guards) hash.add(guard.sum);
  hash.add(piece.fault ? 1 + static_cast<std::uint64_t>(*piece.fault) : 0);
  for (const LoweredFigure* figure : {&piece.fee, &piece.debit, &piece.credit}) hash.add(*figure);
  hash.add(piece.from);
  hash.add(piece.until);
  for (const LoweredLine& line : piece.lines) {
    hash.add(std::uint64_t{line.fee});
    hash.add(line.amount);
  }
  return hash.value();
}

std::uint64_t hash_of(const LoweredCurve& curve) {
  Hash hash;
  hash.add(std::uint64_t{reinterpret_cast<std::uintptr_t>(curve.plan)});
  hash.add(static_cast<std::uint64_t>(curve.digits));
  for (const LoweredPiece& piece : curve.pieces) hash.add(hash_of(piece));
  return hash.value();
}

LoweredRounding lowered_rounding(const LoweredSum& sum, std::uint64_t divisor, RoundingMode mode,
                                 bool below_zero) {
  ensure(divisor >= 2 && divisor <= LoweredRounding::divisor_max, "all that is added fits 64 bits");
  __extension__ using Wide = unsigned __int128;
  LoweredRounding rounding;
  rounding.slope = sum.slope;
  rounding.base = sum.base;
  rounding.factor = sum.factors[0];
  rounding.sum = sum;
  rounding.divisor = divisor;
  // What it is too great is less than divisor / 2^(64 + shift), so that of numbers below 2^62 the
  // quotients are exact.
  // Granlund and Montgomery: with m = ceil(2^(64 + shift) / divisor), the high half of n * m,
  // shifted, is floor(n / divisor) while n * (m * divisor - 2^(64 + shift)) stays below 2^(64 +
  // shift). 2^(shift + 1) <= divisor < 2^(shift + 2), so m has 64 bits at most.
  int shift = 62 - std::countl_zero(divisor);
  rounding.shift = static_cast<std::uint8_t>(shift);
  rounding.inverse =
      static_cast<std::uint64_t>(((Wide{1} << (64 + shift)) + divisor - 1) / divisor);
  // Unsigned division rounds towards zero, which is no floor below it. So many quanta are added
  // that no sum is negative, an even number, as half-even looks at the parity.
  std::uint64_t enough = (std::uint64_t{1} << LoweredRounding::sum_bits) / divisor + 2;
  std::uint64_t lift = below_zero ? enough - enough % 2 : 0;
  rounding.lift = static_cast<std::int64_t>(lift);
  Way way = way_of(mode, false, divisor), below = way_of(mode, true, divisor);
  rounding.added = lift * divisor + way.added;
  // Which of the two holds is chosen by a mask made of the sign bit: x ^ (d & mask), no branch.
  rounding.added_below = rounding.added ^ (lift * divisor + below.added);
  rounding.halves = way.halves;
  rounding.halves_below = static_cast<std::uint8_t>(way.halves ^ below.halves);
  return rounding;
}

// From a curve's forms to a lowered curve's integers.

namespace {

constexpr std::size_t ranges_max = 400;  // of a cell; a more broken curve is evaluated in full
constexpr std::size_t pieces_max = 64;
constexpr int finer_max = 10;  // places that an unrounded line may have beyond the minor unit
constexpr int fits_bits = LoweredRounding::sum_bits;  // every value on the way stays below

// A figure as a sum over the amount (in minor units) and the roundings (in their quanta).
struct Combination {
  Rational slope, base;
  std::map<std::size_t, Rational> factors;  // by rounding
};

// A form says what each rounding adds to its argument; the argument, again a form, comes off, and
// what is left are the rounded figures themselves.
Combination combine(const fees::Form& form, const std::vector<fees::RoundingPoint>& points,
                    const Decimal& unit) {
  Combination result;
  result.slope = form.slope();
  result.base = form.base;
  std::map<std::size_t, Rational> open;
  for (const fees::Share& share : form.shares()) open[share.rounding] += share.factor;
  while (!open.empty()) {
    // From the last rounding on: an argument contains earlier ones only.
    auto last = std::prev(open.end());
    auto [index, factor] = *last;
    open.erase(last);
    if (factor.is_zero()) continue;
    const fees::Form& argument = points[index].argument;
    result.factors[index] = factor * Rational(points[index].quantum);
    result.slope -= factor * argument.slope();
    result.base -= factor * argument.base;
    for (const fees::Share& share : argument.shares())
      open[share.rounding] -= factor * share.factor;
  }
  result.slope = result.slope * Rational(unit);
  return result;
}

Combination times(Combination sum, const Rational& factor) {
  sum.slope = sum.slope * factor;
  sum.base = sum.base * factor;
  for (auto& [index, one] : sum.factors) one = one * factor;
  return sum;
}

std::optional<std::int64_t> whole(const Rational& value) {
  if (!value.is_integer()) return std::nullopt;
  return value.decimal().minor_units(0);
}

// Its terms go to the piece.
std::optional<LoweredSum> whole(const Combination& sum, LoweredPiece& piece) {
  std::optional<std::int64_t> slope = whole(sum.slope), base = whole(sum.base);
  if (!slope || !base) return std::nullopt;
  LoweredSum result{*slope, *base, {}, static_cast<std::uint32_t>(piece.terms.size()), 0};
  std::vector<LoweredTerm> terms;
  for (const auto& [index, factor] : sum.factors) {
    std::optional<std::int64_t> whole_factor = whole(factor);
    if (!whole_factor) return std::nullopt;
    if (index < first_roundings) {
      result.factors[index] = *whole_factor;
    } else {
      terms.push_back(LoweredTerm{index, *whole_factor});
    }
  }
  result.count = static_cast<std::uint32_t>(terms.size());
  piece.terms.insert(piece.terms.end(), terms.begin(), terms.end());
  return result;
}

// The least number that makes every coefficient whole; nothing: it is beyond 64 bits.
std::optional<Rational> common_denominator(const Combination& sum) {
  Rational common = 1;
  auto take = [&](const Rational& value) {
    // The denominator, then the decimal places: a Rational is n / d with decimals in n.
    Rational scaled = value * common;
    if (scaled.is_integer()) return;
    common = common * Rational(scaled.denominator());
    int places = (value * common).decimal().scale();
    common = common * Rational(Decimal::ten_to(places));
  };
  take(sum.slope);
  take(sum.base);
  for (const auto& [index, factor] : sum.factors) take(factor);
  if (!whole(common)) return std::nullopt;
  return common;
}

// All of the sum's terms, those of the first roundings too.
std::vector<LoweredTerm> terms_of(const LoweredPiece& piece, const LoweredSum& sum) {
  std::vector<LoweredTerm> terms;
  for (std::size_t i = 0; i < first_roundings; ++i) {
    if (sum.factors[i] != 0) terms.push_back(LoweredTerm{i, sum.factors[i]});
  }
  terms.insert(terms.end(), piece.terms.begin() + sum.first,
               piece.terms.begin() + sum.first + sum.count);
  return terms;
}

bool may_be_negative(const LoweredPiece& piece, const LoweredSum& sum) {
  std::vector<LoweredTerm> terms = terms_of(piece, sum);
  return sum.slope < 0 || sum.base < 0 ||
         std::any_of(terms.begin(), terms.end(), [&](const LoweredTerm& term) {
           return term.factor < 0 || piece.roundings[term.rounding].lift != 0;
         });
}

std::optional<LoweredRounding> lower_rounding(const fees::RoundingPoint& point,
                                              const std::vector<fees::RoundingPoint>& points,
                                              const Decimal& unit, LoweredPiece& piece) {
  Rational per_quantum = Rational(1) / Rational(point.quantum);
  Combination sum = times(combine(point.argument, points, unit), per_quantum);
  std::optional<Rational> divisor = common_denominator(sum);
  if (!divisor) return std::nullopt;
  // The inverse needs a divisor from 2 on; doubled, the sum rounds to the same.
  if (*divisor == Rational(1)) divisor = Rational(2);
  std::optional<LoweredSum> lowered = whole(times(sum, *divisor), piece);
  bool fits = Rational(static_cast<std::int64_t>(LoweredRounding::divisor_max)) >= *divisor;
  if (!lowered || !fits) return std::nullopt;
  return lowered_rounding(*lowered, static_cast<std::uint64_t>(*whole(*divisor)), point.mode,
                          may_be_negative(piece, *lowered));
}

// The sign of a sum is that of any multiple.
std::optional<LoweredGuard> lower_guard(const fees::Assumption& assumed,
                                        const std::vector<fees::RoundingPoint>& points,
                                        const Decimal& unit, LoweredPiece& piece) {
  Combination sum = combine(assumed.form, points, unit);
  std::optional<Rational> common = common_denominator(sum);
  if (!common) return std::nullopt;
  std::optional<LoweredSum> lowered = whole(times(sum, *common), piece);
  if (!lowered) return std::nullopt;
  return LoweredGuard{*lowered, assumed.or_equal, assumed.holds};
}

std::optional<LoweredFigure> lower_figure(const fees::Form& form,
                                          const std::vector<fees::RoundingPoint>& points,
                                          const Decimal& unit, int scale_min, int scale_most,
                                          LoweredPiece& piece) {
  Combination sum = combine(form, points, unit);
  for (int scale = scale_min; scale <= scale_most; ++scale) {
    std::optional<LoweredSum> lowered = whole(times(sum, Decimal::ten_to(scale)), piece);
    if (lowered) return LoweredFigure{*lowered, scale};
  }
  return std::nullopt;
}

// ---- how far 64 bits reach ---------------------------------------------------------------------

using WideBound = Int128;
constexpr WideBound bound_max = WideBound{1} << fits_bits;

WideBound size_of(std::int64_t value) { return value < 0 ? -WideBound{value} : WideBound{value}; }

// The greatest size of the sum and of all that is added up on the way; nothing: too great.
std::optional<WideBound> bound_of(const LoweredPiece& piece, const LoweredSum& sum, WideBound n,
                                  const std::vector<WideBound>& roundings) {
  WideBound bound = size_of(sum.base);
  auto add = [&](std::int64_t factor, WideBound value) {
    // Compared before it is multiplied: a product beyond 128 bits would look small.
    if (factor != 0 && value > bound_max / size_of(factor)) bound = bound_max;
    bound += size_of(factor) * (bound < bound_max ? value : WideBound{0});
  };
  add(sum.slope, n);
  for (const LoweredTerm& term : terms_of(piece, sum)) add(term.factor, roundings[term.rounding]);
  if (bound >= bound_max) return std::nullopt;
  return bound;
}

bool fits(const LoweredPiece& piece, std::int64_t until) {
  std::vector<WideBound> sizes;
  for (const LoweredRounding& rounding : piece.roundings) {
    if (sizes.size() < piece.readings) {
      sizes.push_back(reading_max);
      continue;
    }
    std::optional<WideBound> bound = bound_of(piece, rounding.sum, until, sizes);
    if (!bound) return false;
    sizes.push_back(*bound / static_cast<WideBound>(rounding.divisor) + 1);
  }
  auto sums = {&piece.fee, &piece.debit, &piece.credit};
  bool all = std::all_of(sums.begin(), sums.end(), [&](const LoweredFigure* figure) {
    return bound_of(piece, figure->sum, until, sizes).has_value();
  });
  all =
      all && std::all_of(piece.guards.begin(), piece.guards.end(), [&](const LoweredGuard& guard) {
        return bound_of(piece, guard.sum, until, sizes).has_value();
      });
  return all && std::all_of(piece.lines.begin(), piece.lines.end(), [&](const LoweredLine& line) {
           return bound_of(piece, line.amount.sum, until, sizes).has_value();
         });
}

// Shortens the piece to the amounts at which everything fits; false: there are none.
bool shorten(LoweredPiece& piece) {
  // A tenth at a time is near enough: greater amounts are evaluated in full.
  for (std::int64_t last = piece.until; last >= piece.from && last > 0; last /= 10) {
    if (!fits(piece, last)) continue;
    piece.until = last;
    return true;
  }
  return false;
}

// ---- pieces ------------------------------------------------------------------------------------

std::optional<std::int64_t> in_units(const Rational& amount, const Decimal& unit) {
  return whole(amount / Rational(unit));
}

bool only_in(const fees::Evaluation& result, Currency currency) {
  return result.debit.size() == 1 && result.debit.begin()->first == currency &&
         std::all_of(result.lines.begin(), result.lines.end(),
                     [&](const fees::LineForm& line) { return line.currency == currency; });
}

std::optional<LoweredPiece> lower_piece(const fees::CurvePiece& piece, Currency currency,
                                        const Currencies& currencies) {
  if (!piece.is_settled() || piece.amounts.is_product()) return std::nullopt;
  const std::vector<fees::RoundingPoint>& points = piece.amounts.roundings();
  if (points.size() > lowered_roundings_max) return std::nullopt;
  const Decimal& unit = piece.amounts.unit();
  LoweredPiece lowered;
  auto from = in_units(piece.amounts.from(), unit);
  constexpr std::int64_t far = 1'000'000'000'000'000'000;
  auto until = piece.amounts.until() ? in_units(*piece.amounts.until(), unit) : std::optional(far);
  if (!from) return std::nullopt;
  lowered.from = *from;
  lowered.until = std::min(until.value_or(far), far);
  // Rows round twice without asking how often; what is missing rounds 0 to 0.
  const LoweredRounding nothing = lowered_rounding(LoweredSum(), 2, RoundingMode::floor, false);
  lowered.readings = piece.amounts.open_count();
  lowered.roundings.assign(lowered.readings, nothing);
  for (std::size_t i = lowered.readings; i < points.size(); ++i) {
    auto rounding = lower_rounding(points[i], points, unit, lowered);
    if (!rounding) return std::nullopt;
    lowered.roundings.push_back(std::move(*rounding));
  }
  while (lowered.roundings.size() < first_roundings) lowered.roundings.push_back(nothing);
  for (const fees::Assumption& assumed : piece.amounts.assumptions()) {
    auto guard = lower_guard(assumed, points, unit, lowered);
    if (!guard) return std::nullopt;
    lowered.guards.push_back(*guard);
  }
  if (!*piece.result) {
    lowered.fault = piece.result->faults().front().code;
    return shorten(lowered) ? std::optional(std::move(lowered)) : std::nullopt;
  }
  const fees::Evaluation& result = **piece.result;
  if (!only_in(result, currency)) return std::nullopt;
  auto figure = [&](const fees::Form& form, Currency in, LoweredFigure& into,
                    bool is_line = false) {
    int digits = currencies.digits(in);
    auto one =
        lower_figure(form, points, unit, digits, is_line ? digits + finer_max : digits, lowered);
    if (one) into = std::move(*one);
    return one.has_value();
  };
  const fees::Form fees = result.on_top.at(currency) + result.deducted.at(currency);
  if (!figure(fees, currency, lowered.fee)) return std::nullopt;
  if (!figure(result.debit.at(currency), currency, lowered.debit)) return std::nullopt;
  if (!figure(result.credit, result.credit_currency, lowered.credit)) return std::nullopt;
  for (const fees::LineForm& line : result.lines) {
    lowered.lines.push_back(LoweredLine{line.fee, {}, line.exempted});
    if (!figure(line.amount, currency, lowered.lines.back().amount, true)) return std::nullopt;
  }
  if (!shorten(lowered)) return std::nullopt;
  return lowered;
}

// Whole ones between the quantity's min and max.
std::optional<fees::AmountRange> whole_quantities(const schedule::Schedule& schedule,
                                                  const std::string& name) {
  const schedule::Quantity* quantity = schedule.find_quantity(name);
  ensure(quantity != nullptr, "a quantity that varies is declared");
  Rational from = quantity->min ? Rational(*quantity->min).ceiling() : Decimal(0);
  std::optional<Rational> until;
  if (quantity->max) until = Rational(*quantity->max).floor();
  if (until && *until < from) return std::nullopt;
  return fees::AmountRange(from, until, 1);
}

}  // namespace

std::optional<LoweredCurve> lower(const fees::Plan& plan, const fees::EvaluationContext& cell,
                                  const std::vector<OpenReading>& readings) {
  std::vector<std::string> open;
  std::vector<Decimal> units;
  for (const OpenReading& reading : readings) {
    open.push_back(reading.id);
    units.push_back(Decimal::ten_to(-reading.scale));
  }
  fees::EvaluationContext context = cell;
  if (!open.empty()) context.open_readings = &open;
  const Currencies& currencies = plan.schedule.currencies;
  const facts::Operation& operation = context.operation;
  std::optional<fees::AmountRange> all =
      fees::AmountRange(0, std::nullopt, currencies.minor_unit(operation.currency));
  if (context.variable != nullptr) {
    all = whole_quantities(plan.schedule, *context.variable);
  } else if (!operation.amount) {
    return std::nullopt;
  }
  if (!all) return std::nullopt;
  all->record();
  all->open(units);
  LoweredCurve curve;
  curve.plan = &plan;
  curve.currency = operation.currency;
  curve.credit_currency = operation.converts() ? operation.to_currency : operation.currency;
  curve.digits = context.variable != nullptr ? 0 : currencies.digits(operation.currency);
  if (context.variable != nullptr) curve.amount = operation.amount.value_or(Rational(0));
  for (const fees::CurvePiece& piece : fees::find_curve(plan, context, *all, ranges_max)) {
    auto lowered = lower_piece(piece, operation.currency, currencies);
    if (lowered && curve.pieces.size() < pieces_max) curve.pieces.push_back(std::move(*lowered));
  }
  if (curve.pieces.empty()) return std::nullopt;
  return curve;
}

}  // namespace levy::batch::rows
