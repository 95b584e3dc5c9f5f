#include "fees/curve.h"

#include <utility>

#include "fees/work.h"

namespace levy::fees {
namespace {

struct Open {
  AmountRange amounts;
  PartialEvaluation partial;  // on the range of which this is a part
};

constexpr std::size_t ways_max = 64;

// A piece for each way in which the questions about open readings can be answered. Where the
// amounts must be split first, or there are too many ways, it is the one piece that says so.
Curve each_way(const Plan& plan, const EvaluationContext& context, const AmountRange& amounts) {
  Curve ways;
  std::vector<std::vector<bool>> open = {{}};
  while (!open.empty()) {
    const std::vector<bool> answers = std::move(open.back());
    open.pop_back();
    AmountRange way = amounts.assume(answers);
    Checked<Evaluation> result = evaluate(plan, context, way);
    bool is_settled = way.is_settled();
    for (std::size_t i = answers.size(); i < way.assumptions().size(); ++i) {
      std::vector<bool>& other = open.emplace_back();
      for (std::size_t j = 0; j <= i; ++j) other.push_back(way.assumptions()[j].holds != (j == i));
    }
    if (!is_settled) {
      Curve split;
      split.push_back(CurvePiece{std::move(way), std::nullopt});
      return split;
    }
    ways.push_back(CurvePiece{std::move(way), std::move(result)});
    if (ways.size() + open.size() > ways_max) return {CurvePiece{amounts, std::nullopt}};
  }
  return ways;
}

// With no more than one way to answer what depends on nothing but the amount.
Curve evaluate_range(const Plan& plan, const EvaluationContext& context, AmountRange amounts,
                     PartialEvaluation& partial) {
  if (context.open_readings != nullptr) return each_way(plan, context, amounts);
  Checked<Evaluation> result = evaluate(plan, context, amounts, partial);
  Curve curve;
  bool is_settled = amounts.is_settled();
  curve.push_back(CurvePiece{std::move(amounts), std::nullopt});
  if (is_settled) curve.back().result = std::move(result);
  return curve;
}

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
    Curve found = evaluate_range(plan, context, std::move(amounts), partial);
    const AmountRange& first = found.front().amounts;
    if (!first.is_undecidable() && first.split_point()) {
      open.push_back({first.second_part(), partial});
      open.push_back({first.first_part(), std::move(partial)});
      continue;
    }
    for (CurvePiece& piece : found) {
      if (piece.result && *piece.result) lines += (*piece.result)->lines.size();
      curve.push_back(std::move(piece));
    }
  }
  return curve;
}

}  // namespace levy::fees
