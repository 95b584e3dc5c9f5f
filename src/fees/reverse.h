// Reverse quotes: which amounts deliver exactly a target, or cost exactly one.
//
// Solved from the pieces of the curve (form.h): where the target's form is exact, its equation has
// one answer or holds throughout; where roundings blur it, only amounts within the blur can be
// answers, and that range is split until it is exact. A flat blurred range repeats, so one period
// of it answers for all. Nothing is searched amount by amount, nothing is missed.
#pragma once

#include <optional>

#include "fees/evaluation.h"
#include "fees/quote.h"

namespace levy::fees {

enum class Target {
  receive,  // the credit
  pay,      // the debit in the source currency
};

// The quote for the smallest amount that reaches `target`, with `solutions`. `context.operation`
// has no amount of its own; amounts are multiples of its currency's minor unit, and one that cannot
// be quoted is no answer. Where none can be quoted, the fault of the smallest. Otherwise codes
// unattainable (with the nearest attainable targets and the smallest amount that reaches each) and
// undecidable (the fees cancel so irregularly that all the work of a question do not settle it).
// Source: levy-quote(1), --receive and --pay.
Checked<Quote> reverse(const Plan& plan, const EvaluationContext& context, Target kind,
                       const Rational& target, Explain explain = Explain::no);

// The greatest amount that can be quoted and whose debit in the source currency is at most
// `debit_bound`; nothing: none. Without end is a Fault's worth of nonsense in a tariff (a fee that
// eats every amount), and answered as undecidable.
Checked<std::optional<Rational>> greatest_amount(const Plan& plan, const EvaluationContext& context,
                                                 const Rational& debit_bound);

// The greatest amount that a limit on the debit allows.

// The greatest multiple of the minor unit up to `amount_bound` that can be quoted and whose debit
// in the source currency is at most `debit_bound`; nothing: none. Exact, whatever the fees: found
// on the curve's pieces, never amount by amount. Code undecidable: the fees are so irregular that a
// million cuts do not settle it.
Checked<std::optional<Rational>> greatest_amount_up_to(const Plan& plan,
                                                       const EvaluationContext& context,
                                                       const Rational& debit_bound,
                                                       const Rational& amount_bound);

}  // namespace levy::fees
