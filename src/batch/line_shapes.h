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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/rows.h"
#include "formats/row.h"

namespace levy {

class LineShapes {
 public:
  explicit LineShapes(const std::vector<std::string>& columns) : columns_(columns) {}

  // Where a line's quotes stand, from its first on, in the text that the line is of. That text has
  // only bytes that Separators call plain.
  struct Quotes {
    const std::uint16_t* places = nullptr;  // null: not known
    std::size_t count = 0;                  // of the line's, and perhaps of those after it
  };

  struct Line {
    std::size_t end = 0;     // of the text
    std::size_t quotes = 0;  // that it has
  };
  // Reads what begins at `begin` of a text of 65 535 bytes at most and fills its cells, as many as
  // there are columns; one more may be written. Nothing: it is of no shape seen so far. What comes
  // after the end is the caller's to judge. 64 bytes are readable after the text.
  std::optional<Line> read(std::string_view text, std::size_t begin, const Quotes& quotes,
                           CellSpan* cells);
  // A row as the reader gave it.
  void learn(const Row& row);

 private:
  // Sixteen bytes at a time.
  using Characters = unsigned char __attribute__((vector_size(16)));
  struct Block {
    Characters bytes{}, mask{};  // 0xFF where a byte counts
  };
  // Bytes that a line must have; most are short.
  struct Literal {
    Block first;
    std::size_t size = 0;
    std::vector<Block> more;
    explicit Literal(std::string_view text);
    // Not all zero: they are not there. 16 bytes more than its size are readable.
    Characters differences(const char* at) const;
    Characters differences_after_first(const char* at) const;
  };
  struct Value {
    Literal before;  // what stands between the value before and this one, quotes included
    bool is_string = false;
    std::size_t quotes = 0;  // up to its own last one, which is not counted
    std::size_t column = 0;  // columns_.size(): nobody asks for it
  };
  struct Shape {
    std::vector<Value> values;
    Literal after{""};
    std::size_t quotes = 0;
    std::vector<std::size_t> not_given;  // columns
  };

  template <bool knows_places>
  std::optional<Line> read_as(const Shape& shape, std::string_view text, std::size_t begin,
                              const Quotes& quotes, CellSpan* cells) const;

  const std::vector<std::string>& columns_;
  std::vector<Shape> shapes_;  // the one that fitted last stands first
};

}  // namespace levy
