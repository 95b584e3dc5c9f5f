#include "batch/fast/counted_rows.h"

#include <algorithm>

#include "batch/fast/plain_forms.h"

namespace levy::batch::fast {
namespace {

std::int64_t added_of(CountedCell::Added added, std::size_t line, const CountedCell::Row& row) {
  switch (added) {
    case CountedCell::Added::nothing:
      break;
    case CountedCell::Added::amount:
      return row.n;
    case CountedCell::Added::debit:
      return row.debit;
    case CountedCell::Added::one:
      return 1;
    case CountedCell::Added::line:
      return row.lines[line];
    case CountedCell::Added::exempted:
      return (row.exempted >> line & 1) != 0 ? row.n : 0;
  }
  return 0;
}

}  // namespace

std::string_view account_of(const rows::Layout& layout, const Rows& rows, std::size_t row) {
  if (layout.account) return rows.cell(row, *layout.account);
  const std::string* constant = layout.constant("account");
  return constant == nullptr ? std::string_view() : *constant;
}

CountedRows::CountedRows(const fees::Tariff& tariff, const rows::BatchOptions& options,
                         const rows::Layout& layout, ledger::Ledger* ledger)
    : tariff_(tariff),
      options_(options),
      layout_(layout),
      ledger_(ledger),
      judges_(options.enforce_limits),
      time_(layout.column_of("time")) {
  if (!judges_) return;
  for (const fees::Plan& plan : tariff.versions)
    ladders_.push_back(limits::compile_ladder(plan.schedule));
}

bool CountedRows::may_count(const rows::BatchOptions& options, const rows::Layout& layout) {
  return !options.in_given_order && layout.billed.empty();
}

CountedCell* CountedRows::cell_of(const std::string& key, const fees::ResolvedQuestion& setting) {
  auto [found, is_new] = cells_.try_emplace(key);
  if (is_new) {
    auto version = static_cast<std::size_t>(setting.plan - tariff_.versions.data());
    found->second = count_cell(setting, judges_ ? &ladders_[version] : nullptr, ledger_);
  }
  return found->second ? &*found->second : nullptr;
}

CountedRows::RowTime CountedRows::time_of(std::string_view text) const {
  std::optional<Instant> time;
  if (!options_.needs_time) time = options_.now;
  if (!text.empty()) time = read_plain_instant(text);
  if (!time) return {};
  std::optional<std::int64_t> at = ledger::microseconds_of(*time);
  return at ? RowTime{*at, true} : RowTime();
}

// The memory of all rows' accounts is fetched at once, while times are read.
void CountedRows::begin(const Rows& rows) {
  const std::size_t count = rows.count();
  if (ledger_ == nullptr) return;
  accounts_.resize(count);
  hashes_.resize(count);
  times_.resize(count);
  for (std::size_t row = 0; row < count; ++row) {
    accounts_[row] = account_of(layout_, rows, row);
    hashes_[row] = ledger::AccountTable::hash(accounts_[row]);
    ledger_->accounts().prefetch_slot(hashes_[row]);
  }
  for (std::size_t row = 0; row < count; ++row)
    times_[row] = time_of(time_ ? rows.cell(row, *time_) : std::string_view());
  for (std::size_t row = 0; row < count; ++row) ledger_->accounts().prefetch_record(hashes_[row]);
}

bool CountedRows::open(std::size_t row) {
  if (ledger_ == nullptr) return true;
  at_ = times_[row].at;
  if (!times_[row].known || accounts_[row].empty()) return false;
  time_at_hand_ = ledger::instant_of(at_);
  counters_ = ledger_->counters(accounts_[row], hashes_[row], at_);
  return counters_ != nullptr;
}

std::uint64_t CountedRows::judge(CountedCell& cell, const CountedCell::Row& row) {
  std::uint64_t blocked = 0;
  for (std::size_t i = 0; i < cell.tests.size(); ++i) {
    const CountedCell::Test& test = cell.tests[i];
    std::int64_t value = added_of(test.added, 0, row);
    if (test.meter && __builtin_add_overflow(reading(*test.meter), value, &value)) return in_full;
    if (!holds(test, value)) blocked |= std::uint64_t{1} << i;
  }
  if (blocked != 0) {
    ++cell.declined;
    for (std::size_t i = 0; i < cell.tests.size(); ++i) cell.tests[i].blocked += (blocked >> i) & 1;
  } else if (counters_ != nullptr && !add(cell, row)) {
    return in_full;
  }
  if (counters_ != nullptr) ledger::Ledger::answered_at(counters_, at_);
  return blocked;
}

// False, and nothing is counted, where a sum would not fit.
bool CountedRows::add(const CountedCell& cell, const CountedCell::Row& row) {
  for (const CountedCell::Sum& sum : cell.sums) {
    ledger::WindowCounter& counter = counters_[sum.meter];
    counter.settle(ledger_->meters()[sum.meter], time_at_hand_, at_);
    if (!counter.has_room(added_of(sum.added, sum.line, row))) return false;
  }
  for (const CountedCell::Sum& sum : cell.sums) {
    counters_[sum.meter].add(ledger_->meters()[sum.meter], at_, added_of(sum.added, sum.line, row),
                             ledger_->rings());
  }
  return true;
}

void CountedRows::add_to(rows::Totals& totals) const {
  for (const auto& [key, cell] : cells_) {
    if (!cell) continue;
    totals.rows += cell->declined;
    totals.declined += cell->declined;
    for (const CountedCell::Test& test : cell->tests) {
      if (test.blocked > 0) totals.declined_by[test.limit->id] += test.blocked;
    }
  }
}

}  // namespace levy::batch::fast
