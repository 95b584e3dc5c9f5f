// Attributes, quantities and sets: the names that conditions use.
#include <algorithm>

#include "base/text.h"
#include "schedule/attributes.h"
#include "schedule/decode_parts.h"

namespace levy {
namespace {

// Fields of every operation; an attribute of that name could never be given.
const Words& operation_fields() {
  static const Words fields = {"id", "account", "time", "operation"};
  return fields;
}

// False: not a name that can be declared. One that was declared before stays the first one's.
bool declare_name(Draft& draft, const Member& member) {
  if (!draft.reader.id(member)) return false;
  if (is_among(builtin_attributes(), member.key) || is_among(operation_fields(), member.key)) {
    draft.reader.fault(member, Code::duplicate_id,
                       in_quotes(member.key) + " is built in and describes every operation",
                       "choose another name, for example " + in_quotes("my-" + member.key));
    return false;
  }
  bool is_new = !draft.names.contains(member.key);
  declare_once(draft, draft.names, member.key, draft.reader.place(member),
               "attributes and quantities");
  return is_new;
}

void decode_listed(Draft& draft, const Node& node, Attribute& attribute) {
  Reader& reader = draft.reader;
  attribute.kind = Attribute::Kind::listed;
  for (const Node& item : node.items) {
    std::optional<std::string> value = reader.text(item, "write each value as a string");
    if (!value) continue;
    if (value->empty() || value->front() == '@') {
      reader.fault(item, Code::bad_value, in_quotes(*value) + " cannot be a value",
                   value->empty() ? "write a word" : "\"@\" stands before the name of a set");
    }
    if (is_among(attribute.values, *value)) {
      reader.fault(item, Code::duplicate_id, in_quotes(*value) + " is listed twice",
                   "remove one of the two");
    }
    attribute.values.push_back(*value);
  }
}

Attribute decode_attribute(Draft& draft, const Member& member) {
  Attribute attribute;
  attribute.name = member.key;
  attribute.place = draft.reader.place(member);
  const Node& value = member.value;
  constexpr std::string_view remedy = "list its values, [\"bank\", \"card\"]";
  if (!value.is(Node::Kind::string)) {
    if (draft.reader.expect_items(value,
                                  std::string(remedy) + ", or write \"boolean\" or \"text\""))
      decode_listed(draft, value, attribute);
  } else if (std::optional<std::size_t> at =
                 draft.reader.word(value, "a kind of attribute", {"boolean", "text"})) {
    attribute.kind = *at == 0 ? Attribute::Kind::boolean : Attribute::Kind::text;
  }
  return attribute;
}

void check_default(Reader& reader, const Node& node, const Quantity& quantity) {
  if (quantity.min && quantity.max && *quantity.min > *quantity.max) {
    reader.fault(*node.find("min"), Code::min_above_max,
                 "the minimum " + quantity.min->to_string() + " is above the maximum " +
                     quantity.max->to_string(),
                 "swap them, or correct one", {reader.place(*node.find("max"))});
    return;
  }
  if (!quantity.by_default) return;
  bool low = quantity.min && *quantity.by_default < *quantity.min;
  bool high = quantity.max && *quantity.by_default > *quantity.max;
  if (!low && !high) return;
  reader.fault(*node.find("default"), Code::out_of_range,
               "the default " + quantity.by_default->to_string() + " is " +
                   (low ? "below the minimum " + quantity.min->to_string()
                        : "above the maximum " + quantity.max->to_string()),
               "write a default that an operation could carry as well");
}

Quantity decode_quantity(Draft& draft, const Member& member) {
  Quantity quantity;
  quantity.name = member.key;
  quantity.place = draft.reader.place(member);
  if (!draft.reader.object(member.value, "a quantity", {{"default", "min", "max"}, {}}))
    return quantity;
  auto number = [&](const Node& node) {
    return draft.money().number(node, AmountRule::Sign::not_negative);
  };
  quantity.by_default = decode_key(member.value, "default", number);
  quantity.min = decode_key(member.value, "min", number);
  quantity.max = decode_key(member.value, "max", number);
  check_default(draft.reader, member.value, quantity);
  return quantity;
}

bool is_set_name(std::string_view name) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && name.size() <= 64 && letter(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

void decode_set(Draft& draft, const Member& member) {
  Reader& reader = draft.reader;
  if (!is_set_name(member.key)) {
    reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a valid name of a set",
                 "write a letter, then letters, digits, \"_\" or \"-\"; without \"@\"");
  }
  Set set{member.key, {}, reader.place(member), false};
  if (reader.expect(member.value, Node::Kind::array, "list its members, [\"AT\", \"BE\"]")) {
    for (const Node& item : member.value.items) {
      std::optional<std::string> text = reader.text(item, "write each member as a string");
      if (text && text->starts_with('@')) {
        reader.fault(item, Code::bad_value, "a set cannot hold another set",
                     "list the members themselves; a condition may name several sets");
      }
      set.members.push_back(text.value_or(""));
    }
  }
  draft.sets[member.key] = &member.value;
  draft.schedule.sets.push_back(std::move(set));
}

// The members of an optional block; false: it is there and no object.
template <class Decode>
bool decode_block(Draft& draft, const Node& root, std::string_view key, std::string_view remedy,
                  Decode decode) {
  const Node* block = root.find(key);
  if (block == nullptr) return true;
  if (!draft.reader.expect(*block, Node::Kind::object, remedy)) return false;
  for (const Member& member : block->members) decode(member);
  return true;
}

}  // namespace

void decode_names(Draft& draft, const Node& root) {
  Schedule& schedule = draft.schedule;
  bool attributes = decode_block(draft, root, "attributes",
                                 "write {\"method\": [\"bank\", \"card\"]}", [&](const Member& m) {
                                   bool declared = declare_name(draft, m);
                                   Attribute attribute = decode_attribute(draft, m);
                                   if (declared)
                                     schedule.attributes.push_back(std::move(attribute));
                                 });
  bool quantities =
      decode_block(draft, root, "quantities", "write {\"seconds\": {\"default\": \"60\"}}",
                   [&](const Member& m) {
                     bool declared = declare_name(draft, m);
                     Quantity quantity = decode_quantity(draft, m);
                     if (declared) schedule.quantities.push_back(std::move(quantity));
                   });
  draft.names_doubtful = !attributes || !quantities;
  draft.sets_doubtful = !decode_block(draft, root, "sets", "write {\"EEA\": [\"AT\", \"BE\"]}",
                                      [&](const Member& m) { decode_set(draft, m); });
}

}  // namespace levy
