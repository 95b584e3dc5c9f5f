// Currencies, times, roundings: what the figures of a schedule are in and how they are rounded.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
namespace {

constexpr int currency_digits_max = 30;
constexpr int rate_digits_max = 40;

void decode_currency_entry(Draft& draft, const Member& member) {
  Reader& reader = draft.reader;
  std::optional<Currency> code = Currency::of(member.key);
  if (!code) {
    reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a currency's code",
                 "write a capital letter and 1 to 11 capital letters or digits, for example "
                 "\"BTC\"");
  }
  std::optional<int> digits;
  if (reader.object(member.value, "a currency", {{"digits"}, {}})) {
    if (const Node* given = reader.need(member.value, "digits",
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

std::optional<RoundingMode> decode_mode(Reader& reader, const Node& node) {
  std::optional<std::size_t> at = reader.word(node, "a rounding mode", rounding_mode_words());
  if (!at) return std::nullopt;
  return find_rounding_mode(rounding_mode_words()[*at]);
}

// The quantum: a plain decimal, or money.
void decode_quantum(Draft& draft, const Node& node, RoundRule& rule) {
  bool is_money = node.is(Node::Kind::array) ||
                  (node.is(Node::Kind::string) && node.text.find(' ') != std::string::npos);
  if (!is_money) {
    rule.to = draft.money().number(node, AmountRule::Sign::positive);
  } else if (std::optional<Price> price = draft.money().price(node, quantum_rule)) {
    rule.to_money = std::move(price->money);
  }
}

RoundRule decode_rule(Draft& draft, const Node& object) {
  RoundRule rule;
  rule.place = draft.reader.place(object);
  if (const Node* mode = object.find("mode")) rule.mode = decode_mode(draft.reader, *mode);
  if (const Node* to = object.find("to")) decode_quantum(draft, *to, rule);
  return rule;
}

void decode_rounding(Draft& draft, const Node& node) {
  Keys keys{{"mode", "to", "apply"}, {}};
  if (!draft.reader.object(node, "the schedule's rounding", keys)) return;
  Rounding& rounding = draft.schedule.rounding;
  rounding.rule = decode_rule(draft, node);
  if (const Node* apply = node.find("apply")) {
    std::optional<std::size_t> at =
        draft.reader.word(*apply, "what rounding applies to", {"line", "total"});
    if (at && *at == 1) rounding.apply = Rounding::Apply::total;
  }
}

void decode_applied_rate(Draft& draft, const Node& node) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "the applied rate", {{"digits", "mode"}, {}})) return;
  Conversion& conversion = draft.schedule.conversion;
  if (const Node* digits = reader.need(node, "digits",
                                       "say how many decimal places the applied rate keeps, "
                                       "{\"digits\": 6}"))
    conversion.rate_digits = reader.integer(*digits, 0, rate_digits_max);
  if (const Node* mode = node.find("mode")) conversion.rate_mode = decode_mode(reader, *mode);
}

void decode_conversion(Draft& draft, const Node& node) {
  if (!draft.reader.object(node, "the conversion", {{"rate", "round"}, {}})) return;
  if (const Node* rate = node.find("rate")) decode_applied_rate(draft, *rate);
  const Node* round = node.find("round");
  if (round == nullptr) return;
  Keys keys{{"mode"}, {{"to", "a credit is always rounded to its currency's minor unit"}}};
  if (draft.reader.object(*round, "the credit's rounding", keys))
    draft.schedule.conversion.round = decode_rule(draft, *round);
}

std::optional<Instant> decode_instant(Draft& draft, const Node& node) {
  if (!draft.reader.expect(node, Node::Kind::string, "write a date, \"2026-01-01\""))
    return std::nullopt;
  return draft.reader.accept(node, parse_instant(node.text, draft.schedule.timezone));
}

void decode_effective(Draft& draft, const Node& node) {
  Reader& reader = draft.reader;
  if (!reader.object(node, "\"effective\"", {{"from", "until"}, {}})) return;
  Schedule& schedule = draft.schedule;
  schedule.effective = reader.place(node);
  auto instant = [&](const Node& time) { return decode_instant(draft, time); };
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

void decode_currencies(Draft& draft, const Node& root) {
  constexpr std::string_view shape = "write {\"BTC\": {\"digits\": 8}}";
  const Node* declared = root.find("currencies");
  if (declared && draft.reader.expect(*declared, Node::Kind::object, shape)) {
    for (const Member& member : declared->members) decode_currency_entry(draft, member);
  }
  const Node* own = root.find("currency");
  if (own == nullptr) return;
  std::optional<Currency> currency = draft.money().currency(*own);
  draft.schedule.currency = currency.value_or(Currency());
  draft.bare = currency ? *currency : declare_stand_in(draft.schedule.currencies);
}

void decode_times(Draft& draft, const Node& root) {
  Reader& reader = draft.reader;
  constexpr std::string_view remedy =
      "write an IANA name, for example \"Europe/Berlin\" or \"UTC\"";
  const Node* zone = root.find("timezone");
  if (zone && reader.expect(*zone, Node::Kind::string, remedy)) {
    std::optional<TimeZone> found = TimeZone::find(zone->text);
    if (found) {
      draft.schedule.timezone = *found;
    } else {
      reader.fault(*zone, Code::unknown_timezone,
                   in_quotes(zone->text) + " is not a known time zone", std::string(remedy));
    }
  }
  if (const Node* effective = root.find("effective")) decode_effective(draft, *effective);
}

void decode_roundings(Draft& draft, const Node& root) {
  if (const Node* rounding = root.find("rounding")) decode_rounding(draft, *rounding);
  if (const Node* conversion = root.find("conversion")) decode_conversion(draft, *conversion);
  auto collect = [&](const Node& node) { return decode_collect(draft, node); };
  draft.schedule.collect = decode_key(root, "collect", collect).value_or(Collect::on_top);
}

std::optional<RoundRule> decode_round(Draft& draft, const Node& node) {
  if (node.is(Node::Kind::string)) {
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

std::optional<Collect> decode_collect(Draft& draft, const Node& node) {
  std::optional<std::size_t> at =
      draft.reader.word(node, "a way of collecting", {"on_top", "deducted", "none"});
  if (!at) return std::nullopt;
  return static_cast<Collect>(*at);
}

LocalText decode_local_text(Reader& reader, const Node& object, std::string_view key) {
  LocalText text;
  const Node* node = object.find(key);
  if (node == nullptr) return text;
  if (node->is(Node::Kind::string)) return LocalText{{{"", node->text}}};
  constexpr std::string_view remedy = "write a string, or one per language, {\"en\": \"...\"}";
  if (!reader.expect(*node, Node::Kind::object, remedy)) return text;
  for (const Member& member : node->members) {
    if (!is_language_tag(member.key)) {
      reader.fault(member, Code::bad_id, in_quotes(member.key) + " is not a language tag",
                   "write a BCP 47 tag, for example \"en\" or \"zh-CN\"");
    }
    text.by_language.emplace_back(member.key, reader.text(member.value, remedy).value_or(""));
  }
  return text;
}

}  // namespace levy
