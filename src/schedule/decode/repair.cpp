#include "schedule/decode/repair.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/json_scan.h"
#include "formats/json_writer.h"
#include "money/likely.h"
#include "schedule/decode/keys.h"
#include "schedule/decode/load.h"
#include "schedule/decode/reader.h"

namespace levy::schedule::decode {
namespace {

constexpr int rounds_max = 100;  // a repair may uncover the next fault, a few times

// In place of bytes [begin, end).
struct Edit {
  std::size_t begin = 0, end = 0;
  std::string text;
};
using Edits = std::vector<Edit>;

std::string edited(const std::string& text, Edits edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < at) continue;  // a second remedy for the same place
    result.append(text, at, edit.begin - at).append(edit.text);
    at = edit.end;
  }
  return result.append(text, at);
}

std::string json_string(const std::string& text) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  json.string(text);
  return json.text();
}

// ---- where something stands --------------------------------------------------------------------

struct Spot {
  const formats::Node* node = nullptr;
  const formats::Member* member = nullptr;     // whose value it is; null: an item, or the root
  const formats::Node* object = nullptr;       // the object of `member`
  ObjectKind object_kind = ObjectKind::named;  // what that object is
  ObjectPlace place = {ObjectKind::named, "", ObjectKind::root};
};

Spot item_of(const Spot& list, const formats::Node& item) {
  return {&item,
          nullptr,
          nullptr,
          ObjectKind::named,
          {list.place.parent, list.place.key, list.place.kind}};
}

Spot member_of(const Spot& object, const formats::Member& member) {
  return {&member.value, &member, object.node, object.place.kind,
          place_under(object.place.kind, member.key)};
}

std::string unescaped(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    bool escape = step[i] == '~' && i + 1 < step.size();
    if (escape) ++i;
    key += !escape ? step[i] : step[i] == '1' ? '/' : '~';
  }
  return key;
}

// What a JSON Pointer of this document's own names.
std::optional<Spot> find(const formats::Node& root, std::string_view pointer) {
  Spot spot{.node = &root};
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    std::string step = unescaped(pointer.substr(0, pointer.find('/')));
    pointer.remove_prefix(std::min(pointer.find('/'), pointer.size()));
    if (spot.node->is(formats::Node::Kind::object)) {
      const formats::Member* member = find_member(*spot.node, step);
      if (member == nullptr) return std::nullopt;
      spot = member_of(spot, *member);
    } else {
      std::size_t index = 0;
      for (char digit : step) index = index * 10 + static_cast<std::size_t>(digit - '0');
      if (index >= spot.node->items.size()) return std::nullopt;
      spot = item_of(spot, spot.node->items[index]);
    }
  }
  return spot;
}

// ---- keys --------------------------------------------------------------------------------------

