#include "inference/fee_cells.h"

#include <algorithm>
#include <map>
#include <optional>

namespace levy::inference {

int digits_of(const std::string& currency) { return find_iso_digits(currency).value_or(2); }

std::vector<FeePoint> points_of(const Observed& observed,
                                const std::vector<std::uint32_t>& members) {
  std::vector<FeePoint> all;
  for (std::uint32_t member : members) {
    const Observation& one = observed.all[member];
    all.push_back({one.amount, one.fee, one.rows, member});
  }
  std::stable_sort(all.begin(), all.end(), [](const FeePoint& a, const FeePoint& b) {
    return a.amount < b.amount || (a.amount == b.amount && a.fee < b.fee);
  });
  std::vector<FeePoint> points;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t first = points.size();
    std::uint32_t most = 0;
    std::size_t k = i;
    for (; k < all.size() && all[k].amount == all[i].amount; ++k) {
      if (points.size() > first && points.back().fee == all[k].fee)
        points.back().rows += all[k].rows;
      else
        points.push_back(all[k]);
      most = std::max(most, points.back().rows);
    }
    auto begin = points.begin() + static_cast<std::ptrdiff_t>(first);
    std::stable_sort(begin, points.end(),
                     [](const FeePoint& a, const FeePoint& b) { return a.rows > b.rows; });
    constexpr std::size_t kept_max = 2;
    while (points.size() > first + kept_max || points.back().rows * 2 < most) points.pop_back();
    i = k;
  }
  return points;
}

namespace {

using Members = std::vector<std::uint32_t>;

constexpr std::size_t sample_max = 900, value_sample_max = 250, settled_max = 5000, depth_max = 6;
constexpr std::int64_t row_weight = 10, group_weight = 5, gain_min = 15;

std::size_t count_rows(const Observed& observed, const Members& members) {
  std::size_t rows = 0;
  for (std::uint32_t member : members) rows += observed.all[member].rows;
  return rows;
}

Members evenly(const Members& members, std::size_t count) {
  if (members.size() <= count) return members;
  Members some;
  for (std::size_t i = 0; i < count; ++i) some.push_back(members[i * members.size() / count]);
  return some;
}

// A fit made ready to be asked about many points.
class FitCheck {
 public:
  FitCheck(const FeeFit& fit, int digits) {
    for (const FeePiece& piece : fit.pieces) {
      std::int64_t last = INT64_MAX;
      if (piece.bound) last = *piece.bound->minor_units(digits) - (piece.bound_is_next ? 1 : 0);
      pieces_.emplace_back(last, LineCheck(piece.line, digits, fit.rounding));
    }
  }

  bool explains(const FeePoint& point) const {
    for (const auto& [last, check] : pieces_)
      if (point.amount <= last) return check.explains(point);
    return false;
  }

 private:
  std::vector<std::pair<std::int64_t, LineCheck>> pieces_;  // the last amount of each
};

// Values of one attribute that are charged alike.
struct ValueGroup {
  std::vector<std::uint16_t> values;
  Members members;
  std::optional<FeeFit> fit;
};

struct Split {
  std::size_t column = 0;
  std::vector<ValueGroup> groups;
  std::int64_t cost = 0;
};

class CellFinder {
 public:
  CellFinder(const Observed& observed, fees::Work& work) : observed_(observed), work_(work) {}

