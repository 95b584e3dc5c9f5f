// Charges: what a fee, a case, or one member of `greatest` and `least` costs.
#include <limits>

#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
namespace {

std::vector<std::string> decode_units(Draft& draft, const Node& node) {
  std::vector<std::string> units;
  bool list = node.is(Node::Kind::array);
  if (list && !draft.reader.expect_items(node, "name the quantities whose product is the base"))
    return units;
  for (const Node* item : list ? items_of(node) : std::vector{&node}) {
    if (!draft.reader.text(*item, "write a quantity's name, for example \"seconds\"")) continue;
    if (item->text == "amount" || is_known_quantity(draft, *item, {"amount"}))
      units.push_back(item->text);
  }
  return units;
}

bool is_of_debit(const Node& object) {
  const Node* of = object.find("of");
  return of != nullptr && of->is(Node::Kind::string) && of->text == "debit";
}

std::vector<OfTerm> decode_of(Draft& draft, const Node& node) {
  constexpr std::string_view remedy =
      "write \"amount\", \"debit\", or a list of earlier fees, [\"tariff\"]";
  std::vector<OfTerm> terms;
  if (node.is(Node::Kind::string) && (node.text == "amount" || node.text == "debit")) return terms;
  if (node.is(Node::Kind::string) && !node.text.empty()) {
    draft.reader.fault(node, Code::wrong_type, "a list is expected here, not one name",
                       "write [" + in_quotes(node.text) + "]");
    return terms;
  }
  if (!draft.reader.expect_items(node, remedy)) return terms;
  for (const Node& item : node.items) {
    if (!draft.reader.text(item, "write a fee's id, \"tariff\", or \"-tariff\" to subtract it"))
      continue;
    if (item.text == "debit") {
      draft.reader.fault(item, Code::conflicting_keys, "\"debit\" stands alone, not in a list",
                         "write \"of\": \"debit\"");
      continue;
    }
    OfTerm term;
    term.subtract = item.text.starts_with('-');
    term.fee = item.text.substr(term.subtract ? 1 : 0);
    if (term.fee == "amount")
      term.fee.clear();
    else if (term.fee.empty())
      term.fee = "-";  // no fee has this name
    term.place = draft.reader.place(item);
    terms.push_back(std::move(term));
  }
  return terms;
}

std::optional<Meter> decode_by(Draft& draft, const Node& node) {
  Keys keys{{"measure", "operation", "when", "window", "per", "currency"}, {}};
  if (!draft.reader.object(node, "the meter of \"by\"", keys)) return std::nullopt;
  Meter meter = decode_meter(draft, node, std::nullopt);
  if (meter.measure == Meter::Measure::balance) {
    draft.reader.fault(*node.find("measure"), Code::unknown_value,
                       "only a limit can measure the balance",
                       "write \"amount\", \"debit\", \"count\" or a quantity's name");
  }
  return meter;
}

std::optional<Cap> decode_cap(Draft& draft, const Node& node) {
  Keys keys{{"max", "window", "operation", "when", "per", "currency"},
            {{"measure", "a cap always measures what this fee has charged"}}};
  if (!draft.reader.object(node, "a cap", keys)) return std::nullopt;
  Cap cap;
  cap.place = draft.reader.place(node);
  const Node* max = draft.reader.need(node, "max", "say up to how much, \"max\": \"10 EUR\"");
  if (max != nullptr) {
    if (std::optional<Price> price = draft.money().price(*max, bound_rule)) cap.max = *price;
  }
  cap.meter = decode_meter(draft, node, Meter::Measure::fee);
  return cap;
}

// The one of "amount", "units", "count" that says how much is free; null after a fault.
const Member* free_allowance(Reader& reader, const Node& node) {
  const Member* found = nullptr;
  for (std::string_view key : {"amount", "units", "count"}) {
    const Member* member = find_member(node, key);
    if (member == nullptr) continue;
    if (found == nullptr) {
      found = member;
      continue;
    }
    reader.fault(*member, Code::conflicting_keys,
                 in_quotes(member->key) + " cannot stand beside " + in_quotes(found->key),
                 "keep one: \"amount\" of the base, \"units\" of a plain base, or \"count\" of "
                 "operations");
    return nullptr;
  }
  if (found == nullptr) {
    reader.fault(node, Code::missing_key, "\"free\" does not say how much is free",
                 "give \"amount\": \"100 EUR\", \"units\": \"600\" or \"count\": 3");
  }
  return found;
}

void decode_allowance(Draft& draft, const Member& allowance, bool over_units, Free& free) {
  Reader& reader = draft.reader;
  const Node& value = allowance.value;
  if (allowance.key == "count") {
    free.kind = Free::Kind::count;
    free.units = reader.integer(value, 0, std::numeric_limits<int>::max()).value_or(0);
    return;
  }
  bool units = allowance.key == "units";
  free.kind = units ? Free::Kind::units : Free::Kind::amount;
  if (units != over_units) {
    reader.fault(allowance, Code::conflicting_keys,
                 units ? "\"units\" are free of a charge over \"units\" only, and this one is over "
                         "money"
                       : "the base of this charge is not money but \"units\"",
                 units ? "write \"amount\": \"100 EUR\"" : "write \"units\": \"600\"");
    return;
  }
  if (units) {
    free.units = draft.money().number(value, AmountRule::Sign::not_negative).value_or(Decimal());
  } else {
    free.amount = draft.money().price(value, bound_rule);
  }
}

std::optional<Free> decode_free(Draft& draft, const Node& node, bool over_units) {
  Keys keys{{"amount", "units", "count", "window", "whole", "operation", "when", "per", "currency"},
            {{"measure", "what is free decides it: \"amount\", \"units\" or \"count\""}}};
  if (!draft.reader.object(node, "a free allowance", keys)) return std::nullopt;
  Free free;
  free.place = draft.reader.place(node);
  if (const Member* allowance = free_allowance(draft.reader, node))
    decode_allowance(draft, *allowance, over_units, free);
  if (const Node* whole = node.find("whole"))
    free.whole = draft.reader.boolean(*whole).value_or(false);
  Meter::Measure measure = free.kind == Free::Kind::amount  ? Meter::Measure::amount
                           : free.kind == Free::Kind::units ? Meter::Measure::units
                                                            : Meter::Measure::count;
  free.meter = decode_meter(draft, node, measure);
  return free;
}

std::vector<Charge> decode_members(Draft& draft, const Node& node) {
  std::vector<Charge> members;
  Keys keys{charge_keys(ChargeHome::member), {}};
  for (const char* key : {"greatest", "least"})
    keys.elsewhere.emplace_back(key, "\"greatest\" and \"least\" do not nest");
  for (const char* key : {"free", "by", "margin", "waived", "when", "times", "in"})
    keys.elsewhere.emplace_back(key, "a charge inside \"greatest\" or \"least\" cannot have it");
  keys.elsewhere.emplace_back("cap", "put \"cap\" beside the list");
  if (!draft.reader.expect_items(node, "list the charges to choose from, [{\"percent\": \"1\"}]"))
    return members;
  for (const Node& item : node.items) {
    if (draft.reader.object(item, "a charge here", keys))
      members.push_back(decode_charge(draft, item, ChargeHome::member));
  }
  return members;
}

void decode_flags(Draft& draft, const Node& object, Charge& charge) {
  if (const Node* convert = object.find("convert"))
    charge.convert = draft.reader.boolean(*convert).value_or(false);
  const Node* waived = object.find("waived");
  if (waived == nullptr) return;
  charge.waived = draft.reader.boolean(*waived).value_or(true);
  if (!charge.waived) {
    draft.reader.fault(*waived, Code::bad_value, "\"waived\" is only ever true",
                       "write true, or remove the key and say what is charged");
  }
}

void decode_bases(Draft& draft, const Node& object, Charge& charge) {
  auto units = [&](const Node& node) { return decode_units(draft, node); };
  charge.units = decode_key(object, "units", units);
  charge.of = decode_key(object, "of", [&](const Node& node) { return decode_of(draft, node); });
  charge.of_debit = is_of_debit(object);
  charge.times =
      decode_key(object, "times", [&](const Node& node) { return decode_each(draft, node); });
  auto currency = [&](const Node& node) { return draft.money().currency(node); };
  charge.in = decode_key(object, "in", currency).value_or(Currency());
  charge.by = decode_key(object, "by", [&](const Node& node) { return decode_by(draft, node); });
}

}  // namespace

