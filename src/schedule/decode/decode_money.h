// MoneyReader: amounts, prices and figures out of a JSON document, in the currencies that a
// schedule knows. A bare decimal means the schedule's currency.
#pragma once

#include <optional>

#include "schedule/decode/reader.h"
#include "schedule/schedule.h"

namespace levy::schedule::decode {

// What an amount may be.
struct AmountRule {
  enum class Sign { any, not_negative, positive };
  Sign sign = Sign::not_negative;
  bool fits = true;  // a multiple of the currency's minor unit
};
inline constexpr AmountRule price_rule{AmountRule::Sign::any, false};     // flat, each, charge
inline constexpr AmountRule fee_bound_rule{AmountRule::Sign::any, true};  // a fee's min, max
inline constexpr AmountRule bound_rule{AmountRule::Sign::not_negative, true};
inline constexpr AmountRule block_rule{AmountRule::Sign::positive, true};  // every
inline constexpr AmountRule promise_rule{AmountRule::Sign::not_negative, false};
inline constexpr AmountRule quantum_rule{AmountRule::Sign::positive, false};

// What a figure is compared with.
enum class Measured { money, number };

class MoneyReader {
 public:
  MoneyReader(Reader& reader, const Currencies& currencies, Currency bare)
      : reader_(reader), currencies_(currencies), bare_(bare) {}

  std::optional<Currency> currency(const formats::Node& node) const;
  std::optional<Money> money(const formats::Node& node, AmountRule rule) const;
  std::optional<Decimal> number(const formats::Node& node, AmountRule::Sign sign) const;
  // The entries of a list, whatever array or set they stand in: one per currency.
  std::optional<MoneyList> entries(const std::vector<const formats::Node*>& nodes,
                                   AmountRule rule) const;
  // Money or a money list.
  std::optional<Price> price(const formats::Node& node, AmountRule rule) const;
  // As `measured` says: a plain decimal; or money or a money list.
  std::optional<Figure> figure(const formats::Node& node, Measured measured, AmountRule rule) const;
  // As `measured` says, and never a list.
  std::optional<Figure> single(const formats::Node& node, Measured measured, AmountRule rule) const;

 private:
  bool keeps(const formats::Node& node, const Money& money, AmountRule rule) const;
  bool keeps_sign(const formats::Node& node, int sign, AmountRule::Sign wanted) const;

  Reader& reader_;
  const Currencies& currencies_;
  Currency bare_;  // empty: an amount names its own
};

// Pointers to the items.
std::vector<const formats::Node*> items_of(const formats::Node& array);

// percent: a decimal, or a fraction of two whole numbers, "100/11"; `unit` of it is 1 of the base
// (100 for percent, 10 000 for bps).
std::optional<Rate> decode_rate(Reader& reader, const formats::Node& node, int unit);

}  // namespace levy::schedule::decode
