// Writes JSON in the order it is told, two spaces a level or on one line. Strings are escaped as
// RFC 8259 asks and otherwise kept as UTF-8; bytes that are not UTF-8 become U+FFFD. Figures are
// strings by the caller's choice (SPEC, "JSON answers"); `number` takes ready text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace levy {

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
  void count(std::string_view name, std::size_t value) {
    key(name), integer(static_cast<std::int64_t>(value));
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

}  // namespace levy
