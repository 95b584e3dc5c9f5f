#include "inference/fee_fit.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy::inference {
namespace {

// What a piece costs more than a row that is not explained.
constexpr std::int64_t row_cost = 10, piece_cost = 30, points_min = 3;
constexpr std::size_t sampled_points = 600, window = 8, failures_max = 5, refinements_max = 24;

// A run of points that one line explains, but for some.
struct Run {
  std::size_t from = 0, until = 0;  // both belong to it
  FeeLine line;
  std::size_t rows = 0;  // that the line explains
};

class Fitter {
 public:
  Fitter(const std::vector<FeePoint>& points, int digits, FeeRounding rounding, fees::Work& work)
      : points_(points), digits_(digits), rounding_(rounding), work_(work) {}

  FeeFit run() {
    find_runs(0, points_.size(), 0);
    for (int round = 0; round < 4 && !work_.is_done(); ++round) {
      assign();
      std::size_t before = runs_.size();
      fit_what_is_left();
      if (runs_.size() == before) break;
    }
    assign();
    drop_small_runs();
    return result();
  }

 private:
  // Eight points held against a line that is known are a step.
  void note_scan(std::size_t from, std::size_t until) {
    work_.spend(until > from ? (until - from) / 8 + 1 : 1);
  }

  // ---- where pieces may be: on some of the points ----------------------------------------------

  void find_runs(std::size_t from, std::size_t until, int depth) {
    if (until - from < points_min || depth > 8 || work_.is_done()) return;
    std::vector<std::size_t> sample;
    std::size_t count = std::min(until - from, sampled_points);
    for (std::size_t i = 0; i < count; ++i) sample.push_back(from + i * (until - from) / count);
    for (const auto& [first, last] : segment(sample)) refine(sample, first, last, from, until);
  }

  struct Cut {
    std::size_t begin = 0, until = 0;
  };

  // Divides the sample into segments of one line each, so that segments and points outside of them
  // cost the least. Within a segment a point that leaves no line is passed over.
  std::vector<std::pair<std::size_t, std::size_t>> segment(const std::vector<std::size_t>& sample) {
    constexpr std::int64_t unknown = INT64_MAX;
    std::size_t count = sample.size();
    std::vector<std::int64_t> best(count + 1, unknown);
    std::vector<std::size_t> begin_of(count + 1, count);  // of the segment that ends here
    best[0] = 0;
    std::size_t skip_until = 0;
    for (std::size_t i = 0; i < count; ++i) {
      std::int64_t single = best[i] + row_cost * points_[sample[i]].rows;
      if (single < best[i + 1]) best[i + 1] = single, begin_of[i + 1] = count;
      if (i < skip_until) continue;
      std::size_t clean = extend(sample, i, best, begin_of);
      if (clean == count) break;
      if (clean > i + 20) skip_until = clean - 2;
    }
    std::vector<std::pair<std::size_t, std::size_t>> segments;
    for (std::size_t end = count; end > 0;) {
      std::size_t begin = begin_of[end];
      if (begin < count) segments.emplace_back(begin, end - 1);
      end = begin < count ? begin : end - 1;
    }
    std::reverse(segments.begin(), segments.end());
    return segments;
  }

  // Segments from point i on. Until where, where no point of it had to be passed over; else i.
  std::size_t extend(const std::vector<std::size_t>& sample, std::size_t i,
                     std::vector<std::int64_t>& best, std::vector<std::size_t>& begin_of) {
    LineRegion region;
    std::int64_t skipped = 0;
    std::size_t points = 0;
    unsigned recent = 0;  // a bit for each of the last points: was it passed over?
    bool clean = true;
    std::size_t clean_until = i;
    for (std::size_t j = i; j < sample.size(); ++j) {
      work_.spend(1);
      const FeePoint& point = points_[sample[j]];
      bool fits = clip(region, point, rounding_);
      recent = (recent << 1 | (fits ? 0U : 1U)) & 0xFFU;
      if (!fits) {
        skipped += row_cost * point.rows;
        clean = false;
        bool ends = static_cast<std::size_t>(__builtin_popcount(recent)) >= failures_max ||
                    (points < points_min && skipped > row_cost);
        if (ends) return clean_until;
        continue;
      }
      ++points;
      if (clean) clean_until = j + 1;
      if (points < points_min) continue;
      std::int64_t cost = best[i] + piece_cost + skipped;
      if (cost < best[j + 1]) best[j + 1] = cost, begin_of[j + 1] = i;
    }
    return clean_until;
  }

