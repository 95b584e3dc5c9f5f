// RunningSums: what was counted over time, as cumulative sums, so that any window is a difference
// of two of them.
//
//   entries    (at 10, +5) (at 20, +3) (at 20, +1)        kept as 5, 8, 9
//   through(20) is 9, before(20) is 5; the window (10, 20] holds 9 - 5 = 4
//
// An entry may be put before others; the sums behind it then grow. Entries of one instant stay in
// the order in which they came. What no question will need is deleted without changing any other
// sum: that is all there is to forgetting the past.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "money/rational.h"

namespace levy::ledger {

// Does the sum fit its type?
inline bool add_into(std::int64_t& sum, std::int64_t value) {
  return !__builtin_add_overflow(sum, value, &sum);
}
inline bool add_into(Rational& sum, const Rational& value) {
  sum += value;
  return true;
}

// Which entries are kept: these, ascending, and all from `from` on.
struct Needed {
  std::vector<std::size_t> single;
  std::size_t from = 0;
  bool has_base = false;  // the first is before every window; only differences to it matter
};

template <class T>
void keep_only(std::vector<T>& entries, const Needed& needed) {
  auto end = entries.begin();
  for (std::size_t index : needed.single) *end++ = std::move(entries[index]);
  auto rest = entries.begin() + static_cast<std::ptrdiff_t>(needed.from);
  if (end == rest) return;
  entries.erase(std::move(rest, entries.end(), end), entries.end());
}

template <class Time, class Number>
class RunningSums {
 public:
  struct Entry {
    Time at;
    Number sum;  // of this entry and all before it
  };

  std::size_t size() const { return entries_.size(); }
  bool is_full() const { return entries_.size() == entries_.capacity(); }
  const Entry& operator[](std::size_t index) const { return entries_[index]; }

  // So many entries are before `at`; so many at it or before.
  std::size_t count_before(const Time& at) const {
    if (entries_.empty() || entries_.back().at < at) return size();
    auto found = std::lower_bound(entries_.begin(), entries_.end(), at,
                                  [](const Entry& entry, const Time& t) { return entry.at < t; });
    return static_cast<std::size_t>(found - entries_.begin());
  }
  std::size_t count_through(const Time& at) const {
    if (entries_.empty() || entries_.back().at <= at) return size();
    auto found = std::upper_bound(entries_.begin(), entries_.end(), at,
                                  [](const Time& t, const Entry& entry) { return t < entry.at; });
    return static_cast<std::size_t>(found - entries_.begin());
  }
  // The sum of the first so many entries.
  Number first(std::size_t count) const { return count == 0 ? Number(0) : entries_[count - 1].sum; }

  // Where it now stands; nothing, and nothing changed, where a sum does not fit its type.
  std::optional<std::size_t> insert(const Time& at, const Number& value) {
    std::size_t index = count_through(at);
    Number sum;
    for (std::size_t i = index; i < size(); ++i) {
      sum = entries_[i].sum;
      if (!add_into(sum, value)) return std::nullopt;
    }
    sum = first(index);
    if (!add_into(sum, value)) return std::nullopt;
    for (std::size_t i = index; i < size(); ++i) add_into(entries_[i].sum, value);
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(index), Entry{at, sum});
    return index;
  }

  // The entries needed to know the sums at and after the last of `points`, and just before each of
  // them (ascending).
  Needed needed(const std::vector<Time>& points) const {
    Needed needed;
    for (const Time& point : points) {
      std::size_t count = count_before(point);
      if (count > needed.from) needed.single.push_back(count - 1);
      needed.from = std::max(needed.from, count);
      if (&point == &points.front()) needed.has_base = count > 0;
    }
    return needed;
  }
  // Deletes all others. With `rebase`, only differences of sums are asked for from now on.
  void keep(const Needed& needed, bool rebase) {
    keep_only(entries_, needed);
    if (rebase && needed.has_base) {
      Number base = entries_.front().sum;
      for (Entry& entry : entries_) entry.sum = entry.sum - base;
    }
    if (size() > entries_.capacity() / 4 * 3) entries_.reserve(2 * entries_.capacity());
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace levy::ledger
