// The ladder for someone who reads it out to a customer: `levy tiers`.
#pragma once

#include <string>
#include <string_view>

#include "limits/standing.h"
#include "render/page.h"

namespace levy {

// Where the account stands, the limits by tier, what each tier takes, what is missing, what runs
// out soon. `horizon` is how far ahead was looked, in words: "30 days".
Page standing_page(const Standing& standing, std::string_view language, const std::string& horizon);

}  // namespace levy
