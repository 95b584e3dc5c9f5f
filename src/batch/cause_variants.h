// The ways in which a schedule may be misread, each as a changed schedule.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fees/plan.h"
#include "fees/quote.h"

namespace levy {

struct Variant {
  // Prices misread; the amount taken as one that contains the fee; another case's price.
  enum class Kind { misread, contained, other_case };
  // Of which operations it is asked: all, or those whose quote has the fee's line (by a certain
  // case), or has it not (by that case, though it is one of the operation's fees).
  enum class Asked { always, with_line, with_case, with_other_case, without_line };

  std::string cause;
  std::function<void(Schedule&)> change;
  Kind kind = Kind::misread;
  Asked asked = Asked::always;
  std::size_t fee = 0;
  std::size_t case_index = 0;
  std::optional<Plan> plan = {};  // once compiled

  bool concerns(const Quote& computed) const;
};

// Of each kind in the order in which cause.h lists them. Borrows nothing; `change` is for copies of
// `schedule`.
std::vector<Variant> variants_of(const Schedule& schedule);

}  // namespace levy
