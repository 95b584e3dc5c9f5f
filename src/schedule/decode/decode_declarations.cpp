// Attributes, quantities and sets: the names that conditions use.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

// Fields of every operation; an attribute of that name could never be given.
const Words& operation_fields() {
  static const Words fields = {"id", "account", "time", "operation"};
  return fields;
}

// False: not a name that can be declared. One that was declared before stays the first one's.
bool declare_name(Draft& draft, const formats::Member& member) {
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

void decode_listed(Draft& draft, const formats::Node& node, Attribute& attribute) {
  Reader& reader = draft.reader;
  attribute.kind = Attribute::Kind::listed;
  for (const formats::Node& item : node.items) {
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

Attribute decode_attribute(Draft& draft, const formats::Member& member) {
  Attribute attribute;
  attribute.name = member.key;
  attribute.place = draft.reader.place(member);
  const formats::Node& value = member.value;
  constexpr std::string_view remedy = "list its values, [\"bank\", \"card\"]";
  if (!value.is(formats::Node::Kind::string)) {
    if (draft.reader.expect_items(value,
                                  std::string(remedy) + ", or write \"boolean\" or \"text\""))
      decode_listed(draft, value, attribute);
  } else if (std::optional<std::size_t> at =
                 draft.reader.word(value, "a kind of attribute", {"boolean", "text"})) {
    attribute.kind = *at == 0 ? Attribute::Kind::boolean : Attribute::Kind::text;
  }
  return attribute;
}

void check_default(Reader& reader, const formats::Node& node, const Quantity& quantity) {
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

Quantity decode_quantity(Draft& draft, const formats::Member& member) {
  Quantity quantity;
  quantity.name = member.key;
  quantity.place = draft.reader.place(member);
  if (!draft.reader.object(member.value, "a quantity", {{"default", "min", "max"}, {}}))
    return quantity;
  auto number = [&](const formats::Node& node) {
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

void decode_set(Draft& draft, const formats::Member& member) {
  Reader& reader = draft.reader;
  if (!is_set_name(member.key)) {
    reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a valid name of a set",
                 "write a letter, then letters, digits, \"_\" or \"-\"; without \"@\"");
  }
  Set set{member.key, {}, reader.place(member), false};
  if (reader.expect(member.value, formats::Node::Kind::array,
                    "list its members, [\"AT\", \"BE\"]")) {
    for (const formats::Node& item : member.value.items) {
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
bool decode_block(Draft& draft, const formats::Node& root, std::string_view key,
                  std::string_view remedy, Decode decode) {
  const formats::Node* block = root.find(key);
  if (block == nullptr) return true;
  if (!draft.reader.expect(*block, formats::Node::Kind::object, remedy)) return false;
  for (const formats::Member& member : block->members) decode(member);
  return true;
}

}  // namespace

void decode_names(Draft& draft, const formats::Node& root) {
  Schedule& schedule = draft.schedule;
  bool attributes =
      decode_block(draft, root, "attributes", "write {\"method\": [\"bank\", \"card\"]}",
                   [&](const formats::Member& m) {
                     bool declared = declare_name(draft, m);
                     Attribute attribute = decode_attribute(draft, m);
                     if (declared) schedule.attributes.push_back(std::move(attribute));
                   });
  bool quantities =
      decode_block(draft, root, "quantities", "write {\"seconds\": {\"default\": \"60\"}}",
                   [&](const formats::Member& m) {
                     bool declared = declare_name(draft, m);
                     Quantity quantity = decode_quantity(draft, m);
                     if (declared) schedule.quantities.push_back(std::move(quantity));
                   });
  draft.names_doubtful = !attributes || !quantities;
  draft.sets_doubtful = !decode_block(draft, root, "sets", "write {\"EEA\": [\"AT\", \"BE\"]}",
                                      [&](const formats::Member& m) { decode_set(draft, m); });
}

// Currencies, times, roundings: what the figures of a schedule are in and how they are rounded.

namespace {

void decode_currency_entry(Draft& draft, const formats::Member& member) {
  Reader& reader = draft.reader;
  std::optional<Currency> code = Currency::of(member.key);
  if (!code) {
    reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a currency's code",
                 "write a capital letter and 1 to 11 capital letters or digits, for example "
                 "\"BTC\"");
  }
  std::optional<int> digits;
  if (reader.object(member.value, "a currency", {{"digits"}, {}})) {
    if (const formats::Node* given =
            reader.need(member.value, "digits",
                        "say how many digits its smallest unit has after the "
                        "point, {\"digits\": 8}"))
      digits = reader.integer(*given, 0, currency_digits_max);
  }
  if (!code) return;
  draft.schedule.currencies.declare(*code, digits.value_or(currency_digits_max));
  draft.schedule.declared_currencies.emplace_back(*code, reader.place(member));
}

// Stands for a currency that could not be read, so that bare amounts are not reported as well.
Currency declare_stand_in(Currencies& currencies) {
  Currency stand_in = *Currency::of("UNREADABLE");
  currencies.declare(stand_in, currency_digits_max);
  return stand_in;
}

std::optional<RoundingMode> decode_mode(Reader& reader, const formats::Node& node) {
  std::optional<std::size_t> at = reader.word(node, "a rounding mode", rounding_mode_words());
  if (!at) return std::nullopt;
  return find_rounding_mode(rounding_mode_words()[*at]);
}

// The quantum: a plain decimal, or money.
void decode_quantum(Draft& draft, const formats::Node& node, RoundRule& rule) {
  bool is_money = node.is(formats::Node::Kind::array) || (node.is(formats::Node::Kind::string) &&
                                                          node.text.find(' ') != std::string::npos);
  if (!is_money) {
    rule.to = draft.money().number(node, AmountRule::Sign::positive);
  } else if (std::optional<Price> price = draft.money().price(node, quantum_rule)) {
    rule.to_money = std::move(price->money);
  }
}

RoundRule decode_rule(Draft& draft, const formats::Node& object) {
  RoundRule rule;
  rule.place = draft.reader.place(object);
  if (const formats::Node* mode = object.find("mode")) rule.mode = decode_mode(draft.reader, *mode);
  if (const formats::Node* to = object.find("to")) decode_quantum(draft, *to, rule);
  return rule;
}

void decode_rounding(Draft& draft, const formats::Node& node) {
  Keys keys{{"mode", "to", "apply"}, {}};
  if (!draft.reader.object(node, "the schedule's rounding", keys)) return;
  Rounding& rounding = draft.schedule.rounding;
  rounding.rule = decode_rule(draft, node);
  if (const formats::Node* apply = node.find("apply")) {
    std::optional<std::size_t> at =
        draft.reader.word(*apply, "what rounding applies to", {"line", "total"});
    if (at && *at == 1) rounding.apply = Rounding::Apply::total;
  }
}

void decode_applied_rate(Draft& draft, const formats::Node& node) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "the applied rate", {{"digits", "mode"}, {}})) return;
  Conversion& conversion = draft.schedule.conversion;
  if (const formats::Node* digits =
          reader.need(node, "digits",
                      "say how many decimal places the applied rate keeps, "
                      "{\"digits\": 6}"))
    conversion.rate_digits = reader.integer(*digits, 0, rate_digits_max);
  if (const formats::Node* mode = node.find("mode"))
    conversion.rate_mode = decode_mode(reader, *mode);
}

void decode_conversion(Draft& draft, const formats::Node& node) {
  if (!draft.reader.object(node, "the conversion", {{"rate", "round"}, {}})) return;
  if (const formats::Node* rate = node.find("rate")) decode_applied_rate(draft, *rate);
  const formats::Node* round = node.find("round");
  if (round == nullptr) return;
  Keys keys{{"mode"}, {{"to", "a credit is always rounded to its currency's minor unit"}}};
  if (draft.reader.object(*round, "the credit's rounding", keys))
    draft.schedule.conversion.round = decode_rule(draft, *round);
}

std::optional<Instant> decode_instant(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::string, "write a date, \"2026-01-01\""))
    return std::nullopt;
  return draft.reader.accept(node, parse_instant(node.text, draft.schedule.timezone));
}

void decode_effective(Draft& draft, const formats::Node& node) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "\"effective\"", {{"from", "until"}, {}})) return;
  Schedule& schedule = draft.schedule;
  schedule.effective = reader.place(node);
  auto instant = [&](const formats::Node& time) { return decode_instant(draft, time); };
  schedule.from = decode_key(node, "from", instant);
  schedule.until = decode_key(node, "until", instant);
  if (node.members.empty()) {
    reader.fault(node, Code::missing_key, "\"effective\" says neither from when nor until when",
                 "give \"from\", \"until\" or both, or remove \"effective\"");
  }
  if (!schedule.from || !schedule.until || *schedule.from < *schedule.until) return;
  reader.fault(*node.find("until"), Code::bad_time,
               "the schedule ends before it begins: \"until\" is exclusive and must be later than "
               "\"from\"",
               "write a later \"until\", or leave it out while the end is not known",
               {reader.place(*node.find("from"))});
}

