// A schedule in the one layout that `levy fmt` gives it: keys in the order of the manual, a row of
// a table (a fee, case, band, tier, limit, example) on a line of its own where it fits.
//
// Only spaces, line ends and the order of keys that levy knows change. Every string and number
// stands as it was written, byte for byte; lists keep their order, and so do the keys that an
// author chooses: names, languages, tiers, conditions, the fields of an example.
//
//   {"id":"a","levy":1,"fees":[{"flat":"1.50 EUR","id":"f"}]}    becomes
//
//   {
//     "levy": 1,
//     "id": "a",
//     "fees": [
//       {"id": "f", "flat": "1.50 EUR"}
//     ]
//   }
#pragma once

#include <string>

#include "formats/json.h"

namespace levy::render::text {

// Ends with a line end. Laying the result out again gives the same text.
std::string schedule_layout(const formats::Document& document);

}  // namespace levy::render::text
