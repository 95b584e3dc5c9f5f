// Fees and their cases.
#include "schedule/decode/load.h"

#include <tuple>
#include <utility>

#include "base/text.h"
#include "schedule/decode/decode_parts.h"
#include "schedule/meter_currency.h"

namespace levy::schedule::decode {
namespace {

Keys fee_keys() {
  Keys keys{{"id", "title", "note", "operation", "when", "collect", "round", "cases", "accept"},
            {}};
  Words charge = charge_keys(ChargeHome::fee);
  keys.known.insert(keys.known.end(), charge.begin(), charge.end());
  keys.elsewhere = {{"up_to", "bands stand in the list of \"graduated\" or \"slab\""},
                    {"below", "bands stand in the list of \"graduated\" or \"slab\""},
                    {"window", "a window stands in \"by\", \"free\" or \"cap\""}};
  return keys;
}

Keys case_keys() {
  Keys keys{{"when", "title", "note", "collect", "accept"}, {}};
  Words charge = charge_keys(ChargeHome::fee);
  keys.known.insert(keys.known.end(), charge.begin(), charge.end());
  keys.elsewhere = {{"id", "cases have no names; a fee's cases are distinguished by their order"},
                    {"round", "put \"round\" beside \"cases\": it holds for the whole fee"},
                    {"operation", "put \"operation\" beside \"cases\", or make this a fee"},
                    {"cases", "cases do not nest; write both conditions into one \"when\""}};
  return keys;
}

Case decode_case(Draft& draft, const formats::Node& node) {
  Case one;
  one.place = draft.reader.place(node);
  if (!draft.reader.object(node, "a case", case_keys())) return one;
  one.title = decode_local_text(draft.reader, node, "title");
  one.note = decode_local_text(draft.reader, node, "note");
  decode_accept(draft, node);
  one.when =
      decode_key(node, "when", [&](const formats::Node& when) { return decode_when(draft, when); });
  one.collect =
      decode_key(node, "collect", [&](const formats::Node& n) { return decode_collect(draft, n); });
  one.charge = decode_charge(draft, node, ChargeHome::fee);
  return one;
}

// `times` beside `cases` holds for all of them.
void share_times(Draft& draft, const formats::Member& times, const formats::Node& cases, Fee& fee) {
  std::string quantity = decode_each(draft, times.value);
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    const formats::Node& one = cases.items[i];
    if (const formats::Member* own = find_member(one, "times")) {
      draft.reader.fault(*own, Code::conflicting_keys, "\"times\" stands beside \"cases\" already",
                         "keep one of the two", {draft.reader.place(times)});
    }
    Charge& charge = fee.cases[i].charge;
    if (charge.waived) continue;
    check_times(draft, one, times);
    charge.times = quantity;
  }
}

// A charge in place, or `cases`; never both.
void decode_cases(Draft& draft, const formats::Node& node, Fee& fee) {
  Reader& reader = draft.reader;
  const formats::Node* cases = node.find("cases");
  fee.in_place = cases == nullptr;
  if (cases == nullptr) {
    Case one;
    one.place = fee.place;
    one.charge = decode_charge(draft, node, ChargeHome::fee);
    fee.cases.push_back(std::move(one));
    return;
  }
  for (const std::string& key : charge_keys(ChargeHome::fee)) {
    const formats::Member* member = find_member(node, key);
    if (member == nullptr || key == "times") continue;
    reader.fault(*member, Code::conflicting_keys, in_quotes(key) + " cannot stand beside \"cases\"",
                 "move it into the cases it is meant for");
  }
  if (!reader.expect_items(*cases, "list at least one case, {\"when\": {...}, \"percent\": \"1\"}"))
    return;
  for (const formats::Node& one : cases->items) fee.cases.push_back(decode_case(draft, one));
  if (const formats::Member* times = find_member(node, "times"))
    share_times(draft, *times, *cases, fee);
}

std::string decode_fee_id(Draft& draft, const formats::Node& node) {
  Reader& reader = draft.reader;
  const formats::Node* given =
      reader.need(node, "id", "name the fee, for example \"id\": \"withdrawal\"");
  if (given == nullptr) return "";
  std::optional<std::string> id = reader.id(*given);
  if (id) declare_once(draft, draft.ids, *id, reader.place(*given), "fees, limits and evidence");
  return id.value_or("");
}

Fee decode_fee(Draft& draft, const formats::Node& node) {
  Fee fee;
  fee.place = draft.reader.place(node);
  if (!draft.reader.object(node, "a fee", fee_keys())) return fee;
  fee.id = decode_fee_id(draft, node);
  fee.title = decode_local_text(draft.reader, node, "title");
  fee.note = decode_local_text(draft.reader, node, "note");
  decode_accept(draft, node);
  if (const formats::Node* operations = node.find("operation"))
    fee.operations = decode_operations(draft, *operations);
  fee.when =
      decode_key(node, "when", [&](const formats::Node& when) { return decode_when(draft, when); });
  fee.collect =
      decode_key(node, "collect", [&](const formats::Node& n) { return decode_collect(draft, n); });
  fee.round =
      decode_key(node, "round", [&](const formats::Node& n) { return decode_round(draft, n); });
  decode_cases(draft, node, fee);
  return fee;
}

}  // namespace

