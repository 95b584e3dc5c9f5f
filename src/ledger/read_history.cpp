#include "ledger/read_history.h"

#include <algorithm>
#include <utility>

#include "base/suggest.h"
#include "facts/columns.h"
#include "ledger/ledger.h"

namespace levy::ledger {
namespace {

constexpr std::size_t faults_max = 10;
constexpr std::size_t others_max = 1000;  // names that may be suggested

bool measures_debit(const schedule::Schedule& schedule) {
  return std::any_of(schedule.limits.begin(), schedule.limits.end(),
                     [](const schedule::Limit& limit) {
                       return limit.meter.measure == schedule::Meter::Measure::debit;
                     });
}

class HistoryReader {
 public:
  explicit HistoryReader(const HistoryQuestion& question)
      : question_(question),
        account_(question.account),
        ledger_(question.tariff, Ledger::Scope::all, Ledger::Order::any) {}

  Checked<facts::History> read(const formats::NextRow& next) {
    facts::ColumnCheck check(fields());
    formats::Row row;
    while (faults_.size() < faults_max && next(row)) {
      if (auto fault = check.check(row, question_.file)) row.fault = std::move(fault);
      take(row);
    }
    if (!faults_.empty()) return faults_;
    bool is_known = ledger_.history().account > 0 || question_.new_account;
    if (!question_.account.empty() && !is_known) return unknown_account();
    ledger_.settle();
    return finish();
  }

 private:
  std::vector<std::string> fields() const {
    std::vector<std::string> all;
    for (const fees::Plan& plan : question_.tariff.versions) {
      std::vector<std::string> own = facts::history_fields(plan.schedule);
      all.insert(all.end(), own.begin(), own.end());
    }
    return all;
  }

  void take(const formats::Row& row) {
    ++rows_;
    if (!row.fault && !row.is_skipped && !is_of_account(row)) return;
    Ledger::Asked asked{question_.version, question_.time};
    auto fault = ledger_.seed(row, "", question_.rates, question_.file, asked);
    if (fault) faults_.push_back(std::move(*fault));
  }

  bool is_of_account(const formats::Row& row) {
    std::string_view account = row.text_of("account");
    if (account.empty() || account == account_) return true;
    if (!question_.account.empty()) {
      bool is_new = std::find(others_.begin(), others_.end(), account) == others_.end();
      if (is_new && others_.size() < others_max) others_.emplace_back(account);
      return false;
    }
    if (account_.empty()) {
      account_ = account;
      return true;
    }
    if (std::exchange(two_accounts_, true)) return false;
    Diagnostic fault{Code::bad_file,
                     "the history has rows of more than one account, \"" + account_ + "\" and \"" +
                         std::string(account) + "\"",
                     "say whose it is with --account, or in the profile"};
    faults_.push_back(facts::told_of(row, question_.file, std::move(fault)));
    return false;
  }

  Diagnostic unknown_account() const {
    return Diagnostic{Code::unknown_account,
                      "the history has no row of the account \"" + question_.account + "\"" +
                          did_you_mean(question_.account, others_),
                      "correct the account, or give --new-account if it has done nothing yet"};
  }

  Checked<facts::History> finish() {
    const fees::Plan& version = question_.version;
    Checked<facts::Readings> readings =
        ledger_.readings(version, "", question_.time, question_.asked);
    if (!readings) return std::move(readings).faults();
    facts::History history;
    history.readings = std::move(*readings);
    bool of_fees = measures_debit(version.schedule);
    auto changing = [&](const facts::Counter& counter) {
      return counter.fee == nullptr || of_fees;
    };
    history.changes = ledger_.changes(version, "", question_.time, question_.asked, changing);
    history.counts = ledger_.history();
    history.counts.rows = rows_;
    return history;
  }

  const HistoryQuestion& question_;
  std::string account_;
  Ledger ledger_;
  std::uint64_t rows_ = 0;
  std::vector<std::string> others_;  // of the rows, where one is asked for
  bool two_accounts_ = false;
  Diagnostics faults_;
};

}  // namespace

Checked<facts::History> read_history(const HistoryQuestion& question,
                                     const formats::NextRow& next) {
  return HistoryReader(question).read(next);
}

}  // namespace levy::ledger
