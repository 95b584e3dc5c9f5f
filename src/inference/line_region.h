// LineRegion: all lines, fee = slope x amount + base, that pass through given strips.
//
// A row that was charged bounds its line: what comes out of the line at the row's amount is rounded
// to the row's fee, so it lies in a strip around the fee. Strips are cut out of the plane of slopes
// and bases one by one; what is left is a convex polygon, kept as its edges. All corners are
// quotients of 128-bit integers, so nothing is approximate: with amounts up to 10^13 and ends of
// strips up to 2 x 10^18 no product leaves 128 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "money/rational.h"

namespace levy::inference {

// Both ends belong to it.
struct RationalInterval {
  Rational low, high;
};

class LineRegion {
 public:
  LineRegion();  // lines of any base, with slopes up to `slope_max` both ways

  // Cuts off the lines that do not come to low ... high at the amount. False: no line would be
  // left, and nothing is cut.
  bool clip(std::int64_t amount, std::int64_t low, std::int64_t high);

  RationalInterval slopes() const;  // of all its lines
  RationalInterval bases() const;
  std::optional<RationalInterval> bases_at(const Rational& slope) const;
  std::optional<RationalInterval> slopes_at(const Rational& base) const;
  // Of the strips that bound it: the rows that it rests on.
  std::vector<std::int64_t> bounding_amounts() const;

 private:
  // slope x line.slope + base x line.base <= limit; one side of the polygon.
  struct Edge {
    std::int64_t slope = 0, base = 0, limit = 0;
    bool is_strip = false;
  };
  // slope / denominator, base / denominator; the denominator is above 0.
  struct Corner {
    Int128 slope = 0, base = 0, denominator = 1;
  };
  static Corner meet(const Edge& a, const Edge& b);
  static bool are_parallel(const Edge& a, const Edge& b);
  static Int128 beyond(const Edge& edge, const Corner& corner);  // above 0: cut off
  static bool cut(std::vector<Edge>& edges, std::vector<Corner>& corners, const Edge& edge);
  // Of one coordinate, where the other is `at`.
  std::optional<RationalInterval> bounds_at(bool of_base, const Rational& at) const;

  // Counter-clockwise; corner i is where edge i begins.
  std::vector<Edge> edges_;
  std::vector<Corner> corners_;
};

}  // namespace levy::inference