bool is_language_tag(std::string_view tag) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  auto alphanumeric = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  for (bool first = true;; first = false) {
    std::string_view part = tag.substr(0, tag.find('-'));
    bool sound = first ? part.size() >= 2 && std::all_of(part.begin(), part.end(), letter)
                       : !part.empty() && std::all_of(part.begin(), part.end(), alphanumeric);
    if (!sound || part.size() > 8) return false;
    if (part.size() == tag.size()) return true;
    tag.remove_prefix(part.size() + 1);
  }
}

}  // namespace

void decode_currencies(Draft& draft, const formats::Node& root) {
  constexpr std::string_view shape = "write {\"BTC\": {\"digits\": 8}}";
  const formats::Node* declared = root.find("currencies");
  if (declared && draft.reader.expect(*declared, formats::Node::Kind::object, shape)) {
    for (const formats::Member& member : declared->members) decode_currency_entry(draft, member);
  }
  const formats::Node* own = root.find("currency");
  if (own == nullptr) return;
  std::optional<Currency> currency = draft.money().currency(*own);
  draft.schedule.currency = currency.value_or(Currency());
  draft.bare = currency ? *currency : declare_stand_in(draft.schedule.currencies);
}

void decode_times(Draft& draft, const formats::Node& root) {
  Reader& reader = draft.reader;
  const formats::Node* zone = root.find("timezone");
  if (zone && reader.expect(*zone, formats::Node::Kind::string,
                            "write an IANA name, for example \"Europe/Berlin\" or \"UTC\"")) {
    Checked<TimeZone> found = TimeZone::find(zone->text);
    if (found) {
      draft.schedule.timezone = *found;
    } else {
      const Diagnostic& fault = found.faults().front();
      reader.fault(*zone, fault.code, fault.message, fault.remedy);
    }
  }
  if (const formats::Node* effective = root.find("effective")) decode_effective(draft, *effective);
}

