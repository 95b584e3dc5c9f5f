#include "schedule/load.h"

#include <utility>

#include "schedule/meter_currency.h"

namespace levy {

Checked<Schedule> load_schedule(Source source) {
  Checked<Document> document = parse_json(std::move(source));
  if (!document) return std::move(document).faults();
  Checked<Schedule> schedule = decode_schedule(*document);
  if (!schedule) return std::move(schedule).faults();
  Diagnostics faults = check_references(*schedule);
  if (!faults.empty()) return faults;
  settle_meter_currencies(*schedule);
  return schedule;
}

}  // namespace levy