  // ---- the line of a piece ---------------------------------------------------------------------

  // From the middle of the segment, which no neighbour reaches, to a line that explains as much as
  // can be of [low, high). A row that is not explained may have cut off the right line before
  // others could show that it does not belong: so several orders of the points are tried.
  void refine(const std::vector<std::size_t>& sample, std::size_t first, std::size_t last,
              std::size_t low, std::size_t high) {
    std::size_t quarter = last - first >= 12 ? (last - first) / 4 : 0;
    std::vector<std::size_t> core(sample.begin() + static_cast<std::ptrdiff_t>(first + quarter),
                                  sample.begin() + static_cast<std::ptrdiff_t>(last - quarter + 1));
    std::size_t middle = sample[first + (last - first) / 2];
    std::optional<Run> best;
    LineRegion best_region;
    for (std::size_t order : {1U, 7U, 11U, 17U, 29U}) {
      if (work_.is_done() || (best && explains_all(*best, core))) break;
      LineRegion region;
      for (std::size_t k = 0; k < core.size(); ++k) {
        std::size_t step = core.size() % order == 0 ? 1 : order;
        clip(region, points_[core[(k * step + order) % core.size()]], rounding_);
      }
      std::optional<Run> run = best_line(region, middle, low, high);
      if (run && (!best || run->rows > best->rows)) best = run, best_region = region;
    }
    if (best) improve(*best, best_region, sample[first], sample[last], middle, low, high);
    if (best) simplify(*best, middle, low, high);
    if (best && !is_known(*best)) runs_.push_back(*best);
  }

  // A row that is not explained may leave lines that differ from the right one by a hair only. So
  // the line with fewer digits is tried too, and taken where it explains no less.
  void simplify(Run& best, std::size_t middle, std::size_t low, std::size_t high) {
    FeeLine found = best.line;
    for (int places = digits_; places >= 0; --places) {
      for (int percent_places = std::min(found.percent.scale(), 6); percent_places >= 0;
           --percent_places) {
        FeeLine line{shortened(found.percent, percent_places), shortened(found.flat, places)};
        if (line == best.line || work_.is_done()) continue;
        Run run = reach(line, middle, low, high);
        bool shorter = cost_of(line, digits_) < cost_of(best.line, digits_);
        if (run.rows > best.rows || (run.rows == best.rows && shorter)) best = run;
      }
    }
  }

  static Decimal shortened(const Decimal& value, int places) {
    return levy::round(Rational(value), Decimal::ten_to(-places), RoundingMode::half_up);
  }

  bool explains_all(const Run& run, const std::vector<std::size_t>& indices) const {
    LineCheck check(run.line, digits_, rounding_);
    return std::all_of(indices.begin(), indices.end(),
                       [&](std::size_t i) { return check.explains(points_[i]); });
  }

  // Points of the segment that the line does not explain may narrow it to one that explains more.
  void improve(Run& best, LineRegion region, std::size_t first, std::size_t last,
               std::size_t middle, std::size_t low, std::size_t high) {
    std::size_t tried = 0;
    for (std::size_t k = 0; k < refinements_max && !work_.is_done(); ++k) {
      std::optional<std::size_t> failing = failing_point(best, first, last, tried);
      if (!failing) return;
      LineRegion narrower = region;
      if (!clip(narrower, points_[*failing], rounding_)) continue;
      std::optional<Run> run = best_line(narrower, middle, low, high);
      if (!run || run->rows <= best.rows) continue;
      best = *run;
      region = narrower;
      tried = 0;
    }
  }

