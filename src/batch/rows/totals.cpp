#include "batch/rows/totals.h"

#include "batch/rows/row_evaluator.h"

namespace levy::batch::rows {
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
  skipped += other.skipped;
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

void Totals::add_error(Code code) {
  ++rows;
  ++errors;
  std::string_view text = to_string(code);
  auto known = error_codes.find(text);
  if (known == error_codes.end()) known = error_codes.emplace(text, 0).first;
  ++known->second;
}

void Totals::add(const RowAnswer& answer) {
  if (answer.status == RowStatus::error) return add_error(answer.faults.front().code);
  ++rows;
  switch (answer.status) {
    case RowStatus::ok:
      ++ok;
      break;
    case RowStatus::declined:
      ++declined;
      for (const std::string& limit : answer.blocked_by) ++declined_by[limit];
      return;
    case RowStatus::error:
      break;
    case RowStatus::skipped:
      ++skipped;
      return;
    case RowStatus::match:
      ++matched;
      break;
    case RowStatus::mismatch:
      ++mismatched;
      break;
  }
  const fees::Quote& quote = *answer.quote;
  Currency own = quote.operation.currency;
  CurrencyTotals& of_currency = currencies[own];
  ++of_currency.rows;
  of_currency.amount += *quote.operation.amount;
  of_currency.fee += quote.fees.at(own);
  of_currency.debit += quote.debit.at(own);
  credits[quote.credit.currency] += quote.credit.amount;
  for (const auto& [currency, fee] : quote.fees) {
    if (currency != own) other_fees[currency] += fee;
  }
  for (const fees::Line& line : quote.lines) {
    LineTotals& of_fee = fees[{line.fee->id, line.amount.currency}];
    ++of_fee.rows;
    of_fee.amount += line.amount.amount;
  }
  add_billing(answer);
}

// Each fee gets what explains the difference, and no more: the rest is nobody's.
void Totals::add_billing(const RowAnswer& answer) {
  if (answer.status != RowStatus::mismatch) return;
  ++causes[answer.cause.words.empty() ? "unknown" : answer.cause.words];
  const fees::Quote& quote = *answer.quote;
  auto add = [&](const std::string& group, const Rational& difference) {
    BillingTotals& of_group = billing[{group, quote.operation.currency}];
    if (difference.is_zero()) return;  // what is right in all differs in its parts
    bool over = difference.sign() > 0;
    ++(over ? of_group.over_rows : of_group.under_rows);
    (over ? of_group.over : of_group.under) += absolute(difference);
  };
  add("", answer.difference);
  add("cause " + (answer.cause.words.empty() ? "unknown" : answer.cause.words), answer.difference);
  TimeZone::Local local = quote.plan->schedule.timezone.local(quote.operation.time);
  add("month " + to_string(local.day).substr(0, 7), answer.difference);
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

}  // namespace levy::batch::rows
