#include "ledger/usage_log.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace levy::ledger {
namespace {

constexpr int microsecond = 1'000;        // in nanoseconds
constexpr std::size_t entries_kept = 32;  // before anything is forgotten
// No calendar reaches there, but the length of a rolling window may.
constexpr std::int64_t seconds_max =
    std::numeric_limits<std::int64_t>::max() / microseconds_a_second - 1;

bool is_whole(Instant time) { return time.nanoseconds % microsecond == 0; }

// So many entries lie before `edge`, or at it or before.
template <class Number>
std::size_t count(const RunningSums<Instant, Number>& sums, Instant edge, bool included) {
  return included ? sums.count_through(edge) : sums.count_before(edge);
}
template <class Number>
std::size_t count(const RunningSums<std::int64_t, Number>& sums, Instant edge, bool included) {
  std::int64_t time = microseconds_before(edge);
  return included || !is_whole(edge) ? sums.count_through(time) : sums.count_before(time);
}

template <class Sums>
auto sum_between(const Sums& sums, const Span& span) {
  auto until = sums.first(count(sums, span.until, span.until_included));
  return span.from ? until - sums.first(count(sums, *span.from, !span.from_included)) : until;
}

Instant at(const RunningSums<Instant, Rational>& sums, std::size_t i) { return sums[i].at; }
Instant at(const RunningSums<std::int64_t, std::int64_t>& sums, std::size_t i) {
  return instant_of(sums[i].at);
}

Rational value_of(std::int64_t units, int scale) { return Decimal::of(units, scale); }
Rational value_of(const Rational& value, int) { return value; }

std::optional<std::int64_t> units_of(const Rational& value, int scale) {
  return value.is_decimal() ? value.decimal().minor_units(scale) : std::nullopt;
}

std::vector<Instant> times_of(const RunningSums<Instant, Rational>&,
                              const std::vector<Instant>& instants) {
  return instants;
}
std::vector<std::int64_t> times_of(const RunningSums<std::int64_t, std::int64_t>&,
                                   const std::vector<Instant>& instants) {
  std::vector<std::int64_t> times;
  for (Instant instant : instants) times.push_back(microseconds_before(instant));
  return times;
}

}  // namespace

std::int64_t microseconds_before(Instant time) {
  std::int64_t seconds = std::clamp(time.seconds, -seconds_max, seconds_max);
  return seconds * microseconds_a_second + time.nanoseconds / microsecond;
}

std::optional<std::int64_t> microseconds_of(Instant time) {
  bool fits = is_whole(time) && time.seconds > -seconds_max && time.seconds < seconds_max;
  return fits ? std::optional(microseconds_before(time)) : std::nullopt;
}

Instant instant_of(std::int64_t time) {
  std::int64_t seconds = time / microseconds_a_second - (time % microseconds_a_second < 0 ? 1 : 0);
  return {seconds,
          static_cast<std::int32_t>((time - seconds * microseconds_a_second) * microsecond)};
}

Rational UsageLog::sum_in(const Span& span, int scale) const {
  return std::visit([&](const auto& sums) { return value_of(sum_between(sums, span), scale); },
                    entries_);
}

Rational UsageLog::sum(const LedgerMeter& meter, Instant time) const {
  return sum_in(meter.span(time), meter.scale());
}

Rational UsageLog::present_sum(const LedgerMeter& meter, Instant time) const {
  return sum_in(Span{meter.span(time).until, true, time, true}, meter.scale());
}

std::vector<UsageLog::Entry> UsageLog::entries_in(const LedgerMeter& meter, Instant time) const {
  Span now = meter.span(time);
  std::vector<Entry> entries;
  auto collect = [&](const auto& sums) {
    std::size_t end = count(sums, now.until, true);
    for (std::size_t i = count(sums, *now.from, true); i < end; ++i) {
      auto value = sums[i].sum - sums.first(i);
      entries.push_back({at(sums, i), value_of(value, meter.scale())});
    }
  };
  std::visit(collect, entries_);
  return entries;
}

