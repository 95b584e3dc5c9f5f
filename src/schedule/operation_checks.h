// Questions about an operation that are also asked by themselves, without reading all of it.
#pragma once

#include <optional>
#include <string_view>

#include "schedule/operation.h"

namespace levy {

// What the request says of its time; "": nothing.
std::string_view time_text(const Request& request);
// The time that decides which version is in force. An empty text is the fallback.
Checked<Instant> time_of(std::string_view text, const TimeZone& zone, Instant fallback_time);

bool is_in_force(const Schedule& schedule, Instant t);

// Is a quantity out of its range? Code out_of_range.
std::optional<Diagnostic> check_quantities(const Schedule& schedule, const Operation& operation);

}  // namespace levy
