// LineShapes: lines of JSON that look like one that was read before.
//
// The reader of JSON Lines (formats/json_lines.h) decides what a line is. Once it has read
//
//   {"id": "a1", "amount": 250}
//
// any line with the same bytes around its values is JSON with the same keys, as long as each string
// has only plain characters (printable ASCII without quotes and backslashes) and each number only
// digits and a point. Such a line needs no more than a comparison; every other goes to the reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/ask.h"
#include "formats/row.h"

namespace levy {

class LineShapes {
 public:
  explicit LineShapes(const std::vector<std::string>& columns) : columns_(columns) {}

  // Where a line's quotes stand, counted from the byte `begin` bytes before it; no line of bytes
  // that Separators call other than plain has them.
  struct Quotes {
    const std::uint16_t* places = nullptr;  // null: not known
    std::size_t count = 0, begin = 0;
  };

  // Fills the cells, as many as there are columns; false: it is of no shape seen so far. 64 bytes
  // are readable after the line.
  bool read(std::string_view line, const Quotes& quotes, Cells& cells);
  // A row as the reader gave it.
  void learn(const Row& row);

 private:
  // Bytes that a line must have, to be compared in whole words.
  struct Literal {
    std::string padded;  // and eight more
    std::size_t size = 0;
    explicit Literal(std::string_view text)
        : padded(std::string(text) + std::string(8, '\0')), size(text.size()) {}
    bool stands_at(const char* at) const;  // of which 8 bytes more than its size are readable
  };
  struct Value {
    Literal before;  // what stands between the value before and this one, quotes included
    bool is_string = false;
    std::size_t quotes = 0;  // up to its own last one, which is not counted
    std::size_t column = 0;  // none: columns_.size()
  };
  struct Shape {
    std::vector<Value> values;
    Literal after{""};
  };

  bool fits(const Shape& shape, std::string_view line, const Quotes& quotes, Cells& cells) const;

  const std::vector<std::string>& columns_;
  std::vector<Shape> shapes_;  // the one that fitted last stands first
};

}  // namespace levy
