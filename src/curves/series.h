// Series: what one operation costs along all amounts, for each value of what was not said.
//
// Where expand.h gives a quote for every choice of the missing attributes, this gives a curve.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ask/expand.h"
#include "fees/curve.h"
#include "fees/tariff.h"

namespace levy::curves {

// Borrows from the tariff and the question's rates.
struct Series {
  ask::Choices given;               // the attributes chosen
  fees::ResolvedQuestion resolved;  // its operation's amount is set and stands for any
  bool strict = false;
  std::optional<Diagnostics> faults;  // why there is no curve at all; then all below is empty
  fees::Curve curve;                  // pieces record their roundings

  fees::Work* work = nullptr;  // null: without bound
  std::string variable;        // the quantity that the curve runs over; empty: the amount
  bool lines_only = false;     // of each fee, without totals

  fees::EvaluationContext context() const {
    const std::string* runs_over = variable.empty() ? nullptr : &variable;
    fees::EvaluationContext context{resolved.operation, resolved.rates, resolved.readings, strict,
                                    runs_over};
    context.work = work;
    context.lines_only = lines_only;
    return context;
  }
  const Currencies& currencies() const { return resolved.plan->schedule.currencies; }
};

// The question's amount is not looked at, except that its currency is the curve's. An attribute
// that matters for some amounts only is expanded all the same. One whose domain is open stays the
// fault of the pieces that need it.
// Where the work is used up, the other series have the fault out_of_work, and of one that was begun
// the rest is not settled. The work outlives the series.
std::vector<Series> find_series(const fees::Tariff& tariff, const fees::Question& question,
                                const fees::AmountInterval& range, fees::Work* work = nullptr);

// Code undecidable: the question was given all the work that it may take.
Diagnostic out_of_work();

// The exact answer at one amount (or quantity) of the series.
Checked<fees::Evaluation> answer_at(const Series& series, const Rational& amount);

// Every amount from 0 on, or `range`, as the context's operation counts it; records roundings.
fees::Curve curve_over(const fees::Plan& plan, const fees::EvaluationContext& context,
                       const fees::AmountInterval& range);

}  // namespace levy::curves
