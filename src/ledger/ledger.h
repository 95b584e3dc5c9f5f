// Ledger: what every account has done so far, for the meters that a batch or a check reads
// (levy-schedule(5), "Meters").
//
// An operation sees the rows counted before it whose times lie in its meters' windows, wherever
// they stand among the others: a row that comes late is not seen by an operation earlier in time.
//
//   limit of 300 EUR a day                                    reading for "a"
//     a, 09:00, 250 EUR                                         0
//     a, 11:00, 30 EUR                                          250
//     a, 10:00, 20 EUR   (late: it does not see 11:00)          250
//     a, 12:00                                                  300
//
// What of a `free` an operation used that is used whole or not at all is remembered as it was when
// the operation was charged; an operation that comes later but is earlier in time changes nothing.
//
// Memory is bounded by accounts. A meter keeps an account's 32 latest operations, and of older ones
// those of the two days before the newest and those in a rolling window; the rest is folded into
// sums. So an operation up to two days older than the newest of its account is answered. One that
// is older still is out_of_order, whether or not what it needs was folded yet.
//
// Measured (tests/unit/ledger_test.cpp, "[.memory]"): a million accounts with ten rows each and
// three meters take 1.2 kB an account; reading and counting a row, 1.5 microseconds there and most
// of it waiting for memory.
//
// Not for several threads at once; each may have a ledger of its own, for its own accounts.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/meters.h"
#include "facts/past_rows.h"
#include "ledger/account_table.h"
#include "ledger/ledger_meter.h"
#include "ledger/usage_log.h"
#include "ledger/window_counter.h"

namespace levy::ledger {

// What is kept of an account from one run to the next (ledger/snapshot.h).
struct AccountState {
  std::string name;  // and the values of `per` attributes, where meters count by them
  std::optional<Instant> newest, answered;  // of what was counted or answered; of the latter alone
  std::vector<std::vector<UsageLog::Entry>> by_meter;
};

class Ledger {
 public:
  enum class Scope { fees, all };  // the meters of fees; or those of limits and evidence too
  // May an operation be earlier than one of its account that was answered before it?
  enum class Order { time, any };

  static constexpr std::int64_t slack_seconds = 2 * 86400;

  // Borrows the tariff. Versions whose meters are the same share what was counted.
  Ledger(const fees::Tariff& tariff, Scope scope, Order order = Order::time);

  // There is nothing to count: every reading is of the operation alone, or no meter is read.
  bool is_empty() const { return all_.meters.empty(); }

  // What the version (one of the tariff's) reads for the account's operation at `time`: every meter
  // but balances, none assumed. Codes: out_of_order, as above; what an earlier operation lacked
  // that only this version's meters count by.
  // `asked` is the operation, for meters that count `per` its attributes (missing_attributes);
  // where there is none these are not read.
  Checked<facts::Readings> readings(const fees::Plan& version, std::string_view account,
                                    Instant time, const facts::Operation* asked);
  // How they go on (facts/meters.h), of the version's meters that `of` takes.
  facts::Changes changes(const fees::Plan& version, std::string_view account, Instant time,
                         const facts::Operation* asked,
                         const std::function<bool(const facts::Counter&)>& of);

  // Counts an operation that was answered `ok`, what it was charged being as its quote says.
  // Faults: it lacks what a meter of its own version counts by; then it is not counted.
  std::optional<Diagnostic> add(std::string_view account, const fees::Quote& quote,
                                const facts::Rates* rates);
  // The account's operation at `time` was answered, counted or not: none may be earlier.
  void answered(std::string_view account, Instant time);

  // For whom a row of a history is counted: the version and the time that will be asked about. The
  // row's faults are those of this version's meters, as far as it reaches their windows.
  struct Asked {
    const fees::Plan& version;
    Instant time;
  };
  // Counts a row of a history (facts/meters.h), in any order, before any operation is added.
  // Without `asked`, for readings at any time of any version. The rates are those at its time.
  // Faults as `add`, those of reading the row, whose place is the row's in `file`, and its own.
  std::optional<Diagnostic> seed(const formats::Row& row, std::string_view account,
                                 const facts::RatesHistory* rates, const std::string& file,
                                 const std::optional<Asked>& asked = {});
  // For rows that are judged in integers (batch/fast/counted_rows.h), at whole microseconds.
  const std::vector<LedgerMeter>& meters() const { return all_.meters; }
  std::optional<std::size_t> find_meter(const fees::Plan& version, std::string_view id) const;
  const AccountTable& accounts() const { return accounts_; }
  RingStore& rings() { return rings_; }
  // By meter, as they are for the account's operation at that time, which may be counted by them.
  // Null: it must be asked about with `readings`.
  WindowCounter* counters(std::string_view account, std::uint64_t hash, std::int64_t at);
  // `answered`, of the account of these counters.
  static void answered_at(WindowCounter* counters, std::int64_t at);

