#include "schedule/decode/reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/decode/keys.h"

namespace levy::schedule::decode {
namespace {

constexpr std::array<std::string_view, 8> reserved = {"amount", "count", "balance", "debit",
                                                      "all",    "any",   "of",      "at_least"};

bool is_reserved_id(std::string_view text) {
  return std::find(reserved.begin(), reserved.end(), text) != reserved.end();
}

bool has_id_form(std::string_view text) {
  return !text.empty() && text.size() <= id_length_max && is_lower(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
}

// What the writer of "Express Fee" may have wanted: "express-fee"; empty when that is no id either.
std::string repaired_id(std::string_view text) {
  std::string repaired;
  for (char c : text) {
    bool upper = c >= 'A' && c <= 'Z';
    repaired += c == ' ' || c == '.' ? '-' : upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return is_id(repaired) ? repaired : "";
}

bool same_finding(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message == b.message && order_of(a.place, b.place) == 0;
}

std::string list_words(const Words& words) {
  Words all;
  for (const std::string& word : words) all.push_back(in_quotes(word));
  return join_or(all);
}

// "its key is "percent"", "its keys are "rate", "round"".
std::string list_keys(const Words& keys) {
  std::string list = keys.size() == 1 ? "its key is " : "its keys are ";
  for (const std::string& key : keys) list += (&key == &keys.front() ? "" : ", ") + in_quotes(key);
  return list;
}

}  // namespace

bool is_id(std::string_view text) { return has_id_form(text) && !is_reserved_id(text); }

std::string to_capitals(std::string_view text) {
  std::string capitals;
  for (char c : text) capitals += is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

const formats::Member* find_member(const formats::Node& object, std::string_view key) {
  auto found = std::find_if(object.members.begin(), object.members.end(),
                            [&](const formats::Member& member) { return member.key == key; });
  return found == object.members.end() ? nullptr : &*found;
}

void Reader::fault(Place place, Code code, std::string message, std::string remedy,
                   std::vector<Place> related) {
  Diagnostic fault;
  fault.code = code;
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  fault.place = std::move(place);
  fault.related = std::move(related);
  faults_.push_back(std::move(fault));
}

void Reader::fault(const formats::Node& node, Code code, std::string message, std::string remedy,
                   std::vector<Place> related) {
  fault(place(node), code, std::move(message), std::move(remedy), std::move(related));
}

void Reader::fault(const formats::Member& key, Code code, std::string message, std::string remedy,
                   std::vector<Place> related) {
  fault(place(key), code, std::move(message), std::move(remedy), std::move(related));
}

Diagnostics Reader::take_faults() {
  sort_by_place(faults_);
  faults_.erase(std::unique(faults_.begin(), faults_.end(), same_finding), faults_.end());
  return std::exchange(faults_, {});
}

bool Reader::expect(const formats::Node& node, formats::Node::Kind kind, std::string_view remedy) {
  if (node.is(kind)) return true;
  fault(node, Code::wrong_type,
        std::string(formats::name_of(kind)) + " is expected here, not " +
            std::string(formats::name_of(node.kind)),
        std::string(remedy));
  return false;
}

bool Reader::expect_items(const formats::Node& node, std::string_view remedy) {
  if (!expect(node, formats::Node::Kind::array, remedy)) return false;
  if (!node.items.empty()) return true;
  fault(node, Code::bad_value, "the list is empty", std::string(remedy));
  return false;
}

bool Reader::object(const formats::Node& node, std::string_view what, const Keys& keys) {
  if (!expect(node, formats::Node::Kind::object,
              "write " + std::string(what) + " as an object; " + list_keys(keys.known)))
    return false;
  for (const formats::Member& member : node.members) {
    if (std::find(keys.known.begin(), keys.known.end(), member.key) != keys.known.end()) continue;
    auto elsewhere = std::find_if(keys.elsewhere.begin(), keys.elsewhere.end(),
                                  [&](const auto& entry) { return entry.first == member.key; });
    std::string message = std::string(what) + " has no key " + in_quotes(member.key);
    if (elsewhere != keys.elsewhere.end()) {
      fault(member, Code::unknown_key, message, elsewhere->second);
      continue;
    }
    std::string remedy = two_meanings(member.key, keys.known);
    std::string meant = remedy.empty() ? likely_key(member.key, keys.known) : "";
    if (!meant.empty()) {
      message += " (did you mean " + in_quotes(meant) + "?)";
      remedy = "write " + in_quotes(meant) + ", or remove the key";
    }
    fault(member, Code::unknown_key, message, remedy.empty() ? list_keys(keys.known) : remedy);
  }
  return true;
}

bool Reader::is_another_document(const formats::Node& root, std::string_view wanted) {
  struct Kind {
    std::string_view key, what, remedy;
  };
  // By keys that no other kind of document has.
  constexpr Kind kinds[] = {
      {"levy", "a schedule", "a schedule is named first, before the operation"},
      {"fees", "a schedule", "a schedule is named first, before the operation"},
      {"limits", "a schedule", "a schedule is named first, before the operation"},
      {"levy_rates", "a rates file", "rates are named with --rates"},
      {"levy_mapping", "a mapping", "mappings are named with --mapping"},
      {"usage", "a profile", "a profile is named with --profile"},
      {"overrides", "a profile", "a profile is named with --profile"}};
  if (!root.is(formats::Node::Kind::object)) return false;
  for (const Kind& kind : kinds) {
    const formats::Member* mark = find_member(root, kind.key);
    if (mark == nullptr) continue;
    if (kind.what == wanted) return false;
    fault(*mark, Code::wrong_type,
          "this is " + std::string(kind.what) + ", not " + std::string(wanted),
          std::string(kind.remedy));
    return true;
  }
  return false;
}

const formats::Node* Reader::need(const formats::Node& object, std::string_view key,
                                  std::string_view remedy) {
  const formats::Node* value = object.find(key);
  if (value == nullptr && object.is(formats::Node::Kind::object)) {
    fault(object, Code::missing_key, "the key " + in_quotes(key) + " is missing",
          std::string(remedy));
  }
  return value;
}

std::optional<std::string> Reader::text(const formats::Node& node, std::string_view remedy) {
  if (!expect(node, formats::Node::Kind::string, remedy)) return std::nullopt;
  return node.text;
}

std::optional<bool> Reader::boolean(const formats::Node& node) {
  if (!expect(node, formats::Node::Kind::boolean, "write true or false, without quotes"))
    return std::nullopt;
  return node.truth;
}

std::optional<int> Reader::integer(const formats::Node& node, int min, int max) {
  constexpr std::string_view remedy = "write a whole number without quotes, point or exponent";
  if (!expect(node, formats::Node::Kind::number, remedy)) return std::nullopt;
  if (node.text.find_first_not_of("-0123456789") != std::string::npos) {
    fault(node, Code::wrong_type, "a whole number is expected here, not " + node.text,
          std::string(remedy));
    return std::nullopt;
  }
  int value = 0;
  auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  if (error == std::errc() && value >= min && value <= max) return value;
  fault(node, Code::out_of_range, node.text + " is out of range",
        "write a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return std::nullopt;
}

std::optional<Decimal> Reader::decimal(const formats::Node& node) {
  if (node.is(formats::Node::Kind::number)) return accept(node, parse_json_number(node.text));
  if (node.is(formats::Node::Kind::string)) return accept(node, parse_decimal(node.text));
  fault(node, Code::wrong_type,
        "a decimal is expected here, not " + std::string(formats::name_of(node.kind)),
        "write it as a string, \"12.50\"");
  return std::nullopt;
}

void Reader::report_id(const Place& place, const std::string& text) {
  if (is_reserved_id(text)) {
    fault(place, Code::bad_id, in_quotes(text) + " is a word of the format and cannot be a name",
          "choose another, for example " + in_quotes(text + "-1"));
    return;
  }
  std::string repaired = repaired_id(text);
  std::string rule = "a name begins with a-z and goes on with a-z, 0-9, \"_\" or \"-\"";
  if (text.size() > id_length_max) rule = "a name has at most 64 characters";
  fault(place, Code::bad_id, in_quotes(text) + " is not a valid name",
        repaired.empty() ? rule : "write " + in_quotes(repaired) + "; " + rule);
}

std::optional<std::string> Reader::id(const formats::Node& node) {
  if (!expect(node, formats::Node::Kind::string, "write a name, for example \"withdrawal\""))
    return std::nullopt;
  if (is_id(node.text)) return node.text;
  report_id(place(node), node.text);
  return std::nullopt;
}

bool Reader::id(const formats::Member& key) {
  if (is_id(key.key)) return true;
  report_id(place(key), key.key);
  return false;
}

std::optional<std::size_t> Reader::word(const formats::Node& node, std::string_view what,
                                        const Words& words) {
  std::string remedy = "write " + list_words(words);
  if (!expect(node, formats::Node::Kind::string, remedy)) return std::nullopt;
  auto found = std::find(words.begin(), words.end(), node.text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fault(node, Code::unknown_value,
        in_quotes(node.text) + " is not " + std::string(what) + did_you_mean(node.text, words),
        remedy);
  return std::nullopt;
}

void Reader::add_inside(const formats::Node& node, Diagnostics faults) {
  std::size_t quote = node.is(formats::Node::Kind::string) ? 1 : 0;
  bool literal = node.end - node.begin == node.text.size() + 2 * quote;  // no escapes
  Place whole = place(node);
  for (Diagnostic& fault : faults) {
    Place inside = whole;
    if (literal && fault.place.end() > 0) {
      std::size_t start = node.begin + quote;
      inside = document_.source.place(start + fault.place.begin(), start + fault.place.end());
    }
    fault.place = std::move(inside);
    faults_.push_back(std::move(fault));
  }
}

}  // namespace levy::schedule::decode
