// Limits: their bounds, for all tiers or per tier.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
namespace {

// A value or null.
std::optional<Figure> decode_limit_bound(Draft& draft, const Node& node, Measured measured) {
  if (node.is(Node::Kind::null)) return std::nullopt;
  return draft.money().single(node, measured, bound_rule);
}

Words tier_ids(const Schedule& schedule) {
  Words ids;
  for (const Tier& tier : schedule.tiers) ids.push_back(tier.id);
  return ids;
}

void check_tier_key(Draft& draft, const Member& member, const Words& tiers) {
  if (draft.tiers_doubtful || std::find(tiers.begin(), tiers.end(), member.key) != tiers.end())
    return;
  draft.reader.fault(member, Code::unknown_tier,
                     "there is no tier " + in_quotes(member.key) + did_you_mean(member.key, tiers),
                     tiers.empty() ? "the schedule has no \"tiers\"; write one value, or declare "
                                     "them"
                                   : "known tiers: " + join_or(tiers));
}

void check_every_tier(Draft& draft, const Node& node, const Words& tiers) {
  Words missed;
  for (const std::string& tier : tiers) {
    if (!tier.empty() && !node.find(tier)) missed.push_back(in_quotes(tier));
  }
  if (missed.empty() || draft.tiers_doubtful) return;
  std::string which = missed.size() == 1 ? "the tier " : "the tiers ";
  for (std::size_t i = 0; i < missed.size(); ++i) which += (i > 0 ? ", " : "") + missed[i];
  draft.reader.fault(node, Code::limit_misses_tier,
                     "the limit does not say what holds for " + which,
                     "add " + missed.front() + ": a value, or null for no bound");
}

std::optional<Bounds> decode_bounds(Draft& draft, const Node& node, Measured measured) {
  Bounds bounds;
  bounds.place = draft.reader.place(node);
  bounds.by_tier = node.is(Node::Kind::object);
  if (!bounds.by_tier) {
    bounds.figures.emplace_back("", decode_limit_bound(draft, node, measured));
    return bounds;
  }
  Words tiers = tier_ids(draft.schedule);
  for (const Member& member : node.members) {
    check_tier_key(draft, member, tiers);
    bounds.figures.emplace_back(member.key, decode_limit_bound(draft, member.value, measured));
  }
  check_every_tier(draft, node, tiers);
  return bounds;
}

// `min` is about one operation or the balance, and a balance has no window.
void check_window(Draft& draft, const Node& node, const Meter& meter) {
  Reader& reader = draft.reader;
  bool balance = meter.measure == Meter::Measure::balance;
  const Member* window = find_member(node, "window");
  if (balance && window != nullptr) {
    reader.fault(*window, Code::conflicting_keys,
                 "\"window\" cannot stand beside \"measure\": \"balance\"",
                 "a balance is what there is now: remove \"window\"");
  }
  const Member* min = find_member(node, "min");
  bool single = balance || meter.window.kind == Window::Kind::transaction;
  const Member* counts = find_member(node, "counts");
  if (counts != nullptr && single) {
    reader.fault(*counts, Code::conflicting_keys,
                 "\"counts\" says which operations of a window count, and this limit has none",
                 "give it a \"window\", or remove \"counts\"");
  }
  if (min == nullptr || single) return;
  reader.fault(*min, Code::conflicting_keys, "\"min\" cannot stand beside this \"window\"",
               "a minimum is of one operation or of the balance: remove it, or the window");
}

std::optional<Meter::Counts> decode_counts(Draft& draft, const Node& node) {
  if (!draft.reader.object(node, "what a limit counts", {{"operation", "when"}, {}}))
    return std::nullopt;
  if (node.members.empty()) {
    draft.reader.fault(node, Code::missing_key, "nothing says what counts",
                       "write {\"operation\": \"deposit\"}, or remove \"counts\"");
  }
  Meter::Counts counts;
  counts.place = draft.reader.place(node);
  if (const Node* operations = node.find("operation"))
    counts.operations = decode_operations(draft, *operations);
  counts.when = decode_key(node, "when", [&](const Node& n) { return decode_when(draft, n); });
  return counts;
}

std::string decode_limit_id(Draft& draft, const Node& node) {
  Reader& reader = draft.reader;
  const Node* given = reader.need(node, "id", "name the limit, for example \"id\": \"daily\"");
  if (given == nullptr) return "";
  std::optional<std::string> id = reader.id(*given);
  if (id) declare_once(draft, draft.ids, *id, reader.place(*given), "fees, limits and evidence");
  return id.value_or("");
}

Limit decode_limit(Draft& draft, const Node& node) {
  Reader& reader = draft.reader;
  Limit limit;
  limit.place = reader.place(node);
  Keys keys{{"id", "title", "note", "operation", "when", "measure", "window", "currency", "min",
             "max", "counts", "per", "accept"},
            {{"tier", "write one bound per tier, \"max\": {\"basic\": \"100 EUR\"}"}}};
  if (!reader.object(node, "a limit", keys)) return limit;
  limit.id = decode_limit_id(draft, node);
  limit.title = decode_local_text(reader, node, "title");
  limit.note = decode_local_text(reader, node, "note");
  decode_accept(draft, node);
  limit.meter = decode_meter(draft, node, std::nullopt);
  limit.meter.counts =
      decode_key(node, "counts", [&](const Node& counts) { return decode_counts(draft, counts); });
  check_window(draft, node, limit.meter);
  Measured measured = measured_by(limit.meter.measure);
  auto bounds = [&](const Node& value) { return decode_bounds(draft, value, measured); };
  limit.min = decode_key(node, "min", bounds);
  limit.max = decode_key(node, "max", bounds);
  if (!node.find("min") && !node.find("max")) {
    reader.fault(node, Code::missing_key, "the limit has neither \"min\" nor \"max\"",
                 "say what it allows, \"max\": \"1000 EUR\"");
  }
  return limit;
}

}  // namespace

void decode_limits(Draft& draft, const Node& node) {
  if (!draft.reader.expect(node, Node::Kind::array, "list the limits, [{\"id\": ...}]")) return;
  for (const Node& item : node.items) draft.schedule.limits.push_back(decode_limit(draft, item));
}

}  // namespace levy
