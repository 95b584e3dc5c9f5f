// Mid rates between currencies, from levy's own JSON or the European Central Bank's published
// files (daily and historical reference rates, CSV and XML as published). No rate is ever assumed.
//
//   "USD": "1.1523"              1 EUR = 1.1523 USD
//   "CZK": "1/0.041229"          published the other way round: 1 CZK = 0.041229 EUR
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/checked.h"
#include "base/source.h"
#include "money/money.h"
#include "time/instant.h"

namespace levy::facts {

// One row: 1 `base` = rates[c] units of c, each > 0; the base itself is not listed.
struct Rates {
  Currency base;
  std::optional<Instant> as_of;  // absent: they do not say, and hold at any time
  std::map<Currency, Rational> rates;
  // Set where these are no rates but what holds before a file's first ones, which are of that time.
  std::optional<Instant> begins;

  // Target units per source unit, exactly; over the base where neither is it (an exact quotient).
  // 1 for equal currencies. Nothing: no such rate.
  std::optional<Rational> mid(Currency source, Currency target) const;
};

// Rows by ascending as_of, at least one, no two at the same instant; an undated one stands alone.
struct RatesHistory {
  std::string file;
  std::vector<Rates> rows;
  Rates before = {};  // without a rate; says when the first row begins
  // The latest row at or before t, else `before`; never null.
  const Rates* at(Instant t) const;
};

// Tells the three forms apart by their first bytes. An ECB date counts from 16:00 Europe/Berlin.
// Cells "N/A" and empty are no rate. All faults of the file in one run.
Checked<RatesHistory> parse_rates(Source source);

}  // namespace levy::facts
