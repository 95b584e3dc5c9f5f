// The currencies a charge is priced in, and the parts of it that look at nothing else.
#pragma once

#include "oracle_operation.h"

#include <functional>
#include <string>

namespace oracle {

struct Terms {
  const Operation& operation;
  std::string base_currency;  // "" where the base is not money
  std::string line_currency;
  bool convert;
};

// base_currency: as in Terms. Throws missing_money.
Terms terms_of(const Json& rule, const std::string& base_currency, const Operation& operation);

// All money of the charge must be priced, whether or not this operation comes to need it.
void check_priced(const Json& rule, const Terms& terms);

// The entry in the currency; with `convert` else the first entry, at the mid rate.
// Throws missing_money, missing_rate.
Rational price(const Json& money, const std::string& currency, const Terms& terms);
Rational line_price(const Json& money, const Terms& terms);

// A bound of bands, an `every`, an allowance: money of the base's currency, or plain.
Rational base_bound(const Json& bound, const Terms& terms);

const Json* band_end(const Json& band);  // null: open
bool measures_money(const Json& meter);

// percent + bps + each x base + flat.
Rational proportional_part(const Json& rule, const Rational& base, const Terms& terms);
Rational blocks_charge(const Json& per, const Rational& base, const Terms& terms);
Rational graduated_charge(const Json& bands, const Rational& base, const Terms& terms);

// The band that holds the value; above_last_band.
const Json& holding_band(const Json& bands, const Rational& value,
                         const std::function<Rational(const Json&)>& bound);

// What a slab's band charges for the whole base, within its own min and max.
Rational band_charge(const Json& band, const Rational& base, const Terms& terms);

Rational within_bounds(const Json& rule, Rational amount, const Terms& terms);

}  // namespace oracle
