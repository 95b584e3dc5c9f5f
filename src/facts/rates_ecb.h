// The European Central Bank's euro reference rates as it publishes them: eurofxref.csv,
// eurofxref-hist.csv, eurofxref-daily.xml, eurofxref-hist-90d.xml and eurofxref-hist.xml.
// Called by parse_rates alone, which see; and what its three forms have in common.
#pragma once

#include <optional>
#include <string_view>

#include "facts/rates.h"

namespace levy::facts {

Checked<RatesHistory> parse_ecb_csv(const Source& source);
Checked<RatesHistory> parse_ecb_xml(const Source& source);

// The faults of these two have no place: it is that of the whole code, and of the whole rate.
Checked<Currency> parse_rate_currency(std::string_view code);
// Adds 1 base = `rate` units; the base itself is checked to be 1 and left out.
std::optional<Diagnostic> add_rate(Rates& row, Currency currency, const Rational& rate);

}  // namespace levy::facts
