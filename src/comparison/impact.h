// The effect of a new version of a tariff on operations that really took place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "comparison/diff.h"
#include "formats/row.h"

namespace levy::comparison {

// Sums over operations that both versions quote, of one currency.
struct ImpactSum {
  std::size_t count = 0, dearer = 0, cheaper = 0;
  Rational before, after;  // fees
  Rational change() const { return after - before; }
  // In percent of the fees before; none where these are 0.
  std::optional<Rational> percent() const;
};

struct Mover {
  std::size_t line = 0;  // of the file, from 1
  std::string id;        // the row's, where it has one
  std::string what;      // "withdrawal of 250.00 EUR"
  Currency currency;
  Rational before, after;
};

// A row that one of the versions cannot quote.
struct ImpactFault {
  std::size_t line = 0;
  bool in_old = false, in_new = false;
  Diagnostic fault;
};

inline constexpr std::size_t movers_max = 10, faults_reported_max = 10;

struct Impact {
  std::size_t rows = 0, skipped = 0;  // skipped by the mapping, and not among the rows
  std::map<Currency, ImpactSum> totals;
  std::map<std::pair<std::string, Currency>, ImpactSum> by_cell;  // "withdrawal: method bank"
  std::map<std::pair<std::string, Currency>, ImpactSum> by_tier;  // "" where none was given
  std::vector<Mover> movers;                                      // the largest changes first
  std::size_t only_old = 0, only_new = 0, neither = 0;  // rows that are not quoted by both
  std::vector<ImpactFault> faults;                      // the first of them

  // The greatest rise of all totals, in percent; none: nothing rises, or from 0.
  std::optional<Rational> greatest_rise() const;
  // Fees where there were none before.
  bool rises_from_nothing() const;
};

struct ImpactQuestion {
  const fees::Plan& before;
  const fees::Plan& after;
  const facts::RatesHistory* rates = nullptr;  // null: none; each row's are those of its own time
  Instant now;                                 // for rows without a time
  std::string file;                            // for the places of faults
};

// Rows have batch's columns: operation, amount, currency, to_currency, country, to_country, tier,
// time, attributes, quantities, used.METER. Each is quoted by both versions whatever their time in
// force; readings nobody gave are 0. Memory does not grow with the rows. Faults: the table cannot
// be read, or a column of it nearly is a field.
Checked<Impact> measure_impact(const ImpactQuestion& question, const formats::NextRow& next);

}  // namespace levy::comparison