// Without what people mix up: capitals, blanks, "_" and "-".
std::string folded(std::string_view key) {
  std::string result;
  for (char c : key) {
    if (c == '_' || c == '-' || c == ' ') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

// One letter too many, too few or wrong, or two neighbours swapped.
bool is_one_edit_away(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t at =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return false;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}

// The one key of its object that a misspelt one, or one of another format, can mean; empty where
// there is none, or several.
std::string meant_key(const Spot& spot) {
  constexpr std::size_t letters_min = 3;  // of a key with a wrong letter
  std::vector<std::string> free, same, near;
  std::string written = folded(spot.member->key);
  for (std::string_view known : keys_of(spot.object_kind)) {
    if (find_member(*spot.object, known) != nullptr) continue;
    free.emplace_back(known);
    if (written == folded(known)) same.emplace_back(known);
    if (known.size() >= letters_min && is_one_edit_away(written, folded(known)))
      near.emplace_back(known);
  }
  if (same.size() == 1) return same.front();
  if (!two_meanings(spot.member->key, free).empty()) return "";
  if (std::string key = alias_key(spot.member->key, free); !key.empty()) return key;
  return same.empty() && near.size() == 1 ? near.front() : "";
}

// A key that is known elsewhere is no remedy here: the document is decoded with it to see.
bool is_taken(const formats::Document& document, const Edit& edit, const std::string& pointer,
              const std::string& key) {
  std::string text = edited(std::string(document.source.text()), {edit});
  Checked<Schedule> schedule = load_schedule(Source(document.source.file(), text));
  if (schedule) return true;
  std::string renamed = pointer.substr(0, pointer.rfind('/') + 1) + key;
  const Diagnostics& faults = schedule.faults();
  return std::none_of(faults.begin(), faults.end(), [&](const Diagnostic& fault) {
    bool is_refusal = fault.code == Code::unknown_key || fault.code == Code::conflicting_keys;
    return is_refusal && fault.place.pointer() == renamed;
  });
}

std::optional<Edit> key_edit(const formats::Document& document, const Spot& spot,
                             const std::string& pointer) {
  if (spot.member == nullptr) return std::nullopt;
  std::string key = meant_key(spot);
  Edit edit{spot.member->key_begin, spot.member->key_end, json_string(key)};
  if (key.empty() || !is_taken(document, edit, pointer, key)) return std::nullopt;
  return edit;
}

// ---- figures -----------------------------------------------------------------------------------

// Those that the document declares, beside ISO's.
Currencies currencies_of(const formats::Node& root) {
  Currencies currencies;
  const formats::Node* declared = root.find("currencies");
  if (declared == nullptr) return currencies;
  for (const formats::Member& member : declared->members) {
    if (auto code = Currency::of(member.key)) currencies.declare(*code, 0);
  }
  return currencies;
}

// The key that a value stands under, itself or in a list.
std::string_view key_over(const Spot& spot) {
  return spot.member != nullptr ? std::string_view(spot.member->key) : spot.place.key;
}

// A sign of percent says what the number is of only where percent is what the key means.
std::string meant_decimal(const std::string& text, std::string_view key) {
  bool is_share = key == "percent" || key == "margin";
  if (text.find('%') != std::string::npos && !is_share) return "";
  std::vector<std::string> readings = likely_decimals(text);
  return readings.size() == 1 ? readings.front() : "";
}

std::string meant_figure(const Spot& spot, Code code, const Currencies& currencies) {
  const std::string& text = spot.node->text;
  if (std::string money = likely_money(text, currencies); !money.empty()) return money;
  auto capitals = Currency::of(to_capitals(text));
  bool is_code = code == Code::unknown_currency && capitals && currencies.find_digits(*capitals);
  if (is_code) return to_capitals(text);
  return code == Code::bad_decimal ? meant_decimal(text, key_over(spot)) : "";
}

std::optional<Edit> figure_edit(const Spot& spot, Code code, const Currencies& currencies) {
  if (!spot.node->is(formats::Node::Kind::string)) return std::nullopt;
  std::string meant = meant_figure(spot, code, currencies);
  if (meant.empty() || meant == spot.node->text) return std::nullopt;
  return Edit{spot.node->begin, spot.node->end, json_string(meant)};
}

// Of the faults that decoding finds.
Edits value_edits(const formats::Document& document) {
  Edits edits;
  Checked<Schedule> schedule = load_schedule(document.source);
  if (schedule) return edits;
  Currencies currencies = currencies_of(document.root);
  for (const Diagnostic& fault : schedule.faults()) {
    std::optional<Spot> spot = find(document.root, fault.place.pointer());
    bool is_figure = fault.code == Code::bad_decimal || fault.code == Code::bad_amount ||
                     fault.code == Code::unknown_currency;
    std::optional<Edit> edit;
    if (spot && fault.code == Code::unknown_key)
      edit = key_edit(document, *spot, fault.place.pointer());
    if (spot && is_figure) edit = figure_edit(*spot, fault.code, currencies);
    if (edit) edits.push_back(std::move(*edit));
  }
  return edits;
}

// ---- comments and commas -----------------------------------------------------------------------

struct Tokens {
  std::vector<formats::TextSpan> comments, trailing_commas;
};

Tokens tokens_of(const Source& source) {
  Diagnostics faults;
  formats::Tokenizer tokenizer(source, faults);
  Tokens tokens;
  formats::Token before, last;  // the two in front of the one at hand
  auto opens = [&](const formats::Token& token) {
    return token.is(formats::Token::Kind::bracket) &&
           std::string_view("{[").find(tokenizer.text_of(token.span)) != std::string_view::npos;
  };
  for (formats::Token token = tokenizer.next();
       !token.is(formats::Token::Kind::end) && !token.is(formats::Token::Kind::lost);
       token = tokenizer.next()) {
    bool closes = token.is(formats::Token::Kind::bracket) && !opens(token);
    bool follows_value = !before.is(formats::Token::Kind::comma) && !opens(before);
    if (closes && last.is(formats::Token::Kind::comma) && follows_value)
      tokens.trailing_commas.push_back(last.span);
    before = last;
    last = token;
  }
  tokens.comments = tokenizer.comments();
  return tokens;
}

// Its words, on one line.
std::string words_of(std::string_view comment) {
  bool is_block = comment.starts_with("/*");
  comment.remove_prefix(std::min(comment.find_first_not_of("/*#! "), comment.size()));
  if (is_block && comment.ends_with("*/")) comment.remove_suffix(2);
  std::string words;
  bool starts_line = false;
  for (char c : comment) {
    bool is_blank = formats::is_json_space(c);
    if (c == '\n') starts_line = true;
    if (is_blank || (starts_line && is_block && c == '*')) {
      if (!words.empty() && !words.ends_with(' ')) words += ' ';
      continue;
    }
    starts_line = false;
    words += c;
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

bool takes_note(const Spot& spot) {
  if (!spot.node->is(formats::Node::Kind::object)) return false;
  bool is_member = spot.place.key == "greatest" || spot.place.key == "least";
  return spot.place.kind == ObjectKind::root || spot.place.kind == ObjectKind::tier ||
         spot.place.kind == ObjectKind::limit ||
         (spot.place.kind == ObjectKind::fee && !is_member) ||
         spot.place.parent == ObjectKind::evidence;
}

std::vector<Spot> children_of(const Spot& spot) {
  std::vector<Spot> children;
  for (const formats::Node& item : spot.node->items) children.push_back(item_of(spot, item));
  for (const formats::Member& member : spot.node->members)
    children.push_back(member_of(spot, member));
  return children;
}

std::size_t first_byte_of(const Spot& spot) {
  return spot.member != nullptr ? spot.member->key_begin : spot.node->begin;
}

// The object beside a comment that stands between the rows of a table: the one before it on its
// line, else the next.
std::optional<Spot> row_beside(const Spot& table, formats::TextSpan comment,
                               std::string_view text) {
  std::optional<Spot> before, after;
  for (const Spot& row : children_of(table)) {
    if (!takes_note(row)) continue;
    if (row.node->end <= comment.begin) before = row;
    if (first_byte_of(row) >= comment.end && !after) after = row;
  }
  if (!before) return after;
  std::string_view between = text.substr(before->node->end, comment.begin - before->node->end);
  return between.find('\n') == std::string_view::npos || !after ? before : after;
}

// The innermost object that takes a note, around the comment or beside it.
Spot owner_of(const formats::Node& root, formats::TextSpan comment, std::string_view text) {
  Spot spot{.node = &root}, owner = spot;
  while (true) {
    if (takes_note(spot)) owner = spot;
    std::vector<Spot> children = children_of(spot);
    auto inside = std::find_if(children.begin(), children.end(), [&](const Spot& child) {
      return first_byte_of(child) <= comment.begin && comment.end <= child.node->end;
    });
    if (inside == children.end()) break;
    spot = *inside;
  }
  if (takes_note(spot)) return owner;
  return row_beside(spot, comment, text).value_or(owner);
}

// With the blanks before it, and its line where it has that for itself.
Edit removal_of(formats::TextSpan comment, std::string_view text) {
  std::size_t begin = comment.begin, end = comment.end;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  std::size_t after = std::min(text.find_first_not_of(" \t\r", end), text.size());
  bool starts_line = begin == 0 || text[begin - 1] == '\n';
  bool ends_line = after == text.size() || text[after] == '\n';
  if (starts_line && ends_line) return {begin, std::min(after + 1, text.size()), ""};
  if (starts_line) return {comment.begin, std::min(after, text.size()), ""};
  return {begin, end, ""};
}

// "Old. New", "old; new".
std::string joined(const std::string& old, const std::string& words) {
  if (old.empty()) return words;
  bool is_sentence = old.ends_with('.') || old.ends_with('!') || old.ends_with('?');
  return old + (is_sentence ? " " : "; ") + words;
}

Edit note_edit(const formats::Node& object, const std::string& words, std::string_view text) {
  const formats::Node* note = object.find("note");
  if (note != nullptr && note->is(formats::Node::Kind::object)) {
    const formats::Node* english = note->find("en");
    if (english == nullptr)
      return {note->begin + 1, note->begin + 1, "\"en\": " + json_string(words) + ", "};
    note = english;
  }
  if (note != nullptr && note->is(formats::Node::Kind::string))
    return {note->begin, note->end, json_string(joined(note->text, words))};
  std::string member = "\"note\": " + json_string(words);
  if (object.members.empty()) return {object.begin + 1, object.begin + 1, member};
  const formats::Member* anchor = &object.members.front();
  for (const char* key : {"id", "title"}) {
    if (const formats::Member* better = find_member(object, key)) anchor = better;
  }
  std::size_t line = text.rfind('\n', anchor->key_begin) + 1;  // 0 where there is none
  std::string_view indent = text.substr(line, anchor->key_begin - line);
  bool starts_line = indent.find_first_not_of(" \t") == std::string_view::npos;
  std::string gap = starts_line && line > 0 ? "\n" + std::string(indent) : " ";
  return {anchor->value.end, anchor->value.end, "," + gap + member};
}

// `document` is the text with blanks for its comments.
Edits comment_edits(const formats::Document& document,
                    const std::vector<formats::TextSpan>& comments, std::string_view text) {
  Edits edits;
  std::map<const formats::Node*, std::string> notes;
  for (formats::TextSpan comment : comments) {
    edits.push_back(removal_of(comment, text));
    std::string words = words_of(text.substr(comment.begin, comment.end - comment.begin));
    std::string& note = notes[owner_of(document.root, comment, text).node];
    if (!words.empty()) note = joined(note, words);
  }
  for (const auto& [object, words] : notes) {
    if (!words.empty()) edits.push_back(note_edit(*object, words, text));
  }
  return edits;
}

Edits edits_of(const Source& source) {
  Tokens tokens = tokens_of(source);
  Edits edits;
  for (formats::TextSpan comma : tokens.trailing_commas)
    edits.push_back({comma.begin, comma.end, ""});
  if (!edits.empty()) return edits;
  std::string plain(source.text());
  for (formats::TextSpan comment : tokens.comments) {
    for (std::size_t i = comment.begin; i < comment.end; ++i) {
      if (plain[i] != '\n') plain[i] = ' ';
    }
  }
  Checked<formats::Document> document =
      formats::parse_json(Source(source.file(), std::move(plain)));
  if (!document || document->root.find("levy") == nullptr) return edits;
  return tokens.comments.empty() ? value_edits(*document)
                                 : comment_edits(*document, tokens.comments, source.text());
}

}  // namespace

std::string repair_schedule(const Source& source) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  std::string text(source.text());
  if (text.find("\"levy\"") == std::string::npos) return text;  // some other file
  std::string mark(text.starts_with(bom) ? bom : "");
  text.erase(0, mark.size());
  for (int round = 0; round < rounds_max; ++round) {
    Edits edits = edits_of(Source(source.file(), text));
    if (edits.empty()) break;
    text = edited(text, std::move(edits));
  }
  return mark + text;
}

}  // namespace levy::schedule::decode
