#include "schedule/history.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "schedule/columns.h"
#include "schedule/counting.h"
#include "schedule/past_rows.h"

namespace levy {
namespace {

constexpr std::size_t faults_max = 10;

// What one meter has counted so far.
struct Tally {
  struct Entry {
    Instant time;
    Rational value;
  };
  Counter counter;
  std::optional<Span> span;     // of the window; none: transaction
  std::optional<Span> present;  // of a previous period's window: the period that will be previous
  bool keeps_changes = false;
  // Of a `free` that is used whole or not at all: what of it was used depends on the order.
  bool whole = false;
  std::vector<Entry> in_order;
  Rational reading;
  std::map<Instant, Rational> changes;
};

bool measures_debit(const Schedule& schedule) {
  return std::any_of(schedule.limits.begin(), schedule.limits.end(), [](const Limit& limit) {
    return limit.meter.measure == Meter::Measure::debit;
  });
}

Window present_of(const Window& previous) { return Window{previous.period}; }

Tally tally_of(const HistoryQuestion& question, Counter counter) {
  const Window& window = counter.use.meter->window;
  const TimeZone& zone = question.schedule.timezone;
  Tally tally;
  tally.span = span_of(window, question.time, zone);
  bool previous = window.kind == Window::Kind::previous;
  if (previous) tally.present = span_of(present_of(window), question.time, zone);
  tally.keeps_changes = counter.fee == nullptr || measures_debit(question.schedule);
  tally.whole = counts_whole(counter);
  tally.counter = std::move(counter);
  return tally;
}

bool is_rolling(const Tally& tally) {
  return tally.counter.use.meter->window.kind == Window::Kind::rolling;
}

// Could a row at this time ever count for it?
bool reaches(const Tally& tally, Instant time, Instant now) {
  if (!tally.span) return false;
  // Whether an earlier operation used the allowance may decide whether a later one could.
  if (tally.whole && is_rolling(tally)) return time <= now;
  return tally.span->contains(time) || (tally.present && tally.present->contains(time));
}

void add(Tally& tally, Instant time, const Rational& value, const HistoryQuestion& question) {
  const Window& window = tally.counter.use.meter->window;
  const TimeZone& zone = question.schedule.timezone;
  if (tally.span->contains(time)) {
    tally.reading += value;
    std::optional<Instant> leaves = leaves_window(window, time, question.time, zone);
    if (leaves && tally.keeps_changes) tally.changes[*leaves] -= value;
  } else if (tally.present && tally.present->contains(time) && tally.keeps_changes) {
    Window present = present_of(window);
    std::optional<Instant> enters = leaves_window(present, time, question.time, zone);
    std::optional<Instant> leaves = leaves_window(present, *enters, *enters, zone);
    tally.changes[*enters] += value;
    tally.changes[*leaves] -= value;
  }
}

// An operation used the allowance if it fitted whole into what was left at its own time.
void replay(Tally& tally, const HistoryQuestion& question) {
  std::optional<Rational> allowance = allowance_of(tally.counter);
  if (!allowance) return;
  std::stable_sort(tally.in_order.begin(), tally.in_order.end(),
                   [](const auto& a, const auto& b) { return a.time < b.time; });
  std::int64_t length = tally.counter.use.meter->window.seconds;
  std::deque<Tally::Entry> used;
  Rational used_sum;
  for (const Tally::Entry& entry : tally.in_order) {
    while (is_rolling(tally) && !used.empty() &&
           Instant{used.front().time.seconds + length, used.front().time.nanoseconds} <=
               entry.time) {
      used_sum -= used.front().value;
      used.pop_front();
    }
    if (used_sum + entry.value > *allowance) continue;
    used_sum += entry.value;
    used.push_back(entry);
    add(tally, entry.time, entry.value, question);
  }
  tally.in_order.clear();
}

std::vector<Tally> tallies_of(const HistoryQuestion& question) {
  std::vector<Tally> tallies;
  for (Counter& counter : counters_of(question.schedule))
    tallies.push_back(tally_of(question, std::move(counter)));
  return tallies;
}

class HistoryReader {
 public:
  explicit HistoryReader(const HistoryQuestion& question)
      : question_(question),
        account_(question.account),
        past_(question.schedule, counters_of(question.schedule)),
        tallies_(tallies_of(question)) {}

  Checked<History> read(const NextRow& next) {
    ColumnCheck check(history_fields(question_.schedule));
    Row row;
    while (faults_.size() < faults_max && next(row)) {
      if (auto fault = check.check(row, question_.file)) row.fault = std::move(fault);
      take(row);
    }
    if (!faults_.empty()) return faults_;
    return finish();
  }

 private:
  void take(const Row& row) {
    if (row.fault) {
      faults_.push_back(*row.fault);
    } else if (PastRows::is_counted(row) && is_of_account(row)) {
      take_own(row);
    }
  }

  bool is_of_account(const Row& row) {
    std::string_view account = row.text_of("account");
    if (account.empty() || account == account_) return true;
    if (!question_.account.empty()) return false;
    if (account_.empty()) {
      account_ = account;
      return true;
    }
    if (std::exchange(two_accounts_, true)) return false;
    report(row, Diagnostic{Code::bad_file,
                           "the history has rows of more than one account, \"" + account_ +
                               "\" and \"" + std::string(account) + "\"",
                           "say whose it is with --account, or in the profile"});
    return false;
  }

  void take_own(const Row& row) {
    Checked<Instant> time = past_.time(row);
    if (!time) return report(row, time.faults().front());
    if (*time > question_.time) return;
    std::optional<Operation> operation;  // read when the first meter wants it
    for (Tally& tally : tallies_) {
      if (!counts_operation(tally.counter, row.text_of("operation"))) continue;
      if (!reaches(tally, *time, question_.time)) continue;
      if (!operation) {
        Checked<Operation> read = past_.operation(row, *time);
        if (!read) return report(row, read.faults().front());
        operation = std::move(*read);
      }
      if (!count(tally, row, *operation)) return;
    }
  }

  bool count(Tally& tally, const Row& row, const Operation& operation) {
    Checked<bool> counted = counts(tally.counter, question_.schedule, operation);
    if (!counted) return report(row, counted.faults().front()), false;
    if (!*counted) return true;
    auto charged = [&](const Counter& counter) {
      return charged_in(row, counter, question_.schedule, operation);
    };
    Checked<Rational> value = counted_value(tally.counter, operation, charged, question_.rates);
    if (!value) return report(row, value.faults().front()), false;
    if (tally.whole) {
      tally.in_order.push_back({operation.time, *value});
    } else {
      add(tally, operation.time, *value, question_);
    }
    return true;
  }

  void report(const Row& row, Diagnostic fault) {
    faults_.push_back(told_of(row, question_.file, std::move(fault)));
  }

  History finish() {
    History history;
    for (Tally& tally : tallies_) {
      if (tally.whole) replay(tally, question_);
      const std::string& id = tally.counter.use.id;
      history.readings[id] = Reading{tally.reading, tally.counter.use.currency, false};
      std::vector<Change> changes;
      for (auto& [at, by] : tally.changes) {
        if (!by.is_zero()) changes.push_back({at, std::move(by)});
      }
      if (!changes.empty()) history.changes[id] = std::move(changes);
    }
    return history;
  }

  const HistoryQuestion& question_;
  std::string account_;
  PastRows past_;
  std::vector<Tally> tallies_;
  bool two_accounts_ = false;
  Diagnostics faults_;
};

}  // namespace

Checked<History> read_history(const HistoryQuestion& question, const NextRow& next) {
  return HistoryReader(question).read(next);
}

}  // namespace levy
