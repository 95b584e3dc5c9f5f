// Texts of other encodings, as UTF-8 while they are read. The only sight of iconv.
//
// A byte that is no text in its encoding comes out behind the byte 0xFF, which UTF-8 never has: the
// readers of tables then report its row, and go on.
#pragma once

#include <string>
#include <vector>

#include "base/checked.h"
#include "formats/byte_window.h"

namespace levy::formats {

// "utf-8", "utf-16", "latin-1" ...: what a mapping may call them.
const std::vector<std::string>& encodings();

// `encoding` is one of them. Code bad_value: this system cannot convert it.
Checked<ReadBlock> read_as_utf8(ReadBlock read, const std::string& encoding);

}  // namespace levy::formats
