// LineShapes: lines of JSON that look like one that was read before.
//
// The reader of JSON Lines (formats/json_lines.h) decides what a line is. Once it has read
//
//   {"id": "a1", "amount": 250}
//
// any line with the same bytes around its values is JSON with the same keys, as long as the text is
// UTF-8, each string has only plain characters (no control characters, quotes, backslashes), each
// number only digits and a point, and true, false and null are what they were. Such a line needs no
// more than a comparison; every other goes to the reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/regular_line.h"
#include "batch/rows.h"
#include "formats/row.h"

namespace levy {

class LineShapes {
 public:
  // `output`: the columns that are written as they stand. A line with a comma in one is of no
  // shape, as it would have to be quoted.
  LineShapes(const std::vector<std::string>& columns, const std::vector<std::size_t>& output)
      : columns_(columns), output_(output) {}

  // Reads what begins at `begin` of a text of 65 535 bytes at most and fills its cells, as many as
  // there are columns; one more may be written. Where it ends; nothing: it is of no shape seen so
  // far. What comes after the end is the caller's to judge. 64 bytes are readable after the text.
  std::optional<std::size_t> read(std::string_view text, std::size_t begin, CellSpan* cells);
  // Reads lines of plain text (separators.h), up to the first that is of no shape seen so far. So
  // many places of quotes and line ends are theirs, as regular_line.h wants them. Adds them to
  // `lines`, and fills the cells of one after the other. How many places they have.
  std::size_t read_plain(const char* text, const std::uint16_t* places, std::size_t count,
                         std::vector<CellSpan>& lines, CellSpan* cells);
  // A row as the reader gave it.
  void learn(const Row& row);

 private:
  struct Shape {
    std::vector<RegularLine::Value> values;
    std::string after;  // what stands between the last value and the line end
    RegularLine regular;
  };

  std::optional<std::size_t> read_as(const Shape& shape, std::string_view text, std::size_t begin,
                                     CellSpan* cells) const;
  bool has_commas(const char* text, const CellSpan* cells) const;
  template <class Read>
  const Shape* find_shape(Read reads);

  const std::vector<std::string>& columns_;
  const std::vector<std::size_t>& output_;
  std::vector<Shape> shapes_;
  std::size_t last_ = 0;  // the shape that fitted last
};

}  // namespace levy
