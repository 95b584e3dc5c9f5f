// Snapshots: what ledgers know of their accounts, carried from one run to the next (levy-batch(1),
// "SNAPSHOTS").
//
// A snapshot is a line of JSON that says what it is of, the schedules' own texts among it; records,
// one an account, in the order of their names; and the SHA-256 of all that, with a line end. A
// record has the account's latest times and for each meter what was counted when, as
// variable-length integers: some 35 bytes where three meters count by the day.
//
// It says nothing of how the ledger keeps these things, so that a later release may read it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "ledger/ledger.h"

namespace levy::ledger {

// What became of a snapshot that was read.
struct SnapshotCounts {
  std::uint64_t accounts = 0;
  // Meters by id, where it is of another schedule: those that no longer count the same, and those
  // that it does not have, which begin with nothing.
  std::vector<std::string> not_carried, begun;
};

using LedgerOf = std::function<Ledger&(std::string_view account)>;

// The same bytes however the accounts are spread over ledgers. False: the sink failed. The ledgers
// are settled at each account's latest operation, and go on as before.
bool write_snapshot(const fees::Tariff& tariff, Ledger::Scope scope,
                    const std::vector<Ledger*>& ledgers,
                    const std::function<bool(std::string_view)>& sink);

// Before any operation is added. Code bad_file, whose place is the file: truncated or damaged, of
// another release's form, of another schedule unless `migrate`, an account that another snapshot
// had.
Checked<SnapshotCounts> read_snapshot(const fees::Tariff& tariff, Ledger::Scope scope, bool migrate,
                                      const std::string& file, std::string_view bytes,
                                      const LedgerOf& ledger_of);

}  // namespace levy::ledger
