// The one form of time that data is full of, "2026-11-20T15:04:05Z", without the general reader.
#pragma once

#include <optional>
#include <string_view>

#include "time/instant.h"

namespace levy {

// Is it that form, or nothing at all, and does the instant exist? A leap second does not.
bool is_plain_utc(std::string_view text);

// Nothing: it is not; the general reader may still know it.
std::optional<Instant> read_plain_instant(std::string_view text);

}  // namespace levy
