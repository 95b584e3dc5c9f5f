// Keys as people write them who know other formats, and which of levy's they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levy {

// The key of `known`, those that may stand in the object, that is surely meant: "min" for
// "minimum", "up_to" for "to" in a band and "until" for it in `effective`; else a near one, as
// suggest has it. "" where there is none.
std::string likely_key(std::string_view written, const std::vector<std::string>& known);

// What to write where the word means one of two keys: "bands" may be `graduated` or `slab`.
// "" where it does not.
std::string two_meanings(std::string_view written, const std::vector<std::string>& known);

}  // namespace levy
