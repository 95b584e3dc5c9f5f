// Which keys of a charge or band cannot stand together, and which need another one.
#include <algorithm>

#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
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
void check_apart(Draft& draft, const Node& object, std::string_view key, const Words& others,
                 std::string_view remedy) {
  const Member* own = find_member(object, key);
  if (own == nullptr) return;
  for (const Member& member : object.members) {
    if (std::find(others.begin(), others.end(), member.key) == others.end()) continue;
    const Member& later = member.key_begin > own->key_begin ? member : *own;
    const Member& earlier = &later == own ? member : *own;
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
void check_lone_keys(Draft& draft, const Node& object) {
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

void check_each(Draft& draft, const Node& object, bool over_units) {
  const Member* each = find_member(object, "each");
  if (each == nullptr || over_units) return;
  draft.reader.fault(*each, Code::missing_key,
                     "\"each\" is a price per unit, and the charge has no \"units\"",
                     "say of which quantity, \"units\": \"seconds\"; for a share of the amount use "
                     "\"percent\"");
}

void check_by_keys(Draft& draft, const Node& object) {
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
void check_of_debit(Draft& draft, const Node& object, ChargeHome home) {
  const Member* of = find_member(object, "of");
  if (of == nullptr || !of->value.is(Node::Kind::string) || of->value.text != "debit") return;
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
bool has_other_keys(const Node& object, const Words& known) {
  return std::any_of(object.members.begin(), object.members.end(), [&](const Member& member) {
    return std::find(known.begin(), known.end(), member.key) == known.end();
  });
}

void check_says_something(Draft& draft, const Node& object) {
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

bool holds_any(const Node& object, const Words& keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return object.find(key) != nullptr; });
}

void check_times(Draft& draft, const Node& object, const Member& times) {
  Words others = all_but(charge_keys(ChargeHome::fee), linear_keys("times"));
  for (const Member& member : object.members) {
    if (std::find(others.begin(), others.end(), member.key) == others.end()) continue;
    draft.reader.fault(member, Code::conflicting_keys,
                       in_quotes(member.key) + " cannot stand beside \"times\"",
                       "with \"times\" the charge is for one: \"percent\", \"bps\", \"flat\", "
                       "\"min\" and \"max\" only",
                       {draft.reader.place(times)});
    return;  // one is enough to see what is wrong
  }
}

void check_charge_keys(Draft& draft, const Node& object, ChargeHome home) {
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
  if (const Member* times = find_member(object, "times")) check_times(draft, object, *times);
  check_apart(draft, object, "free", {"of"},
              "an allowance is of the amount or of \"units\"; remove one of the two");
  check_apart(draft, object, "free", {"by"},
              "write the free part as the first band, {\"up_to\": ..., \"percent\": \"0\"}");
}

void check_band_keys(Draft& draft, const Node& band, Measured base) {
  bool over_units = base == Measured::number;
  for (const std::string& key : money_keys()) {
    const Member* member = find_member(band, key);
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

}  // namespace levy
