// Evidence and tiers: what an account can show, and what each tier asks for.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

using EvidenceKind = Evidence::Kind;

const Words& kind_words() {
  static const Words words = {"document", "approval", "number", "activity"};
  return words;
}

// Keys that stand beside `kind` for some kinds only.
void check_kind_keys(Reader& reader, const formats::Node& node, EvidenceKind kind) {
  const Words meter = {"measure", "operation", "when", "window", "currency"};
  for (const formats::Member& member : node.members) {
    bool of_meter = std::find(meter.begin(), meter.end(), member.key) != meter.end();
    bool misplaced = (of_meter && kind != EvidenceKind::activity) ||
                     (member.key == "max_age" && kind != EvidenceKind::document);
    if (!misplaced) continue;
    const std::string& own = kind_words()[static_cast<std::size_t>(kind)];
    reader.fault(member, Code::conflicting_keys,
                 in_quotes(member.key) + " cannot stand beside \"kind\": " + in_quotes(own),
                 std::string("it is for ") + (of_meter ? "activities" : "documents") +
                     ": remove it, or correct the kind");
  }
}

void decode_kind(Draft& draft, const formats::Node& node, Evidence& evidence) {
  Reader& reader = draft.reader;
  const formats::Node* given =
      reader.need(node, "kind",
                  "write \"kind\": \"document\", \"approval\", \"number\" or "
                  "\"activity\"");
  if (given == nullptr) return;
  std::optional<std::size_t> at = reader.word(*given, "a kind of evidence", kind_words());
  if (!at) return;
  evidence.kind = static_cast<EvidenceKind>(*at);
  check_kind_keys(reader, node, evidence.kind);
  if (evidence.kind != EvidenceKind::activity) return;
  evidence.meter = decode_meter(draft, node, std::nullopt);
  if (evidence.meter->measure != Meter::Measure::balance) return;
  reader.fault(*node.find("measure"), Code::unknown_value, "only a limit can measure the balance",
               "write \"amount\", \"debit\", \"count\" or a quantity's name");
}

Evidence decode_one_evidence(Draft& draft, const formats::Member& member) {
  Reader& reader = draft.reader;
  Evidence evidence;
  evidence.id = member.key;
  evidence.place = reader.place(member);
  const formats::Node& node = member.value;
  Keys keys{
      {"kind", "title", "note", "max_age", "measure", "operation", "when", "window", "currency"},
      {{"id", "the key in front of the object is its name"}}};
  if (!reader.object(node, "evidence", keys)) return evidence;
  evidence.title = decode_local_text(reader, node, "title");
  evidence.note = decode_local_text(reader, node, "note");
  decode_kind(draft, node, evidence);
  if (const formats::Node* age = node.find("max_age")) {
    if (reader.expect(*age, formats::Node::Kind::string, "write a length, \"90d\""))
      evidence.max_age_seconds = reader.accept(*age, parse_duration(age->text));
  }
  return evidence;
}

Tier decode_tier(Draft& draft, std::map<std::string, Place, std::less<>>& known,
                 const formats::Node& node) {
  Reader& reader = draft.reader;
  Tier tier;
  tier.place = reader.place(node);
  Keys keys{{"id", "title", "note", "requires", "accept"},
            {{"limits", "a limit says per tier what it allows, in the schedule's \"limits\""}}};
  if (!reader.object(node, "a tier", keys)) return tier;
  if (const formats::Node* given =
          reader.need(node, "id", "name the tier, for example \"id\": \"basic\"")) {
    tier.id = reader.id(*given).value_or("");
    if (!tier.id.empty()) declare_once(draft, known, tier.id, reader.place(*given), "the tiers");
  }
  tier.title = decode_local_text(reader, node, "title");
  tier.note = decode_local_text(reader, node, "note");
  decode_accept(draft, node);
  return tier;
}

// ---- requirements ------------------------------------------------------------------------------

constexpr std::string_view requirement_remedy =
    "write the name of evidence, {\"all\": [...]}, {\"any\": [...]}, {\"at_least\": 2, \"of\": "
    "[...]}, or a comparison {\"account_age_days\": {\"at_least\": \"90\"}}";

Requirement decode_requirement(Draft& draft, const formats::Node& node);

void decode_parts(Draft& draft, const formats::Node& list, Requirement& requirement) {
  if (!draft.reader.expect_items(list, "list at least one requirement")) return;
  for (const formats::Node& item : list.items)
    requirement.of.push_back(decode_requirement(draft, item));
}

