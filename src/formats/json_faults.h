// Why text is not JSON, in plain words and at the exact places. Looked for only after the reader
// has refused a file, so nothing here decides what is accepted.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"

namespace levy::formats {

// Bytes that are no JSON text in any form: UTF-16, NUL bytes, invalid UTF-8, archives, nothing.
Diagnostics find_byte_faults(const Source& source);

// HTML, YAML and the like; empty where it could be JSON with faults.
Diagnostics find_other_format(const Source& source);

struct SyntaxFaults {
  Diagnostics faults;
  // The text with spaces for its comments and trailing commas, where these are all its faults:
  // same bytes, same places, ready to be read for further ones. Else empty.
  std::string fixed;
};

// At least one, as the text is not JSON.
SyntaxFaults find_syntax_faults(const Source& source);

}  // namespace levy::formats
