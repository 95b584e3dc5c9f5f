// Conditions: each key of a `when`, typed by what it is about.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

using Subject = Condition::Subject;

// What a condition is about; nothing: no such name.
std::optional<Subject> subject_of(const Schedule& schedule, std::string_view name) {
  if (name == "amount") return Subject::amount;
  if (name == "date") return Subject::date;
  if (name == "time_of_day") return Subject::time_of_day;
  if (schedule.find_quantity(name)) return Subject::quantity;
  const auto& builtin = builtin_attributes();
  bool known = std::find(builtin.begin(), builtin.end(), name) != builtin.end();
  if (known || schedule.find_attribute(name)) return Subject::attribute;
  return std::nullopt;
}

void report_unknown_name(Draft& draft, const formats::Member& member) {
  if (draft.names_doubtful) return;
  bool operation = member.key == "operation";
  draft.reader.fault(
      member, Code::unknown_attribute,
      "there is no attribute or quantity " + in_quotes(member.key) +
          (operation ? "" : did_you_mean(member.key, known_names(draft.schedule))),
      operation ? "write \"operation\" beside \"when\", not inside it"
                : "declare it under \"attributes\" or \"quantities\", or correct the name");
}

// The values of a scalar or list, with "@SET" replaced by the set's members.
std::vector<const formats::Node*> expand(Draft& draft, const formats::Node& value) {
  std::vector<const formats::Node*> expanded;
  if (value.is(formats::Node::Kind::array) && value.items.empty()) {
    draft.reader.fault(value, Code::bad_value, "the list is empty, so the condition never holds",
                       "list at least one value, or remove the condition");
  }
  for (const formats::Node* node :
       value.is(formats::Node::Kind::array) ? items_of(value) : std::vector{&value}) {
    if (!node->is(formats::Node::Kind::string) || !node->text.starts_with('@')) {
      expanded.push_back(node);
      continue;
    }
    auto set = draft.sets.find(std::string_view(node->text).substr(1));
    if (set != draft.sets.end()) {
      for (const formats::Node& member : set->second->items) expanded.push_back(&member);
      for (Set& each : draft.schedule.sets) each.used = each.used || each.name == set->first;
    } else if (!draft.sets_doubtful) {
      Words known;
      for (const Set& each : draft.schedule.sets) known.push_back("@" + each.name);
      draft.reader.fault(
          *node, Code::unknown_set,
          "there is no set " + in_quotes(node->text) + did_you_mean(node->text, known),
          "declare it under \"sets\", or correct the name");
    }
  }
  return expanded;
}

// A value that is the name of a set lacks its "@".
bool report_set(Draft& draft, const formats::Node& node, std::string_view name) {
  if (draft.sets.find(std::string_view(node.text)) == draft.sets.end()) return false;
  draft.reader.fault(node, Code::unknown_value,
                     in_quotes(node.text) + " is a set, not a value of " + std::string(name),
                     "write " + in_quotes("@" + node.text) + " for its members");
  return true;
}

void report_country(Draft& draft, const formats::Node& node, std::string_view name) {
  std::string meant = likely_country(node.text);
  if (meant.empty() && report_set(draft, node, name)) return;
  draft.reader.fault(node, Code::unknown_country, in_quotes(node.text) + " is not a country's code",
                     meant.empty() ? "write an ISO 3166-1 alpha-2 code, for example \"DE\""
                                   : "write " + in_quotes(meant));
}

void report_tier(Draft& draft, const formats::Node& node) {
  if (draft.tiers_doubtful) return;
  Words known;
  for (const Tier& tier : draft.schedule.tiers) known.push_back(tier.id);
  draft.reader.fault(node, Code::unknown_tier,
                     "there is no tier " + in_quotes(node.text) + did_you_mean(node.text, known),
                     known.empty() ? "the schedule has no \"tiers\"; declare them"
                                   : "known tiers: " + join_or(known));
}

// As did_you_mean; and "sun" for "Sunday", where an abbreviation is the value.
std::string likely(const formats::Node& node, const Words& known) {
  for (const std::string& word : known) {
    if (to_capitals(node.text).starts_with(to_capitals(word)))
      return " (did you mean " + in_quotes(word) + "?)";
  }
  return did_you_mean(node.text, known);
}

void report_value(Reader& reader, const formats::Node& node, std::string_view name,
                  const Words& known) {
  reader.fault(
      node, Code::unknown_value,
      in_quotes(node.text) + " is not a value of " + std::string(name) + likely(node, known),
      "known values: " + join_or(known));
}

