// `when`: SPEC §2's conditions, in three-valued logic and a little more.
#pragma once

#include "oracle_operation.h"

namespace oracle {

// What a condition comes to. Of several keys the first of these is the whole's:
enum class Truth {
  no,
  needs_amount,  // depends on the amount, which the operation leaves out
  unknown,       // depends on an attribute or quantity that is not given
  no_money,      // has no amount in the operation's currency
  yes,
};

// owner: what may hold a `when` (a fee, a case); without one it holds.
Truth holds(const Json& owner, const Operation& operation);

}  // namespace oracle
