#include "money/decimal.h"

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>
#include <utility>

#include "base/ensure.h"

namespace levy {
namespace {

__extension__ typedef unsigned __int128 Uint128;

// Without expression templates: `auto x = a * b` is then a number, not a view of a and b.
using Big = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                          boost::multiprecision::et_off>;

constexpr int small_power_max = 38;  // 10^38 < 2^127 < 10^39

constexpr std::array<Int128, small_power_max + 1> small_powers = [] {
  std::array<Int128, small_power_max + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

Int128 small_power(int exponent) { return small_powers[static_cast<std::size_t>(exponent)]; }

bool fits_64(Int128 value) { return value == static_cast<std::int64_t>(value); }

Uint128 magnitude(Int128 value) {
  auto bits = static_cast<Uint128>(value);
  return value < 0 ? -bits : bits;
}

int bit_length(Int128 value) {
  Uint128 bits = magnitude(value);
  auto high = static_cast<std::uint64_t>(bits >> 64);
  if (high != 0) return 128 - __builtin_clzll(high);
  auto low = static_cast<std::uint64_t>(bits);
  return low == 0 ? 0 : 64 - __builtin_clzll(low);
}

// Not __builtin_mul_overflow: clang turns that into a call of __muloti4, which libgcc does not
// have.
bool multiply_long(Int128 a, Int128 b, Int128& product) {
  if (bit_length(a) + bit_length(b) > 127) return false;
  product = static_cast<Int128>(static_cast<Uint128>(a) * static_cast<Uint128>(b));
  return true;
}

// False where the product may not fit; the wide path then decides.
inline bool multiply_small(Int128 a, Int128 b, Int128& product) {
  if (!fits_64(a) || !fits_64(b)) return multiply_long(a, b, product);
  product = static_cast<Int128>(static_cast<std::int64_t>(a)) * static_cast<std::int64_t>(b);
  return true;
}

// 2^64 leaves 1 when divided by 5, so both halves count alike.
bool divides_by_5(Int128 value) {
  Uint128 bits = magnitude(value);
  auto high = static_cast<std::uint64_t>(bits >> 64);
  auto low = static_cast<std::uint64_t>(bits);
  return (high % 5 + low % 5) % 5 == 0;
}

struct Stripped {
  Int128 coefficient;
  int scale;
};

// Most values end here at once: an odd coefficient does not end in 0.
Stripped strip_zeros(Int128 coefficient, int scale) {
  if ((coefficient & 1) != 0 || scale == 0) return {coefficient, scale};
  if (coefficient == 0) return {0, 0};
  for (; !fits_64(coefficient); --scale) {
    if (scale == 0 || (coefficient & 1) != 0 || !divides_by_5(coefficient)) {
      return {coefficient, scale};
    }
    coefficient /= 10;
  }
  auto narrow = static_cast<std::int64_t>(coefficient);
  for (; scale > 0 && narrow % 10 == 0; --scale) narrow /= 10;
  return {narrow, scale};
}

Big big_power(int exponent) {
  return boost::multiprecision::pow(Big(10), static_cast<unsigned>(exponent));
}

// In steps of 10^16, then singly: a long product may end in many zeros.
void strip_zeros(Big& coefficient, int& scale) {
  for (int step : {16, 1}) {
    Big divisor = big_power(step), quotient, remainder;
    while (scale >= step) {
      boost::multiprecision::divide_qr(coefficient, divisor, quotient, remainder);
      if (!remainder.is_zero()) break;
      coefficient = quotient;
      scale -= step;
    }
  }
}

std::optional<Int128> narrow(const Big& value) {
  if (value.is_zero()) return 0;
  Big size = boost::multiprecision::abs(value);
  if (msb(size) > 127) return std::nullopt;
  auto low = static_cast<std::uint64_t>(size & Big(~std::uint64_t{0}));
  auto high = static_cast<std::uint64_t>(size >> 64);
  Uint128 bits = static_cast<Uint128>(high) << 64 | low;
  Uint128 limit = Uint128{1} << 127;  // that of the negative numbers
  if (bits > limit || (bits == limit && value > 0)) return std::nullopt;
  return static_cast<Int128>(value < 0 ? -bits : bits);
}

using DigitBuffer = std::array<char, 40>;  // 2^127 has 39 digits

// Its digits, at the end of the buffer.
std::string_view digits_of(Uint128 value, DigitBuffer& buffer) {
  constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // 10^19
  char* at = buffer.data() + buffer.size();
  while (value > ~std::uint64_t{0}) {
    auto low = static_cast<std::uint64_t>(value % chunk);
    value /= chunk;
    for (int i = 0; i < 19; ++i, low /= 10) *--at = static_cast<char>('0' + low % 10);
  }
  for (auto rest = static_cast<std::uint64_t>(value); rest != 0; rest /= 10)
    *--at = static_cast<char>('0' + rest % 10);
  if (at == buffer.data() + buffer.size()) *--at = '0';
  return {at, static_cast<std::size_t>(buffer.data() + buffer.size() - at)};
}

Uint128 small_gcd(Uint128 a, Uint128 b) {
  constexpr std::uint64_t most = ~std::uint64_t{0};
  while (b != 0 && (a > most || b > most)) a = std::exchange(b, a % b);
  if (a < b) std::swap(a, b);
  if (b == 0) return a;
  auto least = static_cast<std::uint64_t>(b);  // often it divides the other, and that is all
  return std::gcd(static_cast<std::uint64_t>(a) % least, least);
}

}  // namespace

struct Decimal::Wide {
  Big value;
};

struct DecimalDigits {
  // Takes a coefficient that is canonical at `scale` already.
  static Decimal canonical(Int128 coefficient, int scale) {
    Decimal decimal;
    decimal.small_ = coefficient;
    decimal.scale_ = scale;
    return decimal;
  }

