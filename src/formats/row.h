// Row: one record of a table, whatever the table's form (CSV, JSON Lines).
//
// A reader of rows goes on after a record that cannot be read: that record is a row with a fault
// and nothing else, and no record is ever dropped or torn in two silently.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bounds.h"
#include "base/diagnostic.h"

namespace levy::formats {

// How a table is written, where a mapping says so (levy-mapping(5), INPUT).
struct TableShape {
  char delimiter = ',';
  bool is_tsv = false;  // tabs between cells, and escapes in them, whatever the delimiter
  std::size_t skipped_lines = 0;                   // before the header, or the first record
  std::optional<std::vector<std::string>> header;  // the columns; none: the first line names them
  std::string encoding = "utf-8";                  // of the file; what is read here is UTF-8
  bool is_mapped = false;                          // blanks around the header's names are no part
};

// All views hold until the next row is read.
struct Row {
  std::size_t line = 0;                 // on which it begins, from 1
  std::size_t byte_offset = 0;          // of its first byte, from 0
  std::string_view raw;                 // as written, without its line end
  std::vector<std::string_view> names;  // CSV: the header's; JSON Lines: the keys, distinct
  // As many; numbers as their literal text, without an exponent; null, and an empty cell, is "";
  // an object or array in JSON Lines as it is written.
  std::vector<std::string_view> texts;
  // JSON Lines: each value as it is written, quotes and all; TSV: each cell, likewise; CSV: none.
  std::vector<std::string_view> tokens;
  bool is_skipped = false;          // by the mapping of the table, whose `rows` do not choose it
  std::optional<Diagnostic> fault;  // why it cannot be read; then no names, and of
                                    // texts only what a CSV's ragged record has

  // "": absent or empty, which both mean that it is not given.
  std::string_view text_of(std::string_view name) const;
  bool is_ragged() const { return fault && !texts.empty(); }
};

// Fills the row; false: there are no more.
using NextRow = std::function<bool(Row&)>;

}  // namespace levy::formats
