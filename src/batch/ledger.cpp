#include "batch/ledger.h"

#include <algorithm>

namespace levy {
namespace {

std::vector<Counter> counters_in(const LedgerMeters& all) {
  std::vector<Counter> counters;
  for (const LedgerMeter& meter : all.meters) counters.push_back(meter.counter());
  return counters;
}

Diagnostic too_late(const LedgerMeter& meter, Instant time) {
  return Diagnostic{Code::bad_time,
                    "the operation of " + to_string(time, meter.schedule().timezone) +
                        " is more than two days older than the newest one of its account, and \"" +
                        meter.counter().use.id + "\" has forgotten what was before it",
                    "sort the rows by time"};
}

Checked<Money> charged_by(const Quote& quote, const Counter& counter) {
  Currency own = quote.operation.currency;
  if (counter.use.meter->measure == Meter::Measure::debit) return Money{quote.debit.at(own), own};
  for (const Line& line : quote.lines) {
    if (line.fee->id == counter.use.id) return line.amount;
  }
  return Money{0, own};
}

}  // namespace

Ledger::Ledger(const Tariff& tariff, Scope scope)
    : tariff_(tariff), all_(meters_of(tariff, scope == Scope::fees)) {
  for (const Plan& plan : tariff.versions) past_.emplace_back(plan.schedule, counters_in(all_));
}

std::size_t Ledger::version_index(const Plan& version) const {
  auto index = static_cast<std::size_t>(&version - tariff_.versions.data());
  ensure(index < tariff_.versions.size(), "a ledger reads for versions of its own tariff");
  return index;
}

Trail* Ledger::find(std::string_view account) {
  if (latest_ != nullptr && latest_->first == account) return latest_->second.get();
  auto found = accounts_.find(account);
  if (found == accounts_.end()) return nullptr;
  latest_ = &*found;
  return found->second.get();
}

Trail* Ledger::find_or_open(std::string_view account) {
  if (Trail* known = find(account)) return known;
  auto trails = std::make_unique<Trail[]>(all_.meters.size());
  latest_ = &*accounts_.emplace(std::string(account), std::move(trails)).first;
  return latest_->second.get();
}

// ---- reading -----------------------------------------------------------------------------------

Checked<Readings> Ledger::readings(const Plan& version, std::string_view account, Instant time) {
  const Trail* trails = find(account);
  Readings readings;
  for (const LedgerMeters::Read& one : all_.reads[version_index(version)]) {
    Reading reading{0, one.currency, false};
    if (one.meter) {
      const Trail* trail = trails == nullptr ? nullptr : trails + *one.meter;
      Checked<Rational> value = read(*one.meter, account, trail, time);
      if (!value) return std::move(value).faults();
      reading.value = std::move(*value);
    }
    readings.emplace(one.id, std::move(reading));
  }
  return readings;
}

Checked<Rational> Ledger::read(std::size_t index, std::string_view account, const Trail* trail,
                               Instant time) const {
  const LedgerMeter& meter = all_.meters[index];
  if (!uncounted_.empty()) {
    auto found = uncounted_.find({index, std::string(account)});
    if (found != uncounted_.end()) {
      Span span = meter.span(time);
      for (const Uncounted& one : found->second) {
        if (span.contains(one.time)) return one.why;
      }
    }
  }
  if (trail == nullptr) return Rational(0);
  if (!trail->knows(time)) return too_late(meter, time);
  return trail->sum(meter, time);
}

// ---- counting ----------------------------------------------------------------------------------

std::optional<Diagnostic> Ledger::add(std::string_view account, const Quote& quote,
                                      const Rates* rates) {
  auto charged = [&](const Counter& counter) { return charged_by(quote, counter); };
  Checked<std::vector<Counted>> values = count(account, quote.operation, charged, rates);
  if (!values) return values.faults().front();
  return enter(account, quote.operation.time, *values, false);
}

// What the meters of its own version cannot count is its fault; what others cannot is theirs who
// read them later.
Checked<std::vector<Ledger::Counted>> Ledger::count(std::string_view account,
                                                    const Operation& operation,
                                                    const ChargedFor& charged, const Rates* rates) {
  const auto& own = all_.reads[version_index(tariff_.nearest(operation.time))];
  std::vector<Counted> values;
  values.reserve(all_.meters.size());
  std::vector<std::pair<std::size_t, Diagnostic>> uncounted;
  for (std::size_t i = 0; i < all_.meters.size(); ++i) {
    Checked<std::optional<Rational>> value = value_of(all_.meters[i], operation, charged, rates);
    if (!value) {
      bool is_own = std::any_of(own.begin(), own.end(),
                                [&](const LedgerMeters::Read& read) { return read.meter == i; });
      if (is_own) return std::move(value).faults();
      uncounted.emplace_back(i, value.faults().front());
    } else if (*value) {
      values.push_back({i, std::move(**value)});
    }
  }
  for (auto& [meter, why] : uncounted) {
    why.message = "an earlier operation of the account, at " +
                  to_string(operation.time, all_.meters[meter].schedule().timezone) + ": " +
                  why.message;
    uncounted_[{meter, std::string(account)}].push_back({operation.time, std::move(why)});
  }
  return values;
}

Checked<std::optional<Rational>> Ledger::value_of(const LedgerMeter& meter,
                                                  const Operation& operation,
                                                  const ChargedFor& charged,
                                                  const Rates* rates) const {
  if (!counts_operation(meter.counter(), operation.name)) return std::optional<Rational>();
  Checked<bool> counted = counts(meter.counter(), meter.schedule(), operation);
  if (!counted) return std::move(counted).faults();
  if (!*counted) return std::optional<Rational>();
  Checked<Rational> value = counted_value(meter.counter(), operation, charged, rates);
  if (!value) return std::move(value).faults();
  // An allowance that has no figure in the meter's currency is never used.
  bool unused = meter.is_whole() && !meter.allowance();
  return unused ? std::optional<Rational>() : std::optional(std::move(*value));
}

std::optional<Diagnostic> Ledger::enter(std::string_view account, Instant time,
                                        const std::vector<Counted>& values, bool seeding) {
  if (values.empty()) return std::nullopt;
  Trail* trails = find_or_open(account);
  for (const Counted& one : values) {
    const LedgerMeter& meter = all_.meters[one.meter];
    bool known = trails[one.meter].knows(time);
    if (meter.is_whole() && !known) return too_late(meter, time);
  }
  for (const Counted& one : values) {
    const LedgerMeter& meter = all_.meters[one.meter];
    Trail& trail = trails[one.meter];
    // What was used of a whole allowance is only settled once the history has been told.
    if (!seeding || !meter.is_whole()) trail.make_room(meter, time, slack_seconds);
    trail.add(meter, time, one.value);
  }
  return std::nullopt;
}

// ---- histories ---------------------------------------------------------------------------------

std::optional<Diagnostic> Ledger::seed(const Row& row, const RatesHistory* rates,
                                       const std::string& file) {
  std::optional<Diagnostic> fault = row.fault ? row.fault : seed_row(row, rates);
  if (fault) return told_of(row, file, std::move(*fault));
  return std::nullopt;
}

std::optional<Diagnostic> Ledger::seed_row(const Row& row, const RatesHistory* rates) {
  if (!PastRows::is_counted(row)) return std::nullopt;
  std::string_view name = row.text_of("operation");
  bool counts = std::any_of(all_.meters.begin(), all_.meters.end(), [&](const LedgerMeter& meter) {
    return counts_operation(meter.counter(), name);
  });
  if (!counts) return std::nullopt;
  Checked<Instant> time = past_.front().time(row);
  if (!time) return time.faults().front();
  const Plan& version = tariff_.nearest(*time);
  Checked<Operation> operation = past_[version_index(version)].operation(row, *time);
  if (!operation) return operation.faults().front();
  auto charged = [&](const Counter& counter) {
    return charged_in(row, counter, version.schedule, *operation);
  };
  const Rates* then = rates == nullptr ? nullptr : rates->at(*time);
  std::string_view account = row.text_of("account");
  Checked<std::vector<Counted>> values = count(account, *operation, charged, then);
  if (!values) return values.faults().front();
  return enter(account, *time, *values, true);
}

}  // namespace levy
