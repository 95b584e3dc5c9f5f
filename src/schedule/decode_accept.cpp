// What the author of a schedule has looked at and means: findings of validate, with the reason.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode_parts.h"

namespace levy {
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

std::optional<Code> decode_code(Reader& reader, const Node& node) {
  if (!reader.text(node, "write the code of a finding, for example \"cliff\"")) return std::nullopt;
  Words known;
  for (Code code : acceptable) known.emplace_back(to_string(code));
  auto found = std::find(known.begin(), known.end(), node.text);
  if (found != known.end()) return find_code(node.text);
  bool other = find_code(node.text).has_value();
  reader.fault(node, Code::unknown_value,
               in_quotes(node.text) + (other ? " cannot be accepted: it has to be mended"
                                             : " is no finding" + did_you_mean(node.text, known)),
               "findings that can be accepted: " + join_or(known));
  return std::nullopt;
}

}  // namespace

void decode_accept(Draft& draft, const Node& object) {
  Reader& reader = draft.reader;
  const Node* list = object.find("accept");
  constexpr std::string_view remedy = "write [{\"code\": \"cliff\", \"reason\": \"...\"}]";
  if (list == nullptr || !reader.expect_items(*list, remedy)) return;
  for (const Node& item : list->items) {
    if (!reader.object(item, "an acceptance", {{"code", "reason"}, {}})) continue;
    const Node* code = reader.need(item, "code", "name the finding, for example \"cliff\"");
    const Node* reason = reader.need(item, "reason", "say why it is meant so");
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

}  // namespace levy