// One value of an attribute whose values are words.
void check_word(Draft& draft, const std::string& name, const formats::Node& node) {
  if (name == "country" || name == "to_country") {
    if (!is_country(node.text)) report_country(draft, node, name);
  } else if (name == "currency" || name == "to_currency") {
    std::optional<Currency> code = Currency::of(node.text);
    bool known = code && draft.schedule.currencies.find_digits(*code);
    if (!known && !report_set(draft, node, name)) (void)draft.money().currency(node);
  } else if (Missing domain = describe_attribute(draft.schedule, name); domain.closed) {
    if (std::find(domain.domain.begin(), domain.domain.end(), node.text) != domain.domain.end())
      return;
    if (report_set(draft, node, name)) return;
    if (name == "tier") return report_tier(draft, node);
    report_value(draft.reader, node, name, domain.domain);
  }
}

void decode_values(Draft& draft, const std::vector<const formats::Node*>& nodes,
                   Condition& condition) {
  bool boolean = is_boolean(draft.schedule, condition.name);
  for (const formats::Node* node : nodes) {
    if (boolean) {
      std::optional<bool> truth = draft.reader.boolean(*node);
      if (truth) condition.values.push_back(*truth ? "true" : "false");
    } else if (draft.reader.text(*node, "write the value as a string")) {
      check_word(draft, condition.name, *node);
      condition.values.push_back(node->text);
    }
  }
}

std::optional<Figure> decode_clock(Draft& draft, Subject subject, const formats::Node& node) {
  bool is_date = subject == Subject::date;
  if (!draft.reader.expect(node, formats::Node::Kind::string,
                           is_date ? "write a date, \"2026-01-01\"" : "write a time, \"09:30\""))
    return std::nullopt;
  Figure figure;
  figure.place = draft.reader.place(node);
  if (is_date) {
    if (std::optional<Day> day = draft.reader.accept(node, parse_day(node.text)))
      figure.number = Decimal(day->number);
  } else if (auto second = draft.reader.accept(node, parse_time_of_day(node.text))) {
    figure.number = Decimal(*second);
  }
  if (!figure.number) return std::nullopt;
  return figure;
}

// "above", "from" ... for the sign that a text begins with, and what follows it; empty for none.
struct Comparison {
  std::string_view key, bound;
};

Comparison comparison_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> signs = {{{">=", "from"},
                                                                                   {"=>", "from"},
                                                                                   {"<=", "up_to"},
                                                                                   {"=<", "up_to"},
                                                                                   {"≥", "from"},
                                                                                   {"≤", "up_to"},
                                                                                   {">", "above"},
                                                                                   {"<", "below"}}};
  for (const auto& [sign, key] : signs) {
    if (!text.starts_with(sign)) continue;
    text.remove_prefix(sign.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return {key, text};
  }
  return {};
}

// `">100"` is {"above": "100 EUR"} here. False where the text is no comparison.
bool report_comparison(Draft& draft, Subject subject, const formats::Node& node) {
  if (!node.is(formats::Node::Kind::string)) return false;
  Comparison comparison = comparison_of(node.text);
  if (comparison.key.empty()) return false;
  std::string bound(comparison.bound);
  const Currency& own = draft.schedule.currency;
  bool bare = subject == Subject::amount && !own.empty() && parse_decimal(bound);
  if (bare) bound += " " + std::string(own.code());
  draft.reader.fault(
      node, Code::bad_value, in_quotes(node.text) + " is a comparison, not a value",
      "write a range: {" + in_quotes(comparison.key) + ": " + in_quotes(bound) + "}");
  return true;
}

std::optional<Figure> decode_figure(Draft& draft, Subject subject, const formats::Node& node) {
  if (report_comparison(draft, subject, node)) return std::nullopt;
  if (subject == Subject::date || subject == Subject::time_of_day)
    return decode_clock(draft, subject, node);
  Measured measured = subject == Subject::amount ? Measured::money : Measured::number;
  return draft.money().figure(node, measured, bound_rule);
}

void decode_figures(Draft& draft, const formats::Node& value, Condition& condition) {
  std::vector<const formats::Node*> nodes = expand(draft, value);
  if (condition.subject == Subject::amount) {
    for (const formats::Node* node : nodes) {
      if (report_comparison(draft, condition.subject, *node)) return;
    }
    // A list of amounts is a money list: one figure.
    std::optional<MoneyList> list = draft.money().entries(nodes, bound_rule);
    if (list) condition.figures.push_back({std::nullopt, *list, draft.reader.place(value)});
    return;
  }
  for (const formats::Node* node : nodes) {
    std::optional<Figure> figure = decode_figure(draft, condition.subject, *node);
    if (figure) condition.figures.push_back(*std::move(figure));
  }
}

