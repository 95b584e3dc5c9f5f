// Writes JSON in the order it is told, two spaces a level or on one line. Strings are escaped as
// RFC 8259 asks and otherwise kept as UTF-8; bytes that are not UTF-8 become U+FFFD. Figures are
// strings by the caller's choice (levy(1), JSON); `number` takes ready text.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

namespace levy::formats {

class JsonWriter {
 public:
  enum class Layout { indented, one_line };
  explicit JsonWriter(Layout layout = Layout::indented) : layout_(layout) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void string(std::string_view text);
  void number(std::string_view literal);
  void integer(std::int64_t value);
  void boolean(bool value);
  void null();

  // A member in one call.
  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member(std::string_view name, std::same_as<bool> auto value) { key(name), boolean(value); }
  void member(std::string_view name, std::nullptr_t) { key(name), null(); }
  void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
  void count(std::string_view name, std::size_t value) {
    key(name), integer(static_cast<std::int64_t>(value));
  }

  // Scopes: what `body` writes stands inside. With a name, the scope is a member.
  template <std::invocable Body>
  void object(const Body& body) {
    begin_object(), body(), end_object();
  }
  template <std::invocable Body>
  void object(std::string_view name, const Body& body) {
    key(name), object(body);
  }
  template <std::invocable Body>
  void array(const Body& body) {
    begin_array(), body(), end_array();
  }
  template <std::invocable Body>
  void array(std::string_view name, const Body& body) {
    key(name), array(body);
  }
  // `each` writes the value of one item.
  template <class Range, class Each>
  void array(std::string_view name, const Range& range, const Each& each) {
    array(name, [&] {
      for (const auto& item : range) each(item);
    });
  }
  // `each` writes the members of one item's object.
  template <class Range, class Each>
  void objects(std::string_view name, const Range& range, const Each& each) {
    array(name, range, [&](const auto& item) { object([&] { each(item); }); });
  }

  // The document; complete once every begin has its end.
  const std::string& text() const { return text_; }

 private:
  void before_value();
  void end(char bracket);
  void break_line();

  Layout layout_;
  std::string text_;
  std::vector<bool> has_items_;  // per open bracket
  bool after_key_ = false;
};

// A JSON tree as text again, on one line, numbers as they were written.

void write_node(JsonWriter& json, const Node& node);
std::string to_json(const Node& node);

}  // namespace levy::formats
