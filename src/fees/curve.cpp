#include "fees/curve.h"

#include <utility>

namespace levy {
namespace {

struct Open {
  Stretch stretch;
  Begun begun;  // on the stretch of which this is a part
};

}  // namespace

Curve find_curve(const Plan& plan, const Scene& scene, const Stretch& whole,
                 std::size_t pieces_max) {
  Curve curve;
  std::vector<Open> open;  // the next one last
  open.push_back({whole, {}});
  for (std::size_t evaluated = 0; !open.empty(); ++evaluated) {
    auto [stretch, begun] = std::move(open.back());
    open.pop_back();
    if (evaluated >= pieces_max) {
      curve.push_back(CurvePiece{std::move(stretch), std::nullopt});
      continue;
    }
    Checked<Evaluation> result = evaluate(plan, scene, stretch, begun);
    if (stretch.is_undecidable()) {
      curve.push_back(CurvePiece{std::move(stretch), std::nullopt});
    } else if (stretch.cut()) {
      open.push_back({stretch.second_part(), begun});
      open.push_back({stretch.first_part(), std::move(begun)});
    } else {
      curve.push_back(CurvePiece{std::move(stretch), std::move(result)});
    }
  }
  return curve;
}

}  // namespace levy
