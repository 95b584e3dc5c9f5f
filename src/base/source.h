// Where the values of a JSON text begin, and which keys and indices lead to each: what names them
// long after the tree that was read from the text is gone.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bounds.h"

namespace levy {

class Outline {
 public:
  static constexpr std::size_t none = UINT32_MAX;

  // The next value in the order of the text, at whose key, or else at itself, byte `begin` stands;
  // `step` is what it adds to the RFC 6901 pointer of its parent, "/fees" or "/0". Its number.
  std::size_t add(std::size_t begin, std::size_t parent, std::string_view step);

  // The JSON Pointer of the value in which, or in whose key, byte `at` stands.
  std::string pointer_at(std::size_t at) const;

 private:
  struct Value {
    std::uint32_t begin = 0;
    std::uint32_t parent = 0;
    std::uint32_t step_end = 0;  // of steps_; it begins where the one before ends
  };
  std::string_view step_of(std::size_t value) const;

  std::vector<Value> values_;
  std::string steps_;
};

// Input text with its places. A place is a range of bytes; its line, its column and the excerpt to
// print are worked out when they are shown.
//
//   Place at = Source("a.json", "{\n  \"n\": 1}").place(9, 10);
//   to_string(at)      "a.json:2:8"
//   at.excerpt().text  "  \"n\": 1}"
//
// A text has at most document_bytes_max, so 32 bits hold any place.

// The line around a place, as far as it is shown: at most 400 bytes, cut between characters.
struct Excerpt {
  std::string text;
  std::size_t column = 1;  // of its first character in the line
  bool goes_on = false;    // the line does, after it
};

class Place;

// The text is shared and never changes: copies are cheap, and a place keeps its text alive.
class Source {
 public:
  Source() : Source("", "") {}
  Source(std::string file, std::string text);

  const std::string& file() const;
  std::string_view text() const;

  // The place of bytes [begin, end); the caret stays on the first line.
  Place place(std::size_t begin, std::size_t end) const;

  // Names the values of a JSON text for Place::pointer. Before the first place is shown.
  void set_outline(Outline outline);

 private:
  friend class Place;
  struct Shared;

  std::shared_ptr<Shared> shared_;
};

// A place in an input. Lines and columns count from 1 (0: not known); a column is one Unicode code
// point. Every look-up takes the same time, however long the text and its lines.
class Place {
 public:
  Place() = default;                                         // nowhere
  static Place of_file(std::string file);                    // the file as a whole
  static Place of_line(std::string file, std::size_t line);  // without an excerpt
  // Byte `at` of a record that begins in `line`, of which no more is kept than is shown.
  static Place of_record(std::string file, std::size_t line, std::string_view record,
                         std::size_t at);
  // Bytes [begin, end) of a text that stands on its own, such as a value inside a document: whoever
  // knows where the text stands turns it into a place there.
  static Place within(std::size_t begin, std::size_t end);

  bool known() const { return shared_ != nullptr; }  // has at least a file
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  const std::string& file() const;
  std::size_t line() const;
  std::size_t column() const;
  std::size_t width() const;      // how many columns the caret underlines, at least 1
  std::string pointer() const;    // RFC 6901, of the value; empty for the root or no JSON
  Excerpt excerpt() const;        // empty where no line is known
  std::string_view text() const;  // of the source, all of it; lives as long as the place

  // Are all its bytes some of the other's?
  bool lies_in(const Place& other) const {
    return shared_ == other.shared_ && begin_ >= other.begin_ && end_ <= other.end_;
  }
  // The same bytes of the same text.
  bool operator==(const Place& other) const = default;

 private:
  friend class Source;
  friend std::weak_ordering order_of(const Place& a, const Place& b);
  Place(std::shared_ptr<const Source::Shared> shared, std::size_t begin, std::size_t end);
  bool has_line() const;

  std::shared_ptr<const Source::Shared> shared_;  // null: nowhere
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

// By file, then as they begin in it.
std::weak_ordering order_of(const Place& a, const Place& b);

// "file:line:column", or as much of it as is known.
std::string to_string(const Place& place);

}  // namespace levy