std::vector<UsageLog::Entry> UsageLog::entries(const LedgerMeter& meter) const {
  std::vector<Entry> entries;
  auto collect = [&](const auto& sums) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      Rational value = value_of(sums[i].sum - sums.first(i), meter.scale());
      if (!value.is_zero()) entries.push_back({at(sums, i), std::move(value)});
    }
  };
  std::visit(collect, entries_);
  return entries;
}

std::vector<UsageLog::Entry> UsageLog::settled_entries(const LedgerMeter& meter,
                                                       Instant time) const {
  std::vector<Entry> entries;
  auto put = [&](Instant at, Rational value) {
    if (!value.is_zero()) entries.push_back({at, std::move(value)});
  };
  using Extent = Window::Extent;
  const Extent extent = meter.window().extent();
  if (extent == Extent::operation) return entries;
  if (extent == Extent::rolling) {
    for (Entry& entry : entries_in(meter, time)) put(entry.at, std::move(entry.value));
  }
  if (extent == Extent::everything) put(time, sum(meter, time));
  if (extent == Extent::period) put(meter.period(time).from, sum(meter, time));
  if (extent == Extent::previous_period) {
    put(meter.period(time).before, sum(meter, time));
    put(meter.period(time).from, present_sum(meter, time));
  }
  return entries;
}

std::vector<facts::Change> UsageLog::changes(const LedgerMeter& meter, Instant time) const {
  std::vector<facts::Change> changes;
  auto add = [&](Instant at, const Rational& by) {
    if (!changes.empty() && changes.back().at == at) {
      changes.back().by += by;
    } else {
      changes.push_back({at, by});
    }
  };
  if (meter.window().kind == Window::Kind::rolling) {
    for (const Entry& entry : entries_in(meter, time))
      add(*meter.leaves(entry.at, time), -entry.value);
  } else if (std::optional<Instant> next = meter.leaves(time, time)) {
    Rational leaving = sum(meter, time);
    bool previous = meter.window().kind == Window::Kind::previous;
    Rational entering = previous ? present_sum(meter, time) : Rational(0);
    add(*next, entering - leaving);
    if (previous) add(*meter.leaves(*next, *next), -entering);
  }
  std::erase_if(changes, [](const facts::Change& change) { return change.by.is_zero(); });
  return changes;
}

void UsageLog::add(const LedgerMeter& meter, Instant time, const Rational& value) {
  if (add_narrow(meter, time, value)) return;
  bool done = std::get<Wide>(entries_).insert(time, value).has_value();
  ensure(done, "every rational fits");
}

bool UsageLog::add_narrow(const LedgerMeter& meter, Instant time, const Rational& value) {
  Narrow* narrow = std::get_if<Narrow>(&entries_);
  if (narrow == nullptr) return false;
  std::optional<std::int64_t> units = units_of(value, meter.scale());
  if (units && is_whole(time) && narrow->insert(microseconds_before(time), *units)) return true;
  widen(meter.scale());
  return false;
}

void UsageLog::widen(int scale) {
  Narrow narrow = std::get<Narrow>(std::move(entries_));
  Wide wide;
  Rational before = 0;
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    Rational sum = value_of(narrow[i].sum, scale);
    wide.insert(instant_of(narrow[i].at), sum - before);
    before = std::move(sum);
  }
  entries_ = std::move(wide);
}

void UsageLog::make_room(const LedgerMeter& meter, Instant next, std::int64_t slack) {
  auto newest_where_full = [&](const auto& sums) -> std::optional<Instant> {
    if (sums.size() < entries_kept || !sums.is_full()) return std::nullopt;
    return at(sums, sums.size() - 1);
  };
  std::optional<Instant> newest = std::visit(newest_where_full, entries_);
  if (newest) forget(meter, Instant{std::min(newest->seconds - slack, next.seconds), 0});
}

void UsageLog::forget(const LedgerMeter& meter, Instant settled) {
  std::vector<Instant> points = meter.needed_from(settled);
  auto keep = [&](auto& sums) {
    sums.keep(sums.needed(times_of(sums, points)), !meter.is_lifetime());
  };
  std::visit(keep, entries_);
}

}  // namespace levy::ledger
