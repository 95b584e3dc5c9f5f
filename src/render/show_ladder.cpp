// Tiers, limits and guarantees.
#include "render/show_parts.h"

namespace levy {
namespace {

std::string note_in(const LocalText& note, const Wording& wording) {
  return std::string(note.in(wording.language));
}

void add_evidence(Page& page, const Wording& wording) {
  if (wording.schedule.evidence.empty()) return;
  Grid grid{{"Evidence", "What it is", "Note"}, {}};
  for (const Evidence& one : wording.schedule.evidence) {
    grid.row({titled(one.title, one.id, wording), evidence_words(one, wording),
              note_in(one.note, wording)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

bool by_tier(const Limit& limit) {
  return (limit.min && limit.min->by_tier) || (limit.max && limit.max->by_tier);
}

// One column a tier where any limit tells them apart.
std::vector<std::string> tier_columns(const Schedule& schedule) {
  for (const Limit& limit : schedule.limits) {
    if (!by_tier(limit)) continue;
    std::vector<std::string> ids;
    for (const Tier& tier : schedule.tiers) ids.push_back(tier.id);
    return ids;
  }
  return {""};
}

Grid::Row limit_row(const Limit& limit, const std::vector<std::string>& tiers,
                    const Wording& wording) {
  const Meter& meter = limit.meter;
  std::string operations = meter.operations ? join_and(*meter.operations) : "every operation";
  std::string measured = measure_words(meter);
  std::string counts = counts_words(meter, wording);
  if (!counts.empty()) measured += ", of " + counts;
  Grid::Row row{{titled(limit.title, limit.id, wording), operations,
                 when_words(meter.when, wording), measured}};
  for (const std::string& tier : tiers) row.cells.push_back(allowed_words(limit, tier, wording));
  return row;
}

}  // namespace

std::string titled(const LocalText& title, const std::string& id, const Wording& wording) {
  std::string text(title.in(wording.language));
  return text.empty() ? id : text + " (" + id + ")";
}

void add_tiers(Page& page, const Wording& wording) {
  const Schedule& schedule = wording.schedule;
  if (schedule.tiers.empty() && schedule.evidence.empty()) return;
  page.push_back(Heading{2, "Tiers"});
  Grid grid{{"Tier", "Requires", "Note"}, {}};
  bool first = true;
  for (const Tier& tier : schedule.tiers) {
    std::string words =
        tier.requires_ ? requirement_words(*tier.requires_, wording) : "nothing more";
    if (first && !tier.requires_) words = "nothing";
    first = false;
    grid.row({titled(tier.title, tier.id, wording), words, note_in(tier.note, wording)});
  }
  grid.drop_empty_columns();
  if (!grid.rows.empty()) page.push_back(std::move(grid));
  if (schedule.tiers.size() > 1)
    page.push_back(Paragraph{"Each tier also requires what the tiers before it require."});
  add_evidence(page, wording);
}

void add_limits(Page& page, const Wording& wording) {
  const Schedule& schedule = wording.schedule;
  if (schedule.limits.empty()) return;
  page.push_back(Heading{2, "Limits"});
  std::vector<std::string> tiers = tier_columns(schedule);
  Grid grid{{"Limit", "Operations", "When", "Measured"}, {}};
  for (const std::string& tier : tiers) grid.columns.push_back(tier.empty() ? "Allowed" : tier);
  Facts notes;
  for (const Limit& limit : schedule.limits) {
    grid.rows.push_back(limit_row(limit, tiers, wording));
    std::string note = note_in(limit.note, wording);
    if (!note.empty()) notes.rows.emplace_back("Note on " + limit.id, note);
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  if (!notes.rows.empty()) page.push_back(std::move(notes));
}

void add_guarantees(Page& page, const Wording& wording) {
  if (wording.schedule.guarantees.empty()) return;
  page.push_back(Heading{2, "Guarantees"});
  Grid grid{{"Promise", "Operations", "When", "Guaranteed"}, {}};
  for (const Guarantee& one : wording.schedule.guarantees) {
    std::string operations = one.operations.empty() ? "every operation" : join_and(one.operations);
    grid.row({std::string(one.title.in(wording.language)), operations,
              when_words(one.when, wording), promise_words(one, wording)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

}  // namespace levy
