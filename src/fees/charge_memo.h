// What charges came to on ranges that were asked about before: two cells that meet the same fee
// need not compute it twice. Only of charges that depend on nothing but the amount and its currency
// (no earlier line, meter, quantity or rate), only where nothing was rounded, and no more than
// kept_max of them. For the length of one search, and for one thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>

#include "fees/form.h"
#include "money/currency.h"
#include "schedule/schedule.h"

namespace levy::fees {

struct Charged {
  Form value;
  Currency currency;
  bool exempted = false;  // an allowance left nothing of the base to charge
};

class ChargeMemo {
 public:
  static constexpr std::size_t kept_max = 20'000;  // some 10 MB

  // Where the charge asked for a split point, `charged` means nothing.
  struct Known {
    std::optional<Rational> split_point;
    Charged charged;
  };

  // Whether it is a charge of this kind.
  static bool takes(const schedule::Charge& charge);

  // Null: not known.
  const Known* find(const schedule::Charge& charge, Currency amount,
                    const AmountRange& amounts) const;
  // The range as the charge left it.
  void add(const schedule::Charge& charge, Currency amount, const AmountRange& amounts,
           const Charged& charged);

 private:
  using Key =
      std::tuple<const schedule::Charge*, Rational, std::optional<Rational>, Decimal, Currency>;
  static Key key_of(const schedule::Charge& charge, Currency amount, const AmountRange& amounts);

  std::map<Key, Known> known_;
};

}  // namespace levy::fees
