// Conditions: each key of a `when`, typed by what it is about.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "schedule/attributes.h"
#include "schedule/decode_parts.h"

namespace levy {
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

void report_unknown_name(Draft& draft, const Member& member) {
  if (draft.names_doubtful) return;
  bool operation = member.key == "operation";
  draft.reader.fault(
      member, Code::unknown_attribute,
      "there is no attribute or quantity " + quoted(member.key) +
          (operation ? "" : did_you_mean(member.key, known_names(draft.schedule))),
      operation ? "write \"operation\" beside \"when\", not inside it"
                : "declare it under \"attributes\" or \"quantities\", or correct the name");
}

// The values of a scalar or list, with "@SET" replaced by the set's members.
std::vector<const Node*> expand(Draft& draft, const Node& value) {
  std::vector<const Node*> expanded;
  if (value.is(Node::Kind::array) && value.items.empty()) {
    draft.reader.fault(value, Code::bad_value, "the list is empty, so the condition never holds",
                       "list at least one value, or remove the condition");
  }
  for (const Node* node : value.is(Node::Kind::array) ? items_of(value) : std::vector{&value}) {
    if (!node->is(Node::Kind::string) || !node->text.starts_with('@')) {
      expanded.push_back(node);
      continue;
    }
    auto set = draft.sets.find(std::string_view(node->text).substr(1));
    if (set != draft.sets.end()) {
      for (const Node& member : set->second->items) expanded.push_back(&member);
      for (Set& each : draft.schedule.sets) each.used = each.used || each.name == set->first;
    } else if (!draft.sets_doubtful) {
      Words known;
      for (const Set& each : draft.schedule.sets) known.push_back("@" + each.name);
      draft.reader.fault(*node, Code::unknown_set,
                         "there is no set " + quoted(node->text) + did_you_mean(node->text, known),
                         "declare it under \"sets\", or correct the name");
    }
  }
  return expanded;
}

void report_country(Reader& reader, const Node& node) {
  constexpr std::array<std::array<std::string_view, 2>, 4> others = {
      {{"UK", "GB"}, {"EL", "GR"}, {"USA", "US"}, {"GBR", "GB"}}};
  std::string meant = to_capitals(node.text);
  for (const auto& [other, code] : others) {
    if (meant == other) meant = std::string(code);
  }
  reader.fault(node, Code::unknown_country, quoted(node.text) + " is not a country's code",
               is_country(meant) ? "write " + quoted(meant)
                                 : "write an ISO 3166-1 alpha-2 code, for example \"DE\"");
}

void report_tier(Draft& draft, const Node& node) {
  if (draft.tiers_doubtful) return;
  Words known;
  for (const Tier& tier : draft.schedule.tiers) known.push_back(tier.id);
  draft.reader.fault(node, Code::unknown_tier,
                     "there is no tier " + quoted(node.text) + did_you_mean(node.text, known),
                     known.empty() ? "the schedule has no \"tiers\"; declare them"
                                   : "known tiers: " + join_or(known));
}

// As did_you_mean; and "sun" for "Sunday", where an abbreviation is the value.
std::string likely(const Node& node, const Words& known) {
  for (const std::string& word : known) {
    if (to_capitals(node.text).starts_with(to_capitals(word)))
      return " (did you mean " + quoted(word) + "?)";
  }
  return did_you_mean(node.text, known);
}

void report_value(Reader& reader, const Node& node, std::string_view name, const Words& known) {
  reader.fault(node, Code::unknown_value,
               quoted(node.text) + " is not a value of " + std::string(name) + likely(node, known),
               "known values: " + join_or(known));
}

// One value of an attribute whose values are words.
void check_word(Draft& draft, const std::string& name, const Node& node) {
  if (name == "country" || name == "to_country") {
    if (!is_country(node.text)) report_country(draft.reader, node);
  } else if (name == "currency" || name == "to_currency") {
    (void)draft.money().currency(node);
  } else if (Missing domain = describe_attribute(draft.schedule, name); domain.closed) {
    if (std::find(domain.domain.begin(), domain.domain.end(), node.text) != domain.domain.end())
      return;
    if (name == "tier") return report_tier(draft, node);
    report_value(draft.reader, node, name, domain.domain);
  }
}

void decode_values(Draft& draft, const std::vector<const Node*>& nodes, Condition& condition) {
  bool boolean = is_boolean(draft.schedule, condition.name);
  for (const Node* node : nodes) {
    if (boolean) {
      std::optional<bool> truth = draft.reader.boolean(*node);
      if (truth) condition.values.push_back(*truth ? "true" : "false");
    } else if (draft.reader.text(*node, "write the value as a string")) {
      check_word(draft, condition.name, *node);
      condition.values.push_back(node->text);
    }
  }
}

std::optional<Figure> decode_clock(Draft& draft, Subject subject, const Node& node) {
  bool is_date = subject == Subject::date;
  if (!draft.reader.expect(node, Node::Kind::string,
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

std::optional<Figure> decode_figure(Draft& draft, Subject subject, const Node& node) {
  if (subject == Subject::date || subject == Subject::time_of_day)
    return decode_clock(draft, subject, node);
  Measured measured = subject == Subject::amount ? Measured::money : Measured::number;
  return draft.money().figure(node, measured, bound_rule);
}

void decode_figures(Draft& draft, const Node& value, Condition& condition) {
  std::vector<const Node*> nodes = expand(draft, value);
  if (condition.subject == Subject::amount) {
    // A list of amounts is a money list: one figure.
    std::optional<MoneyList> list = draft.money().entries(nodes, bound_rule);
    if (list) condition.figures.push_back({std::nullopt, *list, draft.reader.place(value)});
    return;
  }
  for (const Node* node : nodes) {
    std::optional<Figure> figure = decode_figure(draft, condition.subject, *node);
    if (figure) condition.figures.push_back(*std::move(figure));
  }
}

void report_two_ends(Reader& reader, const Node& range, std::string_view a, std::string_view b) {
  const Member *first = find_member(range, a), *second = find_member(range, b);
  if (first == nullptr || second == nullptr) return;
  if (first->key_begin > second->key_begin) std::swap(first, second);
  reader.fault(*second, Code::conflicting_keys,
               quoted(second->key) + " cannot stand beside " + quoted(first->key),
               quoted(a) + " includes its bound and " + quoted(b) +
                   " excludes it; keep the one that is meant");
}

Condition::Range decode_range(Draft& draft, const Node& node, Subject subject) {
  Condition::Range range;
  Keys keys{{"from", "above", "up_to", "below"}, {}};
  if (!draft.reader.object(node, "a range", keys)) return range;
  if (node.members.empty()) {
    draft.reader.fault(node, Code::missing_key, "the range has no bound",
                       "give \"from\", \"above\", \"up_to\" or \"below\"");
  }
  report_two_ends(draft.reader, node, "from", "above");
  report_two_ends(draft.reader, node, "up_to", "below");
  auto figure = [&](const Node& bound) { return decode_figure(draft, subject, bound); };
  range.from = decode_key(node, "from", figure);
  range.above = decode_key(node, "above", figure);
  range.up_to = decode_key(node, "up_to", figure);
  range.below = decode_key(node, "below", figure);
  return range;
}

// {"not": value}: the value; null after a fault.
const Node* negated_value(Draft& draft, const Node& node) {
  if (node.members.size() > 1) {
    draft.reader.fault(*find_member(node, "not"), Code::conflicting_keys,
                       "\"not\" stands alone and takes a value or a list",
                       "turn the bounds round instead: not above 10 is up to 10");
    return nullptr;
  }
  const Node& value = *node.find("not");
  if (!value.is(Node::Kind::object)) return &value;
  draft.reader.fault(value, Code::wrong_type, "\"not\" takes a value or a list, not a range",
                     "turn the bounds round instead: not above 10 is up to 10");
  return nullptr;
}

void decode_value(Draft& draft, const Node& value, Condition& condition) {
  if (condition.subject == Subject::attribute) {
    decode_values(draft, expand(draft, value), condition);
  } else {
    decode_figures(draft, value, condition);
  }
}

Condition decode_condition(Draft& draft, const Member& member, Subject subject) {
  Condition condition;
  condition.subject = subject;
  condition.name = member.key;
  condition.place = draft.reader.place(member);
  const Node* value = &member.value;
  if (value->is(Node::Kind::object) && value->find("not")) {
    condition.negated = true;
    value = negated_value(draft, *value);
    if (value != nullptr) decode_value(draft, *value, condition);
  } else if (!value->is(Node::Kind::object)) {
    decode_value(draft, *value, condition);
  } else if (subject != Subject::attribute) {
    condition.range = decode_range(draft, *value, subject);
  } else {
    draft.reader.fault(*value, Code::wrong_type,
                       quoted(member.key) + " is no number or time and takes no range",
                       "write a value, a list of values, or {\"not\": ...}");
  }
  return condition;
}

}  // namespace

std::optional<When> decode_when(Draft& draft, const Node& node) {
  if (!draft.reader.expect(node, Node::Kind::object,
                           "write the conditions as an object, {\"currency\": \"EUR\"}"))
    return std::nullopt;
  When when;
  when.place = draft.reader.place(node);
  for (const Member& member : node.members) {
    std::optional<Subject> subject = subject_of(draft.schedule, member.key);
    if (subject) {
      when.conditions.push_back(decode_condition(draft, member, *subject));
    } else {
      report_unknown_name(draft, member);
    }
  }
  return when;
}

std::vector<std::string> decode_operations(Draft& draft, const Node& node) {
  std::vector<std::string> operations;
  bool list = node.is(Node::Kind::array);
  if (list && !draft.reader.expect_items(node, "name an operation, or leave the key out for all"))
    return operations;
  for (const Node* item : list ? items_of(node) : std::vector{&node}) {
    std::optional<std::string> name = draft.reader.id(*item);
    if (!name) continue;
    if (std::find(operations.begin(), operations.end(), *name) != operations.end()) {
      draft.reader.fault(*item, Code::duplicate_id, quoted(*name) + " is named twice",
                         "remove one of the two");
    }
    operations.push_back(*name);
  }
  return operations;
}

}  // namespace levy
