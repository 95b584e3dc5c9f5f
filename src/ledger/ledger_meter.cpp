#include "ledger/ledger_meter.h"

#include <algorithm>

#include "schedule/same_meter.h"

namespace levy::ledger {
namespace {

constexpr int quantity_places = 4;

int scale_of(const facts::Counter& counter, const Currencies& currencies) {
  const schedule::Meter& meter = *counter.use.meter;
  if (meter.measure == schedule::Meter::Measure::count) return 0;
  if (counter.use.currency.empty()) return quantity_places;
  return currencies.digits(counter.use.currency);
}

Window calendar_of(const Window& window) {
  return window.kind == Window::Kind::previous ? Window{window.period} : window;
}

std::vector<std::string> sorted_operations(const facts::Counter& counter) {
  if (counter.operations == nullptr) return {};
  std::vector<std::string> operations = *counter.operations;
  std::sort(operations.begin(), operations.end());
  return operations;
}

bool same_conditions(const schedule::When* a, const schedule::When* b) {
  bool a_always = a == nullptr || a->conditions.empty();
  bool b_always = b == nullptr || b->conditions.empty();
  if (a_always || b_always) return a_always == b_always;
  return schedule::same_when(*a, *b);
}

std::vector<std::string> sorted_units(const facts::Counter& counter) {
  if (counter.use.meter->measure != schedule::Meter::Measure::units) return {};
  std::vector<std::string> units = counter.charge->units;
  std::sort(units.begin(), units.end());
  return units;
}

}  // namespace

const Periods::Period& Periods::at(const Window& calendar, Instant time, const TimeZone& zone) {
  constexpr std::int64_t count = days;
  std::int64_t day = (time.seconds / 86400 % count + count) % count;
  std::optional<Period>& period = by_day_[static_cast<std::size_t>(day)];
  if (!period || time < period->from || time >= period->until) {
    Window previous{Window::Kind::previous, calendar.kind};
    Instant from = *span_of(calendar, time, zone)->from;
    // What has a start of its own is never asked for as the previous one.
    bool is_plain =
        calendar.kind != Window::Kind::year_from && calendar.kind != Window::Kind::day_from &&
        calendar.kind != Window::Kind::week_from && calendar.kind != Window::Kind::month_from;
    Instant before = is_plain ? *span_of(previous, time, zone)->from : from;
    period = Period{before, from, *leaves_window(calendar, time, time, zone)};
  }
  return *period;
}

LedgerMeter::LedgerMeter(facts::Counter counter, const schedule::Schedule& schedule)
    : counter_(std::move(counter)),
      schedule_(&schedule),
      scale_(scale_of(counter_, schedule.currencies)),
      whole_(facts::counts_whole(counter_)),
      calendar_(calendar_of(window())) {}

const Periods::Period& LedgerMeter::period(Instant time) const {
  return periods_.at(calendar_, time, schedule_->timezone);
}

Span LedgerMeter::span(Instant time) const {
  switch (window().extent()) {
    case Window::Extent::operation:
    case Window::Extent::everything:
    case Window::Extent::rolling:
      return *span_of(window(), time, schedule_->timezone);
    case Window::Extent::previous_period:
      return Span{period(time).before, true, period(time).from, false};
    case Window::Extent::period:
      return Span{period(time).from, true, time, true};
  }
  ensure(false, "a window has one of the extents above");
  return {};
}

std::vector<Instant> LedgerMeter::needed_from(Instant time) const {
  Span now = span(time);
  if (!now.from) return {time};
  if (window().kind == Window::Kind::rolling) return {*now.from};
  if (window().kind == Window::Kind::previous) return {*now.from, now.until, time};
  return {*now.from, time};
}

std::optional<Instant> LedgerMeter::leaves(Instant entry, Instant time) const {
  return leaves_window(window(), entry, time, schedule_->timezone);
}

bool LedgerMeter::is_same(const LedgerMeter& other) const {
  const schedule::Meter& a = *counter_.use.meter;
  const schedule::Meter& b = *other.counter_.use.meter;
  return counter_.use.id == other.counter_.use.id && a.measure == b.measure &&
         a.quantity == b.quantity && a.window == b.window && a.per == b.per &&
         counter_.use.currency == other.counter_.use.currency && scale_ == other.scale_ &&
         schedule_->timezone.name() == other.schedule_->timezone.name() &&
         sorted_operations(counter_) == sorted_operations(other.counter_) &&
         sorted_units(counter_) == sorted_units(other.counter_) &&
         same_conditions(counter_.when, other.counter_.when) && whole_ == other.whole_;
}

LedgerMeters meters_of(const fees::Tariff& tariff, bool fees_only) {
  LedgerMeters all;
  for (const fees::Plan& plan : tariff.versions) {
    std::vector<LedgerMeters::Read>& reads = all.reads.emplace_back();
    for (facts::Counter& counter : facts::counters_of(plan.schedule)) {
      if (fees_only && counter.fee == nullptr) continue;
      LedgerMeters::Read& read = reads.emplace_back();
      read.counter = counter;
      if (counter.use.meter->window.kind == Window::Kind::transaction) continue;
      LedgerMeter meter(std::move(counter), plan.schedule);
      auto same = std::find_if(all.meters.begin(), all.meters.end(),
                               [&](const LedgerMeter& known) { return known.is_same(meter); });
      read.meter = static_cast<std::size_t>(same - all.meters.begin());
      if (same == all.meters.end()) all.meters.push_back(std::move(meter));
    }
  }
  return all;
}

}  // namespace levy::ledger