  static Decimal make(Int128 coefficient, int scale) {
    Stripped stripped = strip_zeros(coefficient, scale);
    return canonical(stripped.coefficient, stripped.scale);
  }

  static Decimal make(Big coefficient, int scale) {
    if (auto small = narrow(coefficient)) return make(*small, scale);
    strip_zeros(coefficient, scale);
    if (auto small = narrow(coefficient)) return canonical(*small, scale);
    Decimal decimal;
    decimal.wide_.reset(new Decimal::Wide{std::move(coefficient)});
    decimal.scale_ = scale;
    return decimal;
  }

  static bool is_small(const Decimal& a) { return !a.wide_; }
  static Int128 small(const Decimal& a) { return a.small_; }
  static Big big(const Decimal& a) { return a.wide_ ? a.wide_->value : Big(a.small_); }
  static Big big_at(const Decimal& a, int scale) {
    return scale == a.scale_ ? big(a) : Big(big(a) * big_power(scale - a.scale_));
  }

  // The small coefficient at `scale` >= its own; false where it may not fit.
  static bool small_at(const Decimal& a, int scale, Int128& coefficient) {
    coefficient = a.small_;
    if (a.wide_) return false;
    if (scale == a.scale_) return true;
    int exponent = scale - a.scale_;
    return exponent <= small_power_max &&
           multiply_small(a.small_, small_power(exponent), coefficient);
  }
};

using Digits = DecimalDigits;

void Decimal::DeleteWide::operator()(Wide* wide) const noexcept { delete wide; }

Decimal::WidePointer Decimal::copy_wide(const Wide& wide) { return WidePointer(new Wide(wide)); }

int Decimal::wide_sign() const { return wide_->value.sign(); }
std::size_t Decimal::wide_words() const { return wide_->value.backend().size(); }

Decimal Decimal::of(Int128 coefficient, int scale) {
  if (scale >= 0) return Digits::make(coefficient, scale);
  Int128 whole = 0;
  if (-scale <= small_power_max && multiply_small(coefficient, small_power(-scale), whole)) {
    return Digits::canonical(whole, 0);
  }
  return Digits::make(Big(coefficient) * big_power(-scale), 0);
}

std::optional<std::int64_t> Decimal::minor_units(int scale) const {
  ensure(scale >= 0, "minor units have no negative places");
  Int128 units = 0;
  // A canonical coefficient is not whole at fewer places than it has.
  if (scale_ > scale || !Digits::small_at(*this, scale, units) || !fits_64(units)) return {};
  return static_cast<std::int64_t>(units);
}

Decimal Decimal::operator-() const {
  Int128 negated = 0;
  if (!wide_ && !__builtin_sub_overflow(Int128{0}, small_, &negated)) {
    return Digits::canonical(negated, scale_);
  }
  return Digits::make(Big(-Digits::big(*this)), scale_);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  int scale = std::max(a.scale(), b.scale());
  Int128 x = 0, y = 0, sum = 0;
  if (Digits::small_at(a, scale, x) && Digits::small_at(b, scale, y) &&
      !__builtin_add_overflow(x, y, &sum)) {
    // Of unlike scales the larger's last digit is not 0, and nothing is added to it.
    return a.scale() == b.scale() ? Digits::make(sum, scale) : Digits::canonical(sum, scale);
  }
  return Digits::make(Big(Digits::big_at(a, scale) + Digits::big_at(b, scale)), scale);
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  int scale = std::max(a.scale(), b.scale());
  Int128 x = 0, y = 0, difference = 0;
  if (Digits::small_at(a, scale, x) && Digits::small_at(b, scale, y) &&
      !__builtin_sub_overflow(x, y, &difference)) {
    return a.scale() == b.scale() ? Digits::make(difference, scale)
                                  : Digits::canonical(difference, scale);
  }
  return a + -b;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  int scale = a.scale() + b.scale();
  Int128 product = 0;
  if (Digits::is_small(a) && Digits::is_small(b) &&
      multiply_small(Digits::small(a), Digits::small(b), product)) {
    return Digits::make(product, scale);
  }
  return Digits::make(Big(Digits::big(a) * Digits::big(b)), scale);
}

int Decimal::compare(const Decimal& a, const Decimal& b) {
  int scale = std::max(a.scale_, b.scale_);
  Int128 x = 0, y = 0;
  if (Digits::small_at(a, scale, x) && Digits::small_at(b, scale, y)) return (x > y) - (x < y);
  if (a.sign() != b.sign()) return a.sign() < b.sign() ? -1 : 1;
  int order = Digits::big_at(a, scale).compare(Digits::big_at(b, scale));
  return (order > 0) - (order < 0);
}

std::string Decimal::to_string(int places) const {
  DigitBuffer buffer;
  std::string wide_digits = wide_ ? Big(abs(wide_->value)).str() : std::string();
  std::string_view digits = wide_ ? wide_digits : digits_of(magnitude(small_), buffer);
  auto fraction = static_cast<std::size_t>(scale_);
  std::size_t whole = digits.size() > fraction ? digits.size() - fraction : 0;
  std::string text;
  text.reserve(whole + static_cast<std::size_t>(std::max(scale_, places)) + 3);
  if (sign() < 0) text += '-';
  if (whole == 0) {
    text += '0';
  } else {
    text.append(digits.substr(0, whole));
  }
  if (scale_ > 0 || places > 0) text += '.';
  text.append(fraction - (digits.size() - whole), '0');
  text.append(digits.substr(whole));
  if (scale_ < places) text.append(static_cast<std::size_t>(places - scale_), '0');
  return text;
}

namespace {

Division divide_small(Int128 a, Int128 b, int scale) {
  Int128 quotient = 0, remainder = 0;
  if (fits_64(a) && fits_64(b)) {
    quotient = static_cast<std::int64_t>(a) / static_cast<std::int64_t>(b);
    remainder = static_cast<std::int64_t>(a) % static_cast<std::int64_t>(b);
  } else {
    quotient = a / b;
    remainder = a - quotient * b;
  }
  if (remainder < 0) {
    quotient -= 1;
    remainder += b;
  }
  return {Digits::canonical(quotient, 0), Digits::make(remainder, scale)};
}

}  // namespace

Division divide_floor(const Decimal& a, const Decimal& b) {
  ensure(b.sign() > 0, "a divisor is above 0");
  int scale = std::max(a.scale(), b.scale());
  Int128 x = 0, y = 0;
  if (Digits::small_at(a, scale, x) && Digits::small_at(b, scale, y)) {
    return divide_small(x, y, scale);
  }
  Big divisor = Digits::big_at(b, scale), quotient, remainder;
  boost::multiprecision::divide_qr(Digits::big_at(a, scale), divisor, quotient, remainder);
  if (remainder < 0) {  // Boost truncates towards zero
    quotient -= 1;
    remainder += divisor;
  }
  return {Digits::make(std::move(quotient), 0), Digits::make(std::move(remainder), scale)};
}

Decimal greatest_common_divisor(const Decimal& a, const Decimal& b) {
  ensure(!a.is_zero() || !b.is_zero(), "a common divisor is not of two zeros");
  int scale = std::max(a.scale(), b.scale());
  Int128 x = 0, y = 0;
  if (Digits::small_at(a, scale, x) && Digits::small_at(b, scale, y)) {
    Uint128 divisor = small_gcd(magnitude(x), magnitude(y));
    // Only 2^127 itself, the size of the least negative number, has no positive Int128.
    if (divisor >> 127 == 0) return Digits::make(static_cast<Int128>(divisor), scale);
  }
  return Digits::make(Big(gcd(Digits::big_at(a, scale), Digits::big_at(b, scale))), scale);
}

}  // namespace levy
