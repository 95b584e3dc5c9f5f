// Worked examples: kept as written, but their fields, keys and ids must be ones that exist.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

using ExampleKind = Example::Kind;

// What an operation may carry, and what else a row of an example takes.
Words example_row_fields(const Schedule& schedule) {
  Words fields = {"operation", "time", "account", "balance", "id", "rate"};
  Words names = settable_names(schedule);
  fields.insert(fields.end(), names.begin(), names.end());
  fields.insert(fields.end(), {"used", "rates", "max_age", "strict"});
  return fields;
}

// What a quote or a check takes.
Words request_fields(const Schedule& schedule) {
  Words fields = example_row_fields(schedule);
  fields.insert(fields.end(), {"profile", "history", "receive", "pay"});
  return fields;
}

const Words& answer_keys(ExampleKind kind) {
  static const Words quote = {"total",      "fees",      "debit",     "credit",   "lines",
                              "conversion", "error",     "assumed",   "decision", "solutions",
                              "schedule",   "operation", "not_taken", "history"};
  static const Words check = {"allowed",    "by",         "tier",     "limits", "max_amount",
                              "allowed_at", "blocked_by", "retry_at", "error",  "history"};
  static const Words batch = {"fees", "statuses"};
  switch (kind) {
    case ExampleKind::quote:
      return quote;
    case ExampleKind::check:
      return check;
    case ExampleKind::batch:
      return batch;
  }
  ensure(false, "an example is of one of three kinds");
  return quote;
}

void check_fields(Draft& draft, const formats::Node& object, std::string_view what, Words known) {
  Keys keys{std::move(known), {}};
  keys.elsewhere.emplace_back("to", "write \"to_currency\"");
  for (const formats::Member& member : object.members) {
    // One reading of a batch's row, as a column of its own.
    if (member.key.starts_with("used.")) keys.known.push_back(member.key);
  }
  draft.reader.object(object, what, keys);
}

void check_lines(Draft& draft, const formats::Node& lines) {
  Words known = draft.schedule.fee_ids();
  for (const formats::Member& line : lines.members) {
    if (std::find(known.begin(), known.end(), line.key) != known.end()) continue;
    draft.reader.fault(line, Code::unknown_fee,
                       "there is no fee " + in_quotes(line.key) + did_you_mean(line.key, known),
                       "known fees: " + join_or(known));
  }
}

void check_limits(Draft& draft, const formats::Node& list) {
  Words known;
  for (const Limit& limit : draft.schedule.limits) known.push_back(limit.id);
  for (const formats::Node& item : list.items) {
    if (!item.is(formats::Node::Kind::string)) continue;
    if (std::find(known.begin(), known.end(), item.text) != known.end()) continue;
    draft.reader.fault(
        item, Code::unknown_limit,
        "there is no limit " + in_quotes(item.text) + did_you_mean(item.text, known),
        known.empty() ? "the schedule has no limits" : "known limits: " + join_or(known));
  }
}

void check_error(Draft& draft, const formats::Node& error) {
  if (!error.is(formats::Node::Kind::string) || find_code(error.text)) return;
  Words known;
  for (Code code : all_codes()) known.emplace_back(to_string(code));
  draft.reader.fault(error, Code::unknown_value,
                     "there is no error " + in_quotes(error.text) + did_you_mean(error.text, known),
                     "`levy explain` lists them");
}

void check_expect(Draft& draft, const formats::Node& expect, ExampleKind kind) {
  if (!draft.reader.object(expect, "\"expect\"", {answer_keys(kind), {}})) return;
  if (const formats::Node* lines = expect.find("lines")) check_lines(draft, *lines);
  if (const formats::Node* error = expect.find("error")) check_error(draft, *error);
  for (std::string_view key : {"by", "blocked_by"}) {
    if (const formats::Node* limits = expect.find(key)) check_limits(draft, *limits);
  }
}

// An example may show what happens to a field that does not exist.
bool expects_unknown_field(const formats::Node& expect) {
  const formats::Node* error = expect.find("error");
  return error != nullptr && error->text == to_string(Code::unknown_attribute);
}

void check_request(Draft& draft, const Example& example, const formats::Node& request) {
  if (expects_unknown_field(example.expect)) return;
  switch (example.kind) {
    case ExampleKind::quote:
      return check_fields(draft, request, "a quote", request_fields(draft.schedule));
    case ExampleKind::check:
      return check_fields(draft, request, "a check", request_fields(draft.schedule));
    case ExampleKind::batch:
      if (!draft.reader.expect_items(request, "list the rows, [{\"operation\": ...}]")) return;
      for (const formats::Node& row : request.items)
        check_fields(draft, row, "a row", example_row_fields(draft.schedule));
  }
}

// The one of quote, check, batch that is there; null after a fault.
const formats::Member* requested(Reader& reader, const formats::Node& node) {
  const formats::Member* found = nullptr;
  for (std::string_view key : {"quote", "check", "batch"}) {
    const formats::Member* member = find_member(node, key);
    if (member == nullptr) continue;
    if (found != nullptr) {
      reader.fault(*member, Code::conflicting_keys,
                   in_quotes(member->key) + " cannot stand beside " + in_quotes(found->key),
                   "make two examples of it");
      return nullptr;
    }
    found = member;
  }
  if (found == nullptr) {
    reader.fault(node, Code::missing_key, "the example asks nothing",
                 "give \"quote\", \"check\" or \"batch\", with the operation");
  }
  return found;
}

Example decode_example(Draft& draft, const formats::Node& node) {
  Example example;
  example.place = draft.reader.place(node);
  Keys keys{{"title", "quote", "check", "batch", "expect"}, {}};
  if (!draft.reader.object(node, "an example", keys)) return example;
  example.title = decode_local_text(draft.reader, node, "title");
  const formats::Node* expect =
      draft.reader.need(node, "expect", "say what the answer is, {\"total\": \"1.00 EUR\"}");
  const formats::Member* request = requested(draft.reader, node);
  if (expect == nullptr || request == nullptr) return example;
  example.kind = request->key == "quote"   ? ExampleKind::quote
                 : request->key == "check" ? ExampleKind::check
                                           : ExampleKind::batch;
  example.request = request->value;
  example.expect = *expect;
  check_request(draft, example, request->value);
  check_expect(draft, *expect, example.kind);
  return example;
}

}  // namespace

void decode_examples(Draft& draft, const formats::Node& node) {
  if (!draft.reader.expect(node, formats::Node::Kind::array,
                           "list the examples, [{\"quote\": ...}]"))
    return;
  for (const formats::Node& item : node.items)
    draft.schedule.examples.push_back(decode_example(draft, item));
}

}  // namespace levy::schedule::decode
