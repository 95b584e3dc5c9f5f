// Decimal: an exact decimal number, coefficient x 10^-scale, of any size.
//
// Sums, differences and products of decimals are decimals, and are exact. Quotients are not: for
// those see Rational. Small values live in a 128-bit integer, larger ones in Boost's cpp_int; which
// is decided inside, and neither ever overflows. Nothing here rounds.
//
//   *parse_decimal("12.50") * Decimal(3)      is 37.5
//   parse_decimal("12,50")                    is a diagnostic (bad_decimal) that names the fix
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bounds.h"
#include "base/checked.h"

namespace levy {

__extension__ typedef __int128 Int128;

class Decimal {
 public:
  Decimal() = default;
  constexpr Decimal(std::int64_t whole) : small_(whole) {}
  Decimal(const Decimal& other)
      : small_(other.small_), wide_(copy(other.wide_)), scale_(other.scale_) {}
  Decimal(Decimal&& other) noexcept = default;
  Decimal& operator=(const Decimal& other) { return *this = Decimal(other); }
  Decimal& operator=(Decimal&& other) noexcept = default;
  ~Decimal() = default;

  // coefficient x 10^-scale; a negative scale multiplies.
  static Decimal of(Int128 coefficient, int scale);
  static Decimal ten_to(int exponent) {
    if (exponent > 0) return of(1, -exponent);
    Decimal power = 1;
    power.scale_ = -exponent;
    return power;
  }

  int sign() const { return wide_ ? wide_sign() : (small_ > 0) - (small_ < 0); }  // -1, 0, 1
  bool is_zero() const { return small_ == 0 && !wide_; }
  bool is_integer() const { return scale_ == 0; }
  int scale() const { return scale_; }  // places after the point; canonical: no trailing zeros
  // 64-bit words of a coefficient that does not fit 128 bits; else 0.
  std::size_t words() const { return wide_ ? wide_words() : 0; }
  // One unit of the last of its places (1, 0.1, 0.01 ...), as most quanta are: its multiples are
  // the decimals with no more places.
  bool is_unit_of_place() const { return small_ == 1; }
  // The coefficient at `scale` places, when it is whole there and fits 64 bits.
  std::optional<std::int64_t> minor_units(int scale) const;

  Decimal operator-() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  Decimal& operator+=(const Decimal& b) { return *this = *this + b; }
  // The form is canonical, so equal values are equal representations.
  friend bool operator==(const Decimal& a, const Decimal& b) {
    if (a.wide_ || b.wide_) return compare(a, b) == 0;
    return a.small_ == b.small_ && a.scale_ == b.scale_;
  }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.scale_ == b.scale_ && !a.wide_ && !b.wide_) return a.small_ <=> b.small_;
    return compare(a, b) <=> 0;
  }

  // Shortest form: "0", "-12.5"; with at least `places` digits after the point: "12.50".
  std::string to_string(int places = 0) const;

 private:
  struct Wide;  // a cpp_int
  struct DeleteWide {
    void operator()(Wide* wide) const noexcept;
  };
  using WidePointer = std::unique_ptr<Wide, DeleteWide>;
  friend struct DecimalDigits;  // decimal.cpp's access to the two representations

  static WidePointer copy(const WidePointer& wide) { return wide ? copy_wide(*wide) : nullptr; }
  static WidePointer copy_wide(const Wide& wide);
  int wide_sign() const;
  std::size_t wide_words() const;
  static int compare(const Decimal& a, const Decimal& b);

  Int128 small_ = 0;  // the coefficient while it fits, otherwise 0
  WidePointer wide_;  // the coefficient otherwise; null while small
  int scale_ = 0;     // >= 0; 0, or the coefficient does not end in 0
};

struct Division {
  Decimal quotient;   // the greatest integer <= a / b
  Decimal remainder;  // a - quotient * b; 0 <= remainder < b
};

// Floored division; b > 0, otherwise a Fault. Both may have places.
Division divide_floor(const Decimal& a, const Decimal& b);

// The greatest of which both are whole multiples; not both are zero.
Decimal greatest_common_divisor(const Decimal& a, const Decimal& b);

// "-?(0|[1-9][0-9]*)(\.[0-9]+)?" within digits_max and places_max. A fault's place carries only the
// column inside `text` (from 1) and the width; its code is bad_decimal or precision.
Checked<Decimal> parse_decimal(std::string_view text);

// A JSON number's literal text: as above, and with an exponent, which is bounded before any number
// is built; "1.5e3" is 1500.
Checked<Decimal> parse_json_number(std::string_view literal);

}  // namespace levy
