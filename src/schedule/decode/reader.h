// Reader: takes typed values out of a JSON document and collects what is wrong with them.
//
// Every function looks at one value, and answers with nothing after it has recorded a fault: at the
// exact place, with a remedy. So a decoder goes on with the rest, and one run names every fault.
// Whoever calls it owns the rules; the reader knows only shapes and the words that all of levy's
// documents share.
//
//   Reader reader(document);
//   std::optional<Decimal> rate = reader.decimal(node);     nothing: reader.take_faults() says why
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "base/text.h"
#include "formats/json.h"
#include "money/decimal.h"

namespace levy::schedule::decode {

using Words = std::vector<std::string>;

// The keys that an object may have, and for keys that belong elsewhere, where.
struct Keys {
  Words known;
  std::vector<std::pair<std::string, std::string>> elsewhere;  // key, remedy
};

std::string to_capitals(std::string_view text);  // ASCII letters only

// [a-z][a-z0-9_-]*, at most 64 characters, and no word of the format (amount, count, all ...).
bool is_id(std::string_view text);

class Reader {
 public:
  explicit Reader(const formats::Document& document) : document_(document) {}

  Place place(const formats::Node& node) const { return document_.place(node); }
  Place place(const formats::Member& member) const { return document_.place(member); }

  void fault(Place place, Code code, std::string message, std::string remedy,
             std::vector<Place> related = {});
  void fault(const formats::Node& node, Code code, std::string message, std::string remedy,
             std::vector<Place> related = {});
  void fault(const formats::Member& key, Code code, std::string message, std::string remedy,
             std::vector<Place> related = {});
  std::size_t fault_count() const { return faults_.size(); }
  Diagnostics take_faults();  // ordered by place, each once

  // Shapes. `remedy` says what would be right.
  bool expect(const formats::Node& node, formats::Node::Kind kind, std::string_view remedy);
  // An array with at least one item.
  bool expect_items(const formats::Node& node, std::string_view remedy);
  // An object with no other keys; `what` is "a fee", and an unknown key alone does not make it
  // false.
  bool object(const formats::Node& node, std::string_view what, const Keys& keys);
  // Is the whole document of another kind than `wanted`, "a profile"? Then that is its one fault.
  bool is_another_document(const formats::Node& root, std::string_view wanted);
  // The member's value; missing_key at the object.
  const formats::Node* need(const formats::Node& object, std::string_view key,
                            std::string_view remedy);

  // Values.
  std::optional<std::string> text(const formats::Node& node, std::string_view remedy);
  std::optional<bool> boolean(const formats::Node& node);
  std::optional<int> integer(const formats::Node& node, int min, int max);
  std::optional<Decimal> decimal(
      const formats::Node& node);  // a string, or a number's literal text
  std::optional<std::string> id(const formats::Node& node);
  bool id(const formats::Member& key);
  // Which of `words` it is; `what` is "a rounding mode".
  std::optional<std::size_t> word(const formats::Node& node, std::string_view what,
                                  const Words& words);

  // The value that was parsed out of a string or number node; its faults get their place in it.
  template <class T>
  std::optional<T> accept(const formats::Node& node, Checked<T> parsed) {
    if (parsed) return *std::move(parsed);
    add_inside(node, std::move(parsed).faults());
    return std::nullopt;
  }

 private:
  void add_inside(const formats::Node& node, Diagnostics faults);
  void report_id(const Place& place, const std::string& text);

  const formats::Document& document_;
  Diagnostics faults_;
};

// The member itself, for the place of its key; null: none.
const formats::Member* find_member(const formats::Node& object, std::string_view key);

}  // namespace levy::schedule::decode
