// parse -> decode -> check references: from bytes to a Schedule that can be trusted.
#pragma once

#include "base/checked.h"
#include "formats/json.h"
#include "schedule/schedule.h"

namespace levy::schedule::decode {

// The document's form: types, keys, figures, currencies, names. All faults in one run.
Checked<Schedule> decode_schedule(const formats::Document& document);

// What one part says of another: fees, sets, attributes, quantities, evidence, tiers, limits,
// guarantees, examples; ascending bands, min <= max. Empty: sound by reference.
Diagnostics check_references(const Schedule& schedule);

// All three stages; no stage runs on what an earlier one rejected. Faults are ordered by place.
Checked<Schedule> load_schedule(Source source);

}  // namespace levy::schedule::decode
