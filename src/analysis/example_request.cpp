#include "analysis/example_request.h"

#include <algorithm>
#include <map>

#include "analysis/course.h"

namespace levy {
namespace {

Node text_node(std::string text) {
  Node node;
  node.kind = Node::Kind::string;
  node.text = std::move(text);
  return node;
}

Node of_kind(Node::Kind kind) {
  Node node;
  node.kind = kind;
  return node;
}

void add_member(Node& object, const std::string& key, Node value) {
  object.members.push_back(Member{key, 0, 0, std::move(value)});
}

void add_member(Node& object, const std::string& key, const std::string& text) {
  add_member(object, key, text_node(text));
}

// One text, or a list where there is more than one currency.
Node money_node(const std::map<Currency, Rational>& amounts, const Currencies& currencies) {
  std::vector<Node> texts;
  for (const auto& [currency, amount] : amounts)
    texts.push_back(text_node(to_string(Money{amount, currency}, currencies)));
  if (texts.size() == 1) return texts.front();
  Node list = of_kind(Node::Kind::array);
  list.items = std::move(texts);
  return list;
}

// Those that fees look at and that are not what they are anyway.
void add_given_quantities(Node& request, const Schedule& schedule, const Operation& operation) {
  std::vector<std::string> asked = quantities_asked(schedule, operation.name);
  for (const Quantity& quantity : schedule.quantities) {
    const Rational& value = operation.quantities.find(quantity.name)->second;
    bool is_default = quantity.by_default && Rational(*quantity.by_default) == value;
    bool is_asked = std::find(asked.begin(), asked.end(), quantity.name) != asked.end();
    if (is_asked && !is_default) add_member(request, quantity.name, value.to_string());
  }
}

}  // namespace

Node request_of(const Schedule& schedule, const Cell& cell, const Operation& operation,
                const UsedTexts& used) {
  Node request = of_kind(Node::Kind::object);
  add_member(request, "operation", operation.name);
  if (operation.amount)
    add_member(request, "amount",
               to_string(Money{*operation.amount, operation.currency}, schedule.currencies));
  else if (operation.currency != schedule.currency)
    add_member(request, "currency", std::string(operation.currency.code()));
  for (const auto& [name, value] : operation.attributes) add_member(request, name, value);
  add_given_quantities(request, schedule, operation);
  if (cell.needs_time || schedule.from || schedule.until)
    add_member(request, "time", to_string(operation.time, schedule.timezone));
  if (used.empty()) return request;
  Node readings = of_kind(Node::Kind::object);
  for (const auto& [meter, value] : used) add_member(readings, meter, value);
  add_member(request, "used", std::move(readings));
  return request;
}

Node expectation_of(const Quote& quote) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  Node expect = of_kind(Node::Kind::object);
  Node lines = of_kind(Node::Kind::object);
  for (const Line& line : quote.lines)
    add_member(lines, line.fee->id, to_string(line.amount, currencies));
  if (!lines.members.empty()) add_member(expect, "lines", std::move(lines));
  add_member(expect, "total", money_node(quote.fees, currencies));
  add_member(expect, "debit", money_node(quote.debit, currencies));
  add_member(expect, "credit", to_string(quote.credit, currencies));
  return expect;
}

Node expectation_of(const Verdict& verdict) {
  Node expect = of_kind(Node::Kind::object);
  Node allowed = of_kind(Node::Kind::boolean);
  allowed.truth = verdict.allowed;
  add_member(expect, "allowed", std::move(allowed));
  if (verdict.allowed) return expect;
  Node blocking = of_kind(Node::Kind::array);
  for (const std::string& id : verdict.blocked_by) blocking.items.push_back(text_node(id));
  add_member(expect, "by", std::move(blocking));
  return expect;
}

}  // namespace levy
