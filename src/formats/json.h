// JSON read with places: every value knows where it stands and what number text it was written as.
//
// RFC 8259 with a leading UTF-8 BOM skipped. Refused, each with its own code and remedy: duplicate
// keys, nesting deeper than 64, NUL bytes, invalid UTF-8, UTF-16, comments, trailing commas, text
// after the value, and files that are something else (HTML, YAML, empty). A number is never turned
// into one here: its literal text is kept. The only sight of nlohmann/json.
//
//   parse_json(Source("a.json", R"({"n": 1.50})"))->root.find("n")->text      is "1.50"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bounds.h"
#include "base/checked.h"
#include "base/source.h"

namespace levy::formats {

struct Member;

struct Node {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool truth = false;           // of a boolean
  std::string text;             // of a string: its value; of a number: its literal
  std::vector<Node> items;      // of an array
  std::vector<Member> members;  // of an object, in the order written, keys distinct
  std::size_t begin = 0;        // bytes [begin, end) of the source
  std::size_t end = 0;

  bool is(Kind wanted) const { return kind == wanted; }
  const Node* find(std::string_view key) const;  // a member's value; null: none
};

struct Member {
  std::string key;
  std::size_t key_begin = 0;  // of the quoted key
  std::size_t key_end = 0;
  Node value;
};

// "an object", "a string" ... for messages.
std::string_view name_of(Node::Kind kind);

struct Document {
  Source source;
  Node root;

  // `node` must be part of this document's tree.
  Place place(const Node& node) const { return source.place(node.begin, node.end); }
  // The key itself; the pointer is its value's.
  Place place(const Member& member) const { return source.place(member.key_begin, member.key_end); }
};

// All faults that can be distinguished in one run, ordered by place.
Checked<Document> parse_json(Source source);

}  // namespace levy::formats
