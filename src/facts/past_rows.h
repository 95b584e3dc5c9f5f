// Past operations as rows tell them, as far as meters ask: at any time, whatever else their columns
// hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/counting.h"
#include "formats/row.h"

namespace levy::facts {

class PastRows {
 public:
  // Reads the columns that the counters' conditions and measures look at, where the schedule or one
  // of the others (further versions of the tariff) knows them; other columns may hold what they
  // like. Where two versions know a name, the schedule's own says what may stand there.
  PastRows(const schedule::Schedule& schedule, const std::vector<const schedule::Schedule*>& others,
           const std::vector<Counter>& counters);

  // Does its status let it count? "ok", "match", "mismatch" and none do; "declined", "error",
  // "failed", "cancelled", "pending", "reversed" and "skipped" do not. Code unknown_value.
  static Checked<bool> is_counted(const formats::Row& row);
  static Diagnostic no_time();  // of a row that must have one
  // Code unknown_operation; also where the row names none and there are several. Codes of the rest:
  // decode_operation's.
  Checked<Operation> operation(const formats::Row& row, Instant time) const;

 private:
  Checked<std::string> operation_name(const formats::Row& row) const;

  schedule::Schedule schedule_;
  std::vector<std::string> operations_;  // that a row may name; empty: any
  std::vector<std::string> columns_;
};

// The fault as one of this row: its place, and its id where it has one.
Diagnostic told_of(const formats::Row& row, const std::string& file, Diagnostic fault);

}  // namespace levy::facts
