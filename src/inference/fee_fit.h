// The charge that explains what rows of one kind cost: pieces of lines along the amount.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fees/work.h"
#include "inference/fee_line.h"

namespace levy::inference {

struct FeePiece {
  FeeLine line;
  std::int64_t first = 0, last = 0;  // amounts of the first and the last point that it explains
  // Where it ends: the roundest amount that explains the same points. It belongs to the piece, or,
  // where `bound_is_next`, to the next one. None: the last piece.
  std::optional<Decimal> bound;
  bool bound_is_next = false;
  RationalInterval percents, flats;  // of all lines that explain the same points
  std::size_t rows = 0;
  std::vector<std::uint32_t> rests_on;  // sources of points that bound it
};

struct FeeFit {
  FeeRounding rounding;
  std::vector<FeePiece> pieces;
  std::vector<RoundingMode> modes;  // all that explain the same rows; the rounding's is the first
  std::vector<bool> explained;      // of each point
  std::size_t outlier_rows = 0;
  std::int64_t cost = 0;  // the less, the better: rows that are not explained, parts, digits
};

class FeeFitter {
 public:
  // `digits`: of the currency. The fewest points that a piece must explain are three.
  FeeFitter(int digits, fees::Work& work) : digits_(digits), work_(work) {}

  // The points ascend by amount. Of several fees at one amount at most one is explained.
  FeeFit fit(const std::vector<FeePoint>& points, FeeRounding rounding);
  // The rounding, of those that the fees allow, with the least cost.
  FeeFit fit_best(const std::vector<FeePoint>& points);
  // Those that the fees of the points allow.
  static std::vector<FeeRounding> roundings_of(const std::vector<FeePoint>& points);

 private:
  int digits_;
  fees::Work& work_;
};

// What the fit charges at the amount, in fee units, rounded.
std::int64_t fee_at(const FeeFit& fit, int digits, std::int64_t amount);
// The piece that holds the amount; null: none, as it lies outside of what was charged.
const FeePiece* piece_at(const FeeFit& fit, int digits, std::int64_t amount);

}  // namespace levy::inference
