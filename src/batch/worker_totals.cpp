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

// Each fee gets what explains the difference, and no more: the rest is nobody's.
void Worker::count_billing(const RowAnswer& answer) {
  if (answer.status != RowStatus::mismatch) return;
  ++totals_.causes[answer.cause.words.empty() ? "unknown" : answer.cause.words];
  const Quote& quote = *answer.quote;
  auto add = [&](const std::string& group, const Rational& difference) {
    BillingTotals& billing = totals_.billing[{group, quote.operation.currency}];
    bool over = difference.sign() > 0;
    ++(over ? billing.over_rows : billing.under_rows);
    (over ? billing.over : billing.under) += absolute(difference);
  };
  add("", answer.difference);
  Rational rest = answer.difference;
  for (const auto& [fee, part] : answer.cause.parts) {
    add("fee " + fee, part);
    rest -= part;
  }
  if (!rest.is_zero()) add("not attributed", rest);
  for (std::string_view name : {"method", "tier"}) {
    auto found = quote.operation.attributes.find(name);
    if (found != quote.operation.attributes.end())
      add(std::string(name) + " " + found->second, answer.difference);
  }
}

}  // namespace levy
