#include "batch/trail.h"

#include <algorithm>
#include <utility>

namespace levy {
namespace {

constexpr std::int64_t second = 1'000'000;  // in microseconds
constexpr int microsecond = 1'000;          // in nanoseconds
constexpr std::size_t entries_kept = 32;    // before anything is forgotten
// No calendar reaches there, but the length of a rolling window may.
constexpr std::int64_t seconds_max = std::numeric_limits<std::int64_t>::max() / second - 1;

// The last whole microsecond at or before it.
std::int64_t microseconds(Instant time) {
  std::int64_t seconds = std::clamp(time.seconds, -seconds_max, seconds_max);
  return seconds * second + time.nanoseconds / microsecond;
}

bool is_whole(Instant time) { return time.nanoseconds % microsecond == 0; }

Instant instant(std::int64_t time) {
  std::int64_t seconds = time / second - (time % second < 0 ? 1 : 0);
  return {seconds, static_cast<std::int32_t>((time - seconds * second) * microsecond)};
}

// So many entries lie before `edge`, or at it or before.
template <class Number>
std::size_t count(const RunningSums<Instant, Number>& sums, Instant edge, bool included) {
  return included ? sums.count_through(edge) : sums.count_before(edge);
}
template <class Number>
std::size_t count(const RunningSums<std::int64_t, Number>& sums, Instant edge, bool included) {
  std::int64_t time = microseconds(edge);
  return included || !is_whole(edge) ? sums.count_through(time) : sums.count_before(time);
}

template <class Sums>
auto sum_in(const Sums& sums, const Span& span) {
  auto until = sums.first(count(sums, span.until, span.until_included));
  return span.from ? until - sums.first(count(sums, *span.from, !span.from_included)) : until;
}

Instant at(const RunningSums<Instant, Rational>& sums, std::size_t i) { return sums[i].at; }
Instant at(const RunningSums<std::int64_t, std::int64_t>& sums, std::size_t i) {
  return instant(sums[i].at);
}

Rational value_of(std::int64_t units, int scale) { return Decimal::of(units, scale); }
Rational value_of(const Rational& value, int) { return value; }

std::optional<std::int64_t> units_of(const Rational& value, int scale) {
  return value.is_decimal() ? value.decimal().minor_units(scale) : std::nullopt;
}

// From the entry on: an operation uses the allowance if it fits whole into what is left of it at
// its own time.
template <class Entries>
void replay(Entries& entries, const LedgerMeter& meter, std::size_t from) {
  auto& sums = entries.sums;
  for (std::size_t i = from; i < sums.size(); ++i) {
    Span span = meter.span(at(sums, i));
    auto used = sums.first(i);
    if (span.from) used = used - sums.first(count(sums, *span.from, !span.from_included));
    const auto& offered = entries.offered[i];
    bool fits =
        value_of(used, meter.scale()) + value_of(offered, meter.scale()) <= *meter.allowance();
    sums.replace(i, fits ? offered : offered - offered);
  }
}

// False, and nothing changed: a sum does not fit its type.
template <class Entries, class Time, class Number>
bool insert(Entries& entries, const LedgerMeter& meter, const Time& time, const Number& value) {
  if (!meter.is_whole()) return entries.sums.insert(time, value).has_value();
  std::size_t index = entries.sums.count_through(time);
  auto place = entries.offered.begin() + static_cast<std::ptrdiff_t>(index);
  Number most = entries.sums.first(index);
  bool fits = add_into(most, value) &&
              std::all_of(place, entries.offered.end(),
                          [&](const Number& offered) { return add_into(most, offered); });
  if (!fits) return false;
  entries.offered.insert(place, value);
  entries.sums.insert(time, Number(0));
  replay(entries, meter, index);
  return true;
}

std::vector<Instant> times_of(const RunningSums<Instant, Rational>&,
                              const std::vector<Instant>& instants) {
  return instants;
}
std::vector<std::int64_t> times_of(const RunningSums<std::int64_t, std::int64_t>&,
                                   const std::vector<Instant>& instants) {
  std::vector<std::int64_t> times;
  for (Instant instant : instants) times.push_back(microseconds(instant));
  return times;
}

}  // namespace

Rational Trail::sum(const LedgerMeter& meter, Instant time) const {
  Span span = meter.span(time);
  return std::visit(
      [&](const auto& entries) { return value_of(sum_in(entries.sums, span), meter.scale()); },
      entries_);
}

void Trail::add(const LedgerMeter& meter, Instant time, const Rational& value) {
  if (add_narrow(meter, time, value)) return;
  bool done = insert(std::get<Wide>(entries_), meter, time, value);
  ensure(done, "every rational fits");
}

bool Trail::add_narrow(const LedgerMeter& meter, Instant time, const Rational& value) {
  Narrow* narrow = std::get_if<Narrow>(&entries_);
  if (narrow == nullptr) return false;
  std::optional<std::int64_t> units = units_of(value, meter.scale());
  if (units && is_whole(time) && insert(*narrow, meter, microseconds(time), *units)) return true;
  widen(meter.scale());
  return false;
}

void Trail::widen(int scale) {
  Narrow narrow = std::get<Narrow>(std::move(entries_));
  Wide wide;
  Rational before = 0;
  for (std::size_t i = 0; i < narrow.sums.size(); ++i) {
    Rational sum = value_of(narrow.sums[i].sum, scale);
    wide.sums.insert(instant(narrow.sums[i].at), sum - before);
    before = std::move(sum);
  }
  for (std::int64_t offered : narrow.offered) wide.offered.push_back(value_of(offered, scale));
  entries_ = std::move(wide);
}

void Trail::make_room(const LedgerMeter& meter, Instant next, std::int64_t slack) {
  auto newest_where_full = [&](const auto& entries) -> std::optional<Instant> {
    const auto& sums = entries.sums;
    if (sums.size() < entries_kept || !sums.is_full()) return std::nullopt;
    return at(sums, sums.size() - 1);
  };
  std::optional<Instant> newest = std::visit(newest_where_full, entries_);
  if (newest) forget(meter, Instant{std::min(newest->seconds - slack, next.seconds), 0});
}

void Trail::forget(const LedgerMeter& meter, Instant settled) {
  std::vector<Instant> points = meter.needed_from(settled);
  auto keep = [&](auto& entries) {
    Needed needed = entries.sums.needed(times_of(entries.sums, points));
    if (needed.missing() > 0) settled_ = std::max(settled_, settled.seconds);
    if (meter.is_whole()) keep_only(entries.offered, needed);
    entries.sums.keep(needed, !meter.is_lifetime());
  };
  std::visit(keep, entries_);
}

}  // namespace levy
