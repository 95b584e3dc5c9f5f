// A table that somebody exported, as its first bytes show it: encoding, delimiter, what stands
// before it, its columns and the texts in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "formats/row.h"

namespace levy::facts {

struct LookedAtTable {
  formats::TableShape shape;
  bool is_json = false;
  bool is_encoding_sure = true;  // else it is taken for windows-1252
  bool has_names = true;         // the first line looks like one of names
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> cells;  // by column, those that are not empty
};

// `start`: the first bytes as they stand in the file; `is_whole`: there are no more. Code bad_file:
// no lines with as many cells as the first of them.
Checked<LookedAtTable> look_at_table(const std::string& file, std::string_view start,
                                     bool is_whole);

// Digits, and what stands between them in amounts, dates and times.
bool looks_like_a_figure(std::string_view cell);

}  // namespace levy::facts
