// Reverse quotes: which amounts deliver exactly a target, or cost exactly one.
//
// Solved from the pieces of the curve (form.h): where the target's form is exact, its equation has
// one answer or holds throughout; where roundings blur it, only amounts within the blur can be
// answers, and that stretch is cut until it is exact. A flat blurred stretch repeats, so one period
// of it answers for all. Nothing is searched amount by amount, nothing is missed.
#pragma once

#include "fees/quote.h"

namespace levy {

enum class Target {
  receive,  // the credit
  pay,      // the debit in the source currency
};

// The quote for the smallest amount that reaches `target`, with `solutions`. `scene.operation` has
// no amount of its own; amounts are multiples of its currency's minor unit, and one that cannot be
// quoted is no answer. Where none can be quoted, the fault of the smallest. Otherwise codes
// unattainable (with the nearest attainable targets and the smallest amount that reaches each) and
// undecidable (the fees cancel so irregularly that a million cuts do not settle it).
// Source: SPEC section 3, "Reverse".
Checked<Quote> reverse(const Plan& plan, const Scene& scene, Target kind, const Rational& target,
                       Explain explain = Explain::no);

// The greatest amount that can be quoted and whose debit in the source currency is at most
// `debit_bound`; nothing: none. Without end is a Fault's worth of nonsense in a tariff (a fee that
// eats every amount), and answered as undecidable.
Checked<std::optional<Rational>> greatest_amount(const Plan& plan, const Scene& scene,
                                                 const Rational& debit_bound);

}  // namespace levy
