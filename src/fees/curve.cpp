#include "fees/curve.h"

#include <utility>

#include "fees/work.h"

namespace levy {
namespace {

struct Open {
  AmountRange amounts;
  PartialEvaluation partial;  // on the range of which this is a part
};

}  // namespace

Curve find_curve(const Plan& plan, const EvaluationContext& context, const AmountRange& whole,
                 std::size_t pieces_max) {
  Curve curve;
  std::vector<Open> open;  // the next one last
  open.push_back({whole, {}});
  std::size_t lines = 0;  // that are kept
  for (std::size_t evaluated = 0; !open.empty(); ++evaluated) {
    auto [amounts, partial] = std::move(open.back());
    open.pop_back();
    bool done = context.work != nullptr && context.work->is_done();
    if (evaluated >= pieces_max || lines >= curve_lines_max || done) {
      curve.push_back(CurvePiece{std::move(amounts), std::nullopt});
      continue;
    }
    Checked<Evaluation> result = evaluate(plan, context, amounts, partial);
    if (amounts.is_undecidable()) {
      curve.push_back(CurvePiece{std::move(amounts), std::nullopt});
    } else if (amounts.split_point()) {
      open.push_back({amounts.second_part(), partial});
      open.push_back({amounts.first_part(), std::move(partial)});
    } else {
      if (result) lines += result->lines.size();
      curve.push_back(CurvePiece{std::move(amounts), std::move(result)});
    }
  }
  return curve;
}

}  // namespace levy
