// A small universe in full: few, simple charges; every way of bounding, rounding, collecting.
#include "universe.h"

#include <string>

namespace oracle {

namespace {

// The charges are steep, so that a few cents of amount meet every band, block and bound.
const char* const charges_text = R"([
  {"percent": "12.5"},
  {"bps": "-850"},
  {"percent": "100/11"},
  {"flat": "0.025"},
  {"flat": "0.03 USD"},
  {"flat": ["-0.005 EUR", "0.01 USD"], "percent": "37"},
  {"per": {"every": "0.07", "charge": "0.015"}},
  {"per": {"every": "0.07", "charge": "0.015", "count": "complete"}},
  {"graduated": [{"up_to": "0.05", "percent": "30"}, {"below": "0.11", "percent": "15",
   "flat": "0.005"}, {"percent": "5", "flat": "0.01", "per": {"every": "0.04",
   "charge": "0.003"}}]},
  {"graduated": [{"below": "0.09", "flat": "0.02"}, {"up_to": "0.18", "percent": "45"}]},
  {"slab": [{"up_to": "0.05", "flat": "0.01"}, {"below": "0.14", "percent": "25",
   "min": "0.02", "max": "0.03"}, {"bps": "1250"}]},
  {"slab": [{"below": "0.08", "percent": "50"}, {"up_to": "0.17",
   "per": {"every": "0.03", "charge": "0.01"}}]},
  {"units": "items", "each": "0.007"},
  {"units": ["items", "amount"], "each": "0.3", "flat": "0.001"},
  {"greatest": [{"percent": "20"}, {"flat": "0.035"}]},
  {"least": [{"percent": "60"}, {"units": "items", "each": "0.011", "min": "0.05"}]},
  {"of": ["amount", "-first"], "percent": "33"},
  {"of": ["first"], "percent": "10", "flat": "0.001"},
  {"percent": "15", "free": {"amount": "0.1", "window": "day"}},
  {"percent": "15", "flat": "0.01", "free": {"amount": "0.15", "window": "day", "whole": true}},
  {"percent": "15", "flat": "0.01", "free": {"count": 3, "window": "day"}},
  {"by": {"window": "month"}, "graduated": [{"up_to": "0.1", "percent": "20"},
   {"percent": "10", "flat": "0.013"}]},
  {"by": {"window": "month"}, "per": {"every": "0.06", "charge": "0.017"}},
  {"by": {"window": "month"}, "slab": [{"below": "0.09", "percent": "20"}, {"flat": "0.004"}]},
  {"waived": true}
])";

const char* const bounds_text = R"([
  {}, {"min": "0.02"}, {"max": "0.03"}, {"min": "0.02", "max": "0.02"},
  {"cap": {"max": "0.03", "window": "day"}}
])";

bool fits(const Json& charge, const Json& bounds) {
  if (charge.contains("waived")) {
    return bounds.empty();
  }
  // The bounds are in euro; a lone flat in another currency has none of these.
  if (charge.contains("flat") && charge.at("flat") == "0.03 USD") {
    return bounds.empty();
  }
  const bool has_meter = charge.contains("free") || charge.contains("by");
  return !(has_meter && bounds.contains("cap"));
}

// A fee that others may look at, and the one in question.
Json schedule_of(const Json& charge, const Json& bounds, const Json& rounding,
                 const std::string& collect) {
  Json schedule;
  schedule["levy"] = 1;
  schedule["id"] = "small-universe";
  schedule["currency"] = "EUR";
  schedule["rounding"] = rounding;
  schedule["quantities"]["items"]["default"] = "3";
  Json first;
  first["id"] = "first";
  first["collect"] = "none";
  first["percent"] = "40";
  Json second;
  second["id"] = "second";
  second["collect"] = collect;
  for (const Json& part : {charge, bounds}) {
    for (const auto& [key, value] : part.items()) {
      second[key] = value;
    }
  }
  schedule["fees"] = Json::array({first, second});
  return schedule;
}

std::vector<Json> requests_of(const Json& charge, const Json& bounds, int amount_max) {
  const bool has_meter = charge.contains("free") || charge.contains("by") || bounds.contains("cap");
  std::vector<Json> requests;
  for (int cents = 0; cents <= amount_max; ++cents) {
    Json request;
    request["operation"] = "transfer";
    const std::string two = std::to_string(100 + cents % 100).substr(1);
    request["amount"] = std::to_string(cents / 100) + "." + two + " EUR";
    request["time"] = "2026-06-15T12:00:00Z";
    if (has_meter && cents % 4 != 0) {
      const bool counts = charge.contains("free") && charge.at("free").contains("count");
      request["used"]["second"] = counts ? "3" : "0.0" + std::to_string(cents % 4 + 1);
    }
    requests.push_back(request);
  }
  return requests;
}

}  // namespace

std::size_t small_universe(const Visit& visit, int amount_max) {
  const Json all_charges = Json::parse(charges_text);
  const Json all_bounds = Json::parse(bounds_text);
  std::size_t count = 0;
  for (const Json& charge : all_charges) {
    for (const Json& bounds : all_bounds) {
      if (!fits(charge, bounds)) {
        continue;
      }
      const std::vector<Json> requests = requests_of(charge, bounds, amount_max);
      for (const char* mode :
           {"half-even", "half-up", "half-down", "up", "down", "ceiling", "floor"}) {
        for (const char* apply : {"line", "total"}) {
          for (const char* to : {"", "0.02"}) {
            for (const char* collect : {"on_top", "deducted", "none"}) {
              Json rounding;
              rounding["mode"] = mode;
              rounding["apply"] = apply;
              if (*to != '\0') {
                rounding["to"] = to;
              }
              visit(schedule_of(charge, bounds, rounding, collect), requests);
              count += requests.size();
            }
          }
        }
      }
    }
  }
  return count;
}

}  // namespace oracle
