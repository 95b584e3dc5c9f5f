#include "formats/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "base/ensure.h"
#include "base/text.h"
#include "formats/json_faults.h"
#include "formats/json_scan.h"

namespace levy::formats {
namespace {

using Kind = Node::Kind;

// "~" and "/" as RFC 6901 writes them.
std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (char byte : key) {
    if (byte == '~') {
      step += "~0";
    } else if (byte == '/') {
      step += "~1";
    } else {
      step += byte;
    }
  }
  return step;
}

std::string pointer_step(std::size_t index) { return "/" + std::to_string(index); }

// Takes nlohmann's events and builds the tree. nlohmann tells no positions, and its lexer reads
// ahead by an amount that depends on the token; so the reader follows with a cursor of its own,
// which at every event stands before that event's token in text already found to be well formed.
class Reader {
 public:
  Reader(const Source& source, std::string_view text) : source_(source), text_(text) {}

  // What nlohmann calls; false stops it.
  bool null() { return add_scalar(Kind::null), true; }
  bool boolean(bool truth) { return add_scalar(Kind::boolean).truth = truth, true; }
  bool number_integer(nlohmann::json::number_integer_t) { return add_number(); }
  bool number_unsigned(nlohmann::json::number_unsigned_t) { return add_number(); }
  bool number_float(nlohmann::json::number_float_t, const std::string&) { return add_number(); }
  bool string(std::string& value) { return add_scalar(Kind::string).text = std::move(value), true; }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Kind::object); }
  bool key(std::string& name);
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Kind::array); }
  bool end_array() { return close(); }
  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    malformed_ = true;
    return false;
  }

  bool malformed() const { return malformed_; }
  Diagnostics& faults() { return faults_; }
  Node& root() { return root_; }
  Outline& outline() { return outline_; }

 private:
  struct Open {
    Node* node;          // stays where it is: its parent gets no more items before it is closed
    std::size_t number;  // in the outline
    std::unordered_map<std::string, TextSpan> keys;  // of an object: where each first stood
  };

  TextSpan next_token();
  Node& slot();
  Node& add(Kind kind, TextSpan span);
  Node& add_scalar(Kind kind) { return add(kind, next_token()); }
  bool add_number();
  bool open(Kind kind);
  bool close();
  void enter(std::size_t begin);
  void report_duplicate(TextSpan first, TextSpan second);
  void report_depth(TextSpan bracket);

  const Source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  Node root_;
  Outline outline_;
  std::size_t last_ = Outline::none;  // the value that was entered last
  std::vector<Open> open_;
  Diagnostics faults_;
  bool malformed_ = false;
};

std::size_t token_end(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '"':
      return string_end(text, at);
    case 't':
    case 'n':
      return at + 4;
    case 'f':
      return at + 5;
    default:
      return std::max(at + 1, number_end(text, at));
  }
}

TextSpan Reader::next_token() {
  auto separates = [](char byte) { return is_json_space(byte) || byte == ',' || byte == ':'; };
  while (at_ < text_.size() && separates(text_[at_])) ++at_;
  ensure(at_ < text_.size(), "the reader's cursor keeps step with nlohmann");
  TextSpan span{at_, token_end(text_, at_)};
  at_ = span.end;
  return span;
}

// Where the next value belongs.
Node& Reader::slot() {
  if (open_.empty()) return root_;
  Node& parent = *open_.back().node;
  return parent.is(Kind::array) ? parent.items.emplace_back() : parent.members.back().value;
}

// Into the outline, the value that begins there: a member's begins with its key.
void Reader::enter(std::size_t begin) {
  if (open_.empty()) {
    last_ = outline_.add(begin, Outline::none, "");
    return;
  }
  const Open& parent = open_.back();
  bool is_member = parent.node->is(Kind::object);
  last_ = outline_.add(begin, parent.number,
                       is_member ? pointer_step(parent.node->members.back().key)
                                 : pointer_step(parent.node->items.size() - 1));
}

Node& Reader::add(Kind kind, TextSpan span) {
  Node& node = slot();
  if (open_.empty() || open_.back().node->is(Kind::array)) enter(span.begin);
  node.kind = kind;
  node.begin = span.begin;
  node.end = span.end;
  return node;
}

bool Reader::add_number() {
  Node& node = add_scalar(Kind::number);
  node.text = std::string(text_.substr(node.begin, node.end - node.begin));
  return true;
}

