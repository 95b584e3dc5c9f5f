// How limits stand to each other: what one counts at least as much of as another. Used by the
// findings about limits and tiers.
#pragma once

#include <optional>
#include <string>

#include "schedule/schedule.h"

namespace levy {

// Every operation that `narrow` counts (or applies to) is counted by `wide` too, for all that
// their conditions say; false also where that does not show.
bool counts_at_least(const Meter& wide, const Meter& narrow);

// At every time the window of `wide` holds that of `narrow`. `zone_shifts`: days may have 25 hours.
bool is_within(const Window& narrow, const Window& wide, bool zone_shifts);

// Into how many windows of the limit an evidence's window can fall apart at most; nothing: without
// bound.
std::optional<Decimal> windows_in(const Window& whole, const Window& part, bool zone_shifts);

// The bound that holds in a tier ("" where there are none); nothing: none.
std::optional<Rational> bound_in(const std::optional<Bounds>& bounds, const std::string& tier);

// "300.00 EUR", "5".
std::string bound_words(const Rational& value, const Meter& meter, const Schedule& schedule);

}  // namespace levy