void report_two_ends(Reader& reader, const formats::Node& range, std::string_view a,
                     std::string_view b) {
  const formats::Member *first = find_member(range, a), *second = find_member(range, b);
  if (first == nullptr || second == nullptr) return;
  if (first->key_begin > second->key_begin) std::swap(first, second);
  reader.fault(*second, Code::conflicting_keys,
               in_quotes(second->key) + " cannot stand beside " + in_quotes(first->key),
               in_quotes(a) + " includes its bound and " + in_quotes(b) +
                   " excludes it; keep the one that is meant");
}

Condition::Range decode_range(Draft& draft, const formats::Node& node, Subject subject) {
  Condition::Range range;
  Keys keys{{"from", "above", "up_to", "below"}, {}};
  if (!draft.reader.object(node, "a range", keys)) return range;
  if (node.members.empty()) {
    draft.reader.fault(node, Code::missing_key, "the range has no bound",
                       "give \"from\", \"above\", \"up_to\" or \"below\"");
  }
  report_two_ends(draft.reader, node, "from", "above");
  report_two_ends(draft.reader, node, "up_to", "below");
  auto figure = [&](const formats::Node& bound) { return decode_figure(draft, subject, bound); };
  range.from = decode_key(node, "from", figure);
  range.above = decode_key(node, "above", figure);
  range.up_to = decode_key(node, "up_to", figure);
  range.below = decode_key(node, "below", figure);
  return range;
}

// {"not": value}: the value; null after a fault.
const formats::Node* negated_value(Draft& draft, const formats::Node& node) {
  if (node.members.size() > 1) {
    draft.reader.fault(*find_member(node, "not"), Code::conflicting_keys,
                       "\"not\" stands alone and takes a value or a list",
                       "turn the bounds round instead: not above 10 is up to 10");
    return nullptr;
  }
  const formats::Node& value = *node.find("not");
  if (!value.is(formats::Node::Kind::object)) return &value;
  draft.reader.fault(value, Code::wrong_type, "\"not\" takes a value or a list, not a range",
                     "turn the bounds round instead: not above 10 is up to 10");
  return nullptr;
}

void decode_value(Draft& draft, const formats::Node& value, Condition& condition) {
  if (condition.subject == Subject::attribute) {
    decode_values(draft, expand(draft, value), condition);
  } else {
    decode_figures(draft, value, condition);
  }
}

Condition decode_condition(Draft& draft, const formats::Member& member, Subject subject) {
  Condition condition;
  condition.subject = subject;
  condition.name = member.key;
  condition.place = draft.reader.place(member);
  const formats::Node* value = &member.value;
  if (value->is(formats::Node::Kind::object) && value->find("not")) {
    condition.negated = true;
    value = negated_value(draft, *value);
    if (value != nullptr) decode_value(draft, *value, condition);
  } else if (!value->is(formats::Node::Kind::object)) {
    decode_value(draft, *value, condition);
  } else if (subject != Subject::attribute) {
    condition.range = decode_range(draft, *value, subject);
  } else {
    draft.reader.fault(*value, Code::wrong_type,
                       in_quotes(member.key) + " is neither a number nor a time and takes no range",
                       "write a value, a list of values, or {\"not\": ...}");
  }
  return condition;
}

}  // namespace

std::optional<When> decode_when(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::object,
                           "write the conditions as an object, {\"currency\": \"EUR\"}"))
    return std::nullopt;
  When when;
  when.place = draft.reader.place(node);
  for (const formats::Member& member : node.members) {
    std::optional<Subject> subject = subject_of(draft.schedule, member.key);
    if (subject) {
      when.conditions.push_back(decode_condition(draft, member, *subject));
    } else {
      report_unknown_name(draft, member);
    }
  }
  return when;
}

std::vector<std::string> decode_operations(Draft& draft, const formats::Node& node) {
  std::vector<std::string> operations;
  bool list = node.is(formats::Node::Kind::array);
  if (list && !draft.reader.expect_items(node, "name an operation, or leave the key out for all"))
    return operations;
  for (const formats::Node* item : list ? items_of(node) : std::vector{&node}) {
    std::optional<std::string> name = draft.reader.id(*item);
    if (!name) continue;
    if (std::find(operations.begin(), operations.end(), *name) != operations.end()) {
      draft.reader.fault(*item, Code::duplicate_id, in_quotes(*name) + " is named twice",
                         "remove one of the two");
    }
    operations.push_back(*name);
  }
  return operations;
}

}  // namespace levy::schedule::decode
