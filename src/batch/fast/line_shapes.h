// RegularLine: a shape of JSON lines whose cells follow from where their quotes stand.
//
// In lines like
//
//   {"id":"a1","amount":250}
//
// what stands between two values is known to the byte, and with it how many quotes. If it is there
// behind every value, the values lie between, and the quotes' places say where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/fast/rows.h"
#include "formats/row.h"

namespace levy::batch::fast {

class RegularLine {
 public:
  struct Value {
    std::string before;  // what stands between the value before and this one, quotes included
    bool is_string = false;
    std::size_t column = 0;    // from the count of columns on: nobody asks for it
    std::string literal = {};  // true or false; empty: a string, or a number

    // Where it ends that begins there and is no string; there: it is another.
    std::size_t plain_end(std::string_view text, std::size_t begin) const;
  };

  // `after`: what stands between the last value and the line end.
  RegularLine(const std::vector<Value>& values, const std::string& after, std::size_t columns);

  // Its quotes and its end.
  std::size_t places() const { return places_; }
  // Reads a line of plain text (separators.h). `places` are those of its quotes and its end,
  // readable at [-1], where the line before ends, and places() beyond; 64 bytes are readable after
  // the text. Fills as many cells as there are columns, and perhaps one more. False: it has another
  // shape.
  [[gnu::always_inline]] bool read(const char* text, const std::uint16_t* places,
                                   CellSpan* cells) const {
    auto first_gap = static_cast<std::uint16_t>(places[0] - places[-1]);
    if (text[places[places_ - 1]] != '\n' || first_gap != first_gap_) return false;
    if (!distances_.empty() && !has_distances(places)) return false;
    if (!numbers_.empty() && !read_numbers(text, places, cells)) return false;
    if (!has_blocks(text, places)) return false;
    for (const String& string : strings_)
      cells[string.column] = CellSpan::between(places + string.place);
    for (std::size_t column : not_given_) cells[column] = CellSpan();
    return true;
  }

 private:
  using Characters = unsigned char __attribute__((vector_size(16)));
  // Bytes of a line, so far from one of its places.
  struct Block {
    Characters bytes{}, mask{};
    std::size_t place = 0;
    std::ptrdiff_t offset = 0;
  };
  // Its quotes' places, side by side, are a CellSpan's.
  struct String {
    std::uint32_t place = 0, column = 0;
  };
  struct Number {
    std::size_t place = 0;          // of the quote before it; the next one is behind it
    std::size_t skip = 0, cut = 0;  // bytes between them and it
    std::size_t column = 0;
    Value value;
  };
  struct Distance {
    std::size_t place = 0, other = 0, bytes = 0;
  };

  void add_literal(std::string_view literal, bool is_first);
  bool has_distances(const std::uint16_t* places) const;
  bool read_numbers(const char* text, const std::uint16_t* places, CellSpan* cells) const;

  // All are compared before any difference counts: lines differ seldom.
  [[gnu::always_inline]] bool has_blocks(const char* text, const std::uint16_t* places) const {
    Characters differing{};
    for (const Block& block : blocks_) {
      Characters found;
      std::memcpy(&found, text + places[block.place] + block.offset, sizeof found);
      differing |= (found ^ block.bytes) & block.mask;
    }
    std::uint64_t halves[2];
    std::memcpy(halves, &differing, sizeof halves);
    return (halves[0] | halves[1]) == 0;
  }

  std::size_t places_ = 0;
  std::uint16_t first_gap_ = 0;  // from the end of the line before to the first quote
  std::vector<Block> blocks_;
  std::vector<Distance> distances_;  // so that blocks are compared within the text
  std::vector<String> strings_;
  std::vector<Number> numbers_;
  std::vector<std::size_t> not_given_;  // columns
};

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

class LineShapes {
 public:
  // `output`: the columns that are written as they stand. A line with a comma in one is of no
  // shape, as a CSV would have to quote it; nor, with `gives_nulls`, one with a null in one, as its
  // cell is that of a value that is not given.
  LineShapes(const std::vector<std::string>& columns, const std::vector<std::size_t>& output,
             bool gives_nulls)
      : columns_(columns), output_(output), gives_nulls_(gives_nulls) {}

  // Reads what begins at `begin` of a text of 65 535 bytes at most and fills its cells, as many as
  // there are columns; one more may be written. Where it ends; nothing: it is of no shape seen so
  // far. What comes after the end is the caller's to judge. 64 bytes are readable after the text.
  std::optional<std::size_t> read(std::string_view text, std::size_t begin, CellSpan* cells);
  // Reads lines of plain text (separators.h), up to the first that is of no shape seen so far. So
  // many places of quotes and line ends are theirs, as line_shapes.h wants them. Adds them to
  // `lines`, and fills the cells of one after the other. How many places they have.
  std::size_t read_plain(const char* text, const std::uint16_t* places, std::size_t count,
                         std::vector<CellSpan>& lines, CellSpan* cells);
  // A row as the reader gave it.
  void learn(const formats::Row& row);

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
  bool gives_nulls_;
  std::vector<Shape> shapes_;
  std::size_t last_ = 0;  // the shape that fitted last
};

}  // namespace levy::batch::fast
