// The document as a whole: its own keys, and the order in which its parts are decoded.
#include <tuple>

#include "base/text.h"
#include "schedule/decode_parts.h"
#include "schedule/load.h"

namespace levy {
namespace {

const Keys& document_keys() {
  static const Keys keys{
      {"levy",       "id",         "version",    "title",    "note",       "source",
       "currency",   "currencies", "effective",  "timezone", "rounding",   "collect",
       "attributes", "quantities", "sets",       "fees",     "conversion", "evidence",
       "tiers",      "limits",     "guarantees", "examples", "accept",     "$schema"},
      {{"operation", "\"operation\" stands in each fee and limit"},
       {"when", "\"when\" stands in each fee, case and limit"}}};
  return keys;
}

void decode_format(Reader& reader, const Node& root) {
  const Node* levy = reader.need(root, "levy", "begin the schedule with \"levy\": 1");
  if (levy == nullptr) return;
  if (levy->is(Node::Kind::number) && levy->text == "1") return;
  if (reader.expect(*levy, Node::Kind::number, "write \"levy\": 1, without quotes")) {
    reader.fault(*levy, Code::bad_value,
                 "the format " + levy->text + " is not one that this program reads",
                 "write \"levy\": 1");
  }
}

void decode_heading(Draft& draft, const Node& root) {
  Reader& reader = draft.reader;
  Schedule& schedule = draft.schedule;
  if (const Node* id = reader.need(root, "id", "name the tariff, for example \"id\": \"okpay\""))
    schedule.id = reader.id(*id).value_or("");
  if (const Node* version = root.find("version"))
    schedule.version = reader.text(*version, "write it as a string, \"2026.1\"").value_or("");
  if (const Node* source = root.find("source"))
    schedule.source = reader.text(*source, "say in words where the figures come from").value_or("");
  if (const Node* schema = root.find("$schema"))
    (void)reader.text(*schema, "write the address of levy's JSON Schema, or remove the key");
  schedule.title = decode_local_text(reader, root, "title");
  schedule.note = decode_local_text(reader, root, "note");
  if (!root.find("fees") && !root.find("limits")) {
    reader.fault(root, Code::missing_key, "the schedule has neither \"fees\" nor \"limits\"",
                 "say what is charged under \"fees\", or what is allowed under \"limits\"");
  }
}

using DecodePart = void (*)(Draft&, const Node&);

void decode_part(Draft& draft, const Node& root, std::string_view key, DecodePart decode) {
  if (const Node* part = root.find(key)) decode(draft, *part);
}

}  // namespace

void declare_once(Draft& draft, std::map<std::string, Place, std::less<>>& known,
                  const std::string& name, const Place& place, std::string_view unique_over) {
  auto [other, is_new] = known.emplace(name, place);
  if (is_new) return;
  // Parts are not decoded in the order of the file; the reader of the fault reads in that order.
  const Place& there = other->second;
  bool later = order_of(place, there) > 0;
  draft.reader.fault(later ? place : there, Code::duplicate_id, in_quotes(name) + " is used twice",
                     "rename one of the two: names are unique over " + std::string(unique_over),
                     {later ? there : place});
}

Checked<Schedule> decode_schedule(const Document& document) {
  Reader reader(document);
  Draft draft{reader, {}, {}, {}, {}, {}};
  const Node& root = document.root;
  draft.schedule.file = document.source.file();
  draft.schedule.place = document.place(root);
  bool other = reader.is_another_document(root, "a schedule");
  if (!other && reader.object(root, "a schedule", document_keys())) {
    decode_format(reader, root);
    decode_heading(draft, root);
    decode_accept(draft, root);
    decode_currencies(draft, root);
    decode_times(draft, root);
    decode_roundings(draft, root);
    decode_names(draft, root);
    decode_part(draft, root, "tiers", decode_tiers);
    decode_part(draft, root, "evidence", decode_evidence);
    decode_part(draft, root, "tiers", decode_requirements);
    decode_part(draft, root, "fees", decode_fees);
    decode_part(draft, root, "limits", decode_limits);
    decode_part(draft, root, "guarantees", decode_guarantees);
    decode_part(draft, root, "examples", decode_examples);
  }
  if (reader.fault_count() > 0) return reader.take_faults();
  return std::move(draft.schedule);
}

}  // namespace levy
