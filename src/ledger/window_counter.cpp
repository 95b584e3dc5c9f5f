#include "ledger/window_counter.h"

#include <algorithm>
#include <new>

namespace levy::ledger {
namespace {

constexpr std::uint32_t ring_capacity = 4;
constexpr std::size_t ring_chunk_words = std::size_t{1} << 16;

std::size_t ring_words(std::uint32_t capacity) {
  return (sizeof(UsageRing) + capacity * sizeof(UsageRing::Entry) + 7) / 8;
}

}  // namespace

// ---- rings -------------------------------------------------------------------------------------

UsageRing* RingStore::make(std::uint32_t capacity) {
  auto size = static_cast<std::size_t>(__builtin_ctz(capacity));
  if (spare_.size() <= size) spare_.resize(size + 1);
  if (!spare_[size].empty()) {
    UsageRing* ring = spare_[size].back();
    spare_[size].pop_back();
    return ring;
  }
  std::size_t words = ring_words(capacity);
  if (used_ + words > room_) {
    room_ = std::max(words, ring_chunk_words);
    chunks_.push_back(std::make_unique<std::uint64_t[]>(room_));
    used_ = 0;
  }
  auto* ring = new (chunks_.back().get() + used_) UsageRing{0, 0, capacity, 0};
  used_ += words;
  return ring;
}

UsageRing* RingStore::grown(UsageRing* ring) {
  if (ring == nullptr) return make(ring_capacity);
  UsageRing* larger = make(2 * ring->capacity);
  larger->first = 0;
  larger->count = ring->count;
  for (std::uint32_t i = 0; i < ring->count; ++i) larger->entries()[i] = (*ring)[i];
  ring->first = ring->count = 0;
  spare_[static_cast<std::size_t>(__builtin_ctz(ring->capacity))].push_back(ring);
  return larger;
}

// ---- counters ----------------------------------------------------------------------------------

namespace {

// The last microsecond that a rolling window at `at` does not hold; none: it reaches back without
// end.
std::optional<std::int64_t> start_of(const Window& rolling, std::int64_t at) {
  std::int64_t start = 0;
  bool overflows = __builtin_mul_overflow(rolling.seconds, microseconds_a_second, &start) ||
                   __builtin_sub_overflow(at, start, &start);
  return overflows ? std::nullopt : std::optional(start);
}

std::int64_t microseconds_at(Instant whole_second) {
  return whole_second.seconds * microseconds_a_second;
}

}  // namespace

std::int64_t WindowCounter::read(const LedgerMeter& meter, Instant time, std::int64_t at) const {
  switch (meter.window().extent()) {
    case Window::Extent::operation:
    case Window::Extent::everything:
      return sum;
    case Window::Extent::rolling: {
      if (ring == nullptr) return 0;
      std::int64_t rest = sum;
      std::optional<std::int64_t> start = start_of(meter.window(), at);
      for (std::uint32_t i = 0; start && i < ring->count && (*ring)[i].at <= *start; ++i)
        rest -= (*ring)[i].value;
      return rest;
    }
    case Window::Extent::previous_period:
      if (at < edge) return before;
      return microseconds_at(meter.period(time).from) == edge ? sum : 0;
    case Window::Extent::period:
      return at < edge ? sum : 0;
  }
  ensure(false, "a window has one of the extents above");
  return 0;
}

void WindowCounter::settle(const LedgerMeter& meter, Instant time, std::int64_t at) {
  switch (meter.window().extent()) {
    case Window::Extent::operation:
    case Window::Extent::everything:
      return;
    case Window::Extent::rolling: {
      if (ring == nullptr) return;
      std::optional<std::int64_t> start = start_of(meter.window(), at);
      while (start && ring->count > 0 && ring->front().at <= *start) {
        sum -= ring->front().value;
        ring->drop();
      }
      return;
    }
    case Window::Extent::previous_period:
    case Window::Extent::period:
      if (at < edge) return;
      before = read(meter, time, at);
      sum = 0;
      edge = microseconds_at(meter.period(time).until);
  }
}

void WindowCounter::add(const LedgerMeter& meter, std::int64_t at, std::int64_t value,
                        RingStore& rings) {
  sum += value;
  if (meter.window().kind != Window::Kind::rolling) return;
  if (ring == nullptr || ring->count == ring->capacity) ring = rings.grown(ring);
  ring->push({at, value});
}

// ---- logs --------------------------------------------------------------------------------------

bool WindowCounter::take(const LedgerMeter& meter, const UsageLog& log, Instant time,
                         RingStore& rings) {
  *this = WindowCounter();
  auto in_units = [&](const Rational& value) {
    return value.is_decimal() ? value.decimal().minor_units(meter.scale()) : std::nullopt;
  };
  if (meter.window().kind == Window::Kind::rolling) {
    for (const UsageLog::Entry& entry : log.entries_in(meter, time)) {
      std::optional<std::int64_t> value = in_units(entry.value), at = microseconds_of(entry.at);
      if (!value || !at || !has_room(*value)) return false;
      add(meter, *at, *value, rings);
    }
    return true;
  }
  std::optional<std::int64_t> now = in_units(log.sum(meter, time));
  if (!now) return false;
  sum = *now;
  if (meter.window().kind == Window::Kind::lifetime) return true;
  edge = microseconds_at(meter.period(time).until);
  if (meter.window().kind != Window::Kind::previous) return true;
  std::optional<std::int64_t> present = in_units(log.present_sum(meter, time));
  if (!present) return false;
  before = *now;
  sum = *present;
  return true;
}

void WindowCounter::give(const LedgerMeter& meter, UsageLog& log, Instant time) {
  std::int64_t at = microseconds_before(time);
  settle(meter, time, at);
  std::int64_t now = read(meter, time, at);
  auto put = [&](Instant when, std::int64_t value) {
    if (value != 0) log.add(meter, when, Decimal::of(value, meter.scale()));
  };
  switch (meter.window().extent()) {
    case Window::Extent::operation:
      return;
    case Window::Extent::everything:
      return put(time, now);
    case Window::Extent::rolling:
      for (std::uint32_t i = 0; ring != nullptr && i < ring->count; ++i)
        put(instant_of((*ring)[i].at), (*ring)[i].value);
      return;
    case Window::Extent::previous_period:
      put(meter.period(time).before, now);
      return put(meter.period(time).from, sum);
    case Window::Extent::period:
      return put(meter.period(time).from, now);
  }
}

}  // namespace levy::ledger
