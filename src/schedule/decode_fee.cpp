// Fees and their cases.
#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
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
  keys.elsewhere = {{"id", "cases have no names; a fee's cases are told apart by their order"},
                    {"round", "put \"round\" beside \"cases\": it holds for the whole fee"},
                    {"operation", "put \"operation\" beside \"cases\", or make this a fee"},
                    {"cases", "cases do not nest; write both conditions into one \"when\""}};
  return keys;
}

Case decode_case(Draft& draft, const Node& node) {
  Case one;
  one.place = draft.reader.place(node);
  if (!draft.reader.object(node, "a case", case_keys())) return one;
  one.title = decode_local_text(draft.reader, node, "title");
  one.note = decode_local_text(draft.reader, node, "note");
  decode_accept(draft, node);
  one.when = decode_key(node, "when", [&](const Node& when) { return decode_when(draft, when); });
  one.collect =
      decode_key(node, "collect", [&](const Node& n) { return decode_collect(draft, n); });
  one.charge = decode_charge(draft, node, ChargeHome::fee);
  return one;
}

// `times` beside `cases` holds for all of them.
void share_times(Draft& draft, const Member& times, const Node& cases, Fee& fee) {
  std::string quantity = decode_each(draft, times.value);
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    const Node& one = cases.items[i];
    if (const Member* own = find_member(one, "times")) {
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
void decode_cases(Draft& draft, const Node& node, Fee& fee) {
  Reader& reader = draft.reader;
  const Node* cases = node.find("cases");
  fee.in_place = cases == nullptr;
  if (cases == nullptr) {
    Case one;
    one.place = fee.place;
    one.charge = decode_charge(draft, node, ChargeHome::fee);
    fee.cases.push_back(std::move(one));
    return;
  }
  for (const std::string& key : charge_keys(ChargeHome::fee)) {
    const Member* member = find_member(node, key);
    if (member == nullptr || key == "times") continue;
    reader.fault(*member, Code::conflicting_keys, in_quotes(key) + " cannot stand beside \"cases\"",
                 "move it into the cases it is meant for");
  }
  if (!reader.expect_items(*cases, "list at least one case, {\"when\": {...}, \"percent\": \"1\"}"))
    return;
  for (const Node& one : cases->items) fee.cases.push_back(decode_case(draft, one));
  if (const Member* times = find_member(node, "times")) share_times(draft, *times, *cases, fee);
}

std::string decode_fee_id(Draft& draft, const Node& node) {
  Reader& reader = draft.reader;
  const Node* given = reader.need(node, "id", "name the fee, for example \"id\": \"withdrawal\"");
  if (given == nullptr) return "";
  std::optional<std::string> id = reader.id(*given);
  if (id) declare_once(draft, draft.ids, *id, reader.place(*given), "fees, limits and evidence");
  return id.value_or("");
}

Fee decode_fee(Draft& draft, const Node& node) {
  Fee fee;
  fee.place = draft.reader.place(node);
  if (!draft.reader.object(node, "a fee", fee_keys())) return fee;
  fee.id = decode_fee_id(draft, node);
  fee.title = decode_local_text(draft.reader, node, "title");
  fee.note = decode_local_text(draft.reader, node, "note");
  decode_accept(draft, node);
  if (const Node* operations = node.find("operation"))
    fee.operations = decode_operations(draft, *operations);
  fee.when = decode_key(node, "when", [&](const Node& when) { return decode_when(draft, when); });
  fee.collect =
      decode_key(node, "collect", [&](const Node& n) { return decode_collect(draft, n); });
  fee.round = decode_key(node, "round", [&](const Node& n) { return decode_round(draft, n); });
  decode_cases(draft, node, fee);
  return fee;
}

}  // namespace

void decode_fees(Draft& draft, const Node& node) {
  if (!draft.reader.expect(node, Node::Kind::array, "list the fees, [{\"id\": ...}]")) return;
  for (const Node& fee : node.items) draft.schedule.fees.push_back(decode_fee(draft, fee));
}

}  // namespace levy
