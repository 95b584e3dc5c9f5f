// Versions of one tariff that overlap, or leave a time without any.
#include <algorithm>

#include "analysis/findings.h"

namespace levy {
namespace {

const Place& place_of(const Schedule& schedule) {
  return schedule.effective.line() > 0 ? schedule.effective : schedule.place;
}

std::string schedule_name(const Schedule& schedule) {
  return schedule.version.empty() ? "the version in " + schedule.file
                                  : "version " + schedule.version;
}

bool starts_before(const Schedule& a, const Schedule& b) {
  if (!a.from || !b.from) return !a.from && b.from;
  return *a.from < *b.from;
}

std::string day_or_time(Instant t, const TimeZone& zone) {
  TimeZone::Local local = zone.local(t);
  return local.second == 0 && local.nanosecond == 0 ? to_string(local.day) : to_string(t, zone);
}

void add_overlap(const Schedule& earlier, const Schedule& later, Report& report) {
  Finding finding = make_finding(Code::overlapping_versions, Severity::error, place_of(later),
                                 schedule_name(later) + " of " + later.id + " is in force while " +
                                     schedule_name(earlier) + " is",
                                 "let \"effective\" of one end where the other's begins");
  finding.what.related.push_back(place_of(earlier));
  if (later.from) add_figure(finding, "from", day_or_time(*later.from, later.timezone));
  if (earlier.until) add_figure(finding, "until", day_or_time(*earlier.until, earlier.timezone));
  finding.key = earlier.file;
  report.findings.push_back(std::move(finding));
}

void add_gap(const Schedule& earlier, const Schedule& later, Report& report) {
  std::string from = day_or_time(*earlier.until, earlier.timezone);
  std::string until = day_or_time(*later.from, later.timezone);
  Finding finding = make_finding(
      Code::version_gap, Severity::warning, place_of(later),
      "no version of " + later.id + " is in force from " + from + " until " + until,
      "let " + schedule_name(later) + " begin where " + schedule_name(earlier) + " ends");
  finding.what.related.push_back(place_of(earlier));
  add_figure(finding, "from", from);
  add_figure(finding, "until", until);
  std::vector<std::string> operations = later.operations();
  Operation operation;
  operation.name = operations.empty() ? "transaction" : operations.front();
  operation.currency = later.currency;
  operation.time = *earlier.until;
  for (const Quantity& quantity : later.quantities)
    operation.quantities[quantity.name] = usual_value(quantity);
  if (!operation.currency.empty()) operation.amount = Rational(1);
  finding.reproduce.push_back(command_of("quote", later, operation, {}, true));
  report.findings.push_back(std::move(finding));
}

}  // namespace

void find_version_faults(std::vector<const Plan*> versions, Report& report) {
  std::stable_sort(versions.begin(), versions.end(), [](const Plan* a, const Plan* b) {
    return starts_before(a->schedule, b->schedule);
  });
  const Schedule* reaching = nullptr;  // of those before, the one that lasts longest
  for (const Plan* plan : versions) {
    const Schedule& schedule = plan->schedule;
    if (reaching != nullptr) {
      bool open = !reaching->until || !schedule.from;
      if (open || *schedule.from < *reaching->until) add_overlap(*reaching, schedule, report);
      if (!open && *schedule.from > *reaching->until) add_gap(*reaching, schedule, report);
    }
    bool longer = reaching == nullptr ||
                  (reaching->until && (!schedule.until || *schedule.until > *reaching->until));
    if (longer) reaching = &schedule;
  }
}

}  // namespace levy
