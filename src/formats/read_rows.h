// A table in either of its forms, told apart by its first byte: an object's bracket begins JSON
// Lines, anything else CSV.
#pragma once

#include <string>

#include "formats/byte_window.h"
#include "formats/json.h"
#include "formats/row.h"

namespace levy {

// A CSV table without the column `needed` (if one is named) is one faulty row: a file that lost its
// header is not a file without rows. Of a table that cannot be read at all that is the only row,
// and is on line 0.
NextRow read_table(std::string file, ReadBlock read, std::string needed = "");

// The rows of an array of objects inside a JSON document, such as a history written out in an
// example. The document must outlive the reading. An item that is no object is a faulty row.
NextRow read_items(const Document& document, const Node& array);

}  // namespace levy
