// A row of the output, as CSV, as TSV or as a line of JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch/rows/layout.h"
#include "batch/rows/row_evaluator.h"
#include "formats/row.h"

namespace levy::batch::rows {

void append_cell(std::string& out, std::string_view text, const Layout& layout);  // no JSON

// Where every line gets one, so does a blank one: a row that is at fault.
formats::Row blank_line(std::string_view line);

// The table's first line; nothing for JSON Lines.
std::string header_line(const Layout& layout);

// The line for an answer. `row` is the record as read: a faulty one has no texts, and its cells are
// empty; `cells` its texts by column of the layout.
void append_row(std::string& out, const Layout& layout, const formats::Row& row,
                const RowCells& cells, const RowAnswer& answer);

// The line for a row that has no answer, and why.
void append_error(std::string& out, const Layout& layout, const formats::Row& row,
                  const RowCells& cells, Code code);

// The object of a line of JSON, with its input columns and not closed.
void append_json_input(std::string& out, const Layout& layout, const formats::Row& row,
                       const RowCells& cells);

// Its input columns alone, where it is no JSON.
void append_input(std::string& out, const Layout& layout, const formats::Row& row,
                  const RowCells& cells);

// Which column a fault is about, "" where it is none: readers of fields begin their messages with
// the field's name. Of a record that cannot be read, the character.
std::string faulty_column(const Layout& layout, const formats::Row& row, const Diagnostic& fault);

}  // namespace levy::batch::rows
