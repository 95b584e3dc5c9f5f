#include "inference/line_region.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy::inference {
namespace {

constexpr std::int64_t slope_max = std::int64_t{1} << 26;
constexpr std::int64_t base_max = std::int64_t{4} * 1'000'000'000'000'000'000;

Rational quotient(Int128 numerator, Int128 denominator) {
  return Rational(Decimal::of(numerator, 0)) / Rational(Decimal::of(denominator, 0));
}

}  // namespace

LineRegion::LineRegion() {
  edges_ = {{0, -1, base_max, false},
            {1, 0, slope_max, false},
            {0, 1, base_max, false},
            {-1, 0, slope_max, false}};
  for (std::size_t i = 0; i < edges_.size(); ++i)
    corners_.push_back(meet(edges_[(i + edges_.size() - 1) % edges_.size()], edges_[i]));
}

LineRegion::Corner LineRegion::meet(const Edge& a, const Edge& b) {
  Corner corner{Int128{a.limit} * b.base - Int128{b.limit} * a.base,
                Int128{a.slope} * b.limit - Int128{b.slope} * a.limit,
                Int128{a.slope} * b.base - Int128{b.slope} * a.base};
  ensure(corner.denominator != 0, "neighbouring edges of a polygon meet");
  if (corner.denominator < 0) {
    corner.slope = -corner.slope;
    corner.base = -corner.base;
    corner.denominator = -corner.denominator;
  }
  return corner;
}

Int128 LineRegion::beyond(const Edge& edge, const Corner& corner) {
  return edge.slope * corner.slope + edge.base * corner.base - edge.limit * corner.denominator;
}

bool LineRegion::are_parallel(const Edge& a, const Edge& b) {
  return Int128{a.slope} * b.base == Int128{b.slope} * a.base;
}

// Corners beyond the edge follow one another, as the polygon is convex. A polygon that would have
// no area is empty.
bool LineRegion::cut(std::vector<Edge>& edges, std::vector<Corner>& corners, const Edge& edge) {
  std::size_t count = corners.size(), beyond_count = 0, first = count;
  bool inside = false;
  std::vector<bool> is_beyond(count);
  for (std::size_t i = 0; i < count; ++i) {
    Int128 side = beyond(edge, corners[i]);
    is_beyond[i] = side > 0;
    beyond_count += side > 0 ? 1 : 0;
    inside = inside || side < 0;
  }
  if (beyond_count == 0) return true;
  if (!inside) return false;
  for (std::size_t i = 0; i < count; ++i)
    if (is_beyond[i] && !is_beyond[(i + count - 1) % count]) first = i;
  std::vector<Edge> kept;
  // From the edge that leads back inside to the one that leads out, then the new one.
  for (std::size_t k = beyond_count - 1; k < count; ++k) kept.push_back(edges[(first + k) % count]);
  kept.push_back(edge);
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (are_parallel(kept[i], kept[(i + 1) % kept.size()])) return false;
  edges = std::move(kept);
  corners.clear();
  for (std::size_t i = 0; i < edges.size(); ++i)
    corners.push_back(meet(edges[(i + edges.size() - 1) % edges.size()], edges[i]));
  return true;
}

bool LineRegion::clip(std::int64_t amount, std::int64_t low, std::int64_t high) {
  Edge below{amount, 1, high, true}, above{-amount, -1, -low, true};
  bool cuts = std::any_of(corners_.begin(), corners_.end(), [&](const Corner& corner) {
    return beyond(below, corner) > 0 || beyond(above, corner) > 0;
  });
  if (!cuts) return true;
  std::vector<Edge> edges = edges_;
  std::vector<Corner> corners = corners_;
  if (!cut(edges, corners, below) || !cut(edges, corners, above)) return false;
  edges_ = std::move(edges);
  corners_ = std::move(corners);
  return true;
}

RationalInterval LineRegion::slopes() const {
  std::optional<RationalInterval> all;
  for (const Corner& corner : corners_) {
    Rational slope = quotient(corner.slope, corner.denominator);
    if (!all) all = RationalInterval{slope, slope};
    all->low = std::min(all->low, slope);
    all->high = std::max(all->high, slope);
  }
  return *all;
}

RationalInterval LineRegion::bases() const {
  std::optional<RationalInterval> all;
  for (const Corner& corner : corners_) {
    Rational base = quotient(corner.base, corner.denominator);
    if (!all) all = RationalInterval{base, base};
    all->low = std::min(all->low, base);
    all->high = std::max(all->high, base);
  }
  return *all;
}

std::optional<RationalInterval> LineRegion::bounds_at(bool of_base, const Rational& at) const {
  std::optional<Rational> low, high;
  for (const Edge& edge : edges_) {
    std::int64_t own = of_base ? edge.base : edge.slope, other = of_base ? edge.slope : edge.base;
    Rational rest = Rational(edge.limit) - Rational(other) * at;
    if (own == 0 && rest.sign() < 0) return std::nullopt;
    if (own == 0) continue;
    Rational bound = rest / Rational(own);
    std::optional<Rational>& side = own > 0 ? high : low;
    if (!side || (own > 0 ? bound < *side : bound > *side)) side = bound;
  }
  if (!low || !high || *high < *low) return std::nullopt;
  return RationalInterval{*low, *high};
}

std::optional<RationalInterval> LineRegion::bases_at(const Rational& slope) const {
  return bounds_at(true, slope);
}

std::optional<RationalInterval> LineRegion::slopes_at(const Rational& base) const {
  return bounds_at(false, base);
}

std::vector<std::int64_t> LineRegion::bounding_amounts() const {
  std::vector<std::int64_t> amounts;
  for (const Edge& edge : edges_)
    if (edge.is_strip) amounts.push_back(edge.slope < 0 ? -edge.slope : edge.slope);
  return amounts;
}

}  // namespace levy::inference
