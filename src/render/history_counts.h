// What became of the rows of a history: read, of the account, counted, left out.
#pragma once

#include <optional>
#include <string>

#include "formats/json_writer.h"
#include "render/page.h"
#include "schedule/history.h"

namespace levy {

// "History: 6 rows, 5 of this account, 3 counted; left out: 1 declined, 1 after this time"; nothing
// where there is no history.
void add_history(Page& page, const std::optional<HistoryCounts>& counts);

// The member "history", where there is one: {"rows", "account", "counted", "left_out": {status:
// rows}}, and "later" where there are such rows.
void write_history(JsonWriter& json, const std::optional<HistoryCounts>& counts);

}  // namespace levy