  bool is_known(const Run& run) const {
    return std::any_of(runs_.begin(), runs_.end(), [&](const Run& one) {
      return one.line == run.line && one.from <= run.until && run.from <= one.until;
    });
  }

  // The `tried`th point of the segment that the line does not explain, each from another part.
  std::optional<std::size_t> failing_point(const Run& run, std::size_t first, std::size_t last,
                                           std::size_t& tried) {
    LineCheck check(run.line, digits_, rounding_);
    std::vector<std::size_t> failing;
    for (std::size_t i = first; i <= last; ++i)
      if (!check.explains(points_[i])) failing.push_back(i);
    note_scan(first, last);
    if (tried >= failing.size()) return std::nullopt;
    // Halves, quarters ...: the bits of a counter turned round.
    std::size_t number = ++tried, place = 0;
    for (std::size_t part = failing.size() / 2 + 1; number > 0; number >>= 1, part = part / 2 + 1)
      if (number & 1) place += part;
    return failing[place % failing.size()];
  }

  // Of the region's short lines that explain the most, the shortest.
  std::optional<Run> best_line(const LineRegion& region, std::size_t middle, std::size_t low,
                               std::size_t high) {
    constexpr std::size_t tried_max = 4;
    std::optional<Run> best;
    std::vector<FeeLine> lines = shortest_lines(region, digits_);
    for (std::size_t i = 0; i < lines.size() && i < tried_max; ++i) {
      Run run = reach(lines[i], middle, low, high);
      if (run.rows > 0 && (!best || run.rows > best->rows)) best = run;
    }
    return best;
  }

  // How far a line explains the points, both ways from the middle.
  Run reach(const FeeLine& line, std::size_t middle, std::size_t low, std::size_t high) {
    LineCheck check(line, digits_, rounding_);
    Run run{middle, middle, line, 0};
    auto walk = [&](std::size_t i, auto next, auto done) {
      unsigned recent = 0;
      std::size_t end = i, rows = run.rows;
      for (; !done(i); i = next(i)) {
        work_.spend((i & 7U) == 0 ? 1 : 0);
        bool fits = check.explains(points_[i]);
        recent = (recent << 1 | (fits ? 0U : 1U)) & 0xFFU;
        if (static_cast<std::size_t>(__builtin_popcount(recent)) >= failures_max) break;
        rows += fits ? points_[i].rows : 0;
        // What follows many that are not explained is not its own.
        if (fits && __builtin_popcount(recent) < 3) end = i, run.rows = rows;
      }
      return end;
    };
    run.until = walk(
        middle, [](std::size_t i) { return i + 1; }, [&](std::size_t i) { return i >= high; });
    if (middle > low)
      run.from = walk(
          middle - 1, [](std::size_t i) { return i - 1; },
          [&](std::size_t i) { return i < low || i == npos_; });
    return run;
  }
  static constexpr std::size_t npos_ = static_cast<std::size_t>(-1);

  // ---- which piece a point belongs to ----------------------------------------------------------

  // Runs in the order of the amount, each to where the next one explains more.
  void assign() {
    std::sort(runs_.begin(), runs_.end(),
              [](const Run& a, const Run& b) { return a.from + a.until < b.from + b.until; });
    drop_covered();
    explained_.assign(points_.size(), false);
    ends_.assign(runs_.size(), {0, 0});
    std::size_t begin = 0;
    for (std::size_t k = 0; k < runs_.size(); ++k) {
      if (k + 1 < runs_.size()) ends_[k] = boundary(runs_[k], runs_[k + 1], begin);
      std::size_t end = k + 1 < runs_.size() ? ends_[k].begin : runs_[k].until + 1;
      std::size_t from = std::max(begin, k == 0 ? runs_[k].from : begin);
      mark(runs_[k], from, end);
      begin = std::max(begin, end);
    }
  }

