// What is no table although it is given as one: archives, web pages, other encodings.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "formats/byte_window.h"

namespace levy {

// Looks at the first bytes, and consumes only a byte order mark. gzip, zip and other archives, old
// spreadsheets, PDF, web pages, XML, JSON arrays: bad_file; UTF-16: utf16. Nothing: it may be one.
std::optional<Diagnostic> find_foreign_form(ByteWindow& bytes, const std::string& file);

}  // namespace levy
