#include "ledger/ledger.h"

#include <algorithm>
#include <limits>
#include <new>

#include "base/text.h"
#include "facts/conditions.h"
#include "fees/resolve.h"

namespace levy::ledger {
namespace {

std::vector<facts::Counter> counters_in(const LedgerMeters& all) {
  std::vector<facts::Counter> counters;
  for (const auto& reads : all.reads) {
    for (const LedgerMeters::Read& read : reads) counters.push_back(read.counter);
  }
  return counters;
}

std::vector<const schedule::Schedule*> schedules_of(const fees::Tariff& tariff) {
  std::vector<const schedule::Schedule*> schedules;
  for (const fees::Plan& plan : tariff.versions) schedules.push_back(&plan.schedule);
  return schedules;
}

const fees::Line* line_of(const fees::Quote& quote, const facts::Counter& counter) {
  for (const fees::Line& line : quote.lines) {
    if (line.fee->id == counter.use.id) return &line;
  }
  return nullptr;
}

Checked<Money> charged_by(const fees::Quote& quote, const facts::Counter& counter) {
  Currency own = quote.operation.currency;
  if (counter.use.meter->measure == schedule::Meter::Measure::debit)
    return Money{quote.debit.at(own), own};
  const fees::Line* line = line_of(quote, counter);
  return line == nullptr ? Money{0, own} : line->amount;
}

// May what was done then ever lie in the window at `asked`, or in one later that waiting would
// bring?
bool reaches(const LedgerMeter& meter, Instant time, Instant asked) {
  bool previous = meter.window().kind == Window::Kind::previous;
  bool rolling = meter.window().kind == Window::Kind::rolling;
  // Whether an operation used the allowance may decide whether one in a later window could.
  if (meter.is_whole() && (previous || rolling)) return true;
  Span span = meter.span(asked);
  bool present = previous && time >= span.until;
  return present || span.contains(time);
}

}  // namespace

Ledger::Ledger(const fees::Tariff& tariff, Scope scope, Order order)
    : tariff_(tariff),
      order_(order),
      all_(meters_of(tariff, scope == Scope::fees)),
      accounts_(sizeof(Account) + all_.meters.size() * sizeof(WindowCounter)) {
  std::vector<facts::Counter> counters = counters_in(all_);
  for (const fees::Plan& plan : tariff.versions)
    past_.emplace_back(plan.schedule, schedules_of(tariff), counters);
}

std::size_t Ledger::version_index(const fees::Plan& version) const {
  auto index = static_cast<std::size_t>(&version - tariff_.versions.data());
  ensure(index < tariff_.versions.size(), "a ledger reads for versions of its own tariff");
  return index;
}

const std::vector<LedgerMeters::Read>& Ledger::reads_of(const fees::Plan& version) const {
  return all_.reads[version_index(version)];
}

std::optional<std::size_t> Ledger::find_meter(const fees::Plan& version,
                                              std::string_view id) const {
  for (const LedgerMeters::Read& read : reads_of(version)) {
    if (read.counter.use.id == id) return read.meter;
  }
  return std::nullopt;
}

// ---- accounts ----------------------------------------------------------------------------------

Ledger::Account* Ledger::find(std::string_view account) const {
  return static_cast<Account*>(accounts_.find(account, AccountTable::hash(account)));
}

Ledger::Account& Ledger::find_or_open(std::string_view account, std::uint64_t hash) {
  void* memory = accounts_.find_or_open(account, hash);
  auto* known = static_cast<Account*>(memory);
  return known->is_open ? *known : open(memory);
}

Ledger::Account& Ledger::open(void* memory) {
  auto* account = new (memory) Account{nobody_answered, nullptr, true};
  for (std::size_t i = 0; i < all_.meters.size(); ++i)
    new (account->counters() + i) WindowCounter();
  if (order_ == Order::any) logs_of(*account);
  return *account;
}

// Empty ones, in place of counters.
Ledger::Logs& Ledger::logs_of(Account& account) {
  Logs& logs = logs_.emplace_back();
  logs.by_meter = std::make_unique<UsageLog[]>(all_.meters.size());
  account.logs = &logs;
  return logs;
}

// What the counters know goes into logs, for good: something does not fit counters.
void Ledger::spread(Account& account) {
  Logs& logs = logs_of(account);
  logs.stays = true;
  if (account.answered == nobody_answered) return;
  Instant answered = instant_of(account.answered);
  logs.newest = logs.newest_answered = answered;
  for (std::size_t i = 0; i < all_.meters.size(); ++i)
    account.counters()[i].give(all_.meters[i], logs.by_meter[i], answered);
}

// What the logs know goes into counters when an operation at `time` is answered, none of them later
// than it. Is it counters that count now?
bool Ledger::settle_logs(Account& account, Instant time) {
  if (account.logs == nullptr) return true;
  Logs& logs = *account.logs;
  bool may = order_ == Order::time && !logs.stays && (!logs.newest || *logs.newest <= time);
  if (!may) return false;
  std::optional<std::int64_t> at = microseconds_of(time);
  bool fits = at.has_value();
  for (std::size_t i = 0; fits && i < all_.meters.size(); ++i)
    fits = account.counters()[i].take(all_.meters[i], logs.by_meter[i], time, rings_);
  logs.stays = !fits;
  if (!fits) return false;
  account.answered = *at;
  account.logs = nullptr;
  logs = Logs();
  return true;
}

// ---- sorted rows -------------------------------------------------------------------------------

namespace {

constexpr std::size_t passed_max = 1024;  // accounts that are kept until they are forgotten

Diagnostic account_passed(std::string_view account, std::string_view present) {
  return Diagnostic{Code::out_of_order,
                    "the account " + in_quotes(account) + " comes after " + in_quotes(present) +
                        ", and --sorted account,time says that accounts ascend",
                    "sort the rows by the bytes of the account's name and then by time, as "
                    "LC_ALL=C sort does, or leave out --sorted"};
}

}  // namespace

void Ledger::expect_sorted(bool forgets) {
  is_sorted_ = true;
  forgets_ = forgets;
}

bool Ledger::go_to(std::string_view account) {
  if (!is_sorted_ || account == present_) return true;
  if (account < present_) return false;
  present_ = account;
  if (!forgets_ || accounts_.size() < passed_max) return true;
  accounts_.clear();
  rings_ = RingStore();
  logs_.clear();
  uncounted_.clear();
  return true;
}

// ---- snapshots ---------------------------------------------------------------------------------

AccountState Ledger::state_of(std::string_view name) {
  Account* account = find(name);
  ensure(account != nullptr, "only known accounts have a state");
  AccountState state;
  state.name = name;
  state.by_meter.resize(all_.meters.size());
  if (!has_state(name)) return state;
  const bool counts = account->logs == nullptr;
  if (counts) {
    state.newest = state.answered = instant_of(account->answered);
  } else {
    state.newest = account->logs->newest;
    state.answered = account->logs->newest_answered;
  }
  const bool is_settled = order_ == Order::time && state.newest == state.answered;
  for (std::size_t i = 0; i < all_.meters.size(); ++i) {
    const LedgerMeter& meter = all_.meters[i];
    UsageLog given;
    if (counts) account->counters()[i].give(meter, given, *state.answered);
    const UsageLog& log = counts ? given : account->logs->by_meter[i];
    state.by_meter[i] =
        is_settled ? log.settled_entries(meter, *state.answered) : log.entries(meter);
  }
  return state;
}

bool Ledger::has_state(std::string_view name) const {
  const Account* account = find(name);
  if (account == nullptr) return false;
  return account->logs == nullptr ? account->answered != nobody_answered
                                  : account->logs->newest.has_value();
}

bool Ledger::restore(const AccountState& state) {
  if (find(state.name) != nullptr) return false;
  Account& account = find_or_open(state.name, AccountTable::hash(state.name));
  Logs& logs = account.logs == nullptr ? logs_of(account) : *account.logs;
  logs.newest = state.newest;
  logs.newest_answered = state.answered;
  for (std::size_t i = 0; i < all_.meters.size(); ++i) {
    for (const UsageLog::Entry& entry : state.by_meter[i])
      logs.by_meter[i].add(all_.meters[i], entry.at, entry.value);
  }
  // Counters take less memory, and most accounts can be counted by them.
  if (state.answered && settle_logs(account, *state.answered)) logs_.pop_back();
  return true;
}

std::vector<Ledger::Uncounted> Ledger::uncounted() const {
  std::vector<Uncounted> all;
  for (const auto& [key, rows] : uncounted_) {
    for (const Missed& row : rows) all.push_back({key.first, key.second, row.time, row.why});
  }
  return all;
}

void Ledger::restore(Uncounted one) {
  uncounted_[{one.meter, std::move(one.account)}].push_back({one.time, std::move(one.why)});
}

// ---- reading -----------------------------------------------------------------------------------

std::optional<Diagnostic> Ledger::check_order(const Account& account, Instant time,
                                              const TimeZone& zone) const {
  std::optional<Instant> newest, answered;
  if (account.logs != nullptr) {
    newest = account.logs->newest;
    answered = account.logs->newest_answered;
  } else if (account.answered != nobody_answered) {
    newest = answered = instant_of(account.answered);
  }
  Diagnostic fault{Code::out_of_order, "", ""};
  if (order_ == Order::time && answered && time < *answered) {
    fault.message = "the operation of " + to_string(time, zone) +
                    " comes after one of the same account at " + to_string(*answered, zone);
    fault.remedy =
        "sort the rows by time, or let --sort do it; --in-given-order counts them as they come";
    return fault;
  }
  if (!newest || time.seconds >= newest->seconds - slack_seconds) return std::nullopt;
  bool of_history = !answered || *answered < *newest;
  fault.message =
      "the operation of " + to_string(time, zone) +
      " is more than two days older than the newest " +
      (of_history ? "in the history of its account, at " : "one of its account before it, at ") +
      to_string(*newest, zone);
  fault.remedy = of_history ? "give a history that ends where the table begins"
                            : "sort the rows by time, or let --sort do it";
  return fault;
}

// The account's own, or for a meter that counts `per` attributes what it has done with the same
// values. Nothing: the operation lacks them, which is a fault where its fee asks.
Checked<std::optional<std::string>> Ledger::account_part(const LedgerMeters::Read& read,
                                                         const schedule::Schedule& schedule,
                                                         std::string_view account,
                                                         const facts::Operation* asked) {
  if (read.counter.use.meter->per.empty()) return std::optional(std::string(account));
  if (asked == nullptr) return std::optional<std::string>();
  Checked<std::string> part = facts::part_of(read.counter, schedule, *asked);
  if (part) return std::optional(std::string(account) + *part);
  bool is_charged =
      read.counter.fee != nullptr && facts::concerns(read.counter.fee->operations, asked->name);
  if (is_charged) return std::move(part).faults();
  return std::optional<std::string>();  // a limit that applies says so itself
}

Checked<facts::Readings> Ledger::readings(const fees::Plan& version, std::string_view account,
                                          Instant time, const facts::Operation* asked) {
  if (!go_to(account)) return account_passed(account, present_);
  Account* known = find(account);
  if (known != nullptr) {
    if (auto fault = check_order(*known, time, version.schedule.timezone)) return *fault;
  }
  facts::Readings readings;
  for (const LedgerMeters::Read& one : reads_of(version)) {
    facts::Reading reading{0, one.counter.use.currency, false};
    auto name = account_part(one, version.schedule, account, asked);
    if (!name) return std::move(name).faults();
    if (!*name) continue;
    if (one.meter) {
      Account* own = **name == account ? known : find(**name);
      if (const Diagnostic* why = find_uncounted(*one.meter, account, time)) return *why;
      if (own != nullptr) reading.value = read_meter(*own, *one.meter, time);
    }
    readings.emplace(one.counter.use.id, std::move(reading));
  }
  return readings;
}

Rational Ledger::read_meter(Account& account, std::size_t index, Instant time) {
  const LedgerMeter& meter = all_.meters[index];
  if (account.logs != nullptr) return account.logs->by_meter[index].sum(meter, time);
  return Decimal::of(account.counters()[index].read(meter, time, microseconds_before(time)),
                     meter.scale());
}

const Diagnostic* Ledger::find_uncounted(std::size_t index, std::string_view account,
                                         Instant time) const {
  if (uncounted_.empty()) return nullptr;
  auto found = uncounted_.find({index, std::string(account)});
  if (found == uncounted_.end()) return nullptr;
  Span span = all_.meters[index].span(time);
  for (const Missed& one : found->second) {
    if (span.contains(one.time)) return &one.why;
  }
  return nullptr;
}

facts::Changes Ledger::changes(const fees::Plan& version, std::string_view account, Instant time,
                               const facts::Operation* asked,
                               const std::function<bool(const facts::Counter&)>& of) {
  facts::Changes changes;
  for (const LedgerMeters::Read& one : reads_of(version)) {
    if (!one.meter || !of(one.counter)) continue;
    auto name = account_part(one, version.schedule, account, asked);
    const Account* known = name && *name ? find(**name) : nullptr;
    if (known == nullptr) continue;
    ensure(known->logs != nullptr, "only what was seeded is asked how it goes on");
    const UsageLog& log = known->logs->by_meter[*one.meter];
    std::vector<facts::Change> own = log.changes(all_.meters[*one.meter], time);
    if (!own.empty()) changes.emplace(one.counter.use.id, std::move(own));
  }
  return changes;
}

// ---- counting ----------------------------------------------------------------------------------

std::optional<Diagnostic> Ledger::add(std::string_view account, const fees::Quote& quote,
                                      const facts::Rates* rates) {
  auto charged = [&](const facts::Counter& counter) { return charged_by(quote, counter); };
  Checked<std::vector<Counted>> values =
      count(account, Deed{quote.operation, &quote, charged, rates, nullptr});
  if (!values) return values.faults().front();
  enter(account, quote.operation.time, *values, false);
  return std::nullopt;
}

void Ledger::answered(std::string_view account, Instant time) {
  set_answered(find_or_open(account, AccountTable::hash(account)), time);
}

void Ledger::set_answered(Account& account, Instant time) {
  std::optional<std::int64_t> at = microseconds_of(time);
  if (account.logs == nullptr && !at) spread(account);
  if (settle_logs(account, time)) {
    account.answered = std::max(account.answered, *at);
    for (std::size_t i = 0; i < all_.meters.size(); ++i)
      account.counters()[i].settle(all_.meters[i], time, *at);
    return;
  }
  Logs& logs = *account.logs;
  logs.newest = logs.newest ? std::max(*logs.newest, time) : time;
  logs.newest_answered = logs.newest_answered ? std::max(*logs.newest_answered, time) : time;
}

WindowCounter* Ledger::counters(std::string_view account, std::uint64_t hash, std::int64_t at) {
  if (order_ != Order::time || !uncounted_.empty() || !go_to(account)) return nullptr;
  Account& known = find_or_open(account, hash);
  if (known.logs != nullptr && !settle_logs(known, instant_of(at))) return nullptr;
  return at < known.answered ? nullptr : known.counters();
}

void Ledger::answered_at(WindowCounter* counters, std::int64_t at) {
  (reinterpret_cast<Account*>(counters) - 1)->answered = at;
}

// What the meters of its own version cannot count is its fault; what others cannot is theirs who
// read them later. Where it is known who will read, only those meters count.
Checked<std::vector<Ledger::Counted>> Ledger::count(std::string_view account, const Deed& deed) {
  const fees::Plan& version = tariff_.nearest(deed.operation.time);
  const auto& own = reads_of(deed.asked == nullptr ? version : deed.asked->version);
  std::vector<Counted> values;
  values.reserve(all_.meters.size());
  std::vector<std::pair<std::size_t, Diagnostic>> uncounted;
  for (std::size_t i = 0; i < all_.meters.size(); ++i) {
    bool is_own = std::any_of(own.begin(), own.end(),
                              [&](const LedgerMeters::Read& read) { return read.meter == i; });
    if (deed.asked != nullptr && !is_own) continue;
    Checked<std::optional<Counted>> value = count_by(i, version, deed);
    if (!value) {
      if (is_own) return std::move(value).faults();
      uncounted.emplace_back(i, value.faults().front());
    } else if (*value) {
      values.push_back(std::move(**value));
    }
  }
  for (auto& [meter, why] : uncounted) {
    why.message = "an earlier operation of the account, at " +
                  to_string(deed.operation.time, all_.meters[meter].schedule().timezone) + ": " +
                  why.message;
    uncounted_[{meter, std::string(account)}].push_back({deed.operation.time, std::move(why)});
  }
  return values;
}

Checked<std::optional<Ledger::Counted>> Ledger::count_by(std::size_t index,
                                                         const fees::Plan& version,
                                                         const Deed& deed) const {
  const LedgerMeter& meter = all_.meters[index];
  const facts::Operation& operation = deed.operation;
  if (deed.asked != nullptr && !reaches(meter, operation.time, deed.asked->time))
    return std::optional<Counted>();
  if (!facts::counts_operation(meter.counter(), operation.name)) return std::optional<Counted>();
  Checked<bool> counted = facts::counts(meter.counter(), meter.schedule(), operation);
  if (!counted) return std::move(counted).faults();
  if (!*counted) return std::optional<Counted>();
  Checked<std::string> part = facts::part_of(meter.counter(), meter.schedule(), operation);
  if (!part) return std::move(part).faults();
  if (meter.is_whole()) {
    auto whole = count_whole(index, version, deed);
    if (whole && *whole) (*whole)->part = std::move(*part);
    return whole;
  }
  Checked<Rational> value =
      facts::counted_value(meter.counter(), operation, deed.charged, deed.rates);
  if (!value) return std::move(value).faults();
  return std::optional(Counted{index, std::move(*value), {}, std::move(*part)});
}

// Of an allowance that is used whole or not at all: what the quote says was exempted; else, of a
// row of a history and of an operation that the fee is not for, what would be, by the version in
// force then.
Checked<std::optional<Ledger::Counted>> Ledger::count_whole(std::size_t index,
                                                            const fees::Plan& version,
                                                            const Deed& deed) const {
  const LedgerMeter& meter = all_.meters[index];
  const fees::Line* line = deed.quote == nullptr ? nullptr : line_of(*deed.quote, meter.counter());
  if (line != nullptr) {
    if (!line->exempted) return std::optional<Counted>();
    facts::Counter taken = meter.counter();
    taken.charge = &line->taken->charge;
    Checked<Rational> value = facts::counted_value(taken, deed.operation, deed.charged, deed.rates);
    if (!value) return std::move(value).faults();
    return std::optional(Counted{index, std::move(*value)});
  }
  const facts::Counter* counter = &meter.counter();
  const schedule::Schedule* schedule = &meter.schedule();
  for (const LedgerMeters::Read& read : reads_of(version)) {
    if (read.meter == index) {
      counter = &read.counter;
      schedule = &version.schedule;
    }
  }
  auto exemption = facts::exemption_of(*counter, *schedule, deed.operation, deed.rates);
  if (!exemption) return std::move(exemption).faults();
  if (!*exemption) return std::optional<Counted>();
  Rational value = (*exemption)->value;
  return std::optional(Counted{index, std::move(value), std::move(*exemption)});
}

void Ledger::enter(std::string_view account, Instant time, const std::vector<Counted>& values,
                   bool seeding) {
  if (values.empty()) return;
  Account& known = find_or_open(account, AccountTable::hash(account));
  if (seeding) {
    Logs& logs = known.logs == nullptr ? logs_of(known) : *known.logs;
    logs.newest = logs.newest ? std::max(*logs.newest, time) : time;
  } else {
    set_answered(known, time);
  }
  for (const Counted& one : values) {
    Account* own = &known;
    if (!one.part.empty()) {
      std::string name = std::string(account) + one.part;
      own = &find_or_open(name, AccountTable::hash(name));
      if (seeding && own->logs == nullptr) logs_of(*own);
      if (!seeding) set_answered(*own, time);
    }
    if (one.exemption && seeding) {
      waiting_.push_back({&own->logs->by_meter[one.meter], one.meter, time, *one.exemption});
    } else if (!one.exemption || one.exemption->fits(read_meter(*own, one.meter, time))) {
      add_to(*own, one.meter, time, one.value);
    }
  }
}

// To a meter of an account that is answered at `time`, or seeded.
void Ledger::add_to(Account& account, std::size_t index, Instant time, const Rational& value) {
  const LedgerMeter& meter = all_.meters[index];
  if (account.logs == nullptr) {
    auto units = value.is_decimal() ? value.decimal().minor_units(meter.scale()) : std::nullopt;
    WindowCounter& counter = account.counters()[index];
    if (units && counter.has_room(*units))
      return counter.add(meter, account.answered, *units, rings_);
    spread(account);
  }
  account.logs->by_meter[index].make_room(meter, time, slack_seconds);
  account.logs->by_meter[index].add(meter, time, value);
}

// ---- histories ---------------------------------------------------------------------------------

std::optional<Diagnostic> Ledger::seed(const formats::Row& row, std::string_view account,
                                       const facts::RatesHistory* rates, const std::string& file,
                                       const std::optional<Asked>& asked) {
  ++history_.rows;
  if (row.is_skipped) {
    ++history_.left_out["skipped"];
    return std::nullopt;
  }
  ++history_.account;
  if (row.fault) return row.fault;
  std::optional<Diagnostic> fault = seed_row(row, account, rates, asked);
  if (fault) return facts::told_of(row, file, std::move(*fault));
  return std::nullopt;
}

std::optional<Diagnostic> Ledger::seed_row(const formats::Row& row, std::string_view account,
                                           const facts::RatesHistory* rates,
                                           const std::optional<Asked>& asked) {
  Checked<bool> is_counted = facts::PastRows::is_counted(row);
  if (!is_counted) return is_counted.faults().front();
  if (!*is_counted) {
    ++history_.left_out[std::string(row.text_of("status"))];
    return std::nullopt;
  }
  std::string_view text = row.text_of("time");
  if (text.empty()) return facts::PastRows::no_time();
  Checked<fees::ResolvedTime> then = fees::resolve_time(tariff_, text, Instant(), rates);
  if (!then) return then.faults().front();
  if (asked && then->time > asked->time) {
    ++history_.later;
    return std::nullopt;
  }
  ++history_.counted;
  Checked<facts::Operation> operation =
      past_[version_index(*then->plan)].operation(row, then->time);
  if (!operation) return operation.faults().front();
  auto charged = [&](const facts::Counter& counter) {
    return facts::charged_in(row, counter, then->plan->schedule, *operation);
  };
  Deed deed{*operation, nullptr, charged, then->rates, asked ? &*asked : nullptr};
  Checked<std::vector<Counted>> values = count(account, deed);
  if (!values) return values.faults().front();
  enter(account, then->time, *values, true);
  return std::nullopt;
}

void Ledger::settle() {
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [](const Waiting& a, const Waiting& b) { return a.time < b.time; });
  for (const Waiting& one : waiting_) {
    const LedgerMeter& meter = all_.meters[one.meter];
    if (!one.exemption.fits(one.log->sum(meter, one.time))) continue;
    one.log->make_room(meter, one.time, slack_seconds);
    one.log->add(meter, one.time, one.exemption.value);
  }
  waiting_.clear();
  waiting_.shrink_to_fit();
}

}  // namespace levy::ledger