void decode_count(Draft& draft, const formats::Node& node, Requirement& requirement) {
  Reader& reader = draft.reader;
  const formats::Node* of =
      reader.need(node, "of", "list the requirements to choose from, \"of\": [...]");
  const formats::Node* count =
      reader.need(node, "at_least", "say how many of them, \"at_least\": 2");
  if (of == nullptr || count == nullptr) return;
  requirement.kind = Requirement::Kind::at_least;
  decode_parts(draft, *of, requirement);
  if (requirement.of.empty()) return;
  requirement.count =
      reader.integer(*count, 1, static_cast<int>(requirement.of.size())).value_or(1);
}

// {"volume_90d": {"at_least": "5000 EUR"}}: the value is typed by the evidence, where it can be.
void decode_comparison(Draft& draft, const formats::Member& member, Requirement& requirement) {
  requirement.kind = Requirement::Kind::evidence;
  requirement.evidence = member.key;
  requirement.place = draft.reader.place(member);
  if (!draft.reader.object(member.value, "a comparison", {{"at_least"}, {}})) return;
  const formats::Node* value =
      draft.reader.need(member.value, "at_least", "say what is asked for, {\"at_least\": \"90\"}");
  if (value == nullptr) return;
  const Evidence* found = draft.schedule.find_evidence(member.key);
  if (found == nullptr || (!found->meter && found->kind != EvidenceKind::number)) {
    requirement.at_least = Figure{Decimal(), {}, draft.reader.place(*value)};
    return;  // references say what is wrong
  }
  Measured measured = found->meter ? measured_by(found->meter->measure) : Measured::number;
  requirement.at_least = draft.money().single(*value, measured, bound_rule);
}

Requirement decode_requirement(Draft& draft, const formats::Node& node) {
  Requirement requirement;
  requirement.place = draft.reader.place(node);
  if (node.is(formats::Node::Kind::string)) {
    requirement.kind = Requirement::Kind::evidence;
    requirement.evidence = node.text;
    return requirement;
  }
  if (!draft.reader.expect(node, formats::Node::Kind::object, requirement_remedy))
    return requirement;
  bool counted = node.find("at_least") || node.find("of");
  if (node.members.size() != (counted ? 2U : 1U) && !(counted && node.members.size() == 1)) {
    draft.reader.fault(node, node.members.empty() ? Code::missing_key : Code::conflicting_keys,
                       node.members.empty() ? "the requirement is empty"
                                            : "a requirement is one of its forms, not several",
                       std::string(requirement_remedy));
  } else if (counted) {
    decode_count(draft, node, requirement);
  } else if (const formats::Node* all = node.find("all")) {
    decode_parts(draft, *all, requirement);
  } else if (const formats::Node* any = node.find("any")) {
    requirement.kind = Requirement::Kind::any;
    decode_parts(draft, *any, requirement);
  } else {
    decode_comparison(draft, node.members.front(), requirement);
  }
  return requirement;
}

}  // namespace

void decode_evidence(Draft& draft, const formats::Node& node) {
  constexpr std::string_view remedy = "write {\"id_document\": {\"kind\": \"document\"}}";
  if (!draft.reader.expect(node, formats::Node::Kind::object, remedy)) return;
  for (const formats::Member& member : node.members) {
    if (draft.reader.id(member)) {
      declare_once(draft, draft.ids, member.key, draft.reader.place(member),
                   "fees, limits and evidence");
    }
    draft.schedule.evidence.push_back(decode_one_evidence(draft, member));
  }
}

void decode_tiers(Draft& draft, const formats::Node& node) {
  std::map<std::string, Place, std::less<>> known;
  draft.tiers_doubtful = !draft.reader.expect(
      node, formats::Node::Kind::array, "list the tiers from the lowest up, [{\"id\": \"basic\"}]");
  if (draft.tiers_doubtful) return;
  for (const formats::Node& item : node.items)
    draft.schedule.tiers.push_back(decode_tier(draft, known, item));
}

void decode_requirements(Draft& draft, const formats::Node& node) {
  if (draft.tiers_doubtful) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const formats::Node* given = node.items[i].find("requires");
    if (given != nullptr) draft.schedule.tiers[i].requires_ = decode_requirement(draft, *given);
  }
}

// Limits: their bounds, for all tiers or per tier.

