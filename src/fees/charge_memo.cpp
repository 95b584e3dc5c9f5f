#include "fees/charge_memo.h"

#include <algorithm>

namespace levy::fees {

bool ChargeMemo::takes(const schedule::Charge& charge) {
  if (!charge.of.empty() || !charge.units.empty() || charge.free || charge.by || charge.cap ||
      charge.convert || charge.waived || charge.margin || charge.of_debit ||
      !charge.times.empty() || !charge.in.empty())
    return false;
  return std::all_of(charge.greatest.begin(), charge.greatest.end(), takes) &&
         std::all_of(charge.least.begin(), charge.least.end(), takes);
}

const ChargeMemo::Known* ChargeMemo::find(const schedule::Charge& charge, Currency amount,
                                          const AmountRange& amounts) const {
  auto found = known_.find(key_of(charge, amount, amounts));
  return found == known_.end() ? nullptr : &found->second;
}

void ChargeMemo::add(const schedule::Charge& charge, Currency amount, const AmountRange& amounts,
                     const Charged& charged) {
  if (amounts.is_undecidable() || known_.size() >= kept_max) return;
  bool rounded = !charged.value.is_exact() || !charged.value.shares().empty();
  if (rounded && !amounts.split_point()) return;
  known_.emplace(key_of(charge, amount, amounts), Known{amounts.split_point(), charged});
}

ChargeMemo::Key ChargeMemo::key_of(const schedule::Charge& charge, Currency amount,
                                   const AmountRange& amounts) {
  return {&charge, amounts.from(), amounts.until(), amounts.unit(), amount};
}

}  // namespace levy::fees
