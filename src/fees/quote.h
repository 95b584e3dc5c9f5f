// What an operation costs: the answer as plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "fees/evaluation.h"
#include "fees/plan.h"

namespace levy::fees {

struct Line {
  const schedule::Fee* fee = nullptr;
  const schedule::Case* taken = nullptr;  // its charge is the rule
  Money amount;                           // as rounded
  Rational exact;                         // before rounding
  schedule::Collect collect = schedule::Collect::on_top;
  bool exempted = false;    // an allowance left nothing of the base to charge
  std::vector<Step> steps;  // when explaining
};

struct Exchange {
  Rational mid;       // target units per source unit
  Rational margin;    // percent, the sum of all that apply
  Rational rate;      // as applied
  Money margin_cost;  // in the target currency; inside the credit already
  std::vector<std::pair<const schedule::Fee*, const schedule::Case*>> margins;
};

// Every amount that reaches a target (reverse quotes).
struct Solutions {
  std::optional<Decimal> count;  // nothing: without end
  Money smallest;
  std::optional<Money> largest;  // nothing: without end
};

struct Skipped {
  const schedule::Fee* fee = nullptr;
  const schedule::Case* skipped = nullptr;  // null: the fee as a whole
  NotTaken::Reason reason = NotTaken::Reason::operation;
  const schedule::Condition* condition = nullptr;  // the first that failed
};

// Borrows from the plan, which must outlive it.
struct Quote {
  const Plan* plan = nullptr;
  facts::Operation operation;  // its amount always set
  std::vector<Line> lines;
  // Per currency; the source currency and that of each collected line. In minor units.
  std::map<Currency, Rational> fees, debit;
  Money credit;
  std::optional<Exchange> exchange;  // when the operation converts
  std::vector<std::string> assumed;  // meters read as 0 because nobody gave them
  std::vector<Skipped> skipped;      // when explaining
  std::optional<Solutions> solutions;
};

// One amount. Codes in the order of levy(1): fees, rate, totals.
Checked<Quote> quote(const Plan& plan, const EvaluationContext& context,
                     Explain explain = Explain::no);

}  // namespace levy::fees
