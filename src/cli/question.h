// From an operation's words to a Question, once the schedule is known.
#pragma once

#include "base/checked.h"
#include "cli/commands.h"
#include "fees/tariff.h"

namespace levy::cli {

// Options are matched to the names that the schedule declares ("--gas-used" is gas_used); an
// unknown one is unknown_attribute with the nearest. Also codes bad_time and bad_value.
Checked<fees::Question> question_of(const OperationWords& words, const Common& common,
                                    const fees::Tariff& tariff);

// A fault of an option's own text: it has no file to point into.
Diagnostics about_option(const std::string& option, const Diagnostics& faults);

// --at, read in `zone`; else the clock. Code bad_time.
Checked<Instant> time_asked(const Common& common, const TimeZone& zone);

}  // namespace levy::cli
