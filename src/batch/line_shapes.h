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
#include <string>
#include <string_view>
#include <vector>

#include "batch/ask.h"
#include "formats/row.h"

namespace levy {

class LineShapes {
 public:
  explicit LineShapes(const std::vector<std::string>& columns) : columns_(columns) {}

  // Fills the cells, as many as there are columns; false: it is of no shape seen so far.
  bool read(std::string_view line, Cells& cells);
  // A row as the reader gave it.
  void learn(const Row& row);

 private:
  struct Value {
    std::string before;  // the bytes between the value before and this one, quotes included
    bool is_string = false;
    std::size_t column = 0;  // none: columns_.size()
  };
  struct Shape {
    std::vector<Value> values;
    std::string after;
  };

  bool fits(const Shape& shape, std::string_view line, Cells& cells) const;

  const std::vector<std::string>& columns_;
  std::vector<Shape> shapes_;  // the one that fitted last stands first
};

}  // namespace levy
