// A table in either of its forms, told apart by its first byte: an object's bracket begins JSON
// Lines, anything else CSV.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "formats/byte_window.h"
#include "formats/json.h"
#include "formats/row.h"

namespace levy::formats {

// A CSV table without the column `needed` (if one is named) is one faulty row: a file that lost its
// header is not a file without rows. Of a table that cannot be read at all that is the only row,
// and is on line 0. `shape`: as a mapping says that it is written.
NextRow read_table(std::string file, ReadBlock read, std::string needed = "",
                   const TableShape& shape = {});

// The rows of an array of objects inside a JSON document, such as a history written out in an
// example. The document must outlive the reading. An item that is no object is a faulty row.
NextRow read_items(const Document& document, const Node& array);

// What is no table although it is given as one: archives, web pages, other encodings.

// Looks at the first bytes, and consumes only a byte order mark and, unless `keeps_blank`, blank
// lines. gzip, zip and other archives, old spreadsheets, PDF, web pages, XML, JSON arrays:
// bad_file; UTF-16: utf16. Nothing: it may be one.
std::optional<Diagnostic> find_foreign_form(ByteWindow& bytes, const std::string& file,
                                            bool keeps_blank = false);

// Consumes the lines of blanks that stand first, in bounded memory however many they are.
void skip_blank_lines(ByteWindow& bytes);

// Is the first byte that is not blank an object's bracket?
bool begins_with_object(ByteWindow& bytes);

}  // namespace levy::formats
