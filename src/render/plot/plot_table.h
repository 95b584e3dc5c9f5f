// The exact edges of curves, for programs: CSV and JSON.
#pragma once

#include <string>

#include "formats/json_writer.h"
#include "render/plot/plot.h"

namespace levy::render::plot {

// A row a plot segment: series, from, until (empty: without end), the fee, the percentage and what
// arrives at both ends, exact; or the code of why there is no figure.
std::string plot_csv(const std::vector<const curves::Series*>& series,
                     const std::vector<std::string>& labels);

// {"series": [{"label", "schedule", "given", "currency", "credit_currency",
//              "strokes": [{"from", "until", "fee_from", "fee_until", "fee_slope", "percent_from",
//                           "percent_until", "net_from", "net_until"} or {..., "error"}]}]}
void write_plot(formats::JsonWriter& json, const std::vector<const curves::Series*>& series,
                const std::vector<std::string>& labels);

}  // namespace levy::render::plot
