// Ledger: what every account has done so far, for the meters that a batch reads (SPEC section 7).
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
// Memory is bounded by accounts. A meter keeps an account's 32 latest operations, and of older ones
// those of the two days before the newest and those in a rolling window; the rest is folded into
// sums. So an operation up to two days older than the newest of its account is always answered. One
// that is still older is, too, unless what it would need was folded: that is the error bad_time,
// never a wrong reading.
//
// Measured (tests/unit/ledger_test.cpp, "[.memory]"): a million accounts with ten rows each and
// three meters take 1.2 kB an account; reading and counting a row, 1.5 microseconds there and most
// of it waiting for memory.
//
// Not for several threads at once; each may have a ledger of its own, for its own accounts.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batch/ledger_meter.h"
#include "batch/trail.h"
#include "schedule/past_rows.h"

namespace levy {

class Ledger {
 public:
  enum class Scope { fees, all };  // the meters of fees; or those of limits and evidence too

  static constexpr std::int64_t slack_seconds = 2 * 86400;

  // Borrows the tariff. Versions whose meters are the same share what was counted.
  Ledger(const Tariff& tariff, Scope scope);

  // There is nothing to count: every reading is of the operation alone, or no meter is read.
  bool is_empty() const { return all_.meters.empty(); }

  // What the version (one of the tariff's) reads for the account's operation at `time`: every meter
  // but balances, none assumed. Codes: bad_time, as above; what an earlier operation lacked that
  // only this version's meters count by.
  Checked<Readings> readings(const Plan& version, std::string_view account, Instant time);

  // Counts an operation that was answered `ok`, what it was charged being as its quote says.
  // Faults: it lacks what a meter of its own version counts by; then it is not counted.
  std::optional<Diagnostic> add(std::string_view account, const Quote& quote, const Rates* rates);

  // Counts a row of a history (schedule/history.h) of any account, in any order, before any
  // operation is added; a row of another status than ok counts for nothing. The rates are those at
  // its time. Faults as `add`, and those of reading the row; the place is the row's in `file`.
  std::optional<Diagnostic> seed(const Row& row, const RatesHistory* rates,
                                 const std::string& file);

 private:
  // A value for each meter that counts the operation.
  struct Counted {
    std::size_t meter;
    Rational value;
  };
  // What a meter of another version could not count.
  struct Uncounted {
    Instant time;
    Diagnostic why;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Trails = std::unique_ptr<Trail[]>;  // by meter
  using Accounts = std::unordered_map<std::string, Trails, TextHash, std::equal_to<>>;

  Trail* find(std::string_view account);  // null: nothing was counted yet
  Trail* find_or_open(std::string_view account);
  std::size_t version_index(const Plan& version) const;
  Checked<std::vector<Counted>> count(std::string_view account, const Operation& operation,
                                      const ChargedFor& charged, const Rates* rates);
  Checked<std::optional<Rational>> value_of(const LedgerMeter& meter, const Operation& operation,
                                            const ChargedFor& charged, const Rates* rates) const;
  std::optional<Diagnostic> enter(std::string_view account, Instant time,
                                  const std::vector<Counted>& values, bool seeding);
  Checked<Rational> read(std::size_t meter, std::string_view account, const Trail* trail,
                         Instant time) const;
  std::optional<Diagnostic> seed_row(const Row& row, const RatesHistory* rates);

  const Tariff& tariff_;
  LedgerMeters all_;
  std::vector<PastRows> past_;  // by version
  Accounts accounts_;
  Accounts::value_type* latest_ = nullptr;  // looked up; reading and counting follow each other
  std::map<std::pair<std::size_t, std::string>, std::vector<Uncounted>> uncounted_;
};

}  // namespace levy
