// Repairs what can only be meant in one way: trailing commas, comments (they become notes), badly
// written decimals and money, misspelt keys, and keys of other formats. Everything else is left for
// its author.
//
//   repair_schedule(Source("a.json", R"({"levy": 1, "currency": "eur",})"))
//                                              is R"({"levy": 1, "currency": "EUR"})"
#pragma once

#include <string>

#include "base/source.h"

namespace levy::schedule::decode {

// The whole text, as it was where nothing can be repaired. No value changes that could be read; the
// words of a comment go to the note of the fee, case, tier, limit or evidence that it stands in or
// above, else to that of the document.
std::string repair_schedule(const Source& source);

}  // namespace levy::schedule::decode
