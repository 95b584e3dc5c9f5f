// What the tests of limits share: schedules, profiles and rows out of short texts.
#pragma once

#include <string>

#include "ask/check.h"
#include "formats/read_rows.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {

// The schedule around `parts` (further members): attributes method and vip, a quantity units.
inline schedule::Schedule schedule_with(const std::string& parts) {
  Checked<schedule::Schedule> schedule =
      schedule::decode::load_schedule(Source("s.json", R"({"levy": 1, "id": "s", "currency": "EUR",
        "attributes": {"method": ["bank", "card"], "vip": "boolean"}, "quantities": {"units": {}},
        )" + parts + "}"));
  if (!schedule) FAIL(schedule.faults().front().message);
  return *schedule;
}

inline formats::Document document_of(const std::string& json) {
  Checked<formats::Document> document = formats::parse_json(Source("d.json", json));
  if (!document) FAIL(document.faults().front().message);
  return *document;
}

inline facts::Rates rates_of(const std::string& usd) {
  facts::Rates rates;
  rates.base = *Currency::of("EUR");
  rates.rates[*Currency::of("USD")] = *parse_decimal(usd);
  return rates;
}

inline Instant at(const std::string& text) {
  Checked<Instant> instant = parse_instant(text, TimeZone());
  if (!instant) FAIL(text);
  return *instant;
}

}  // namespace levy