std::string decode_each(Draft& draft, const Node& node) {
  if (!draft.reader.text(node, "name the quantity, for example \"tickets\"")) return {};
  return is_known_quantity(draft, node, {}) ? node.text : std::string();
}

Words charge_keys(ChargeHome home) {
  Words keys = kind_keys([](const KindRules&) { return true; });
  keys.insert(keys.end(), {"units", "min", "max", "of", "convert"});
  if (home == ChargeHome::fee)
    keys.insert(keys.end(),
                {"by", "greatest", "least", "cap", "free", "margin", "waived", "times", "in"});
  return keys;
}

Charge decode_charge(Draft& draft, const Node& object, ChargeHome home) {
  Charge charge;
  charge.place = draft.reader.place(object);
  check_charge_keys(draft, object, home);
  bool over_units = object.find("units") != nullptr;
  Measured base = over_units ? Measured::number : Measured::money;
  decode_bases(draft, object, charge);
  decode_flags(draft, object, charge);
  Measured chosen_by = charge.by ? measured_by(charge.by->measure) : base;
  charge.terms = decode_terms(draft, object, {base, chosen_by});
  if (home == ChargeHome::member) return charge;
  auto free = [&](const Node& node) { return decode_free(draft, node, over_units); };
  charge.free = decode_key(object, "free", free);
  charge.cap = decode_key(object, "cap", [&](const Node& node) { return decode_cap(draft, node); });
  auto margin = [&](const Node& node) { return decode_rate(draft.reader, node, 100); };
  charge.margin = decode_key(object, "margin", margin);
  auto members = [&](const Node& node) { return decode_members(draft, node); };
  charge.greatest = decode_key(object, "greatest", members);
  charge.least = decode_key(object, "least", members);
  return charge;
}

}  // namespace levy