  void mark(Run& run, std::size_t from, std::size_t until) {
    LineCheck check(run.line, digits_, rounding_);
    run.rows = 0;
    note_scan(from, until);
    for (std::size_t i = from; i < until; ++i) {
      if (!check.explains(points_[i])) continue;
      explained_[i] = true;
      run.rows += points_[i].rows;
    }
  }

  // A run that explains hardly a point which the ones around it do not.
  void drop_covered() {
    std::vector<LineCheck> checks;
    for (const Run& run : runs_) checks.emplace_back(run.line, digits_, rounding_);
    for (std::size_t k = 0; k < runs_.size();) {
      std::size_t own = 0;
      for (std::size_t i = runs_[k].from; i <= runs_[k].until; ++i) {
        if (!checks[k].explains(points_[i])) continue;
        bool other = false;
        for (std::size_t m = k == 0 ? 0 : k - 1; m < std::min(runs_.size(), k + 2) && !other; ++m)
          other =
              m != k && i >= runs_[m].from && i <= runs_[m].until && checks[m].explains(points_[i]);
        own += other ? 0 : 1;
      }
      note_scan(runs_[k].from, runs_[k].until);
      if (own >= points_min) {
        ++k;
        continue;
      }
      runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(k));
      checks.erase(checks.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }

  // From which point on the next run explains more than the run; `begin` ... `until` of all points
  // at which that may be, with the same number explained.
  Cut boundary(const Run& run, const Run& next, std::size_t begin) {
    LineCheck mine(run.line, digits_, rounding_), its(next.line, digits_, rounding_);
    std::size_t low = std::max(begin, std::min(run.from, next.from));
    std::size_t high = std::max(run.until, next.until) + 1;
    std::int64_t gain = 0, most = 0;  // explained by the run up to here, less by the next
    Cut best{low, low};
    bool open = true;
    for (std::size_t i = low; i < high; ++i) {
      bool by_mine = i <= run.until && mine.explains(points_[i]);
      bool by_its = i >= next.from && its.explains(points_[i]);
      gain +=
          (by_mine ? points_[i].rows : 0) - static_cast<std::int64_t>(by_its ? points_[i].rows : 0);
      if (gain > most) {
        most = gain;
        best = {i + 1, i + 1};
        open = true;
      } else if (gain == most && open) {
        best.until = i + 1;
      } else {
        open = false;
      }
    }
    note_scan(low, high);
    return best;
  }

  // Points in a row that no run explains may be a piece that the sample did not show.
  void fit_what_is_left() {
    std::vector<std::pair<std::size_t, std::size_t>> gaps;
    std::size_t from = 0, explained_in_row = 0, open = 0;
    for (std::size_t i = 0; i <= points_.size(); ++i) {
      bool ends = i == points_.size();
      explained_in_row = !ends && explained_[i] ? explained_in_row + 1 : 0;
      if (!ends && !explained_[i]) {
        if (open == 0) from = i;
        ++open;
      }
      if (open == 0 || (!ends && explained_in_row < 3)) continue;
      std::size_t until = i + (ends ? 0 : 1) - explained_in_row;
      if (open >= points_min && open * 2 > until - from) gaps.emplace_back(from, until);
      open = 0;
    }
    for (const auto& [begin, until] : gaps) find_runs(begin, until, 1);
  }

  void drop_small_runs() {
    for (std::size_t k = 0; k < runs_.size();) {
      if (runs_[k].rows >= points_min) {
        ++k;
        continue;
      }
      runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(k));
      assign();
      k = 0;
    }
  }

  // ---- the result ------------------------------------------------------------------------------

  FeeFit result() {
    FeeFit fit;
    fit.rounding = rounding_;
    find_modes(fit);
    fit.explained.assign(points_.size(), false);
    std::size_t begin = 0;
    for (std::size_t k = 0; k < runs_.size(); ++k) {
      std::size_t end = k + 1 < runs_.size() ? ends_[k].begin : points_.size();
      if (k + 1 == runs_.size()) end = runs_[k].until + 1;
      FeePiece piece = piece_of(runs_[k], begin, end, fit.explained);
      if (k + 1 < runs_.size()) choose_bound(piece, ends_[k]);
      begin = std::max(begin, end);
      if (piece.rows > 0) fit.pieces.push_back(std::move(piece));
    }
    for (std::size_t i = 0; i < points_.size(); ++i)
      if (!fit.explained[i]) fit.outlier_rows += points_[i].rows;
    fit.cost = cost_of_fit(fit);
    return fit;
  }