void decode_fees(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::array, "list the fees, [{\"id\": ...}]"))
    return;
  for (const formats::Node& fee : node.items) draft.schedule.fees.push_back(decode_fee(draft, fee));
}

// The document as a whole: its own keys, and the order in which its parts are decoded.

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

void decode_format(Reader& reader, const formats::Node& root) {
  const formats::Node* levy = reader.need(root, "levy", "begin the schedule with \"levy\": 1");
  if (levy == nullptr) return;
  if (levy->is(formats::Node::Kind::number) && levy->text == "1") return;
  if (reader.expect(*levy, formats::Node::Kind::number, "write \"levy\": 1, without quotes")) {
    reader.fault(*levy, Code::bad_value,
                 "the format " + levy->text + " is not one that this program reads",
                 "write \"levy\": 1");
  }
}

void decode_heading(Draft& draft, const formats::Node& root) {
  Reader& reader = draft.reader;
  Schedule& schedule = draft.schedule;
  if (const formats::Node* id =
          reader.need(root, "id", "name the tariff, for example \"id\": \"okpay\""))
    schedule.id = reader.id(*id).value_or("");
  if (const formats::Node* version = root.find("version"))
    schedule.version = reader.text(*version, "write it as a string, \"2026.1\"").value_or("");
  if (const formats::Node* source = root.find("source"))
    schedule.source = reader.text(*source, "say in words where the figures come from").value_or("");
  if (const formats::Node* schema = root.find("$schema"))
    (void)reader.text(*schema, "write the address of levy's JSON Schema, or remove the key");
  schedule.title = decode_local_text(reader, root, "title");
  schedule.note = decode_local_text(reader, root, "note");
  if (!root.find("fees") && !root.find("limits")) {
    reader.fault(root, Code::missing_key, "the schedule has neither \"fees\" nor \"limits\"",
                 "say what is charged under \"fees\", or what is allowed under \"limits\"");
  }
}

using DecodePart = void (*)(Draft&, const formats::Node&);

void decode_part(Draft& draft, const formats::Node& root, std::string_view key, DecodePart decode) {
  if (const formats::Node* part = root.find(key)) decode(draft, *part);
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

Checked<Schedule> decode_schedule(const formats::Document& document) {
  Reader reader(document);
  Draft draft{reader, {}, {}, {}, {}, {}};
  const formats::Node& root = document.root;
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

Checked<Schedule> load_schedule(Source source) {
  Checked<formats::Document> document = formats::parse_json(std::move(source));
  if (!document) return std::move(document).faults();
  Checked<Schedule> schedule = decode_schedule(*document);
  if (!schedule) return std::move(schedule).faults();
  Diagnostics faults = check_references(*schedule);
  if (!faults.empty()) return faults;
  settle_meter_currencies(*schedule);
  return schedule;
}

}  // namespace levy::schedule::decode