void decode_roundings(Draft& draft, const formats::Node& root) {
  if (const formats::Node* rounding = root.find("rounding")) decode_rounding(draft, *rounding);
  if (const formats::Node* conversion = root.find("conversion"))
    decode_conversion(draft, *conversion);
  auto collect = [&](const formats::Node& node) { return decode_collect(draft, node); };
  draft.schedule.collect = decode_key(root, "collect", collect).value_or(Collect::on_top);
}

std::optional<RoundRule> decode_round(Draft& draft, const formats::Node& node) {
  if (node.is(formats::Node::Kind::string)) {
    if (!draft.reader.word(node, "a rounding: the one word here", {"none"})) return std::nullopt;
    RoundRule rule;
    rule.none = true;
    rule.place = draft.reader.place(node);
    return rule;
  }
  Keys keys{{"mode", "to"}, {{"apply", "\"apply\" stands in the schedule's \"rounding\""}}};
  if (!draft.reader.object(node, "a fee's rounding", keys)) return std::nullopt;
  return decode_rule(draft, node);
}

std::optional<Collect> decode_collect(Draft& draft, const formats::Node& node) {
  std::optional<std::size_t> at =
      draft.reader.word(node, "a way of collecting", {"on_top", "deducted", "none"});
  if (!at) return std::nullopt;
  return static_cast<Collect>(*at);
}

LocalText decode_local_text(Reader& reader, const formats::Node& object, std::string_view key) {
  LocalText text;
  const formats::Node* node = object.find(key);
  if (node == nullptr) return text;
  if (node->is(formats::Node::Kind::string)) return LocalText{{{"", node->text}}};
  constexpr std::string_view remedy = "write a string, or one per language, {\"en\": \"...\"}";
  if (!reader.expect(*node, formats::Node::Kind::object, remedy)) return text;
  for (const formats::Member& member : node->members) {
    if (!is_language_tag(member.key)) {
      reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a language tag",
                   "write a BCP 47 tag, for example \"en\" or \"zh-CN\"");
    }
    text.by_language.emplace_back(member.key, reader.text(member.value, remedy).value_or(""));
  }
  return text;
}

}  // namespace levy::schedule::decode
