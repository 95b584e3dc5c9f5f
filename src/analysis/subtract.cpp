#include "analysis/subtract.h"

#include <algorithm>
#include <map>
#include <utility>

namespace levy {
namespace {

using Shares = std::map<std::size_t, Rational>;  // by rounding, none of them 0

void add_share(Shares& shares, std::size_t rounding, const Rational& factor) {
  Rational sum = shares[rounding] + factor;
  if (sum.is_zero())
    shares.erase(rounding);
  else
    shares[rounding] = sum;
}

// A rounding such that two with equal members add the same at every amount.
struct Canonical {
  Rational base, slope;  // of the argument; the base less what the rounding passes on unchanged
  Shares shares;         // of the argument
  Decimal quantum;
  RoundingMode mode = RoundingMode::half_even;
  int sign = 0;  // of the argument throughout; 0: it varies
  bool operator==(const Canonical&) const = default;
};

// Adding this much to an argument adds the same to its rounding; 0: not known.
Decimal passed_on(const Canonical& rounding) {
  switch (rounding.mode) {
    case RoundingMode::half_even:
      return rounding.quantum * Decimal(2);
    case RoundingMode::ceiling:
    case RoundingMode::floor:
      return rounding.quantum;
    case RoundingMode::half_up:
    case RoundingMode::half_down:
    case RoundingMode::up:
    case RoundingMode::down:
      return rounding.sign == 0 ? Decimal(0) : rounding.quantum;
  }
  ensure(false, "a rounding mode is one of seven");
  return 0;
}

int sign_on(const Stretch& stretch, const Form& form) {
  std::optional<Rational> least = stretch.lowest(form), most = stretch.highest(form);
  if (least && least->sign() >= 0) return 1;
  return most && most->sign() <= 0 ? -1 : 0;
}

class Pool {
 public:
  // The stretch's roundings, in order, as indices into the pool.
  std::vector<std::size_t> add(const Stretch& stretch) {
    std::vector<std::size_t> indices;
    for (const RoundingPoint& point : stretch.roundings()) {
      Canonical one;
      one.base = point.argument.base;
      one.slope = point.argument.slope();
      one.quantum = point.quantum;
      one.mode = point.mode;
      one.sign = sign_on(stretch, point.argument);
      for (const Share& share : point.argument.shares())
        add_share(one.shares, indices[share.rounding], share.factor);
      if (Decimal whole = passed_on(one); whole.sign() > 0)
        one.base -= Rational((one.base / Rational(whole)).floor() * whole);
      indices.push_back(intern(std::move(one)));
    }
    return indices;
  }
  const Canonical& operator[](std::size_t index) const { return roundings_[index]; }

 private:
  std::size_t intern(Canonical one) {
    auto known = std::find(roundings_.begin(), roundings_.end(), one);
    if (known == roundings_.end()) known = roundings_.insert(known, std::move(one));
    return static_cast<std::size_t>(known - roundings_.begin());
  }
  std::vector<Canonical> roundings_;
};

// Two stretches number their roundings each for itself: as they stand, shares of one mean nothing
// beside those of the other.
Form without_shares(const Form& form) {
  if (form.is_plain()) return form;
  Form::Variation variation = form.variation();
  variation.shares.clear();
  return Form(form.base, std::move(variation));
}

}  // namespace

Form subtract(const Form& a, const Stretch& on_a, const Form& b, const Stretch& on_b) {
  Form whole = without_shares(a) - without_shares(b);
  Form::Variation result = whole.variation();
  bool unknown = (on_a.is_product() && !a.is_exact()) || (on_b.is_product() && !b.is_exact());
  if (unknown) return Form(whole.base, std::move(result));
  Pool pool;
  std::vector<std::size_t> of_a = pool.add(on_a), of_b = pool.add(on_b);
  Shares shares;
  for (const Share& share : a.shares()) add_share(shares, of_a[share.rounding], share.factor);
  for (const Share& share : b.shares()) add_share(shares, of_b[share.rounding], -share.factor);
  result.low = result.high = 0;
  for (const auto& [index, factor] : shares) {
    const Canonical& rounding = pool[index];
    auto [low, high] = rounding_error(rounding.quantum, rounding.mode, rounding.sign);
    Rational one = low * factor, other = high * factor;
    result.low += std::min(one, other);
    result.high += std::max(one, other);
  }
  if (shares.empty()) result.period = 1;
  return Form(whole.base, std::move(result));
}

}  // namespace levy
