// Dates and times in other forms than RFC 3339's: what is wrong with them, and what to write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace levy {

struct TimeRepair {
  std::string message;  // what is wrong, "it begins with the day"; may be empty
  std::string remedy;
};

// For a text that is neither a date nor a time of levy's. Nothing where the form is not one that
// people commonly write.
//
//   "20.11.2026"              it begins with the day          write 2026-11-20
//   "2026-11-20 15:00 CET"    it ends with a zone's name      write the offset from UTC ...
std::optional<TimeRepair> repair_time(std::string_view text);

// The same for what is no time of day of levy's: "4:30 pm" is 16:30.
std::optional<TimeRepair> repair_time_of_day(std::string_view text);

}  // namespace levy
