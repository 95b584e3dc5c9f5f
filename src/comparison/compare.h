// compare: the same operation across tariffs, methods and tiers, cheapest first; and who is
// cheapest in which range of amounts.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ask/expand.h"
#include "curves/difference.h"

namespace levy::comparison {

// A tariff and the question as it is put to it. Borrowed.
struct Candidate {
  const fees::Tariff* tariff = nullptr;
  fees::Question question;
};

// One tariff under one choice of what was not said.
struct Offer {
  std::size_t candidate = 0;
  std::vector<std::pair<std::string, std::string>> given;
  Checked<fees::Quote> quote;
  // What it costs altogether in Comparison::currency: debited less what arrives, at the mid rate.
  // A fault where there is no quote, or no rate to value it (missing_rate).
  Checked<Rational> cost;
  std::optional<Rational> percent;  // the cost, of the amount; none where the amount is 0
  std::optional<std::size_t> rank;  // from 1, equal costs share one; none: no cost
};

// Who is cheapest from `from` to `until`. `leaders` are indices into Comparison::series.
struct Lead {
  Rational from;
  std::optional<Rational> until;     // included; none: without end
  std::vector<std::size_t> leaders;  // none: nobody has a price here
  // Several leaders: they cost the same throughout; or (false) roundings decide between them from
  // one amount to the next.
  bool equal = true;
  bool settled = true;  // false: it could not be determined exactly
  // What some series costs here could not be decided: it may be cheaper. Then not settled either.
  bool undecided = false;
  std::optional<Rational> cost_from, cost_until;  // the first leader's, at both ends
};

struct Comparison {
  Currency currency;          // of costs
  std::vector<Offer> offers;  // by rank, then those without a cost, each in the order given
  // For the curve: one per offer that has one, in the order given.
  struct Line {
    std::size_t candidate = 0;
    curves::Series series;
  };
  std::vector<Line> series;
  std::vector<Lead> leads;   // ascending, covering the range
  bool out_of_work = false;  // some of them are not settled for that reason
};

// Costs are in the currency of the first quote's amount. The questions' amounts are given.
Comparison compare(const std::vector<Candidate>& candidates);

// Fills `series` and `leads` over `range`, whose amounts are in `currency`.
void compare_curves(Comparison& comparison, const std::vector<Candidate>& candidates,
                    const fees::AmountInterval& range);

}  // namespace levy::comparison