  std::int64_t cost_of_fit(const FeeFit& fit) const {
    std::int64_t cost = row_cost * static_cast<std::int64_t>(fit.outlier_rows);
    for (const FeePiece& piece : fit.pieces) cost += piece_cost + cost_of(piece.line, digits_);
    if (!is_to_nearest(rounding_.mode)) cost += 2;
    if (rounding_.mode != RoundingMode::half_even) cost += 1;
    if (rounding_.quantum != fee_units) cost += 3;
    return cost;
  }

  // The mode itself, and of the others to the nearest those that explain as many rows.
  void find_modes(FeeFit& fit) {
    fit.modes = {rounding_.mode};
    if (!is_to_nearest(rounding_.mode)) return;
    std::size_t own = rows_by(rounding_.mode);
    for (RoundingMode mode : inferred_modes())
      if (mode != rounding_.mode && is_to_nearest(mode) && rows_by(mode) == own)
        fit.modes.push_back(mode);
  }

  std::size_t rows_by(RoundingMode mode) {
    std::size_t rows = 0, begin = 0;
    for (std::size_t k = 0; k < runs_.size(); ++k) {
      LineCheck check(runs_[k].line, digits_, {mode, rounding_.quantum});
      std::size_t end = k + 1 < runs_.size() ? ends_[k].begin : runs_[k].until + 1;
      for (std::size_t i = begin; i < end; ++i)
        rows += check.explains(points_[i]) ? points_[i].rows : 0;
      begin = std::max(begin, end);
    }
    note_scan(0, points_.size());
    return rows;
  }

  FeePiece piece_of(const Run& run, std::size_t from, std::size_t until,
                    std::vector<bool>& explained) {
    FeePiece piece;
    piece.line = run.line;
    LineCheck check(run.line, digits_, rounding_);
    LineRegion region;
    for (std::size_t i = from; i < until; ++i) {
      if (!check.explains(points_[i])) continue;
      explained[i] = true;
      if (piece.rows == 0) piece.first = points_[i].amount;
      piece.last = points_[i].amount;
      piece.rows += points_[i].rows;
      clip(region, points_[i], rounding_);
    }
    work_.spend(until > from ? until - from : 0);
    piece.percents = percents_of(region.slopes());
    piece.flats = flats_of(region.bases(), digits_);
    note_rows(piece, region, from, until, explained);
    return piece;
  }

  // The first and the last row of the piece, and those whose strips bound its lines.
  void note_rows(FeePiece& piece, const LineRegion& region, std::size_t from, std::size_t until,
                 const std::vector<bool>& explained) {
    constexpr std::size_t noted_max = 5;
    std::vector<std::int64_t> amounts = {piece.first, piece.last};
    for (std::int64_t amount : region.bounding_amounts()) amounts.push_back(amount);
    std::sort(amounts.begin() + 2, amounts.end());
    std::vector<std::int64_t> kept;
    for (std::int64_t amount : amounts) {
      if (kept.size() == noted_max) break;
      if (std::find(kept.begin(), kept.end(), amount) == kept.end()) kept.push_back(amount);
    }
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = from; i < until && !kept.empty(); ++i) {
      auto found = std::find(kept.begin(), kept.end(), points_[i].amount);
      if (!explained[i] || found == kept.end()) continue;
      piece.rests_on.push_back(points_[i].source);
      kept.erase(found);
    }
  }

