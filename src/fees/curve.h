// Curve: what an operation costs at every amount at once, as settled pieces.
//
// The pieces are in ascending order and cover the range that was asked about without gap or
// overlap. Nothing is sampled: within a piece every figure is one Form, or one fault holds for
// every amount.
//
// Where readings are open (EvaluationContext::open_readings) a run of amounts has a piece for each
// way in which questions about them can be answered, side by side; the answers are
// `amounts.assumptions()`, and at any readings those of one piece are the right ones.
//
//   1 %, at least 0.50 EUR, from 0.00 on, unit 0.01     [0.00, 49.99] fees 0.50
//                                                       [50.00, ...] fees 0.01 * x, rounded
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fees/evaluation.h"

namespace levy::fees {

struct CurvePiece {
  AmountRange amounts;
  // None: not settled, because rounding decides differently at too many amounts (pieces_max) or
  // without end. Ask amount by amount there.
  std::optional<Checked<Evaluation>> result;

  bool is_settled() const { return result.has_value(); }
};

using Curve = std::vector<CurvePiece>;

// `whole` says from where to where, and the unit; where it records, so does every piece. At most
// about pieces_max ranges are evaluated, and only while the context's work lasts.
Curve find_curve(const Plan& plan, const EvaluationContext& context, const AmountRange& whole,
                 std::size_t pieces_max = 10'000);

}  // namespace levy::fees