namespace {

// A value or null.
std::optional<Figure> decode_limit_bound(Draft& draft, const formats::Node& node,
                                         Measured measured) {
  if (node.is(formats::Node::Kind::null)) return std::nullopt;
  return draft.money().single(node, measured, bound_rule);
}

Words tier_ids(const Schedule& schedule) {
  Words ids;
  for (const Tier& tier : schedule.tiers) ids.push_back(tier.id);
  return ids;
}

void check_tier_key(Draft& draft, const formats::Member& member, const Words& tiers) {
  if (draft.tiers_doubtful || std::find(tiers.begin(), tiers.end(), member.key) != tiers.end())
    return;
  draft.reader.fault(member, Code::unknown_tier,
                     "there is no tier " + in_quotes(member.key) + did_you_mean(member.key, tiers),
                     tiers.empty() ? "the schedule has no \"tiers\"; write one value, or declare "
                                     "them"
                                   : "known tiers: " + join_or(tiers));
}

void check_every_tier(Draft& draft, const formats::Node& node, const Words& tiers) {
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

std::optional<Bounds> decode_bounds(Draft& draft, const formats::Node& node, Measured measured) {
  Bounds bounds;
  bounds.place = draft.reader.place(node);
  bounds.by_tier = node.is(formats::Node::Kind::object);
  if (!bounds.by_tier) {
    bounds.figures.emplace_back("", decode_limit_bound(draft, node, measured));
    return bounds;
  }
  Words tiers = tier_ids(draft.schedule);
  for (const formats::Member& member : node.members) {
    check_tier_key(draft, member, tiers);
    bounds.figures.emplace_back(member.key, decode_limit_bound(draft, member.value, measured));
  }
  check_every_tier(draft, node, tiers);
  return bounds;
}

// `min` is about one operation or the balance, and a balance has no window.
void check_window(Draft& draft, const formats::Node& node, const Meter& meter) {
  Reader& reader = draft.reader;
  bool balance = meter.measure == Meter::Measure::balance;
  const formats::Member* window = find_member(node, "window");
  if (balance && window != nullptr) {
    reader.fault(*window, Code::conflicting_keys,
                 "\"window\" cannot stand beside \"measure\": \"balance\"",
                 "a balance is what there is now: remove \"window\"");
  }
  const formats::Member* min = find_member(node, "min");
  bool single = balance || meter.window.kind == Window::Kind::transaction;
  const formats::Member* counts = find_member(node, "counts");
  if (counts != nullptr && single) {
    reader.fault(*counts, Code::conflicting_keys,
                 "\"counts\" says which operations of a window count, and this limit has none",
                 "give it a \"window\", or remove \"counts\"");
  }
  if (min == nullptr || single) return;
  reader.fault(*min, Code::conflicting_keys, "\"min\" cannot stand beside this \"window\"",
               "a minimum is of one operation or of the balance: remove it, or the window");
}

std::optional<Meter::Counts> decode_counts(Draft& draft, const formats::Node& node) {
  if (!draft.reader.object(node, "what a limit counts", {{"operation", "when"}, {}}))
    return std::nullopt;
  if (node.members.empty()) {
    draft.reader.fault(node, Code::missing_key, "nothing says what counts",
                       "write {\"operation\": \"deposit\"}, or remove \"counts\"");
  }
  Meter::Counts counts;
  counts.place = draft.reader.place(node);
  if (const formats::Node* operations = node.find("operation"))
    counts.operations = decode_operations(draft, *operations);
  counts.when =
      decode_key(node, "when", [&](const formats::Node& n) { return decode_when(draft, n); });
  return counts;
}

std::string decode_limit_id(Draft& draft, const formats::Node& node) {
  Reader& reader = draft.reader;
  const formats::Node* given =
      reader.need(node, "id", "name the limit, for example \"id\": \"daily\"");
  if (given == nullptr) return "";
  std::optional<std::string> id = reader.id(*given);
  if (id) declare_once(draft, draft.ids, *id, reader.place(*given), "fees, limits and evidence");
  return id.value_or("");
}

Limit decode_limit(Draft& draft, const formats::Node& node) {
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
  limit.meter.counts = decode_key(
      node, "counts", [&](const formats::Node& counts) { return decode_counts(draft, counts); });
  check_window(draft, node, limit.meter);
  Measured measured = measured_by(limit.meter.measure);
  auto bounds = [&](const formats::Node& value) { return decode_bounds(draft, value, measured); };
  limit.min = decode_key(node, "min", bounds);
  limit.max = decode_key(node, "max", bounds);
  if (!node.find("min") && !node.find("max")) {
    reader.fault(node, Code::missing_key, "the limit has neither \"min\" nor \"max\"",
                 "say what it allows, \"max\": \"1000 EUR\"");
  }
  return limit;
}

}  // namespace

void decode_limits(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::array, "list the limits, [{\"id\": ...}]"))
    return;
  for (const formats::Node& item : node.items)
    draft.schedule.limits.push_back(decode_limit(draft, item));
}

}  // namespace levy::schedule::decode