  // The roundest amount at which the piece may end.
  void choose_bound(FeePiece& piece, const Cut& cut) {
    if (cut.begin == 0 || cut.begin >= points_.size()) return;
    std::size_t until = std::min(cut.until, points_.size() - 1);
    Decimal unit = Decimal::ten_to(-digits_);
    Decimal low = Decimal(points_[cut.begin - 1].amount) * unit;
    Decimal high = Decimal(points_[until].amount) * unit;  // the next piece's
    if (high == low) {                                     // two fees of one amount
      piece.bound = low;
      return;
    }
    std::vector<Decimal> inside = shortest_decimals(Rational(low), Rational(high - unit));
    std::vector<Decimal> with_next = shortest_decimals(Rational(low + unit), Rational(high));
    Decimal bound = inside.front(), next = with_next.front();
    piece.bound_is_next = count_digits(next) < count_digits(bound);
    piece.bound = piece.bound_is_next ? next : bound;
  }

  const std::vector<FeePoint>& points_;
  int digits_;
  FeeRounding rounding_;
  fees::Work& work_;
  std::vector<Run> runs_;
  std::vector<Cut> ends_;  // of each run but the last, once they are assigned
  std::vector<bool> explained_;
};

}  // namespace

// ---- fits
// ----------------------------------------------------------------------------------------

FeeFit FeeFitter::fit(const std::vector<FeePoint>& points, FeeRounding rounding) {
  return Fitter(points, digits_, rounding, work_).run();
}

// The minor unit; a greater one where nearly all fees are multiples of it; a finer one where many
// are not multiples of the minor unit.
std::vector<FeeRounding> FeeFitter::roundings_of(const std::vector<FeePoint>& points) {
  std::size_t all = 0;
  for (const FeePoint& point : points) all += point.rows;
  auto multiples = [&](std::int64_t quantum) {
    std::size_t rows = 0;
    for (const FeePoint& point : points) rows += point.fee % quantum == 0 ? point.rows : 0;
    return rows;
  };
  std::vector<std::int64_t> quanta = {fee_units};
  std::int64_t greatest = 0, finest = fee_units;
  for (std::int64_t quantum = fee_units * 5, k = 0; k < 12; ++k) {
    if (multiples(quantum) * 10 >= all * 9) greatest = quantum;
    quantum *= k % 2 == 0 ? 2 : 5;
  }
  while (finest > 1 && multiples(finest) * 10 < all * 9) finest /= 10;
  if (greatest > 0) quanta.push_back(greatest);
  if (finest < fee_units) quanta = {finest};
  std::vector<FeeRounding> roundings;
  for (std::int64_t quantum : quanta)
    for (RoundingMode mode : inferred_modes()) roundings.push_back({mode, quantum});
  return roundings;
}

FeeFit FeeFitter::fit_best(const std::vector<FeePoint>& points) {
  std::optional<FeeFit> best;
  for (FeeRounding rounding : roundings_of(points)) {
    FeeFit one = fit(points, rounding);
    if (!best || one.cost < best->cost) best = std::move(one);
  }
  return *std::move(best);
}

const FeePiece* piece_at(const FeeFit& fit, int digits, std::int64_t amount) {
  Decimal value = Decimal(amount) * Decimal::ten_to(-digits);
  for (const FeePiece& piece : fit.pieces)
    if (!piece.bound || (piece.bound_is_next ? value < *piece.bound : value <= *piece.bound))
      return &piece;
  return nullptr;
}

std::int64_t fee_at(const FeeFit& fit, int digits, std::int64_t amount) {
  const FeePiece* piece = piece_at(fit, digits, amount);
  ensure(piece != nullptr, "the last piece is open");
  Decimal value =
      Decimal(amount) * Decimal::ten_to(-digits) * piece->line.percent * Decimal::ten_to(-2) +
      piece->line.flat;
  Decimal unit = Decimal::of(fit.rounding.quantum, 4 + digits);
  std::optional<std::int64_t> fee =
      round(Rational(value), unit, fit.rounding.mode).minor_units(4 + digits);
  ensure(fee.has_value(), "a fee of an amount that was charged is within 64 bits");
  return *fee;
}

}  // namespace levy::inference