bool Reader::open(Kind kind) {
  TextSpan bracket = next_token();
  if (open_.size() == json_depth_max) return report_depth(bracket), false;
  Node& node = add(kind, bracket);
  open_.push_back({&node, last_, {}});
  return true;
}

bool Reader::close() {
  open_.back().node->end = next_token().end;
  open_.pop_back();
  return true;
}

bool Reader::key(std::string& name) {
  TextSpan span = next_token();
  Open& object = open_.back();
  object.node->members.push_back({name, span.begin, span.end, {}});
  enter(span.begin);
  auto [first, is_new] = object.keys.try_emplace(std::move(name), span);
  if (!is_new) report_duplicate(first->second, span);
  return true;
}

void Reader::report_duplicate(TextSpan first, TextSpan second) {
  if (faults_.size() >= json_faults_max) return;
  std::string name(text_.substr(second.begin, second.end - second.begin));
  Diagnostic fault = fault_at(source_, Code::duplicate_key, second,
                              "the key " + name + " is given twice in one object",
                              "remove one of the two, or rename it");
  fault.related.push_back(source_.place(first.begin, first.end));
  faults_.push_back(std::move(fault));
}

void Reader::report_depth(TextSpan bracket) {
  faults_.push_back(fault_at(
      source_, Code::too_deep, bracket,
      "values are nested more than " + std::to_string(json_depth_max) + " levels deep here",
      "no file that levy reads nests so deeply; look for a repeated bracket"));
}

// The same text for nlohmann, with every number as a 0: it would turn them into doubles, which
// nobody reads, and refuse those that overflow. A run that is not exactly one number stays as it
// is, so that masking makes no faulty text valid. The space in front keeps nlohmann from skipping
// a second byte order mark.
std::string mask_numbers(std::string_view text) {
  std::string masked = " " + std::string(text);
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = string_end(text, at);
    } else if (text[at] == '-' || is_digit(text[at])) {
      std::size_t end = std::min(text.find_first_not_of("0123456789+-.eE", at), text.size());
      if (is_json_number(text.substr(at, end - at))) {
        masked.replace(at + 1, end - at, "0" + std::string(end - at - 1, ' '));
      }
      at = end;
    } else {
      ++at;
    }
  }
  return masked;
}

Reader read(const Source& source, std::string_view text) {
  Reader reader(source, text);
  std::string masked = mask_numbers(text);
  try {
    nlohmann::json::sax_parse(masked.begin(), masked.end(), &reader);
  } catch (const nlohmann::json::exception& thrown) {
    ensure(false, thrown.what());  // it reports through parse_error, never so
  }
  return reader;
}

// Whatever else is wrong, in the order of the file.
Diagnostics faults_of_malformed(const Source& source, Diagnostics known) {
  if (Diagnostics other = find_other_format(source); !other.empty()) return other;
  SyntaxFaults syntax = find_syntax_faults(source);
  Diagnostics further =
      syntax.fixed.empty() ? std::move(known) : std::move(read(source, syntax.fixed).faults());
  Diagnostics all = std::move(syntax.faults);
  all.insert(all.end(), further.begin(), further.end());
  sort_by_place(all);
  if (all.size() > json_faults_max) all.resize(json_faults_max);
  return all;
}

// Positions and columns count from after the mark, as editors do.
Source without_bom(Source source) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (!source.text().starts_with(bom)) return source;
  return Source(source.file(), std::string(source.text().substr(bom.size())));
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  auto found = std::find_if(members.begin(), members.end(),
                            [&](const Member& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

std::string_view name_of(Node::Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::array:
      return "an array";
    case Kind::object:
      return "an object";
  }
  ensure(false, "every kind of JSON value has its name");
  return {};
}

Checked<Document> parse_json(Source given) {
  Source source = without_bom(std::move(given));
  if (Diagnostics faults = find_byte_faults(source); !faults.empty()) return faults;
  Reader reader = read(source, source.text());
  if (reader.malformed()) return faults_of_malformed(source, std::move(reader.faults()));
  source.set_outline(std::move(reader.outline()));
  if (!reader.faults().empty()) return std::move(reader.faults());
  Node root = std::move(reader.root());
  return Document{std::move(source), std::move(root)};
}

}  // namespace levy::formats