  // Operations come account by account, in the order of the bytes of their names: one of an account
  // that was passed is out_of_order. With `forgets` nothing of those is kept.
  void expect_sorted(bool forgets);

  // What was counted, for another run to go on from. Counters are settled at the account's latest
  // operation.
  AccountState state_of(std::string_view name);
  bool has_state(std::string_view name) const;  // anything was counted or answered
  // False: the account is known already. Before any operation is added.
  bool restore(const AccountState& state);
  // What a meter of another version could not count, of an account.
  struct Uncounted {
    std::size_t meter;
    std::string account;
    Instant time;
    Diagnostic why;
  };
  std::vector<Uncounted> uncounted() const;
  void restore(Uncounted one);

  // After the last row of a history: decides in the order of time what used an allowance whole.
  void settle();
  // What became of the seeded rows.
  const facts::HistoryCounts& history() const { return history_; }

 private:
  // A value for each meter that counts the operation; with an allowance, if it fits.
  struct Counted {
    std::size_t meter;
    Rational value;
    std::optional<facts::Exemption> exemption = {};
    std::string part = {};  // of a meter that counts `per` attributes: their values
  };
  // What was done, as a quote or as a row of a history.
  struct Deed {
    const facts::Operation& operation;
    const fees::Quote* quote;  // null: a row
    facts::ChargedFor charged;
    const facts::Rates* rates;
    const Asked* asked;  // null: nobody in particular
  };
  struct Missed {
    Instant time;
    Diagnostic why;
  };
  // A row of a history whose use of an allowance is not decided yet.
  struct Waiting {
    UsageLog* log;
    std::size_t meter;
    Instant time;
    facts::Exemption exemption;
  };
  // What takes operations in any order, and what does not fit a counter.
  struct Logs {
    std::unique_ptr<UsageLog[]> by_meter;
    // Of what was counted and of what was answered; of the latter alone.
    std::optional<Instant> newest, newest_answered;
    bool stays = false;  // something in them does not fit counters
  };
  static constexpr std::int64_t nobody_answered = std::numeric_limits<std::int64_t>::min();
  // In the table's memory, where all is 0 at first; behind it the counters, by meter.
  struct Account {
    std::int64_t answered;  // microseconds: the newest operation that was answered
    Logs* logs;             // null: it is counted by counters, all of it at `answered` or before
    bool is_open;
    WindowCounter* counters() { return reinterpret_cast<WindowCounter*>(this + 1); }
  };

  // False: it was passed already, and rows are sorted by account.
  bool go_to(std::string_view account);
  Account* find(std::string_view account) const;  // null: nothing was counted yet
  Account& find_or_open(std::string_view account, std::uint64_t hash);
  Account& open(void* memory);
  Logs& logs_of(Account& account);
  void spread(Account& account);
  void set_answered(Account& account, Instant time);
  bool settle_logs(Account& account, Instant time);
  Rational read_meter(Account& account, std::size_t meter, Instant time);
  void add_to(Account& account, std::size_t meter, Instant time, const Rational& value);
  static Checked<std::optional<std::string>> account_part(const LedgerMeters::Read& read,
                                                          const schedule::Schedule& schedule,
                                                          std::string_view account,
                                                          const facts::Operation* asked);
  std::size_t version_index(const fees::Plan& version) const;
  const std::vector<LedgerMeters::Read>& reads_of(const fees::Plan& version) const;
  std::optional<Diagnostic> check_order(const Account& account, Instant time,
                                        const TimeZone& zone) const;
  Checked<std::vector<Counted>> count(std::string_view account, const Deed& deed);
  Checked<std::optional<Counted>> count_by(std::size_t meter, const fees::Plan& version,
                                           const Deed& deed) const;
  Checked<std::optional<Counted>> count_whole(std::size_t meter, const fees::Plan& version,
                                              const Deed& deed) const;
  void enter(std::string_view account, Instant time, const std::vector<Counted>& values,
             bool seeding);
  const Diagnostic* find_uncounted(std::size_t meter, std::string_view account, Instant time) const;
  std::optional<Diagnostic> seed_row(const formats::Row& row, std::string_view account,
                                     const facts::RatesHistory* rates,
                                     const std::optional<Asked>& asked);

  const fees::Tariff& tariff_;
  const Order order_;
  LedgerMeters all_;
  std::vector<facts::PastRows> past_;  // by version
  AccountTable accounts_;
  RingStore rings_;
  std::deque<Logs> logs_;
  std::map<std::pair<std::size_t, std::string>, std::vector<Missed>> uncounted_;
  std::vector<Waiting> waiting_;
  facts::HistoryCounts history_;
  // Where rows are sorted by account: the present one.
  bool is_sorted_ = false, forgets_ = false;
  std::string present_;
};

}  // namespace levy::ledger
