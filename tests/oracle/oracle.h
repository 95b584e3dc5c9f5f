// The oracle: a slow, obviously right reading of SPEC.md §1-3 and §5, straight from the JSON
// and in rationals. Linked only into tests: whatever levy answers must agree with it.
//
// Not for it: validation of form (schedules must be valid), limits, histories, time zones other
// than UTC, windows (readings come from the request's "used", else they are 0).
//
//   quote(schedule, {"operation": "transfer", "amount": "100 EUR"}, nullptr)
//     -> {"lines": [{"fee", "amount", "currency", "collect"}], "fees": {"EUR": "1.00"},
//         "debit": {"EUR": "101.00"}, "credit": {"EUR": "100.00"}, "conversion": null}
//     or {"error": {"code": "missing_money"}}
//
// Objects keyed by currency start with the source's; compare them by value, not by order.
#pragma once

#include <nlohmann/json.hpp>

namespace oracle {

using Json = nlohmann::ordered_json;

// request: an operation's fields as in SPEC §7, flat ({"operation", "amount", "currency",
// "to_currency", "time", "method", "gas_used", …}), and "used": {meter id: value}.
// rates: a levy_rates document, or null.
// Throws std::logic_error only where the schedule needs what the oracle does not do.
Json quote(const Json& schedule, const Json& request, const Json& rates);

}  // namespace oracle
