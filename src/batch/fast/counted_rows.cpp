#include "batch/fast/counted_rows.h"

#include <algorithm>

#include "batch/fast/plain_forms.h"

namespace levy {
namespace {

// Is there an operation that no fee charges by what the account did before?
bool has_free_operation(const Schedule& schedule) {
  std::vector<std::string> operations = schedule.operations();
  if (operations.empty()) operations = {"any"};
  return std::any_of(operations.begin(), operations.end(), [&](const std::string& name) {
    return std::none_of(schedule.fees.begin(), schedule.fees.end(),
                        [&](const Fee& fee) { return charges_by_past(fee, name); });
  });
}

std::int64_t added_of(CountedCell::Added added, std::int64_t n, std::int64_t debit) {
  switch (added) {
    case CountedCell::Added::nothing:
      break;
    case CountedCell::Added::amount:
      return n;
    case CountedCell::Added::debit:
      return debit;
    case CountedCell::Added::one:
      return 1;
  }
  return 0;
}

}  // namespace

std::string_view account_of(const Layout& layout, const Rows& rows, std::size_t row) {
  if (layout.account) return rows.cell(row, *layout.account);
  const std::string* constant = layout.constant("account");
  return constant == nullptr ? std::string_view() : *constant;
}

CountedRows::CountedRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
                         Ledger* ledger)
    : tariff_(tariff),
      options_(options),
      layout_(layout),
      ledger_(ledger),
      judges_(options.enforce_limits),
      time_(layout.column_of("time")) {
  if (!judges_) return;
  for (const Plan& plan : tariff.versions) ladders_.push_back(compile_ladder(plan.schedule));
}

bool CountedRows::may_count(const Tariff& tariff, const BatchOptions& options,
                            const Layout& layout) {
  bool some = std::any_of(tariff.versions.begin(), tariff.versions.end(),
                          [](const Plan& plan) { return has_free_operation(plan.schedule); });
  return some && !options.in_given_order && !layout.billed;
}

CountedCell* CountedRows::cell_of(const std::string& key, const ResolvedQuestion& setting) {
  auto [found, is_new] = cells_.try_emplace(key);
  if (is_new) {
    auto version = static_cast<std::size_t>(setting.plan - tariff_.versions.data());
    found->second = count_cell(setting, judges_ ? &ladders_[version] : nullptr, ledger_);
  }
  return found->second ? &*found->second : nullptr;
}

CountedRows::RowTime CountedRows::time_of(std::string_view text) const {
  std::optional<Instant> time = options_.now;
  if (!text.empty()) time = read_plain_instant(text);
  if (!time) return {};
  std::optional<std::int64_t> at = microseconds_of(*time);
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
    hashes_[row] = AccountTable::hash(accounts_[row]);
    ledger_->accounts().prefetch_slot(hashes_[row]);
  }
  for (std::size_t row = 0; row < count; ++row)
    times_[row] = time_of(time_ ? rows.cell(row, *time_) : std::string_view());
  for (std::size_t row = 0; row < count; ++row) ledger_->accounts().prefetch_record(hashes_[row]);
}

std::uint64_t CountedRows::judge(std::size_t row, CountedCell& cell, std::int64_t n,
                                 std::int64_t debit) {
  WindowCounter* counters = nullptr;
  RowTime when;
  Instant time;
  if (ledger_ != nullptr) {
    when = times_[row];
    if (!when.known || accounts_[row].empty()) return in_full;
    time = instant_of(when.at);
    counters = ledger_->counters(accounts_[row], hashes_[row], when.at);
    if (counters == nullptr) return in_full;
  }
  std::uint64_t blocked = 0;
  for (std::size_t i = 0; i < cell.tests.size(); ++i) {
    const CountedCell::Test& test = cell.tests[i];
    std::int64_t value = added_of(test.added, n, debit);
    if (test.meter) {
      std::int64_t used = counters[*test.meter].read(ledger_->meters()[*test.meter], time, when.at);
      if (__builtin_add_overflow(used, value, &value)) return in_full;
    }
    if (!holds(test, value)) blocked |= std::uint64_t{1} << i;
  }
  if (blocked != 0) {
    ++cell.declined;
    for (std::size_t i = 0; i < cell.tests.size(); ++i) cell.tests[i].blocked += (blocked >> i) & 1;
  } else if (counters != nullptr) {
    for (const CountedCell::Sum& sum : cell.sums) {
      counters[sum.meter].settle(ledger_->meters()[sum.meter], time, when.at);
      if (!counters[sum.meter].has_room(added_of(sum.added, n, debit))) return in_full;
    }
    for (const CountedCell::Sum& sum : cell.sums) {
      counters[sum.meter].add(ledger_->meters()[sum.meter], when.at, added_of(sum.added, n, debit),
                              ledger_->rings());
    }
  }
  if (ledger_ != nullptr) ledger_->answered_at(counters, when.at);
  return blocked;
}

void CountedRows::add_to(Totals& totals) const {
  for (const auto& [key, cell] : cells_) {
    if (!cell) continue;
    totals.rows += cell->declined;
    totals.declined += cell->declined;
    for (const CountedCell::Test& test : cell->tests) {
      if (test.blocked > 0) totals.declined_by[test.limit->id] += test.blocked;
    }
  }
}

}  // namespace levy
