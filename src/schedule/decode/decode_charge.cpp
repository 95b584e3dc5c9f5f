// Charges: what a fee, a case, or one member of `greatest` and `least` costs.
#include <algorithm>
#include <limits>

#include "base/text.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

std::vector<std::string> decode_units(Draft& draft, const formats::Node& node) {
  std::vector<std::string> units;
  bool list = node.is(formats::Node::Kind::array);
  if (list && !draft.reader.expect_items(node, "name the quantities whose product is the base"))
    return units;
  for (const formats::Node* item : list ? items_of(node) : std::vector{&node}) {
    if (!draft.reader.text(*item, "write a quantity's name, for example \"seconds\"")) continue;
    if (item->text == "amount" || is_known_quantity(draft, *item, {"amount"}))
      units.push_back(item->text);
  }
  return units;
}

bool is_of_debit(const formats::Node& object) {
  const formats::Node* of = object.find("of");
  return of != nullptr && of->is(formats::Node::Kind::string) && of->text == "debit";
}

std::vector<OfTerm> decode_of(Draft& draft, const formats::Node& node) {
  constexpr std::string_view remedy =
      "write \"amount\", \"debit\", or a list of earlier fees, [\"tariff\"]";
  std::vector<OfTerm> terms;
  if (node.is(formats::Node::Kind::string) && (node.text == "amount" || node.text == "debit"))
    return terms;
  if (node.is(formats::Node::Kind::string) && !node.text.empty()) {
    draft.reader.fault(node, Code::wrong_type, "a list is expected here, not one name",
                       "write [" + in_quotes(node.text) + "]");
    return terms;
  }
  if (!draft.reader.expect_items(node, remedy)) return terms;
  for (const formats::Node& item : node.items) {
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

std::optional<Meter> decode_by(Draft& draft, const formats::Node& node) {
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

std::optional<Cap> decode_cap(Draft& draft, const formats::Node& node) {
  Keys keys{{"max", "window", "operation", "when", "per", "currency"},
            {{"measure", "a cap always measures what this fee has charged"}}};
  if (!draft.reader.object(node, "a cap", keys)) return std::nullopt;
  Cap cap;
  cap.place = draft.reader.place(node);
  const formats::Node* max =
      draft.reader.need(node, "max", "say up to how much, \"max\": \"10 EUR\"");
  if (max != nullptr) {
    if (std::optional<Price> price = draft.money().price(*max, bound_rule)) cap.max = *price;
  }
  cap.meter = decode_meter(draft, node, Meter::Measure::fee);
  return cap;
}

// The one of "amount", "units", "count" that says how much is free; null after a fault.
const formats::Member* free_allowance(Reader& reader, const formats::Node& node) {
  const formats::Member* found = nullptr;
  for (std::string_view key : {"amount", "units", "count"}) {
    const formats::Member* member = find_member(node, key);
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

void decode_allowance(Draft& draft, const formats::Member& allowance, bool over_units, Free& free) {
  Reader& reader = draft.reader;
  const formats::Node& value = allowance.value;
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

std::optional<Free> decode_free(Draft& draft, const formats::Node& node, bool over_units) {
  Keys keys{{"amount", "units", "count", "window", "whole", "operation", "when", "per", "currency"},
            {{"measure", "what is free decides it: \"amount\", \"units\" or \"count\""}}};
  if (!draft.reader.object(node, "a free allowance", keys)) return std::nullopt;
  Free free;
  free.place = draft.reader.place(node);
  if (const formats::Member* allowance = free_allowance(draft.reader, node))
    decode_allowance(draft, *allowance, over_units, free);
  if (const formats::Node* whole = node.find("whole"))
    free.whole = draft.reader.boolean(*whole).value_or(false);
  Meter::Measure measure = free.kind == Free::Kind::amount  ? Meter::Measure::amount
                           : free.kind == Free::Kind::units ? Meter::Measure::units
                                                            : Meter::Measure::count;
  free.meter = decode_meter(draft, node, measure);
  return free;
}

std::vector<Charge> decode_members(Draft& draft, const formats::Node& node) {
  std::vector<Charge> members;
  Keys keys{charge_keys(ChargeHome::member), {}};
  for (const char* key : {"greatest", "least"})
    keys.elsewhere.emplace_back(key, "\"greatest\" and \"least\" do not nest");
  for (const char* key : {"free", "by", "margin", "waived", "when", "times", "in"})
    keys.elsewhere.emplace_back(key, "a charge inside \"greatest\" or \"least\" cannot have it");
  keys.elsewhere.emplace_back("cap", "put \"cap\" beside the list");
  if (!draft.reader.expect_items(node, "list the charges to choose from, [{\"percent\": \"1\"}]"))
    return members;
  for (const formats::Node& item : node.items) {
    if (draft.reader.object(item, "a charge here", keys))
      members.push_back(decode_charge(draft, item, ChargeHome::member));
  }
  return members;
}

void decode_flags(Draft& draft, const formats::Node& object, Charge& charge) {
  if (const formats::Node* convert = object.find("convert"))
    charge.convert = draft.reader.boolean(*convert).value_or(false);
  const formats::Node* waived = object.find("waived");
  if (waived == nullptr) return;
  charge.waived = draft.reader.boolean(*waived).value_or(true);
  if (!charge.waived) {
    draft.reader.fault(*waived, Code::bad_value, "\"waived\" is only ever true",
                       "write true, or remove the key and say what is charged");
  }
}

void decode_bases(Draft& draft, const formats::Node& object, Charge& charge) {
  auto units = [&](const formats::Node& node) { return decode_units(draft, node); };
  charge.units = decode_key(object, "units", units);
  charge.of =
      decode_key(object, "of", [&](const formats::Node& node) { return decode_of(draft, node); });
  charge.of_debit = is_of_debit(object);
  charge.times = decode_key(object, "times",
                            [&](const formats::Node& node) { return decode_each(draft, node); });
  auto currency = [&](const formats::Node& node) { return draft.money().currency(node); };
  charge.in = decode_key(object, "in", currency).value_or(Currency());
  charge.by =
      decode_key(object, "by", [&](const formats::Node& node) { return decode_by(draft, node); });
}

}  // namespace

std::string decode_each(Draft& draft, const formats::Node& node) {
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

Charge decode_charge(Draft& draft, const formats::Node& object, ChargeHome home) {
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
  auto free = [&](const formats::Node& node) { return decode_free(draft, node, over_units); };
  charge.free = decode_key(object, "free", free);
  charge.cap =
      decode_key(object, "cap", [&](const formats::Node& node) { return decode_cap(draft, node); });
  auto margin = [&](const formats::Node& node) { return decode_rate(draft.reader, node, 100); };
  charge.margin = decode_key(object, "margin", margin);
  auto members = [&](const formats::Node& node) { return decode_members(draft, node); };
  charge.greatest = decode_key(object, "greatest", members);
  charge.least = decode_key(object, "least", members);
  return charge;
}

// The terms that charges and bands share, and the bands of `graduated` and `slab`.

namespace {

std::optional<Per> decode_per(Draft& draft, const formats::Node& node, Measured base) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "\"per\"", {{"every", "charge", "count"}, {}})) return std::nullopt;
  Per per;
  per.place = reader.place(node);
  const formats::Node* every = reader.need(node, "every", "say how large a block is");
  if (every != nullptr) {
    if (std::optional<Figure> figure = draft.money().figure(*every, base, block_rule))
      per.every = *std::move(figure);
  }
  const formats::Node* charge = reader.need(node, "charge", "say what a block costs");
  if (charge != nullptr) {
    if (std::optional<Price> price = draft.money().price(*charge, price_rule))
      per.price = *std::move(price);
  }
  if (const formats::Node* count = node.find("count")) {
    std::optional<std::size_t> at =
        reader.word(*count, "a way of counting blocks", {"started", "complete"});
    if (at && *at == 1) per.count = Per::Count::complete;
  }
  return per;
}

Keys band_keys(bool slab) {
  Keys keys{{"up_to", "below"}, {}};
  for (std::string& key : kind_keys([](const KindRules& rules) { return rules.in_band; }))
    keys.known.push_back(std::move(key));
  if (slab) {
    keys.known.insert(keys.known.end(), {"min", "max"});
  } else {
    constexpr const char* remedy = "it bounds the whole charge; put it beside \"graduated\"";
    keys.elsewhere = {{"min", remedy}, {"max", remedy}};
  }
  keys.elsewhere.emplace_back("from",
                              "a band begins where the one before it ends; write where "
                              "this one ends, \"up_to\" or \"below\"");
  keys.elsewhere.emplace_back("above", keys.elsewhere.back().second);
  return keys;
}

// Where the band ends.
void decode_bound(Draft& draft, const formats::Node& node, Measured bounds, bool last, Band& band) {
  const formats::Member *up_to = find_member(node, "up_to"), *below = find_member(node, "below");
  if (up_to != nullptr && below != nullptr) {
    const formats::Member& second = up_to->key_begin < below->key_begin ? *below : *up_to;
    draft.reader.fault(second, Code::conflicting_keys, "a band has one end, and this one has two",
                       "keep \"up_to\", which includes its bound, or \"below\", which does not");
    return;
  }
  const formats::Member* bound = up_to != nullptr ? up_to : below;
  if (bound != nullptr) {
    band.inclusive = up_to != nullptr;
    band.bound = draft.money().figure(bound->value, bounds, bound_rule);
  } else if (!last) {
    draft.reader.fault(node, Code::missing_key, "the band has no end, and another one follows it",
                       "give it \"up_to\" or \"below\"; only the last band may be open");
  }
}

std::vector<Band> decode_bands(Draft& draft, const formats::Node& node, Measured bounds,
                               Measured base, bool slab) {
  std::vector<Band> bands;
  if (!draft.reader.expect_items(node,
                                 "list at least one band, {\"up_to\": \"100 EUR\", "
                                 "\"percent\": \"1\"}"))
    return bands;
  for (const formats::Node& item : node.items) {
    Band band;
    band.place = draft.reader.place(item);
    if (draft.reader.object(item, slab ? "a band of \"slab\"" : "a band of \"graduated\"",
                            band_keys(slab))) {
      check_band_keys(draft, item, base);
      decode_bound(draft, item, bounds, &item == &node.items.back(), band);
      band.terms = decode_terms(draft, item, {base, base, true});
    }
    bands.push_back(std::move(band));
  }
  return bands;
}

// ---- one for each kind of charge; nothing after a fault -----------------------------------------

template <class Kind>
std::optional<Kind> kind_of_bands(std::vector<Band> bands) {
  if (bands.empty()) return std::nullopt;
  return Kind{std::move(bands)};
}

template <class Kind>
std::optional<Kind> kind_of_rate(Draft& draft, const formats::Node& node, int scale) {
  std::optional<Rate> rate = decode_rate(draft.reader, node, scale);
  if (!rate) return std::nullopt;
  return Kind{*std::move(rate)};
}

template <class Kind>
std::optional<Kind> kind_of_price(Draft& draft, const formats::Node& node) {
  std::optional<Price> price = draft.money().price(node, price_rule);
  if (!price) return std::nullopt;
  return Kind{*std::move(price)};
}

std::optional<Graduated> decode(std::type_identity<Graduated>, Draft& draft,
                                const formats::Node& node, const TermsAre& are) {
  return kind_of_bands<Graduated>(decode_bands(draft, node, are.base, are.base, false));
}

std::optional<Slab> decode(std::type_identity<Slab>, Draft& draft, const formats::Node& node,
                           const TermsAre& are) {
  return kind_of_bands<Slab>(decode_bands(draft, node, are.slab_by, are.base, true));
}

std::optional<Percent> decode(std::type_identity<Percent>, Draft& draft, const formats::Node& node,
                              const TermsAre&) {
  return kind_of_rate<Percent>(draft, node, 100);
}

std::optional<Bps> decode(std::type_identity<Bps>, Draft& draft, const formats::Node& node,
                          const TermsAre&) {
  return kind_of_rate<Bps>(draft, node, 10'000);
}

std::optional<Each> decode(std::type_identity<Each>, Draft& draft, const formats::Node& node,
                           const TermsAre&) {
  return kind_of_price<Each>(draft, node);
}

std::optional<Flat> decode(std::type_identity<Flat>, Draft& draft, const formats::Node& node,
                           const TermsAre&) {
  return kind_of_price<Flat>(draft, node);
}

std::optional<Per> decode(std::type_identity<Per>, Draft& draft, const formats::Node& node,
                          const TermsAre& are) {
  return decode_per(draft, node, are.base);
}

}  // namespace

Terms decode_terms(Draft& draft, const formats::Node& object, const TermsAre& are) {
  Terms terms;
  each_kind([&]<class Kind>(std::type_identity<Kind> kind) {
    const formats::Node* node = object.find(Kind::rules.key);
    if (node == nullptr || (are.in_band && !Kind::rules.in_band)) return;
    if (std::optional<Kind> term = decode(kind, draft, *node, are))
      terms.list.emplace_back(*std::move(term));
  });
  auto bound = [&](const formats::Node& node) { return draft.money().price(node, fee_bound_rule); };
  terms.min = decode_key(object, "min", bound);
  terms.max = decode_key(object, "max", bound);
  return terms;
}

// Which keys of a charge or band cannot stand together, and which need another one.

namespace {

const Words& charging_keys() {
  static const Words keys = kind_keys([](const KindRules&) { return true; });
  return keys;
}

const Words& money_keys() {
  static const Words keys =
      kind_keys([](const KindRules& rules) { return rules.over_money && !rules.over_units; });
  return keys;
}

// Of a charge of the debit, and of one with `times`: its kinds, its bounds and the key itself.
Words linear_keys(std::string own) {
  Words keys = kind_keys([](const KindRules& rules) { return rules.is_linear; });
  keys.insert(keys.end(), {"min", "max", std::move(own)});
  return keys;
}

// `key` cannot stand beside `others`; of the two, the one that is written later is reported.
void check_apart(Draft& draft, const formats::Node& object, std::string_view key,
                 const Words& others, std::string_view remedy) {
  const formats::Member* own = find_member(object, key);
  if (own == nullptr) return;
  for (const formats::Member& member : object.members) {
    if (std::find(others.begin(), others.end(), member.key) == others.end()) continue;
    const formats::Member& later = member.key_begin > own->key_begin ? member : *own;
    const formats::Member& earlier = &later == own ? member : *own;
    draft.reader.fault(later, Code::conflicting_keys,
                       in_quotes(later.key) + " cannot stand beside " + in_quotes(earlier.key),
                       std::string(remedy), {draft.reader.place(earlier)});
    return;  // one is enough to see what is wrong
  }
}

Words all_but(const Words& keys, const Words& exceptions) {
  Words rest;
  for (const std::string& key : keys) {
    if (std::find(exceptions.begin(), exceptions.end(), key) == exceptions.end())
      rest.push_back(key);
  }
  return rest;
}

// Keys after which nothing else is charged.
void check_lone_keys(Draft& draft, const formats::Node& object) {
  Words all = charge_keys(ChargeHome::fee);
  check_apart(draft, object, "margin", all_but(all, {"margin"}),
              "a margin stands alone: it changes the rate and yields no line; make what is charged "
              "besides a fee of its own");
  if (object.find("margin")) return;
  check_apart(draft, object, "waived", all_but(all, {"waived", "margin"}),
              "\"waived\" stands alone: remove it, or the charge");
  if (object.find("waived")) return;
  Words beside = {"min", "max", "cap"};
  for (std::string list : {"greatest", "least"}) {
    Words exceptions = beside;
    exceptions.insert(exceptions.end(), {list, "margin", "waived"});
    check_apart(
        draft, object, list, all_but(all, exceptions),
        "only \"min\", \"max\" and \"cap\" stand beside the list; write the rest inside its "
        "members");
    if (object.find(list)) return;
  }
}

void check_each(Draft& draft, const formats::Node& object, bool over_units) {
  const formats::Member* each = find_member(object, "each");
  if (each == nullptr || over_units) return;
  draft.reader.fault(*each, Code::missing_key,
                     "\"each\" is a price per unit, and the charge has no \"units\"",
                     "say of which quantity, \"units\": \"seconds\"; for a share of the amount use "
                     "\"percent\"");
}

void check_by_keys(Draft& draft, const formats::Node& object) {
  if (!object.find("by")) return;
  if (!holds_any(object, {"slab", "graduated", "per"})) {
    draft.reader.fault(*find_member(object, "by"), Code::missing_key,
                       "\"by\" has nothing to act on",
                       "it chooses the band of a \"slab\", or is where \"graduated\" or \"per\" "
                       "goes on from; add one of them");
  }
  for (std::string_view key : {"graduated", "per"}) {
    if (!object.find(key)) continue;
    check_apart(draft, object, "by", {"of"},
                "with " + in_quotes(key) +
                    " the meter goes on where the amount is added, so the base "
                    "is the amount");
    return;
  }
}

// A share of what is paid in the end stands beside few keys, and its fee cannot choose.
void check_of_debit(Draft& draft, const formats::Node& object, ChargeHome home) {
  const formats::Member* of = find_member(object, "of");
  if (of == nullptr || !of->value.is(formats::Node::Kind::string) || of->value.text != "debit")
    return;
  if (home == ChargeHome::member) {
    draft.reader.fault(*of, Code::conflicting_keys,
                       "a charge inside \"greatest\" or \"least\" cannot be of the debit",
                       "make it a fee or a case of its own, with \"min\" and \"max\"");
    return;
  }
  check_apart(draft, object, "of", all_but(charge_keys(ChargeHome::fee), linear_keys("of")),
              "a share of the debit is \"percent\", \"bps\", \"flat\", \"min\" and \"max\" only");
  if (holds_any(object, money_keys())) return;
  draft.reader.fault(*of, Code::missing_key, "no share of the debit is given",
                     "add \"percent\": \"2.4\", or remove \"of\"");
}

// A key that nobody knows is reported already, and may be the charge, misspelt.
bool has_other_keys(const formats::Node& object, const Words& known) {
  return std::any_of(object.members.begin(), object.members.end(),
                     [&](const formats::Member& member) {
                       return std::find(known.begin(), known.end(), member.key) == known.end();
                     });
}

void check_says_something(Draft& draft, const formats::Node& object) {
  Words known = charge_keys(ChargeHome::fee);
  known.insert(known.end(), {"id", "title", "note", "operation", "when", "collect", "round"});
  if (holds_any(object, charging_keys()) || has_other_keys(object, known)) return;
  if (holds_any(object, {"greatest", "least", "margin", "waived"})) return;
  draft.reader.fault(object, Code::missing_key, "nothing is charged here",
                     "give \"percent\", \"bps\", \"flat\", \"each\", \"per\", \"graduated\", "
                     "\"slab\", \"greatest\", \"least\" or \"margin\"; or write \"waived\": true");
}

}  // namespace

Words kind_keys(bool (*is_meant)(const KindRules& rules)) {
  Words keys;
  each_kind([&]<class Kind>(std::type_identity<Kind>) {
    if (is_meant(Kind::rules)) keys.emplace_back(Kind::rules.key);
  });
  return keys;
}

bool holds_any(const formats::Node& object, const Words& keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return object.find(key) != nullptr; });
}

void check_times(Draft& draft, const formats::Node& object, const formats::Member& times) {
  Words others = all_but(charge_keys(ChargeHome::fee), linear_keys("times"));
  for (const formats::Member& member : object.members) {
    if (std::find(others.begin(), others.end(), member.key) == others.end()) continue;
    draft.reader.fault(member, Code::conflicting_keys,
                       in_quotes(member.key) + " cannot stand beside \"times\"",
                       "with \"times\" the charge is for one: \"percent\", \"bps\", \"flat\", "
                       "\"min\" and \"max\" only",
                       {draft.reader.place(times)});
    return;  // one is enough to see what is wrong
  }
}

void check_charge_keys(Draft& draft, const formats::Node& object, ChargeHome home) {
  Words apart = money_keys();
  apart.emplace_back("of");
  check_apart(draft, object, "units", apart,
              "the base is a plain number: price it with \"each\", \"per\" or \"flat\"");
  check_each(draft, object, object.find("units") != nullptr);
  check_says_something(draft, object);
  check_of_debit(draft, object, home);
  if (home == ChargeHome::member) return;  // the rest is no key of a member at all
  check_lone_keys(draft, object);
  check_by_keys(draft, object);
  if (const formats::Member* times = find_member(object, "times"))
    check_times(draft, object, *times);
  check_apart(draft, object, "free", {"of"},
              "an allowance is of the amount or of \"units\"; remove one of the two");
  check_apart(draft, object, "free", {"by"},
              "write the free part as the first band, {\"up_to\": ..., \"percent\": \"0\"}");
}

void check_band_keys(Draft& draft, const formats::Node& band, Measured base) {
  bool over_units = base == Measured::number;
  for (const std::string& key : money_keys()) {
    const formats::Member* member = find_member(band, key);
    if (member == nullptr || !over_units) continue;
    draft.reader.fault(*member, Code::conflicting_keys,
                       in_quotes(key) + " cannot stand in a charge over \"units\"",
                       "the base is a plain number: price it with \"each\", \"per\" or \"flat\"");
  }
  check_each(draft, band, over_units);
  Words known = {"up_to", "below", "min", "max"};
  if (holds_any(band, charging_keys()) || has_other_keys(band, known)) return;
  draft.reader.fault(band, Code::missing_key, "the band does not say what it charges",
                     over_units ? "write \"flat\": \"0 EUR\" if it charges nothing"
                                : "write \"percent\": \"0\" if it charges nothing");
}

}  // namespace levy::schedule::decode
