// The control totals of the rows that were asked in full.
#include "batch/worker.h"

namespace levy {

void Worker::count(const RowAnswer& answer) {
  ++totals_.rows;
  switch (answer.status) {
    case RowStatus::ok:
      ++totals_.ok;
      break;
    case RowStatus::declined:
      ++totals_.declined;
      for (const std::string& limit : answer.blocked_by) ++totals_.declined_by[limit];
      return;
    case RowStatus::error:
      ++totals_.errors;
      ++totals_.error_codes[std::string(to_string(answer.faults.front().code))];
      return;
    case RowStatus::match:
      ++totals_.matched;
      break;
    case RowStatus::mismatch:
      ++totals_.mismatched;
      break;
  }
  const Quote& quote = *answer.quote;
  Currency own = quote.operation.currency;
  CurrencyTotals& totals = totals_.currencies[own];
  ++totals.rows;
  totals.amount += *quote.operation.amount;
  totals.fee += quote.fees.at(own);
  totals.debit += quote.debit.at(own);
  totals_.credits[quote.credit.currency] += quote.credit.amount;
  for (const auto& [currency, fee] : quote.fees) {
    if (currency != own) totals_.other_fees[currency] += fee;
  }
  for (const Line& line : quote.lines) {
    LineTotals& of_fee = totals_.fees[{line.fee->id, line.amount.currency}];
    ++of_fee.rows;
    of_fee.amount += line.amount.amount;
  }
  count_billing(answer);
}

void Worker::count_billing(const RowAnswer& answer) {
  if (answer.status != RowStatus::mismatch) return;
  ++totals_.causes[answer.cause.empty() ? "unknown" : answer.cause];
  const Quote& quote = *answer.quote;
  std::vector<std::string> groups = {""};
  for (const Line& line : quote.lines) groups.push_back("fee " + line.fee->id);
  for (std::string_view name : {"method", "tier"}) {
    auto found = quote.operation.attributes.find(name);
    if (found != quote.operation.attributes.end())
      groups.push_back(std::string(name) + " " + found->second);
  }
  for (const std::string& group : groups) {
    BillingTotals& billing = totals_.billing[{group, quote.operation.currency}];
    bool over = answer.difference.sign() > 0;
    ++(over ? billing.over_rows : billing.under_rows);
    (over ? billing.over : billing.under) += absolute(answer.difference);
  }
}

}  // namespace levy
