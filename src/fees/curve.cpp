#include "fees/curve.h"

#include <utility>

namespace levy {

Curve find_curve(const Plan& plan, const Scene& scene, const Stretch& whole,
                 std::size_t pieces_max) {
  Curve curve;
  std::vector<Stretch> open = {whole};  // the next one last
  for (std::size_t evaluated = 0; !open.empty(); ++evaluated) {
    Stretch stretch = std::move(open.back());
    open.pop_back();
    if (evaluated >= pieces_max) {
      curve.push_back(CurvePiece{std::move(stretch), std::nullopt});
      continue;
    }
    Checked<Evaluation> result = evaluate(plan, scene, stretch);
    if (stretch.is_undecidable()) {
      curve.push_back(CurvePiece{std::move(stretch), std::nullopt});
    } else if (stretch.cut()) {
      open.push_back(stretch.second_part());
      open.push_back(stretch.first_part());
    } else {
      curve.push_back(CurvePiece{std::move(stretch), std::move(result)});
    }
  }
  return curve;
}

}  // namespace levy