  std::vector<FeeCell> run() {
    std::map<std::pair<std::string, std::string>, Members> kinds;
    for (std::uint32_t i = 0; i < observed_.all.size(); ++i) {
      std::uint32_t combination = observed_.all[i].combination;
      kinds[{observed_.value(combination, "operation"), observed_.value(combination, "currency")}]
          .push_back(i);
    }
    std::vector<FeeCell> cells;
    for (auto& [kind, members] : kinds) {
      digits_ = digits_of(kind.second);
      std::stable_sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
        return observed_.all[a].amount < observed_.all[b].amount;
      });
      std::size_t first = cells.size();
      FeeCell root;
      root.operation = kind.first;
      root.currency = kind.second;
      root.members = std::move(members);
      divide(std::move(root), 0, cells);
      settle(cells, first);
    }
    return cells;
  }

 private:
  FeeFitter fitter() { return FeeFitter(digits_, work_); }

  // ---- attributes ------------------------------------------------------------------------------

  void divide(FeeCell cell, std::size_t depth, std::vector<FeeCell>& cells) {
    Members sample = evenly(cell.members, sample_max);
    FeeFit merged = fitter().fit_best(points_of(observed_, sample));
    std::int64_t cost = cost_of(merged, sample);
    std::optional<Split> best;
    if (depth < depth_max && cost > gain_min + 40)
      for (std::size_t column = 0; column < observed_.columns.size(); ++column) {
        if (!can_divide(column, cell) || work_.is_done()) continue;
        Split split = split_by(column, sample, merged.rounding);
        if (split.groups.size() < 2 || split.cost + gain_min > cost) continue;
        if (!best || split.cost < best->cost) best = std::move(split);
      }
    if (!best) best = split_off_rare(cell, merged, depth);
    if (!best) {
      cell.fit = std::move(merged);
      cells.push_back(std::move(cell));
      return;
    }
    for (const ValueGroup& group : groups_of(*best, cell)) {
      FeeCell part = cell;
      part.members = group.members;
      tables::PriceTest test{observed_.columns[best->column].name, false, {}};
      for (std::uint16_t value : group.values)
        test.values.push_back(observed_.columns[best->column].values[value]);
      part.tests.push_back(std::move(test));
      divide(std::move(part), depth + 1, cells);
    }
  }

  // Rows that are not explained, and what the pieces cost.
  std::int64_t cost_of(const FeeFit& fit, const Members& members) {
    return fit.cost - row_weight * static_cast<std::int64_t>(fit.outlier_rows) +
           row_weight * static_cast<std::int64_t>(unexplained(fit, members));
  }

  std::size_t unexplained(const FeeFit& fit, const Members& members) {
    std::size_t rows = 0;
    FitCheck check(fit, digits_);
    for (std::uint32_t member : members) {
      const Observation& one = observed_.all[member];
      if (!check.explains({one.amount, one.fee, one.rows, member})) rows += one.rows;
    }
    work_.spend(members.size() / 8 + 1);
    return rows;
  }

  bool can_divide(std::size_t column, const FeeCell& cell) const {
    const ObservedColumn& one = observed_.columns[column];
    bool used = std::any_of(cell.tests.begin(), cell.tests.end(),
                            [&](const tables::PriceTest& test) { return test.name == one.name; });
    return !used && !one.dropped && one.values.size() > 1 && one.name != "operation" &&
           one.name != "currency";
  }

  std::uint16_t value_of(std::uint32_t member, std::size_t column) const {
    return observed_.combinations[observed_.all[member].combination][column];
  }

  std::vector<ValueGroup> by_value(std::size_t column, const Members& members) const {
    std::map<std::uint16_t, Members> parts;
    for (std::uint32_t member : members) parts[value_of(member, column)].push_back(member);
    std::vector<ValueGroup> values;
    for (auto& [value, own] : parts) values.push_back({{value}, std::move(own), std::nullopt});
    std::stable_sort(values.begin(), values.end(), [](const ValueGroup& a, const ValueGroup& b) {
      return a.members.size() > b.members.size();
    });
    return values;
  }

  // Values, those with the most rows first, each to the group that explains it, or to a new one.
  Split split_by(std::size_t column, const Members& sample, FeeRounding rounding) {
    Split split;
    split.column = column;
    for (ValueGroup& value : by_value(column, sample)) {
      Members some = evenly(value.members, value_sample_max);
      ValueGroup* home = home_of(split.groups, some);
      std::int64_t left =
          home == nullptr ? 0
                          : row_weight * static_cast<std::int64_t>(unexplained(*home->fit, some));
      // A group of its own may be worth its price although most of its rows are explained.
      if (some.size() >= 3 && (home == nullptr || left > 2 * row_weight)) {
        std::vector<FeePoint> points = points_of(observed_, some);
        value.fit =
            split.groups.empty() ? fitter().fit_best(points) : fitter().fit(points, rounding);
        if (home == nullptr || cost_of(*value.fit, some) + group_weight < left) {
          if (split.groups.empty()) rounding = value.fit->rounding;
          split.groups.push_back(std::move(value));
          continue;
        }
      }
      if (home == nullptr && split.groups.empty()) break;
      if (home == nullptr) home = &split.groups.front();
      home->values.push_back(value.values.front());
      home->members.insert(home->members.end(), value.members.begin(), value.members.end());
    }
    for (const ValueGroup& group : split.groups)
      split.cost += cost_of(*group.fit, group.members) + group_weight;
    return split;
  }

  // The group that leaves the fewest of the rows, and at most a fifth of them.
  ValueGroup* home_of(std::vector<ValueGroup>& groups, const Members& members) {
    ValueGroup* home = nullptr;
    std::size_t rows = count_rows(observed_, members), fewest = rows;
    for (ValueGroup& group : groups) {
      std::size_t left = unexplained(*group.fit, members);
      if (left * 5 <= rows && left < fewest) home = &group, fewest = left;
    }
    return home;
  }

  // Values of which most rows are not explained, where most of the others are: too rare to be seen
  // in a sample.
  std::optional<Split> split_off_rare(const FeeCell& cell, const FeeFit& fit, std::size_t depth) {
    if (depth >= depth_max || fit.pieces.empty()) return std::nullopt;
    for (std::size_t column = 0; column < observed_.columns.size(); ++column) {
      if (!can_divide(column, cell) || work_.is_done()) continue;
      Split split;
      split.column = column;
      split.groups.resize(2);
      std::size_t left_of_rest = 0, rows_of_rest = 0, rare = 0;
      for (const ValueGroup& value : by_value(column, cell.members)) {
        std::size_t rows = count_rows(observed_, value.members);
        std::size_t left = unexplained(fit, value.members);
        bool apart = left * 5 >= rows * 3 && left >= 3;
        if (apart) rare += left;
        if (!apart) left_of_rest += left, rows_of_rest += rows;
        split.groups[apart ? 1 : 0].values.push_back(value.values.front());
      }
      if (rare > 0 && !split.groups[0].values.empty() && left_of_rest * 3 < rows_of_rest)
        return split;
    }
    return std::nullopt;
  }

  // The same groups of all rows of the cell. A value that the sample did not have is where it is
  // explained, else with the first.
  std::vector<ValueGroup> groups_of(const Split& split, const FeeCell& cell) {
    std::vector<ValueGroup> groups(split.groups.size());
    for (ValueGroup& value : by_value(split.column, cell.members)) {
      std::size_t home = split.groups.size();
      for (std::size_t g = 0; g < split.groups.size(); ++g) {
        const std::vector<std::uint16_t>& values = split.groups[g].values;
        if (std::find(values.begin(), values.end(), value.values.front()) != values.end()) home = g;
      }
      if (home == split.groups.size()) home = explained_in(split, value.members);
      groups[home].values.push_back(value.values.front());
      groups[home].members.insert(groups[home].members.end(), value.members.begin(),
                                  value.members.end());
    }
    for (ValueGroup& group : groups) {
      std::sort(group.values.begin(), group.values.end());
      std::stable_sort(group.members.begin(), group.members.end(),
                       [&](std::uint32_t a, std::uint32_t b) {
                         return observed_.all[a].amount < observed_.all[b].amount;
                       });
    }
    std::erase_if(groups, [](const ValueGroup& group) { return group.members.empty(); });
    return groups;
  }

  std::size_t explained_in(const Split& split, const Members& members) {
    for (std::size_t g = 0; g < split.groups.size(); ++g)
      if (split.groups[g].fit &&
          unexplained(*split.groups[g].fit, members) * 5 <= count_rows(observed_, members))
        return g;
    return 0;
  }

  // ---- rounding --------------------------------------------------------------------------------

  // One way of rounding for all cells of an operation, and each fitted to all its rows.
  void settle(std::vector<FeeCell>& cells, std::size_t first) {
    std::vector<FeeRounding> roundings;
    for (RoundingMode mode : inferred_modes()) {
      for (std::size_t i = first; i < cells.size(); ++i) {
        FeeRounding one{mode, cells[i].fit.rounding.quantum};
        if (std::find(roundings.begin(), roundings.end(), one) == roundings.end())
          roundings.push_back(one);
      }
    }
    FeeRounding best = cheapest(cells, first, roundings);
    std::map<RoundingMode, std::size_t> modes;
    for (std::size_t i = first; i < cells.size(); ++i) {
      FeeCell& cell = cells[i];
      cell.points = points_of(observed_, cell.members);
      cell.fit = fitter().fit(cell.points, best);
      cell.has_too_little = cell.fit.pieces.empty();
      for (RoundingMode mode : cell.fit.modes) ++modes[mode];
    }
    // Of the modes that are not the chosen one, those that all cells allow.
    for (std::size_t i = first; i < cells.size(); ++i)
      std::erase_if(cells[i].fit.modes,
                    [&](RoundingMode mode) { return modes[mode] != cells.size() - first; });
  }

  FeeRounding cheapest(const std::vector<FeeCell>& cells, std::size_t first,
                       const std::vector<FeeRounding>& roundings) {
    std::optional<FeeRounding> best;
    std::int64_t least = 0;
    for (FeeRounding rounding : roundings) {
      std::int64_t cost = 0;
      for (std::size_t i = first; i < cells.size(); ++i)
        cost += fitter()
                    .fit(points_of(observed_, evenly(cells[i].members, settled_max)), rounding)
                    .cost;
      if (!best || cost < least) best = rounding, least = cost;
    }
    return *best;
  }

  const Observed& observed_;
  fees::Work& work_;
  int digits_ = 2;
};

}  // namespace

std::vector<FeeCell> find_fee_cells(const Observed& observed, fees::Work& work) {
  return CellFinder(observed, work).run();
}

}  // namespace levy::inference
