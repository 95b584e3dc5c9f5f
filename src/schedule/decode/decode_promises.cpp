// Guarantees: promises that `validate` proves.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

using Promise = Guarantee::Promise;

std::optional<Promise> decode_promise(Draft& draft, const formats::Node& node) {
  Promise promise;
  promise.place = draft.reader.place(node);
  if (!node.is(formats::Node::Kind::object)) {
    promise.money = draft.money().price(node, promise_rule);
    return promise;
  }
  if (!draft.reader.object(node, "a promise", {{"percent"}, {}})) return std::nullopt;
  const formats::Node* percent =
      draft.reader.need(node, "percent",
                        "write a share of the amount, {\"percent\": \"3\"}, or "
                        "money, \"3 EUR\"");
  if (percent == nullptr) return std::nullopt;
  promise.percent = decode_rate(draft.reader, *percent, 100);
  if (!promise.percent || promise.percent->fraction.sign() >= 0) return promise;
  draft.reader.fault(*percent, Code::not_positive, percent->text + " is negative",
                     "write 0 or more");
  return promise;
}

// A promise about an operation that the tariff does not have would always hold, and mean nothing.
void check_operations(Draft& draft, const formats::Node& node) {
  Words known = draft.schedule.operations();
  if (known.empty()) return;
  for (const formats::Node* item :
       node.is(formats::Node::Kind::array) ? items_of(node) : std::vector{&node}) {
    if (std::find(known.begin(), known.end(), item->text) != known.end()) continue;
    draft.reader.fault(*item, Code::unknown_operation,
                       "no fee or limit is about the operation " + in_quotes(item->text) +
                           did_you_mean(item->text, known),
                       "known operations: " + join_or(known));
  }
}

Guarantee decode_guarantee(Draft& draft, const formats::Node& node) {
  Guarantee guarantee;
  guarantee.place = draft.reader.place(node);
  const Words promises = {"fee_at_most", "fee_at_least", "credit_at_least"};
  Keys keys{{"title", "operation", "when"}, {}};
  keys.known.insert(keys.known.end(), promises.begin(), promises.end());
  if (!draft.reader.object(node, "a guarantee", keys)) return guarantee;
  guarantee.title = decode_local_text(draft.reader, node, "title");
  if (const formats::Node* operations = node.find("operation")) {
    guarantee.operations = decode_operations(draft, *operations);
    if (!guarantee.operations.empty()) check_operations(draft, *operations);
  }
  auto when = [&](const formats::Node& value) { return decode_when(draft, value); };
  guarantee.when = decode_key(node, "when", when);
  auto promise = [&](const formats::Node& value) { return decode_promise(draft, value); };
  guarantee.fee_at_most = decode_key(node, "fee_at_most", promise);
  guarantee.fee_at_least = decode_key(node, "fee_at_least", promise);
  guarantee.credit_at_least = decode_key(node, "credit_at_least", promise);
  if (!holds_any(node, promises)) {
    draft.reader.fault(node, Code::missing_key, "the guarantee promises nothing",
                       "give \"fee_at_most\", \"fee_at_least\" or \"credit_at_least\"");
  }
  return guarantee;
}

}  // namespace

void decode_guarantees(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::array,
                           "list the guarantees, [{\"fee_at_most\": ...}]"))
    return;
  for (const formats::Node& item : node.items)
    draft.schedule.guarantees.push_back(decode_guarantee(draft, item));
}

// What the author of a schedule has looked at and means: findings of validate, with the reason.

namespace {

// Faults of form and reference cannot be accepted, and a guarantee that is broken is to be removed.
constexpr std::array acceptable = {Code::uncovered,
                                   Code::missing_money,
                                   Code::closed_last_band,
                                   Code::version_gap,
                                   Code::unreachable_case,
                                   Code::cliff,
                                   Code::split,
                                   Code::fee_above_amount,
                                   Code::edge_style,
                                   Code::rounds_to_nothing,
                                   Code::negative_total,
                                   Code::unused,
                                   Code::limit_shrinks,
                                   Code::limit_never_binds,
                                   Code::unreachable_tier,
                                   Code::mixed_currencies,
                                   Code::no_fee,
                                   Code::charges_nothing,
                                   Code::looks_like_a_fraction,
                                   Code::cap_never_acts};

std::optional<Code> decode_code(Reader& reader, const formats::Node& node) {
  if (!reader.text(node, "write the code of a finding, for example \"cliff\"")) return std::nullopt;
  Words known;
  for (Code code : acceptable) known.emplace_back(to_string(code));
  auto found = std::find(known.begin(), known.end(), node.text);
  if (found != known.end()) return find_code(node.text);
  bool other = find_code(node.text).has_value();
  reader.fault(
      node, Code::unknown_value,
      in_quotes(node.text) + (other ? " cannot be accepted: it has to be mended"
                                    : " is not a finding" + did_you_mean(node.text, known)),
      "findings that can be accepted: " + join_or(known));
  return std::nullopt;
}

}  // namespace

void decode_accept(Draft& draft, const formats::Node& object) {
  Reader& reader = draft.reader;
  const formats::Node* list = object.find("accept");
  constexpr std::string_view remedy = "write [{\"code\": \"cliff\", \"reason\": \"...\"}]";
  if (list == nullptr || !reader.expect_items(*list, remedy)) return;
  for (const formats::Node& item : list->items) {
    if (!reader.object(item, "an acceptance", {{"code", "reason"}, {}})) continue;
    const formats::Node* code =
        reader.need(item, "code", "name the finding, for example \"cliff\"");
    const formats::Node* reason = reader.need(item, "reason", "say why it is meant so");
    std::optional<Code> found;
    if (code != nullptr) found = decode_code(reader, *code);
    std::optional<std::string> why;
    if (reason != nullptr) why = reader.text(*reason, "say in words why it is meant so");
    if (why && why->empty())
      reader.fault(*reason, Code::bad_value, "the reason is empty", "say why it is meant so");
    if (!found || !why) continue;
    draft.schedule.accepted.push_back(
        Acceptance{*found, *why, reader.place(object), reader.place(item)});
  }
}

}  // namespace levy::schedule::decode
