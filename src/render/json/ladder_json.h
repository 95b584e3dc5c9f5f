// The ladder as JSON, for `levy tiers --json`.
//
//   {"schedule": {"id", "version"}, "time", "tier": id or null (left out where it is not known),
//    "tier_given", "tiers": [{"tier", "title", "reached", "requires", "missing": [[...]]}],
//    "limits": [{"limit", "title", "window", "currency", "min", "max" (by tier, or one for all),
//                "used", "headroom", "override"}],
//    "evidence": [{"evidence", "kind", "title", "in_force", "until", "value", "currency"}],
//    "expiring": [{"evidence" or "override": id, "at", "tier_after"}]}
#pragma once

#include <string_view>

#include "formats/json_writer.h"
#include "limits/account_status.h"

namespace levy::render::json {

void write_account_status(formats::JsonWriter& json, const limits::AccountStatus& status,
                          std::string_view language);

}  // namespace levy::render::json
