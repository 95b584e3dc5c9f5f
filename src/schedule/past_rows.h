// Past operations as rows tell them, as far as meters ask: any operation, at any time, whatever
// else its columns hold. Shared by a history of one account and by a batch that starts from one.
#pragma once

#include <string>
#include <vector>

#include "formats/row.h"
#include "schedule/counting.h"

namespace levy {

class PastRows {
 public:
  // Reads the columns that the counters' conditions and measures look at, where the schedule knows
  // them; others may hold what they like.
  PastRows(const Schedule& schedule, const std::vector<Counter>& counters);

  static bool is_counted(const Row& row);       // its status is "ok" or absent
  Checked<Instant> time(const Row& row) const;  // code bad_time, also where there is none
  Checked<Operation> operation(const Row& row, Instant time) const;  // codes: decode_operation's

 private:
  Schedule schedule_;
  std::vector<std::string> columns_;
};

// The fault as one of this row: its place, and its id where it has one.
Diagnostic told_of(const Row& row, const std::string& file, Diagnostic fault);

}  // namespace levy
