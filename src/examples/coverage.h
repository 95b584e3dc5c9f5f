// Coverage: which parts of a tariff its own examples exercise.
//
//   a fee of 1 %, at least 0.50, at most 25; one example, of 10 EUR
//       covered: it is charged, its minimum binds, it is below its maximum; not covered: it is
//       above its minimum, its maximum binds, its rounding changes a line
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "examples/examples.h"
#include "fees/plan.h"
#include "fees/quote.h"
#include "limits/verdict.h"

namespace levy::examples {

// One thing that an example may show. Borrows from the plan.
struct CoverItem {
  enum class Kind {
    taken,  // a fee's case is charged, or moves the rate
    graduated_band,
    slab_band,
    min_binds,
    min_idle,  // a bound is asked and leaves the charge as it is
    max_binds,
    max_idle,
    cap_binds,
    cap_idle,
    free_used,
    free_exceeded,  // something is left to charge
    member,         // of `greatest` or `least`: it is the one taken
    line_rounding,  // what is rounded differs from what is exact
    total_rounding,
    limit_holds,
    limit_min_blocks,
    limit_max_blocks,
  };
  Kind kind;
  std::string name;  // stable: "withdrawal.case2.max.binds", "daily.basic.holds"
  Place place;
  const schedule::Fee* fee = nullptr;  // null: of a limit, or of the totals
  std::size_t case_index = 0;
  std::size_t number = 0;                // of a band or member, from 1; 0: neither, nor inside one
  const schedule::Band* band = nullptr;  // that is meant, or whose bound is
  const schedule::Limit* limit = nullptr;
  std::string tier;                       // of a limit by tier
  const schedule::Example* by = nullptr;  // the first that exercises it; null: none does
};

struct Coverage {
  std::vector<CoverItem> items;  // in the schedule's order
  std::size_t covered() const;
};

// What there is to exercise, nothing of it covered yet. Roundings of fees that only ever charge
// whole quanta are left out; limits are there where the schedule has examples of `check`.
Coverage items_of(const fees::Plan& plan);

// The quote must have its steps.
bool exercises(const fees::Quote& quote, const CoverItem& item);
bool exercises(const limits::Verdict& verdict, const CoverItem& item);

// Fills `by` while examples run; `coverage` must outlive it.
ExampleWitness witness_of(Coverage& coverage);

}  // namespace levy::examples
