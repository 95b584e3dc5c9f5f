#include "analysis/limit_relations.h"

#include <algorithm>

#include "schedule/conditions.h"

namespace levy {
namespace {

using WindowKind = Window::Kind;

constexpr std::int64_t hour = 3600, day = 24 * hour;

// Does `known` make sure that `wanted` holds?
bool implies(const Condition& known, const Condition& wanted) {
  if (known.subject != wanted.subject || known.name != wanted.name) return false;
  if (known.subject == Condition::Subject::attribute) {
    auto among = [](const std::vector<std::string>& values, const std::string& value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (known.negated) {
      return wanted.negated && std::all_of(wanted.values.begin(), wanted.values.end(),
                                           [&](const auto& v) { return among(known.values, v); });
    }
    return std::all_of(known.values.begin(), known.values.end(), [&](const auto& value) {
      return among(wanted.values, value) != wanted.negated;
    });
  }
  if (known.negated || known.range || known.figures.size() != 1 || !known.figures.front().number)
    return false;
  return holds_for(wanted, Rational(*known.figures.front().number), Currency()).value_or(false);
}

bool implies(const std::optional<When>& known, const std::optional<When>& wanted) {
  if (!wanted) return true;
  return std::all_of(wanted->conditions.begin(), wanted->conditions.end(), [&](const auto& one) {
    return known && std::any_of(known->conditions.begin(), known->conditions.end(),
                                [&](const Condition& other) { return implies(other, one); });
  });
}

// In seconds; 0: without bound.
std::int64_t longest(const Window& window) {
  switch (window.kind) {
    case WindowKind::transaction:
      return 1;
    case WindowKind::day:
    case WindowKind::day_from:
      return day + hour;
    case WindowKind::week:
    case WindowKind::week_from:
      return 7 * day + hour;
    case WindowKind::month:
    case WindowKind::month_from:
      return 31 * day + hour;
    case WindowKind::quarter:
      return 92 * day + hour;
    case WindowKind::year:
    case WindowKind::year_from:
      return 366 * day + hour;
    case WindowKind::lifetime:
      return 0;
    case WindowKind::previous:
      return longest(Window{window.period});
    case WindowKind::rolling:
      return window.seconds;
  }
  return 0;
}

std::int64_t shortest(const Window& window) {
  switch (window.kind) {
    case WindowKind::day:
    case WindowKind::day_from:
      return day - hour;
    case WindowKind::week:
    case WindowKind::week_from:
      return 7 * day - hour;
    case WindowKind::month:
    case WindowKind::month_from:
      return 28 * day - hour;
    case WindowKind::quarter:
      return 90 * day - hour;
    case WindowKind::year:
    case WindowKind::year_from:
      return 365 * day - hour;
    case WindowKind::rolling:
      return window.seconds;
    case WindowKind::transaction:
    case WindowKind::lifetime:
    case WindowKind::previous:
      return 0;
  }
  return 0;
}

int window_rank(WindowKind kind) {
  const WindowKind order[] = {WindowKind::day, WindowKind::month, WindowKind::quarter,
                              WindowKind::year};
  auto found = std::find(std::begin(order), std::end(order), kind);
  return found == std::end(order) ? -1 : static_cast<int>(found - std::begin(order));
}

// Of calendar periods that nest: how many of the one make up the other.
std::optional<int> nested(WindowKind whole, WindowKind part) {
  if (whole == WindowKind::week && part == WindowKind::day) return 7;
  constexpr int parts[4][4] = {{1, 0, 0, 0}, {31, 1, 0, 0}, {92, 3, 1, 0}, {366, 12, 4, 1}};
  if (window_rank(whole) < 0 || window_rank(part) < 0 || window_rank(part) > window_rank(whole))
    return std::nullopt;
  return parts[window_rank(whole)][window_rank(part)];
}

}  // namespace

bool counts_at_least(const Meter& wide, const Meter& narrow) {
  if (wide.counts || narrow.counts) return false;  // what they apply to is not what they count
  bool parts = std::all_of(wide.per.begin(), wide.per.end(), [&](const std::string& name) {
    return std::find(narrow.per.begin(), narrow.per.end(), name) != narrow.per.end();
  });
  if (!parts) return false;
  bool all = !wide.operations || wide.operations->empty();
  if (!all) {
    if (!narrow.operations || narrow.operations->empty()) return false;
    all = std::all_of(narrow.operations->begin(), narrow.operations->end(),
                      [&](const std::string& name) { return concerns(*wide.operations, name); });
  }
  return all && implies(narrow.when, wide.when);
}

bool is_within(const Window& narrow, const Window& wide, bool zone_shifts) {
  if (narrow == wide || wide.kind == WindowKind::lifetime) return true;
  if (narrow.kind == WindowKind::lifetime || narrow.kind == WindowKind::previous) return false;
  if (wide.kind == WindowKind::previous || wide.kind == WindowKind::transaction) return false;
  if (narrow.kind == WindowKind::transaction) return true;
  if (narrow.kind == WindowKind::rolling)
    return wide.kind == WindowKind::rolling && narrow.seconds <= wide.seconds;
  if (wide.kind == WindowKind::rolling)
    return longest(narrow) - (zone_shifts ? 0 : hour) <= wide.seconds;
  if (wide.kind == WindowKind::year_from)
    return narrow.kind == WindowKind::day || (narrow.kind == WindowKind::month && wide.day == 1);
  return nested(wide.kind, narrow.kind).has_value();
}

std::optional<Decimal> windows_in(const Window& whole, const Window& part, bool zone_shifts) {
  if (is_within(whole, part, zone_shifts)) return Decimal(1);
  Window plain = whole.kind == WindowKind::previous ? Window{whole.period} : whole;
  if (is_within(plain, part, zone_shifts)) return Decimal(1);
  if (std::optional<int> count = nested(plain.kind, part.kind)) return Decimal(*count);
  std::int64_t all = longest(plain), each = shortest(part);
  if (all == 0 || each == 0) return std::nullopt;
  std::int64_t count = (all + each - 1) / each;
  return Decimal(part.kind == WindowKind::rolling ? count : count + 1);
}

std::optional<Rational> bound_in(const std::optional<Bounds>& bounds, const std::string& tier) {
  if (!bounds) return std::nullopt;
  for (const auto& [name, figure] : bounds->figures) {
    if (bounds->by_tier && name != tier) continue;
    if (!figure) return std::nullopt;
    return figure->number ? Rational(*figure->number) : figure->money.front().amount;
  }
  return std::nullopt;
}

std::string bound_words(const Rational& value, const Meter& meter, const Schedule& schedule) {
  return meter.currency.empty() ? value.to_string()
                                : to_string(Money{value, meter.currency}, schedule.currencies);
}

}  // namespace levy
