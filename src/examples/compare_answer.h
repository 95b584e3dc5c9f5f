// Does an answer hold what an example expects? By value: "2.5" is "2.50", and only what the example
// names is compared (levy-schedule(5), EXAMPLES).
#pragma once

#include <string>
#include <vector>

#include "formats/json.h"
#include "money/money.h"

namespace levy::examples {

// `expect` against the JSON answer of a quote or check; each difference as "what: expected X, got
// Y". Short forms: "total", "debit", "credit" as money or a money list, "lines" as {id: money or
// null}, "error" as a code, "by" as the blocking limits.
std::vector<std::string> compare_answer(const formats::Node& expect, const formats::Node& answer,
                                        const Currencies& currencies, Currency fallback);

}  // namespace levy::examples
