#include "batch/rows/totals.h"

namespace levy {
namespace {

template <class Map, class Add>
void merge(Map& into, const Map& from, Add add) {
  for (const auto& [key, value] : from) add(into[key], value);
}

}  // namespace

void Totals::add(const Totals& other) {
  rows += other.rows;
  ok += other.ok;
  declined += other.declined;
  errors += other.errors;
  matched += other.matched;
  mismatched += other.mismatched;
  auto plus = [](auto& sum, const auto& value) { sum += value; };
  merge(currencies, other.currencies, [](CurrencyTotals& sum, const CurrencyTotals& one) {
    sum.rows += one.rows;
    sum.amount += one.amount;
    sum.fee += one.fee;
    sum.debit += one.debit;
  });
  merge(credits, other.credits, plus);
  merge(fees, other.fees, [](LineTotals& sum, const LineTotals& one) {
    sum.rows += one.rows;
    sum.amount += one.amount;
  });
  merge(other_fees, other.other_fees, plus);
  merge(error_codes, other.error_codes, plus);
  merge(declined_by, other.declined_by, plus);
  merge(billing, other.billing, [](BillingTotals& sum, const BillingTotals& one) {
    sum.over_rows += one.over_rows;
    sum.under_rows += one.under_rows;
    sum.over += one.over;
    sum.under += one.under;
  });
  merge(causes, other.causes, plus);
}

}  // namespace levy
